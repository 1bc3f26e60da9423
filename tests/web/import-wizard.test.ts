// An import in a real browser, with files as offices have them: borders in GBK and metres of a zone, buildings, a sheet of households;
// a gap that is decided by a click, rows that are refused and taken home as a list, an import that is cancelled, one that goes through.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Region } from '../../core/api/messages.ts';
import type { View } from '../../web/map/view.ts';
import { screenPoint } from '../../web/map/view.ts';
import { seedCounty, startTestServer, type TestServer } from '../server/harness.ts';
import { BUILDINGS, borders, broken, buildings, COMMUNITIES, GAP_PLACE, households } from './office-files.ts';
import { openStage, type Stage } from './stage.ts';

/** Files are looked into in threads of their own, which a busy machine keeps waiting; milliseconds. */
const PATIENT = 180_000;

let server: TestServer;
let stage: Stage;
let page: Page;
let files: string;

beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), 'onegrid-office-'));
  server = await startTestServer();
  await seedCounty(server.database);
  stage = await openStage();
  page = stage.page;
  page.setDefaultTimeout(PATIENT);
  await page.goto(server.address);
  await page.getByTestId('account-menu').waitFor();
});

afterAll(async () => {
  await stage?.close();
  await server?.close();
  rmSync(files, { recursive: true, force: true });
});

const soon = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: PATIENT });
const sheet = (): Locator => page.getByRole('dialog', { name: '导入数据' });
const button = (name: string | RegExp): Locator => sheet().getByRole('button', { name });
const next = (): Locator => page.locator('.import-foot .ant-btn-primary');
const why = (): Promise<string[]> => page.getByTestId('import-why').allTextContents();
const rows = (): Locator => page.getByTestId('import-file');
const step = (name: string): Locator => page.locator('.import-step', { hasText: name });
const counts = (): Promise<string | null> => page.getByTestId('import-counts').textContent();
const regions = async (parent: string): Promise<Region[]> => (await fetch(`${server.address}/api/regions?parent=${parent}`)).json();

async function choose(label: string, option: string | RegExp, within: Locator = sheet()): Promise<void> {
  await within.getByLabel(label).first().click();
  await page.locator('.ant-select-item-option:visible', { hasText: option }).first().click();
}

/** The map shows all there is to show. */
async function mapView(): Promise<View> {
  await page.waitForSelector('[data-testid="import-map"][data-idle="true"]');
  return JSON.parse((await page.getByTestId('import-map').getAttribute('data-view')) ?? 'null') as View;
}

it('says what it needs before it can go on', async () => {
  await page.keyboard.press('i');
  await sheet().waitFor();
  expect(await why()).toEqual(['还没有文件']);
  expect(await next().getAttribute('aria-disabled')).toBe('true');
});

it('looks into files as they come: the parts of a shapefile are one, a broken one says what is wrong', async () => {
  await page.locator('.drop-zone input').setInputFiles([...borders(files), buildings(files), broken(files)]);
  await soon(() => rows().count()).toBe(3);
  expect(await rows().nth(0).textContent()).toMatch(/村级界线\.zip村、社区界线Shapefile.*4 个要素 · 面/);
  expect(await rows().nth(1).textContent()).toMatch(/楼栋\.geojson楼栋GeoJSON.*2,305 个要素 · 点/);
  expect(await rows().nth(2).textContent()).toContain('这个文件不会导入');
  expect(await why()).toEqual(['有 1 个文件无法使用:请移除,或换成能用的']);
  await button('移除 坏的.zip').click();
  await soon(() => rows().count()).toBe(2);
  await stage.picture('import-files');
});

it('shows Chinese names as the encoding reads them, whatever it is', async () => {
  await step('是什么').click();
  const samples = (): Promise<string | null> => page.getByTestId('samples').textContent();
  expect(await samples()).toContain('莫𡐓村');
  await choose('文字编码', 'Big5');
  await soon(samples).not.toContain('颐和社区');
  await choose('文字编码', '自动判断');
  await soon(samples).toContain('颐和社区');
  await stage.picture('import-kinds');
});

it('takes no coordinate system without a click, and moves the data on the map when another is looked at', async () => {
  await step('坐标系').click();
  await page.locator('.source-item', { hasText: '村级界线' }).click();
  expect(await page.locator('.crs-guesses').textContent()).toContain('第 34 带');
  await soon(async () => (await mapView()).longitude).toBeCloseTo(100.92, 1);
  await sheet().getByLabel('从全部坐标系里选').click();
  await page.keyboard.type('西安坐标系 3°带 中央经线 102');
  await page.locator('.ant-select-item-option:visible', { hasText: '第 34 带' }).click();
  await page.locator('.ant-alert-warning').waitFor();
  await page.locator('.crs-guesses .ant-radio-wrapper').first().click();
  await page.getByText('蓝色:这个文件').waitFor();
  await mapView();
  await stage.picture('import-coordinates');
  await button('位置正确,确认').click();
  await soon(() => page.locator('.source-item.is-here').textContent()).toContain('楼栋');
  expect(await why()).toEqual(['“楼栋.geojson”等 1 个文件的坐标系还没有确认']);
  await button('全部确认(1 个文件)').click();
  await soon(why).toEqual([]);
});

it('leads straight to the preview, with steps that are settled passed over', async () => {
  expect(await next().textContent()).toBe('下一步:预览');
  await next().click();
  await page.getByTestId('import-counts').waitFor();
  expect(await counts()).toContain('楼栋');
  expect(await page.getByRole('tab', { name: /缝隙和重叠/ }).textContent()).toMatch(/1$/);
  expect(await why()).toEqual(['还有 1 处缝隙或重叠没有决定归谁']);
});

it('brings in households from a sheet, with columns about persons struck through', async () => {
  await step('选文件').click();
  await page.locator('.drop-zone input').setInputFiles(await households(files));
  await soon(() => rows().count()).toBe(3);
  await step('对应字段').click();
  await page.locator('.source-item', { hasText: '户数.xlsx' }).click();
  expect(await page.getByTestId('personal-columns').locator('s').allTextContents()).toEqual(['户主姓名', '联系电话']);
  expect(await sheet().textContent()).not.toContain('13800138000');
  expect(await page.locator('[data-field="households"]').textContent()).toContain('户数');
  await stage.picture('import-fields');
  await next().click();
  await soon(counts).toContain('户数清单');
});

it('zooms to a gap that is chosen in the list or on the map, and lets it be given away', async () => {
  await page.getByRole('tab', { name: /缝隙和重叠/ }).click();
  const gap = page.getByTestId('misfit');
  expect(await gap.textContent()).toMatch(/缝隙.*平方米,平均宽 \d+(\.\d)? 米.*颐和社区/);
  const before = await mapView();
  await gap.locator('.misfit-what').click();
  await soon(async () => (await mapView()).zoom).toBeGreaterThan(before.zoom);
  // Something else is picked, near enough that the map goes on showing the gap.
  await page.getByRole('tab', { name: /问题清单/ }).click();
  await page.locator('.has-place', { hasText: '不属于任何村、社区' }).click();
  await page.locator('.has-place.is-picked').waitFor();
  expect(await gap.getAttribute('class')).not.toContain('is-picked');
  const box = await page.getByTestId('import-map').boundingBox();
  const [x, y] = screenPoint(await mapView(), GAP_PLACE);
  await page.mouse.click(x + (box?.x ?? 0), y + (box?.y ?? 0));
  await soon(() => gap.getAttribute('class')).toContain('is-picked');
  await stage.picture('import-gap');
  await choose('归谁', '颐和社区', gap);
  await soon(why).not.toContain('还有 1 处缝隙或重叠没有决定归谁');
});

it('lists the rows that cannot be taken, here and in a file, and takes the others on request', async () => {
  expect((await why())[0]).toMatch(/^有 \d+ 行不能采用/);
  await page.getByRole('tab', { name: '总览' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), sheet().getByRole('link', { name: '下载问题清单(CSV)' }).click()]);
  const csv = readFileSync(await download.path(), 'utf8');
  expect(csv).toMatch(/楼栋\.geojson.*2305/);
  expect(csv).toMatch(/户数\.xlsx.*好几户/);
  expect(csv).not.toContain('138');
  await page.getByRole('tab', { name: /问题清单/ }).click();
  await page.locator('.has-place').first().click();
  await stage.picture('import-findings');
  await page.getByRole('tab', { name: '总览' }).click();
  await sheet()
    .getByRole('checkbox', { name: /其余照收/ })
    .click();
  await soon(why).toEqual([]);
});

it('is there as it was after it was folded away', async () => {
  await page.keyboard.press('Escape');
  await sheet().waitFor({ state: 'hidden' });
  await page.keyboard.press('i');
  await sheet().waitFor();
  expect(await why()).toEqual([]);
});

it('imports, and a cancelled import leaves nothing behind', async () => {
  await next().click();
  await sheet().getByRole('button', { name: '取消' }).click();
  await sheet().getByText('没有改动任何数据。', { exact: true }).waitFor();
  expect(await regions('620723100')).toEqual([]);
  await button('回到预览').click();
  await button('重新预览').click();
  await page.getByTestId('import-counts').waitFor();
  await soon(why).toEqual([]);
  await next().click();
  await page.getByTestId('import-done').waitFor();
  await stage.picture('import-done');
  const stored = await regions('620723100');
  expect(stored.map(({ name }) => name).sort()).toEqual(COMMUNITIES.map(({ name }) => name as string).sort());
  expect(stored.reduce((sum, region) => sum + region.households, 0)).toBe(BUILDINGS * 8);
});

it('goes on to a plan of the county that was imported', async () => {
  await button('新建划分方案').click();
  await page.getByRole('dialog', { name: '新建方案' }).getByText('临泽县 620723').first().waitFor();
});

it('broke nothing on the way', () => {
  expect(stage.faults).toEqual([]);
});
