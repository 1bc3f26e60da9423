// What comes after the first plan, as people of a county do it in a browser: who works in a grid, and a department's old grids laid beside
// the new ones and taken over.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import readExcelFile from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { GridCollection, GridFeature } from '../../core/api/messages.ts';
import type { OneNetOverview } from '../../core/api/one-net-messages.ts';
import { DRAWN, OLD_GRID_NAMES, oldGrids, UNDRAWN } from './department-files.ts';
import type { Hand } from './hand.ts';
import { type Installation, startDemo } from './installation.ts';
import { openStage, type Stage } from './stage.ts';

/** Files are looked into in threads of their own, which a busy machine keeps waiting; milliseconds. */
const PATIENT = 120_000;
const PARTY = '人民东路第一网格党支部';
const WORKER = { name: '王秀兰', phone: '13893600001' };

let installation: Installation;
let stage: Stage;
let page: Page;
let hand: Hand;
const files = mkdtempSync(join(tmpdir(), 'onegrid-departments-'));

beforeAll(async () => {
  installation = await startDemo();
  stage = await openStage();
  page = stage.page;
  hand = stage.hand;
  page.setDefaultTimeout(PATIENT);
  await page.goto(installation.address);
});

afterAll(async () => {
  await stage?.close();
  await installation?.stop();
  rmSync(files, { recursive: true, force: true });
});

const soon = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: PATIENT });
/** Asks as whoever is signed in on the page. */
const ask = async <T>(path: string): Promise<T> => (await (await page.request.get(`${installation.address}${path}`)).json()) as T;
const grids = async (community: string): Promise<GridFeature[]> =>
  (await ask<GridCollection>(`/api/plans/1/grids?community=${community}`)).features;
const sheet = (): Locator => page.getByRole('dialog', { name: '导入数据' });
const next = (): Locator => page.locator('.import-foot .ant-btn-primary');
const oneNet = (): Locator => page.getByTestId('one-net');
const staff = (): Locator => page.getByTestId('staff');
const row = (oldGrid: string): Locator => oneNet().locator('.one-net-row', { has: page.locator('strong', { hasText: oldGrid }) });

/** Takes a demo account by the menu; the page begins anew for it. */
async function become(login: string): Promise<void> {
  await page.getByTestId('account-menu').click();
  await Promise.all([page.waitForEvent('load'), page.locator(`[data-login="${login}"]`).click()]);
  await page.getByTestId('plan-state').waitFor();
  // The page opens by itself what was open before; whoever opens something sooner is overtaken.
  await page.locator('.right-panel .skeleton-box').waitFor({ state: 'detached' });
}

async function openCommunity({ code, name }: typeof DRAWN): Promise<void> {
  await page.getByText(name, { exact: true }).first().click();
  await page.getByTestId('community-panel').getByText(code).waitFor();
  await hand.settled();
}

async function openFirstGrid(): Promise<void> {
  await openCommunity(DRAWN);
  await page.getByTestId('community-panel').locator('.grid-list .row-button').first().click();
  await page.getByTestId('grid-panel').waitFor();
}

/** A file is sent, and its kind is the one that was guessed. */
async function send(path: string, guessed: string): Promise<void> {
  await page.locator('.drop-zone input').setInputFiles(path);
  await soon(() => page.getByTestId('import-file').textContent()).toContain(guessed);
}

async function confirmCoordinates(): Promise<void> {
  await page.locator('.import-step', { hasText: '坐标系' }).click();
  // While the file is read anew, the button takes no click.
  const atRest = page.locator(':not(.ant-btn-loading)');
  await sheet().getByRole('button', { name: '位置正确,确认' }).and(atRest).click();
  await page.getByTestId('crs-confirmed').waitFor();
}

async function preview(): Promise<void> {
  await next().click();
  await page.getByRole('tab', { name: '总览' }).waitFor();
}

async function tab(name: string): Promise<void> {
  await page.getByRole('tab', { name: new RegExp(name) }).click();
  await page.getByRole('tab', { name: new RegExp(name), selected: true }).waitFor();
}

async function downloaded(format: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), oneNet().getByRole('button', { name: format }).click()]);
  return download.path();
}

async function bringIn(): Promise<void> {
  await next().click();
  await page.getByTestId('import-done').waitFor();
}

it('the county enters the party branch and the staff of a grid', async () => {
  await become('demo-county');
  await openFirstGrid();
  const panel = page.getByTestId('grid-panel');
  await panel.getByLabel('党组织').fill(PARTY);
  await panel.getByLabel('党组织').press('Enter');
  await staff().getByRole('button', { name: '添加 专职网格员' }).click();
  await staff().getByLabel('姓名').fill('11010519491231002X');
  await staff().getByText('不要填写身份证号').waitFor();
  await stage.picture('staff-id-number');
  await staff().getByLabel('姓名').fill(WORKER.name);
  await staff().getByLabel('电话(选填)').fill(WORKER.phone);
  await staff().getByLabel('电话(选填)').press('Enter');
  await staff().getByText(WORKER.name).waitFor();
  await hand.saved();
  const [first] = await grids(DRAWN.code);
  expect(first?.properties).toMatchObject({ party: PARTY, staff: [{ role: '专职网格员', ...WORKER }] });
  await staff().scrollIntoViewIfNeeded();
  await stage.picture('staff-entered');
});

it('a reviewer of the county ticks that a person was looked at: a date and an organ, no reasons', async () => {
  await become('demo-county-mzj');
  await openFirstGrid();
  await staff().getByText(WORKER.phone).waitFor();
  await staff().getByRole('checkbox', { name: '资格审核通过' }).click();
  await staff().getByText('民政局').waitFor();
  expect(await staff().locator('.clearance').textContent()).toMatch(/^民政局 .*\d.* 已审核$/);
  await staff().scrollIntoViewIfNeeded();
  await stage.picture('staff-cleared');
});

it('the city sees who works there, and no number in full', async () => {
  await become('demo-city-zfw');
  await openFirstGrid();
  await staff().getByText('138****0001').waitFor();
  await staff().getByText('电话已隐去').waitFor();
  expect(await staff().getByRole('button', { name: /^添加/ }).count()).toBe(0);
  expect(await page.content()).not.toContain(WORKER.phone);
  await staff().scrollIntoViewIfNeeded();
  await stage.picture('staff-masked');
});

it('the old grids of a department come in as a file, once it is said whose they are', async () => {
  await become('demo-county');
  await openCommunity(UNDRAWN);
  await page.keyboard.press('q');
  await oneNet().getByText('还没有部门原有网格').waitFor();
  await stage.picture('one-net-nothing');
  await oneNet().getByRole('button', { name: '导入' }).click();
  await send(oldGrids(files), '部门原有网格');
  await page.locator('.import-step', { hasText: '是什么' }).click();
  await sheet().getByLabel('是哪个部门的网格').fill('城管');
  await stage.picture('one-net-department');
  await page.keyboard.press('Enter');
  await confirmCoordinates();
  await preview();
  await tab('部门网格');
  await sheet().getByText('新增 4 个,不变 0 个,撤去 0 个').waitFor();
  await stage.picture('one-net-preview');
  await bringIn();
});

it('lists what became of each old grid by households, what is left over first, with the old grids on the map', async () => {
  await sheet().getByRole('button', { name: '看部门网格与新网格的对照' }).click();
  await row(OLD_GRID_NAMES[0] as string).waitFor();
  const { rows, counts } = await ask<OneNetOverview>('/api/plans/1/one-net');
  expect(await oneNet().locator('.one-net-row strong').allTextContents()).toEqual(rows.map(({ name }) => name));
  expect(await oneNet().textContent()).toContain(`涉及 ${counts.householdsLeft.toLocaleString('zh')} 户`);
  expect(rows[0]?.left.households).toBeGreaterThan(0);
  for (const { name, to, left } of rows) {
    expect(await row(name).locator('.one-net-part').allTextContents()).toContainEqual(
      expect.stringContaining(`→ ${to[0]?.name}${to[0]?.households.toLocaleString('zh')} 户`),
    );
    expect(await row(name).locator('.one-net-part.is-left').textContent()).toContain(
      `还没有网格${left.households.toLocaleString('zh')} 户`,
    );
  }
  await hand.settled();
  await stage.picture('one-net');
});

it('goes to an old grid, and takes the outlines off the map and back', async () => {
  const before = await hand.view();
  await row('城东四片').click();
  await soon(async () => (await hand.view()).zoom).not.toBe(before.zoom);
  expect(await row('城东四片').getAttribute('aria-pressed')).toBe('true');
  await hand.settled();
  const shown = page.getByRole('checkbox', { name: '城管原网格' });
  await shown.uncheck();
  await hand.settled();
  await stage.picture('one-net-without-outlines');
  await shown.check();
});

it('gives the crosswalk away, to read and to reckon with', async () => {
  const csv = readFileSync(await downloaded('CSV'), 'utf8');
  const [sheet] = await readExcelFile(readFileSync(await downloaded('Excel')));
  for (const name of OLD_GRID_NAMES) {
    expect(csv).toMatch(new RegExp(`^城管,CG00\\d[^,]*,${name},`, 'm'));
    expect(sheet?.data.map((cells) => cells[2])).toContain(name);
  }
});

it('starts the plan from these grids: proposed with what does not fit, written when it is accepted', async () => {
  expect(await grids(UNDRAWN.code)).toEqual([]);
  await page.getByTestId('one-net-start').getByRole('button', { name: UNDRAWN.name }).click();
  const conflicts = page.getByTestId('one-net-conflicts');
  await conflicts.getByText(/与原网格不一致之处/).waitFor();
  const kinds = await conflicts.locator('.divide-obstacle').evaluateAll((all) => all.map((one) => one.getAttribute('data-kind')));
  expect(kinds).toEqual(expect.arrayContaining(['unassigned', 'overlap']));
  expect(await grids(UNDRAWN.code)).toEqual([]);
  await hand.settled();
  await stage.picture('one-net-proposed');
  await page.getByTestId('divide-bar').getByRole('button', { name: '接受' }).click();
  await soon(async () => (await grids(UNDRAWN.code)).map(({ properties }) => properties.name)).toContain('城东四片');
  await hand.saved();
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.keyboard.press('q');
  await row('城东三片').waitFor();
  await hand.settled();
  await stage.picture('one-net-started');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('q');
});

it('broke nothing on the way', () => {
  expect(stage.faults).toEqual([]);
});
