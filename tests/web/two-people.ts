// Two people at one plan, each in a browser of their own: they see each other, and each sees at once what the other does.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Desk, STEP_MILLISECONDS } from './desk.ts';

const HERE = '人民西路';
const THERE = '新建东村';

export function twoPeople(desk: () => Desk): void {
  let other: Page;

  beforeAll(async () => {
    const context = await desk().browser.newContext({ viewport: { width: 1200, height: 800 }, locale: 'zh-CN' });
    other = await context.newPage();
    other.setDefaultTimeout(STEP_MILLISECONDS);
    await other.goto(desk().address);
  });
  afterAll(() => other.context().close());

  const dots = (page: Page) => page.getByTestId('presence').locator('.presence-dot');
  const row = (page: Page, name: string) => page.getByRole('treeitem', { name });

  it('see each other in the top bar', async () => {
    await expect.poll(() => dots(desk().page).count()).toBe(2);
    await expect.poll(() => dots(other).count()).toBe(2);
  });

  it('see by name and place what the other has open', async () => {
    await other.getByTestId('presence').click();
    await other.getByLabel('我的称呼').fill('王芳');
    await other.keyboard.press('Enter');
    await other.keyboard.press('Escape');
    await other.getByText(THERE, { exact: true }).first().click();
    await row(desk().page, THERE).getByText('王芳').waitFor();
    await desk().page.getByText(HERE, { exact: true }).first().click();
    await row(other, HERE)
      .getByText(/^用户 \d$/)
      .waitFor();
    await desk().hand.settled();
    await desk().picture('two-people');
  });

  it('see at once what the other does in the community that both have open', async () => {
    const { page } = desk();
    await page.getByText(THERE, { exact: true }).first().click();
    const name = `${THERE}第一网格`;
    await page.getByTestId('community-panel').getByText(name, { exact: true }).waitFor();
    await other.keyboard.press(']');
    await other.getByTestId('community-panel').getByText(name, { exact: true }).click();
    await other.getByLabel('网格名称').fill('北门网格');
    await other.keyboard.press('Enter');
    await page.getByTestId('community-panel').getByText('北门网格', { exact: true }).waitFor();
  });

  it('are no longer seen once they have left', async () => {
    await other.goto('about:blank');
    await expect.poll(() => dots(desk().page).count()).toBe(1);
  });
}
