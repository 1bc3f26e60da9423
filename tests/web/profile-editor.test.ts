// The editor of the rules in a real browser: entries that cannot stand, the preview and its places, a new version, a plan that follows it.
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PlanSummary, ProfileVersion } from '../../core/api/messages.ts';
import { call } from '../server/client.ts';
import { ownerOf, seedCounty, seedGrid, seedPlan, startTestServer, type TestServer } from '../server/harness.ts';
import type { Hand } from './hand.ts';
import { openStage, type Stage } from './stage.ts';

const [EAST, WEST, NORTH] = ['620724100001', '620724100002', '620724101201'] as const;

let server: TestServer;
let stage: Stage;
let page: Page;
let hand: Hand;
let plan: number;

beforeAll(async () => {
  server = await startTestServer();
  const { blocks } = await seedCounty(server.database);
  const [east = [], west = [], north = []] = [EAST, WEST, NORTH].map((code) => blocks[code]);
  // 300 and 60 households in the east: the second one is below the band of 300 to 500.
  plan = await seedPlan(server.database);
  await seedGrid(server.database, plan, EAST, east.slice(0, 5), '东街第一网格');
  await seedGrid(server.database, plan, EAST, east.slice(5), '东街第二网格');
  const settled = await seedPlan(server.database);
  for (const [code, own] of [
    [EAST, east],
    [WEST, west],
    [NORTH, north],
  ] as const) {
    await seedGrid(server.database, settled, code, own, '网格');
  }
  await ownerOf(server.database).query(`update plan set state = 'submitted', name = '定稿方案' where id = $1`, [settled]);
  stage = await openStage();
  page = stage.page;
  hand = stage.hand;
  await page.goto(server.address);
});

afterAll(async () => {
  await stage?.close();
  await server?.close();
});

const picture = (name: string) => stage.picture(name);
const field = (path: string): Locator => page.locator(`[data-field="${path}"]`);
const state = (): Locator => page.getByTestId('profile-state');
const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
const planNow = async (): Promise<PlanSummary> => (await call<PlanSummary>(server.address, `/api/plans/${plan}`)).body;
const newest = async (): Promise<ProfileVersion> => (await call<ProfileVersion>(server.address, '/api/profiles/gansu-2023')).body;

/** With the mouse into the field, what is there marked, and typed over. */
async function enter(place: Locator, text: string): Promise<void> {
  await place.click({ clickCount: 3, position: { x: 20, y: 10 } });
  await page.keyboard.type(text);
  await page.keyboard.press('Tab');
}

/** “8 → 5 −3” as before and after. */
async function previewed(severity: string): Promise<[number, number]> {
  const text = (await page.getByTestId(`preview-${severity}`).textContent()) ?? '';
  const [, before, after] = /(\d+) → (\d+)/.exec(text) ?? [];
  return [Number(before), Number(after)];
}

it('opens from the top bar beside the map, with the rules that the plan follows', async () => {
  await button('规则').click();
  await field('size.urban.households').waitFor();
  expect(await page.getByTestId('profile-followed').textContent()).toContain('甘肃省(2023 年),第 1 版');
  expect(await field('size.urban.households').getByLabel('户数下限').inputValue()).toBe('300');
  expect(await state().textContent()).toBe('没有改动');
  await hand.settled();
  await picture('rules');
});

it('says beside the field why an entry cannot stand, and lets nothing of it be saved or tried', async () => {
  await enter(field('size.urban.households').getByLabel('户数下限'), '600');
  await expect.poll(() => field('size.urban.households').getByRole('alert').textContent()).toBe('下限高于上限');
  await enter(field('size.rural.households').getByLabel('户数上限'), '0.5');
  await expect.poll(() => field('size.rural.households').getByRole('alert').textContent()).toBe('请填写整数');
  await enter(field('limits.borderShare').getByLabel('边界沿线比例'), '120');
  await expect.poll(() => field('limits.borderShare').getByRole('alert').textContent()).toBe('不得大于 100%');
  expect(await state().textContent()).toBe('有 3 处填写不符合要求');
  for (const name of ['预览影响', /^保存为/]) expect(await button(name).isDisabled()).toBe(true);
  await picture('rules-refused');
  await field('limits.borderShare').getByRole('button', { name: '还原' }).click();
  await button('放弃改动').click();
  await expect.poll(() => state().textContent()).toBe('没有改动');
});

it('shows what a change would do to the plan, and leads to the place', async () => {
  await enter(field('size.urban.households').getByLabel('户数下限'), '50');
  await expect.poll(() => field('size.urban.households').textContent()).toContain('第 1 版:300 至 500 户');
  await button('预览影响').click();
  await page.getByTestId('profile-preview').waitFor();
  const [before, after] = await previewed('warning');
  expect(before - after).toBe(1);
  const list = page.locator('.profile-changes', { hasText: '消除:网格规模' });
  await list.locator('summary').click();
  await list.getByText('东街第二网格').waitFor();
  await list.getByRole('button', { name: '定位' }).click();
  await hand.settled();
  const box = await page.getByTestId('map').boundingBox();
  const [longitude, latitude] = await hand.placeAt((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2);
  expect(longitude).toBeCloseTo(99.8025, 3);
  expect(latitude).toBeCloseTo(39.4015, 3);
  await picture('rules-preview');
  expect(await planNow()).toMatchObject({ profileVersion: 1 });
});

it('keeps the draft when the panel is closed', async () => {
  await page.getByRole('dialog', { name: '划分标准' }).getByRole('button', { name: '关闭' }).click();
  await page.getByTestId('community-panel').or(page.getByTestId('grid-panel')).first().waitFor();
  await page.keyboard.press('u');
  await field('size.urban.households').waitFor();
  expect(await field('size.urban.households').getByLabel('户数下限').inputValue()).toBe('50');
});

it('saves a version with its reason, and compares it with the one before', async () => {
  expect(await button(/^保存为/).isDisabled()).toBe(true);
  await enter(page.getByLabel('修改说明'), '会议纪要:城市网格下限放宽');
  await button('保存为第 2 版').click();
  const version = page.locator('.profile-version').first();
  await version.getByText('会议纪要:城市网格下限放宽').waitFor();
  await version.locator('summary').click();
  await version.getByText('50 至 500 户').waitFor();
  expect(await version.locator('tr').allTextContents()).toEqual(['网格规模 · 城市网格 · 户数300 至 500 户→50 至 500 户']);
  expect(await newest()).toMatchObject({ version: 2, note: '会议纪要:城市网格下限放宽' });
  expect(await planNow()).toMatchObject({ profileVersion: 1 });
  await picture('rules-versions');
});

it('lets the plan follow it after a question; map and counts are judged by it at once', async () => {
  await page.getByTestId('profile-followed').getByRole('button').click();
  await page.getByRole('tooltip').getByRole('button', { name: '改用' }).click();
  await expect.poll(() => page.getByTestId('profile-followed').textContent()).toContain('第 2 版');
  expect(await planNow()).toMatchObject({ profileVersion: 2 });
  await page.getByRole('dialog', { name: '划分标准' }).getByRole('button', { name: '关闭' }).click();
  await page.getByText('东街社区', { exact: true }).first().click();
  await expect
    .poll(() => page.locator('.grid-list li', { hasText: '东街第二网格' }).or(page.getByTestId('grid-panel')).first().innerHTML())
    .toContain('规模合适');
});

it('a submitted plan keeps its version, and says so', async () => {
  await page.getByLabel('选择方案').click();
  await page.getByTitle(/定稿方案/).click();
  await page.getByText('已提交', { exact: true }).waitFor();
  await page.keyboard.press('u');
  const follow = page.getByTestId('profile-followed');
  await expect.poll(() => follow.textContent()).toContain('定稿方案依据:甘肃省(2023 年),第 1 版');
  expect(await follow.getByRole('button').isDisabled()).toBe(true);
  expect(await follow.getByRole('button').getAttribute('title')).toBe('方案已提交,不能改用其他版本');
});

it('copies the rules under a name of its own', async () => {
  await button('另存为新标准').click();
  const form = page.locator('.ant-modal', { hasText: '另存为新标准' });
  await enter(form.getByLabel('名称', { exact: true }), '张掖市(2026 年试行)');
  await enter(form.getByLabel('英文名称'), 'Zhangye (2026, trial)');
  await enter(form.getByLabel('代号'), 'Zhangye 2026');
  await enter(form.getByLabel('修改说明'), '市里试行');
  await form.getByRole('button', { name: /建\s*立/ }).click();
  await form.getByText('代号只能用小写字母、数字和连字符').waitFor();
  await enter(form.getByLabel('代号'), 'zhangye-2026');
  await form.getByRole('button', { name: /建\s*立/ }).click();
  await form.waitFor({ state: 'hidden' });
  const { body } = await call<ProfileVersion>(server.address, '/api/profiles/zhangye-2026');
  expect(body).toMatchObject({ version: 1, content: { size: (await newest()).content.size } });
});

it('speaks English, too', async () => {
  await button('English').click();
  await page.getByRole('dialog', { name: 'Rules' }).waitFor();
  await page.getByRole('tab', { name: 'Content' }).click();
  await field('severity.size').scrollIntoViewIfNeeded();
  await picture('rules-english');
  expect(stage.faults).toEqual([]);
});
