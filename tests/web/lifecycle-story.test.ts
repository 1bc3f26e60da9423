// From draft to official and on, as people do it: a town drafts, two organs sign, one of them returns it first, the city settles and files,
// the province takes it in, and an adjustment splits a grid so that its code ends with two successors.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CodeRecord, GridCollection, GridFeature, OfficialDate, PlanSummary } from '../../core/api/messages.ts';
import type { Hand, Place } from './hand.ts';
import { type Installation, startDemo } from './installation.ts';
import { openStage, type Stage } from './stage.ts';

const PLAN_NAME = '城关镇网格方案';
const ADJUSTMENT_NAME = '滨河适时调整';
const COMMUNITY = { code: '620724100011', name: '滨河' };
const REASON = '滨河第一网格名称与规划文本不一致,请改为“滨河家园网格”';
const STEP_MS = { timeout: 120_000 };

let installation: Installation;
let stage: Stage;
let page: Page;
let hand: Hand;
let packageFile: string;
let formerCode: string;
const downloads = mkdtempSync(join(tmpdir(), 'onegrid-story-'));

beforeAll(async () => {
  installation = await startDemo();
  stage = await openStage(1366, 768);
  page = stage.page;
  hand = stage.hand;
  await page.goto(installation.address);
});

afterAll(async () => {
  await stage?.close();
  await installation?.stop();
  rmSync(downloads, { recursive: true, force: true });
});

const picture = (name: string) => stage.picture(name);
const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
const desk = (name: string): Locator => page.getByTestId(name);
/** Asks as whoever is signed in on the page. */
const ask = async <T>(path: string): Promise<T> => (await (await page.request.get(`${installation.address}${path}`)).json()) as T;
const planNamed = async (name: string): Promise<PlanSummary> =>
  (await ask<PlanSummary[]>('/api/plans')).find((plan) => plan.name === name) as PlanSummary;
const gridsOf = async (plan: string): Promise<GridFeature[]> =>
  (await ask<GridCollection>(`/api/plans/${(await planNamed(plan)).id}/grids?community=${COMMUNITY.code}`)).features;
const state = (): Promise<string | null> => page.getByTestId('plan-state').getAttribute('data-state');

/** Takes a demo account by the menu; the page begins anew for it. */
async function become(login: string): Promise<void> {
  await page.getByTestId('account-menu').click();
  await Promise.all([page.waitForEvent('load'), page.locator(`[data-login="${login}"]`).click()]);
  await page.getByTestId('plan-state').waitFor(STEP_MS);
}

async function open(plan: string): Promise<void> {
  await page.getByLabel('选择方案').click();
  await page.locator('.ant-select-item-option', { hasText: plan }).click();
  await page.locator('.plan-chooser', { hasText: plan }).waitFor();
}

/** Opens the way of a plan by the state in the top bar. */
async function way(): Promise<Locator> {
  await page.getByTestId('plan-state').click();
  await desk('lifecycle').locator('.step').first().waitFor(STEP_MS);
  return desk('lifecycle');
}

async function leaveDesk(): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();
}

async function submit(): Promise<void> {
  const lifecycle = await way();
  await lifecycle.getByTestId('take-step').click();
  const form = lifecycle.getByTestId('submit-form');
  await form.waitFor(STEP_MS);
  for (const field of await form.locator('textarea:visible:not([aria-hidden])').all()) await field.fill('按现有小组划分,已现场核对');
  await form.getByRole('button', { name: '提交' }).click();
  await expect.poll(state, STEP_MS).toBe('submitted');
}

async function takeStep(login: string, plan: string): Promise<void> {
  await become(login);
  await open(plan);
  const lifecycle = await way();
  await lifecycle.getByTestId('take-step').click();
  await page
    .locator('.ant-popconfirm')
    .getByRole('button', { name: /^确\s*定$/ })
    .click();
}

it('a town makes a plan of its own, draws it, and submits it', async () => {
  await become('demo-town');
  await page.keyboard.press('p');
  const form = page.locator('.ant-modal', { hasText: '新建方案' });
  await form.getByLabel('方案名称').fill(PLAN_NAME);
  await form.getByLabel('依据的办法').click();
  await page.locator('.ant-select-item-option', { hasText: '黔江' }).click();
  await form.getByRole('button', { name: '新建并打开' }).click();
  await page.locator('.plan-chooser', { hasText: PLAN_NAME }).waitFor(STEP_MS);
  await form.waitFor({ state: 'detached' });
  await page.keyboard.press('a');
  await button(/^全部接受/).click(STEP_MS);
  await page.locator('.ant-popconfirm').getByRole('button', { name: '接受', exact: true }).click();
  await expect
    .poll(async () => (await ask<GridCollection>(`/api/plans/${(await planNamed(PLAN_NAME)).id}/grids`)).features.length, STEP_MS)
    .toBeGreaterThan(8);
  // Until nothing is left to accept.
  await page.getByRole('button', { name: /^全部接受/, disabled: true }).waitFor(STEP_MS);
  await page.keyboard.press('v');
  await submit();
  await picture('lifecycle-submitted');
});

it('a submitted plan is frozen: the tools say so, the server refuses', async () => {
  await leaveDesk();
  await page.getByTestId('plan-bar').getByText('方案已提交,正在审核').waitFor();
  await page.getByText(COMMUNITY.name, { exact: true }).first().click();
  await page.getByTestId('community-panel').waitFor(STEP_MS);
  expect(await page.locator('[data-tool="split"]').getAttribute('aria-disabled')).toBe('true');
  await page.keyboard.press('s');
  await page.locator('.notice-toast', { hasText: '方案已提交' }).waitFor();
  const { id } = await planNamed(PLAN_NAME);
  const operation = { type: 'undo' };
  const answer = await page.request.post(`${installation.address}/api/plans/${id}/operations`, {
    data: { community: COMMUNITY.code, base: 1, operation },
    headers: { origin: installation.address },
  });
  expect(answer.status()).toBe(409);
});

it('one organ signs, the other returns the plan with a reason', async () => {
  await takeStep('demo-county-zfw', PLAN_NAME);
  await desk('lifecycle').locator('[data-organ="政法委"].is-signed').waitFor(STEP_MS);
  expect(await state()).toBe('submitted');
  expect(await desk('lifecycle').getByTestId('take-step').count()).toBe(0);
  await desk('lifecycle').getByText('您的单位已经签署').waitFor();
  await become('demo-county-mzj');
  await page.getByTestId('waiting-plans').click();
  await page.locator('.ant-dropdown-menu-item', { hasText: PLAN_NAME }).click();
  const lifecycle = desk('lifecycle');
  await lifecycle.getByTestId('return-plan').click();
  expect(await lifecycle.getByRole('button', { name: '确认退回' }).isDisabled()).toBe(true);
  await lifecycle.getByLabel('退回理由').fill(REASON);
  await lifecycle.getByRole('button', { name: '确认退回' }).click();
  await expect.poll(state, STEP_MS).toBe('returned');
  await picture('lifecycle-returned');
});

it('the town reads the reason, mends the grid and submits again', async () => {
  await become('demo-town');
  await open(PLAN_NAME);
  await page.getByTestId('plan-bar').getByText(REASON).waitFor(STEP_MS);
  await page.getByText(COMMUNITY.name, { exact: true }).first().click();
  await page.getByTestId('community-panel').locator('.grid-list .row-button').first().click();
  const name = page.getByTestId('grid-panel').getByLabel('网格名称');
  await name.fill('滨河家园网格');
  await name.press('Enter');
  await hand.saved();
  await submit();
  expect(await desk('lifecycle').locator('.signatures .is-signed').count()).toBe(0);
});

it('both organs sign, the city settles', async () => {
  await takeStep('demo-county-zfw', PLAN_NAME);
  await desk('lifecycle').locator('[data-organ="政法委"].is-signed').waitFor(STEP_MS);
  await takeStep('demo-county-mzj', PLAN_NAME);
  await expect.poll(state, STEP_MS).toBe('approved');
  await takeStep('demo-city-zfw', PLAN_NAME);
  await expect.poll(state, STEP_MS).toBe('settled');
  await picture('lifecycle-settled');
});

it('the city files it as a package', async () => {
  packageFile = await file('package.zip');
  await open(PLAN_NAME);
  await expect.poll(state, STEP_MS).toBe('filed');
});

it('a package with one byte changed is refused, and says where', async () => {
  const bytes = readFileSync(packageFile);
  const at = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  const broken = join(downloads, 'broken.zip');
  writeFileSync(broken, bytes);
  await become('demo-province');
  await page.keyboard.press('j');
  await desk('filing').locator('input[type="file"]').setInputFiles(broken);
  await desk('filing').getByText('核验不通过', { exact: true }).first().waitFor({ timeout: 60_000 });
  const errors = desk('filing').locator('.findings .is-error');
  expect(await errors.count()).toBeGreaterThan(0);
  expect(await desk('filing').getByTestId('decide').count()).toBe(0);
  await picture('filing-refused');
  await leaveDesk();
});

it('the province uploads the package, finds it sound, looks at it and accepts it: the codes are official', async () => {
  await accept(packageFile, 'filing-accepted');
  await open(PLAN_NAME);
  await expect.poll(state, STEP_MS).toBe('official');
  const grids = await gridsOf(PLAN_NAME);
  expect(grids.length).toBeGreaterThan(0);
  for (const { properties } of grids)
    expect(properties).toMatchObject({ codeState: 'official', code: expect.stringMatching(/^620724100011\d{3}$/) });
});

it('an adjustment of one community splits a grid', async () => {
  await become('demo-town');
  await open(PLAN_NAME);
  await page.getByTestId('plan-bar').getByRole('button', { name: '建立调整方案' }).click();
  const adjustment = desk('adjustment');
  await adjustment.getByLabel('方案名称').fill(ADJUSTMENT_NAME);
  await adjustment.getByRole('checkbox', { name: COMMUNITY.name, exact: true }).check();
  await picture('adjustment');
  await adjustment.getByRole('button', { name: '建立并打开' }).click();
  await page.locator('.plan-chooser', { hasText: ADJUSTMENT_NAME }).waitFor(STEP_MS);
  await page.getByRole('treeitem', { name: COMMUNITY.name }).click();
  await page.getByTestId('community-panel').waitFor(STEP_MS);
  await hand.settled();
  const [grid] = (await gridsOf(ADJUSTMENT_NAME)).sort((a, b) => b.properties.households - a.properties.households) as [GridFeature];
  formerCode = grid.properties.code as string;
  await page.getByTestId('community-panel').locator('.grid-list .row-button', { hasText: grid.properties.name }).click();
  await page.getByTestId('grid-panel').waitFor();
  await hand.settled();
  await page.keyboard.press('s');
  await hand.press(lineAcross(grid));
  await hand.release();
  await expect.poll(async () => (await gridsOf(ADJUSTMENT_NAME)).length, STEP_MS).toBeGreaterThan(1);
  await hand.saved();
  await page.keyboard.press('Escape');
});

it('the comparison tells of the split, with the old borders dashed on the map', async () => {
  await page.keyboard.press('v');
  await page.keyboard.press('y');
  const line = desk('comparison').locator('[data-fate="split"]');
  await line.waitFor(STEP_MS);
  await line.click();
  await hand.settled();
  await picture('comparison');
  expect(await line.locator('.compared-side').first().locator('strong').count()).toBe(1);
  expect(await line.locator('.compared-side').last().locator('strong').count()).toBe(2);
  await leaveDesk();
});

it('goes the same way, and the old code retires with two successors', async () => {
  await submit();
  await takeStep('demo-county-zfw', ADJUSTMENT_NAME);
  await desk('lifecycle').locator('[data-organ="政法委"].is-signed').waitFor(STEP_MS);
  await takeStep('demo-county-mzj', ADJUSTMENT_NAME);
  await expect.poll(state, STEP_MS).toBe('approved');
  await takeStep('demo-city-zfw', ADJUSTMENT_NAME);
  await expect.poll(state, STEP_MS).toBe('settled');
  await accept(await file('adjustment.zip'), 'adjustment-accepted');
  await leaveDesk();
  await page.locator('#place-search').fill(formerCode);
  await page.locator('.ant-select-item-option').last().click();
  const card = desk('code-card');
  await card.getByText('停用').waitFor(STEP_MS);
  await picture('code-card');
  expect(await card.getByTestId('code-lineage').locator('li').count()).toBe(2);
  const { state: now, successors } = await ask<CodeRecord>(`/api/codes/${formerCode}`);
  expect(now).toBe('retired');
  expect(successors.map(({ kind }) => kind)).toEqual(['split', 'split']);
});

it('what was official on a day can still be looked at', async () => {
  await leaveDesk();
  const dates = await ask<OfficialDate[]>('/api/layout/dates?region=620724100');
  expect(dates.length).toBeGreaterThan(0);
  await page.keyboard.press('o');
  await page
    .getByTestId('plan-bar')
    .getByText(/的正式布局\(只读\)/)
    .waitFor(STEP_MS);
  await hand.settled();
  await picture('official-day');
  expect(await page.locator('[data-tool="split"]').getAttribute('aria-disabled')).toBe('true');
  await page.getByRole('button', { name: '回到方案' }).click();
});

it('met no error', () => {
  expect(stage.faults).toEqual([]);
});

/** The city builds a package of what is settled and saves it. */
async function file(name: string): Promise<string> {
  await leaveDesk();
  await page.keyboard.press('j');
  const filing = desk('filing');
  await filing.getByRole('button', { name: /^生成备案包/ }).click(STEP_MS);
  const sent = filing.locator('[data-testid="sent-filing"][data-state="filed"]').first();
  await sent.waitFor(STEP_MS);
  await picture('filing-sent');
  const [download] = await Promise.all([page.waitForEvent('download'), sent.getByRole('button', { name: '下载备案包' }).click()]);
  const path = join(downloads, name);
  await download.saveAs(path);
  await leaveDesk();
  return path;
}

/** The province takes the package in by its inbox. */
async function accept(path: string, name: string): Promise<void> {
  if (!(await page.getByTestId('account-menu').innerText()).includes('省委政法委')) await become('demo-province');
  await page.keyboard.press('j');
  const filing = desk('filing');
  await filing.locator('input[type="file"]').setInputFiles(path);
  await filing.getByTestId('package').waitFor({ timeout: 60_000 });
  expect(await filing.locator('.findings .is-error').count()).toBe(0);
  await hand.settled();
  await picture(name);
  await filing.getByTestId('decide').getByText('同意备案').click();
  await filing.getByRole('button', { name: '提交决定' }).click();
  await filing.getByText('已备案').first().waitFor(STEP_MS);
  await filing.getByRole('button', { name: '查看回执' }).click();
  await page.getByTestId('receipt').waitFor(STEP_MS);
  await picture(`${name}-receipt`);
  await page.locator('.ant-modal-close').click();
}

/** Through the middle from west to east, from outside to outside; legend and notices float above and below. */
function lineAcross({ geometry }: GridFeature): Place[] {
  const points = geometry.coordinates.flat(2) as [number, number][];
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [west, east] = [Math.min(...xs), Math.max(...xs)];
  const [middle, margin] = [(Math.min(...ys) + Math.max(...ys)) / 2, (east - west) * 0.02];
  return [
    [west - margin, middle],
    [east + margin, middle],
  ];
}
