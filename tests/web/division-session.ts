// Automatic division in a real browser: proposed at a key, compared, accepted, undone; a whole county with progress and cancel.
import { expect, it } from 'vitest';
import type {
  BarrierCollection,
  BlockCollection,
  BuildingCollection,
  DivisionStatus,
  GridCollection,
  GridFeature,
  InstitutionCollection,
  OperationRecord,
  PlanDetail,
  ProfileVersion,
  ProposedLayout,
} from '../../core/api/messages.ts';
import { proposeDivision } from '../../core/division/proposal.ts';
import { planChange } from '../../core/plan/apply.ts';
import { type DivisionRequest, divisionOptions } from '../../core/plan/operation.ts';
import type { Divide } from '../../core/plan/operations/divide.ts';
import { profileSchema } from '../../core/rules/profile.ts';
import { communityState } from '../../web/worker/community-state.ts';
import type { HoldRequest } from '../../web/worker/messages.ts';
import type { Desk } from './desk.ts';

/** Nothing is drawn there. */
const COMMUNITY = { code: '620724100011', name: '滨河' };
/** Drawn, and not everywhere within the band. */
const UNEVEN = { code: '620724100001', name: '新建东村' };
const OPERATION: Divide = { type: 'divide', options: divisionOptions.parse({}) };
const RUN_TIMEOUT = { timeout: 120_000 };

export function divisionSession(desk: () => Desk): void {
  const path = (resource: string, community: string): string => `/api/plans/${desk().plan}/${resource}?community=${community}`;
  const grids = async (community = COMMUNITY.code): Promise<GridFeature[]> =>
    ((await desk().ask(path('grids', community))) as GridCollection).features;
  const history = async (): Promise<OperationRecord[]> => (await desk().ask(path('operations', COMMUNITY.code))) as OperationRecord[];
  const listed = () => desk().page.getByTestId('proposed-grid');
  /** Households of the grids of a list, as the reader sees them, smallest first. */
  const households = async (rows: ReturnType<typeof listed>): Promise<number[]> =>
    (await rows.locator('.count').allTextContents()).map((text) => Number(text.replace(/[^\d]/g, ''))).sort((a, b) => a - b);
  const saved = async (): Promise<number[]> => (await grids()).map(({ properties }) => properties.households).sort((a, b) => a - b);

  it('proposes a layout at a key and changes nothing', async () => {
    const { page, hand } = desk();
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.keyboard.press('v');
    await page.getByText(COMMUNITY.name, { exact: true }).first().click();
    await page.getByTestId('community-panel').getByText(COMMUNITY.code).waitFor();
    await hand.settled();
    await page.keyboard.press('a');
    await listed().first().waitFor();
    await hand.settled();
    await desk().picture('division-proposed');
    expect(await listed().locator('.band-mark:not(.is-in)').count()).toBe(0);
    expect(await grids()).toEqual([]);
    expect(await history()).toEqual([]);
  });

  it("shows today's layout again at another key", async () => {
    const { page } = desk();
    const view = page.getByTestId('divide-bar').locator('.ant-segmented-item-selected');
    expect(await view.textContent()).toBe('新');
    await page.keyboard.press('x');
    expect(await view.textContent()).toBe('原');
    await page.keyboard.press('x');
    expect(await view.textContent()).toBe('新');
  });

  it('makes exactly what was shown, undoes it and does it again', async () => {
    const { page, hand } = desk();
    const shown = await households(listed());
    expect(shown.length).toBeGreaterThan(1);
    await page.keyboard.press('Enter');
    await page.getByTestId('community-panel').waitFor();
    await hand.saved();
    expect(await saved()).toEqual(shown);
    expect(await households(page.getByTestId('community-panel').locator('.grid-list li'))).toEqual(shown);
    await desk().picture('division-accepted');
    await page.keyboard.press('Control+z');
    await page.getByText('已撤销:自动划分').waitFor();
    expect(await grids()).toEqual([]);
    await page.keyboard.press('Control+y');
    await expect.poll(saved).toEqual(shown);
    await hand.saved();
  });

  it('proposes anew when a slider moves, and accepts by those options', async () => {
    const { page, hand } = desk();
    await page.keyboard.press('a');
    await page.getByTestId('divide-bar').getByText('与现在的划分相同').waitFor();
    const slider = page.getByRole('slider', { name: '贴合街道' });
    await slider.focus();
    for (let step = 0; step < 10; step++) await slider.press('ArrowLeft');
    // From here on only what the last step leads to can be accepted.
    await expect.poll(() => slider.getAttribute('aria-valuenow')).toBe('0');
    await expect.poll(() => page.getByTestId('divide-bar').getByRole('button', { name: '接受' }).isEnabled()).toBe(true);
    const shown = await households(listed());
    await slider.press('Enter');
    await page.getByTestId('community-panel').waitFor();
    await hand.saved();
    expect((await history())[0]?.operation).toMatchObject({ type: 'divide', options: { streets: 0 } });
    expect(await saved()).toEqual(shown);
  });

  it('divides chosen grids alone into so many', async () => {
    const { page, hand } = desk();
    const before = await grids();
    const [chosen] = before as [GridFeature];
    await desk().choose(chosen);
    await page.keyboard.press('a');
    await page.getByTestId('divide-scope').click();
    await page.locator('.ant-select-item-option', { hasText: '所选网格' }).click();
    await page.getByLabel('分成几个').fill('2');
    await expect.poll(() => listed().count()).toBe(before.length + 1);
    await page.getByTestId('divide-bar').getByRole('button', { name: '接受' }).click();
    await page.getByTestId('divide-panel').waitFor({ state: 'detached' });
    await hand.saved();
    const after = await grids();
    const others = before.filter(({ properties }) => properties.id !== chosen.properties.id);
    expect(after).toHaveLength(before.length + 1);
    for (const other of others)
      expect(after.find(({ properties }) => properties.id === other.properties.id)?.geometry).toEqual(other.geometry);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await grids()).length).toBe(before.length);
    await hand.saved();
  });

  it('suggests mends for a grid outside the band, shows one on the map and takes it', async () => {
    const { page, hand } = desk();
    await page.keyboard.press('v');
    await page.getByText(UNEVEN.name, { exact: true }).first().click();
    await page.getByTestId('community-panel').getByText(UNEVEN.code).waitFor();
    await hand.settled();
    const revision = async (): Promise<number> => ((await desk().ask(path('blocks', UNEVEN.code))) as BlockCollection).revision;
    const before = await revision();
    await page.locator('.check-row').getByRole('button', { name: '建议' }).first().click();
    const mends = page.locator('.check-row').getByTestId('mend');
    await mends.first().waitFor();
    expect(await mends.count()).toBeLessThanOrEqual(3);
    await mends.first().hover();
    await hand.settled();
    await desk().picture('suggestion');
    expect(await revision()).toBe(before);
    // “第七网格 567 → 502 户”: what is promised for every grid that stays.
    const promised = [...(await mends.first().locator('.mend-counts').innerText()).matchAll(/([\d,]+) 户/g)].map(([, count]) =>
      Number(count?.replace(',', '')),
    );
    expect(promised.length).toBeGreaterThan(0);
    await mends.first().click();
    await expect.poll(revision).toBe(before + 1);
    await hand.saved();
    const now = (await grids(UNEVEN.code)).map(({ properties }) => properties.households);
    expect(now).toEqual(expect.arrayContaining(promised));
    await page.keyboard.press('Control+z');
    await expect.poll(revision).toBe(before + 2);
    await hand.saved();
  });

  it('gives the same bytes in the browser, in Node and on the server', async () => {
    const { page, ask, plan } = desk();
    const { communities, profile: id, profileVersion } = (await ask(`/api/plans/${plan}`)) as PlanDetail;
    const { content } = (await ask(`/api/profiles/${id}?version=${profileVersion}`)) as ProfileVersion;
    const profile = profileSchema.parse(content);
    const source = await workerSource(desk());
    const several = communities.filter(({ kind }, i) => kind === 'urban' || i % 20 === 0).slice(0, 12);
    for (const { code, name, kind } of several) {
      const held: Omit<HoldRequest, 'type'> = {
        community: { code, name, kind },
        profile,
        grids: (await ask(path('grids', code))) as GridCollection,
        blocks: (await ask(path('blocks', code))) as BlockCollection,
        buildings: (await ask(path('buildings', code))) as BuildingCollection,
        barriers: (await ask(path('barriers', code))) as BarrierCollection,
        institutions: (await ask(path('institutions', code))) as InstitutionCollection,
      };
      const inBrowser = await page.evaluate(askWorker, { source, held, operation: OPERATION });
      const state = communityState(held);
      const proposed = proposeDivision(state, OPERATION, profile);
      expect(inBrowser).toBe(JSON.stringify(proposed));
      const planned = planChange(state, OPERATION, profile);
      if (!planned.ok || !proposed.ok) {
        expect(planned.ok ? null : planned.failure.code).toBe('nothing-to-change');
        continue;
      }
      expect(JSON.stringify(proposed.value.change)).toBe(JSON.stringify(planned.value));
      expect(await onServer(desk(), code)).toEqual(proposed.value.layout);
    }
  });

  it('divides the county on the server, with progress, and stops when told to', async () => {
    const { page } = desk();
    await desk().overview();
    await page.getByRole('button', { name: '关闭本社区' }).click();
    // Others are at work on the same threads, so that it is not over before it is told to stop.
    const others = await Promise.all(
      [1, 2, 3].map(() => startOnServer(desk(), { onlyEmpty: false, options: divisionOptions.parse({ effort: 'deep' }) })),
    );
    await page.keyboard.press('a');
    await page.getByTestId('divide-progress').waitFor();
    await page.getByTestId('divide-run').getByRole('button', { name: '取消' }).click();
    await page.getByText(/^已取消,算好 \d+\/146/).waitFor();
    for (const { id } of others) await fetch(`${divisionsOf(desk())}/${id}`, { method: 'DELETE' });
  });

  it('proposes for every community; one is looked at and accepted alone', async () => {
    const { page, hand, ask, plan } = desk();
    const drawn = async (): Promise<string[]> =>
      ((await ask(`/api/plans/${plan}`)) as PlanDetail).communities.filter(({ grids: count }) => count > 0).map(({ code }) => code);
    const before = await drawn();
    await page.getByTestId('divide-run').getByRole('button', { name: '重新计算' }).click();
    await desk().picture('division-running');
    await page.getByText('村、社区 146').waitFor(RUN_TIMEOUT);
    await page.getByTestId('divide-progress').waitFor({ state: 'detached', ...RUN_TIMEOUT });
    const row = page.getByTestId('divide-row').filter({ hasText: '0 →' }).first();
    await row.locator('.row-button').click();
    await listed().first().waitFor();
    await hand.settled();
    await desk().picture('division-of-the-county');
    const shown = await listed().count();
    const name = (await row.locator('.clip').textContent()) ?? '';
    await row.getByRole('button', { name: '接受' }).click();
    await page.getByTestId('divide-row').filter({ hasText: name }).and(page.locator('[data-state="accepted"]')).waitFor();
    const added = (await drawn()).filter((code) => !before.includes(code));
    expect(added).toHaveLength(1);
    expect(await grids(added[0] as string)).toHaveLength(shown);
    await page.keyboard.press('Escape');
  });
}

/** The worker as it was built. */
async function workerSource({ page, address }: Desk): Promise<string> {
  const url = page
    .workers()
    .map((worker) => worker.url())
    .find((candidate) => candidate.includes('community-worker'));
  if (url === undefined) throw new Error('the page has no worker');
  return url.startsWith(address) ? url : `${address}${url}`;
}

/** Runs in the page: asks a worker of its own, and gives the answer as text. */
function askWorker({ source, held, operation }: { source: string; held: Omit<HoldRequest, 'type'>; operation: Divide }): Promise<string> {
  const worker = new Worker(source, { type: 'module' });
  return new Promise((resolve) => {
    worker.addEventListener('message', ({ data }) => {
      worker.terminate();
      resolve(JSON.stringify(data.answer));
    });
    worker.postMessage({ type: 'hold', ...held });
    worker.postMessage({ type: 'propose', serial: 1, operation });
  });
}

const divisionsOf = ({ address, plan }: Desk): string => `${address}/api/plans/${plan}/divisions`;

async function startOnServer(desk: Desk, request: DivisionRequest): Promise<DivisionStatus> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(divisionsOf(desk), { method: 'POST', headers, body: JSON.stringify(request) });
  expect(answer.ok).toBe(true);
  return (await answer.json()) as DivisionStatus;
}

async function onServer(desk: Desk, community: string): Promise<ProposedLayout> {
  const { id } = await startOnServer(desk, { region: community, onlyEmpty: false, options: OPERATION.options });
  const division = `/api/plans/${desk.plan}/divisions/${id}`;
  await expect.poll(async () => ((await desk.ask(division)) as DivisionStatus).state, RUN_TIMEOUT).toBe('done');
  return (await desk.ask(`${division}/layout?community=${community}`)) as ProposedLayout;
}
