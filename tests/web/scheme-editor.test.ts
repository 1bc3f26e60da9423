// The editor of the code schemes in a real browser: codes of real grids while one types, what cannot stand, a new version, a range.
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CodeRange, SchemeVersion } from '../../core/api/messages.ts';
import { call } from '../server/client.ts';
import { seedCounty, seedGrid, seedPlan, startTestServer, type TestServer } from '../server/harness.ts';
import { openStage, type Stage } from './stage.ts';

const EAST = '620724100001';

let server: TestServer;
let stage: Stage;
let page: Page;

beforeAll(async () => {
  server = await startTestServer();
  const { blocks } = await seedCounty(server.database);
  const plan = await seedPlan(server.database);
  await seedGrid(server.database, plan, EAST, (blocks[EAST] ?? []).slice(0, 5), '东街第一网格');
  stage = await openStage();
  page = stage.page;
  await page.goto(server.address);
});

afterAll(async () => {
  await stage?.close();
  await server?.close();
});

const picture = (name: string) => stage.picture(name);
const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
const preview = (): Locator => page.getByTestId('scheme-preview');
const segment = (source: string): Locator => page.locator(`[data-segment="${source}"]`);

async function enter(field: Locator, text: string): Promise<void> {
  await field.click({ clickCount: 3 });
  await page.keyboard.type(text);
  await page.keyboard.press('Tab');
}

it('stands beside the rules, and shows the codes of the grids there are', async () => {
  await button('规则').click();
  await page.getByText('编码方案', { exact: true }).click();
  await expect.poll(() => preview().textContent()).toContain('东街第一网格未编码→620724100001001');
  expect(await page.getByTestId('scheme-state').textContent()).toBe('没有改动');
});

it('shows other codes while one types, and says what cannot stand', async () => {
  await enter(segment('sequence').getByLabel('位数'), '4');
  await expect.poll(() => preview().textContent()).toContain('→6207241000010001');
  await button('删除县级代码').click();
  await segment('county').waitFor({ state: 'hidden' });
  await expect
    .poll(() => page.getByRole('alert').allTextContents())
    .toContain('各段须包含村、社区代码的全部 12 位,否则不同村、社区可能得到相同的编码');
  expect(await button(/^保存为/).isDisabled()).toBe(true);
  await picture('scheme-refused');
  await button('放弃改动').click();
  await segment('county').waitFor();
});

it('reserves numbers for a kind and saves that as the next version, with its reason', async () => {
  await button('保留一段号').click();
  await enter(page.getByLabel('保留起号'), '1');
  await enter(page.getByLabel('保留止号'), '9');
  await expect.poll(() => preview().textContent()).toContain('→620724100001010');
  await enter(page.getByLabel('修改说明'), '前九个号留作他用');
  await button('保存为第 2 版').click();
  await page.locator('.profile-version', { hasText: '前九个号留作他用' }).waitFor();
  const { body } = await call<SchemeVersion>(server.address, '/api/schemes/gb15');
  expect(body).toMatchObject({ version: 2, note: '前九个号留作他用' });
});

it('hands out a range of numbers, and says why another one cannot be', async () => {
  await page.getByRole('tab', { name: /号段/ }).click();
  for (const note of ['第一批', '重叠']) {
    await page.getByRole('combobox', { name: '地区' }).click();
    await page.locator('.ant-select-item-option', { hasText: '高台县' }).click();
    await enter(page.getByLabel('起号', { exact: true }), '100');
    await enter(page.getByLabel('止号', { exact: true }), '499');
    await enter(page.getByLabel('说明', { exact: true }), note);
    await button(/^分\s*配$/).click();
    await page.getByTestId('ranges').waitFor();
    if (note === '第一批') await expect.poll(() => page.getByLabel('起号', { exact: true }).inputValue()).toBe('');
  }
  await page.locator('.problem-card').waitFor();
  expect(await page.getByTestId('ranges').textContent()).toContain('高台县 620724100–499第一批');
  await picture('scheme-ranges');
  const { body } = await call<CodeRange[]>(server.address, '/api/code-ranges?scheme=gb15');
  expect(body).toHaveLength(1);
});

it('lets others read it, and says who changes it', async () => {
  await page.getByTestId('account-menu').click();
  await page.locator('[data-login="demo-county"]').click();
  await expect.poll(() => page.getByTestId('account-menu').textContent()).toContain('县规划员');
  await button('规则').click();
  await page.getByText('编码方案', { exact: true }).click();
  await preview().waitFor();
  const why = '您的账号是规划人员,标准和编码方案由省级人员修改';
  expect(await page.getByTestId('scheme-state').textContent()).toBe(why);
  expect(await segment('sequence').getByLabel('位数').isDisabled()).toBe(true);
  expect(await button('另存为新方案').getAttribute('title')).toBe(why);
  expect(stage.faults).toEqual([]);
});
