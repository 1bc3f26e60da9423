// Cells in a real browser: a grid is divided into cells, seen on the map and in the panel, undone and taken away. On the desk of main-job.
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import type { BlockCollection, OperationAnswer, PlanSummary } from '../../core/api/messages.ts';
import { divisionOptions, type Operation } from '../../core/plan/operation.ts';
import { LAST_PLAN_KEY } from '../../web/state/plan.ts';
import { type Desk, STEP_MILLISECONDS } from './desk.ts';
import { Hand } from './hand.ts';

const COMMUNITY = { code: '620724100003', name: '人民东路' };

export function cellSession(desk: () => Desk): void {
  let plan: number;
  let page: Page;
  let hand: Hand;
  afterAll(() => page?.context().close());

  async function newPage(): Promise<Page> {
    const made = await desk().browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
    made.setDefaultTimeout(STEP_MILLISECONDS);
    return made;
  }
  async function post<T>(path: string, body: unknown): Promise<T> {
    const response = await fetch(`${desk().address}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.ok).toBe(true);
    return (await response.json()) as T;
  }
  /** Households of the cells of a grid, by number. */
  async function stored(grid: number): Promise<Map<number, number>> {
    const { features } = (await desk().ask(`/api/plans/${plan}/blocks?community=${COMMUNITY.code}`)) as BlockCollection;
    const cells = new Map<number, number>();
    for (const { properties } of features) {
      if (properties.grid === grid && properties.cell > 0) {
        cells.set(properties.cell, (cells.get(properties.cell) ?? 0) + properties.households);
      }
    }
    return new Map([...cells].sort(([a], [b]) => a - b));
  }
  /** The first grid of the community in the panel. */
  async function openGrid(on: Page): Promise<void> {
    await on.goto(desk().address);
    await on.getByText(COMMUNITY.name, { exact: true }).first().click();
    await on.getByTestId('community-panel').locator('.grid-list li', { hasText: '第一网格' }).click();
    await on.getByTestId('cells').waitFor();
  }
  const rows = () => page.getByTestId('cells').locator('.cell-list li');

  it('divides the grid into cells by the rules of Qianjiang, and shows each with its households', async () => {
    plan = (await post<PlanSummary>('/api/plans', { name: '单元格试划', region: '620724', profile: 'qianjiang-2022' })).id;
    const operation: Operation = { type: 'divide', options: divisionOptions.parse({ parts: 3 }) };
    const { grids } = await post<OperationAnswer>(`/api/plans/${plan}/operations`, { community: COMMUNITY.code, base: 0, operation });
    const grid = grids.find(({ properties }) => properties.name.endsWith('第一网格'))?.properties.id as number;
    page = await newPage();
    hand = new Hand(page);
    await page.addInitScript(([key, id]) => sessionStorage.setItem(key as string, id as string), [LAST_PLAN_KEY, String(plan)]);
    await openGrid(page);
    await page.getByTestId('cells').getByRole('button', { name: '划分单元格' }).click();
    await rows().first().waitFor();
    await hand.saved();
    await hand.settled();
    await page.screenshot({ path: resolve(import.meta.dirname, 'screenshots', 'cells.png') });
    const cells = await stored(grid);
    expect(cells.size).toBeGreaterThan(1);
    const shown = (await rows().locator('.cell-count').allTextContents()).map((text) => Number(/\d+/.exec(text.replaceAll(',', ''))?.[0]));
    expect(shown).toEqual([...cells.values()]);
    expect(await rows().locator('.band-mark.is-in').count()).toBe(cells.size);

    await page.keyboard.press('Control+z');
    await page.getByText(/已撤销:划分单元格/).waitFor();
    await expect.poll(() => rows().count()).toBe(0);
    expect((await stored(grid)).size).toBe(0);
    await page.keyboard.press('Control+y');
    await expect.poll(() => rows().count()).toBe(cells.size);
    await page.getByRole('button', { name: '取消单元格' }).click();
    await expect.poll(async () => (await stored(grid)).size).toBe(0);
    await hand.saved();
  });

  it('says why there are no cells by the rules of Gansu', async () => {
    const other = await newPage();
    await openGrid(other);
    const button = other.getByTestId('cells').getByRole('button', { name: '划分单元格' });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await button.click({ force: true });
    await other.getByText('本方案的划分标准没有单元格的规定').first().waitFor();
    await other.context().close();
  });
}
