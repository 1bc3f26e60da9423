// The main job in a real browser, with mouse and keys: open the county, split, paint, carve, undo, redo, code, export, reload.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BlockCollection, BlockFeature, GridCollection, GridFeature, OperationRecord, PlanSummary } from '../../core/api/messages.ts';
import { latticePolygon, toDegrees } from '../../core/coverage/lattice.ts';
import { interiorPoint } from '../../core/coverage/locate.ts';
import type { Layout } from '../../core/export/layout.ts';
import { borderSession } from './border-session.ts';
import { cellSession } from './cell-session.ts';
import type { Desk } from './desk.ts';
import { divisionSession } from './division-session.ts';
import type { Hand, Place } from './hand.ts';
import { type Installation, startDemo } from './installation.ts';
import { openStage, type Stage } from './stage.ts';
import { twoPeople } from './two-people.ts';

const COMMUNITY = '620724100003';
/** Counts that stay the same for so long are those of the place where the pointer is. */
const COUNTED_MILLISECONDS = 300;

let installation: Installation;
let stage: Stage;
let page: Page;
let hand: Hand;
let plan: number;

beforeAll(async () => {
  installation = await startDemo();
  plan = ((await ask('/api/plans')) as PlanSummary[])[0]?.id as number;
  stage = await openStage();
  page = stage.page;
  page.on('request', (request) => {
    if (!request.url().startsWith(installation.address) && /^https?:/.test(request.url()))
      stage.faults.push(`foreign request: ${request.url()}`);
  });
  hand = stage.hand;
});

afterAll(async () => {
  await stage?.close();
  await installation?.stop();
});

const ask = async (path: string): Promise<unknown> => (await fetch(`${installation.address}${path}`)).json();
const grids = async (): Promise<GridFeature[]> =>
  ((await ask(`/api/plans/${plan}/grids?community=${COMMUNITY}`)) as GridCollection).features;
const blocks = async (): Promise<BlockFeature[]> =>
  ((await ask(`/api/plans/${plan}/blocks?community=${COMMUNITY}`)) as BlockCollection).features;
const history = async (): Promise<OperationRecord[]> =>
  (await ask(`/api/plans/${plan}/operations?community=${COMMUNITY}`)) as OperationRecord[];

function middleOf(coordinates: readonly (readonly (readonly number[])[])[]): Place {
  const [x, y] = interiorPoint(latticePolygon(coordinates as [number, number][][]));
  return [toDegrees(x), toDegrees(y)];
}

const picture = (name: string) => stage.picture(name);

async function overview(): Promise<void> {
  await page.keyboard.press('v');
  if (await page.getByTestId('grid-panel').isVisible()) await page.keyboard.press('Escape');
  await page.getByTestId('community-panel').waitFor();
  await page.keyboard.press('f');
  await hand.settled();
}

const desk = (): Desk => ({
  ...{ address: installation.address, browser: stage.browser, page, hand, plan, ask, picture, middleOf },
  overview,
  choose: async (grid) => {
    await overview();
    await hand.click(middleOf(grid.geometry.coordinates[0] as number[][][]));
    await page
      .getByTestId('grid-panel')
      .getByLabel('网格名称')
      .and(page.locator(`[value="${grid.properties.name}"]`))
      .waitFor();
  },
});

/** Households on both sides as the pointer shows them. */
async function tallies(): Promise<number[]> {
  const sides = page.getByTestId('tally-side');
  const read = async (): Promise<number[]> => {
    await sides.nth(1).waitFor();
    const texts = await sides.locator('.pointer-count').allTextContents();
    return texts.map((text) => Number(text.replace(/[^\d]/g, '')));
  };
  // At first they may be those of a place that the pointer passed.
  let shown = await read();
  for (let before: number[] = []; !isDeepStrictEqual(shown, before); shown = await read()) {
    before = shown;
    await pause(COUNTED_MILLISECONDS);
  }
  return shown;
}

const households = (features: readonly GridFeature[]): number => features.reduce((sum, { properties }) => sum + properties.households, 0);

describe('a planning session', () => {
  it('opens the county and a community from the tree', async () => {
    await page.goto(installation.address);
    await page.getByText('人民东路', { exact: true }).first().click();
    await page.getByTestId('community-panel').waitFor();
    await hand.settled();
    await picture('county-and-community');
  });

  it('splits a grid by a line: both counts are shown before, and are true after', async () => {
    const [largest] = (await grids()).sort((a, b) => b.properties.households - a.properties.households) as [GridFeature];
    const before = (await grids()).length;
    await hand.click(middleOf(largest.geometry.coordinates[0] as number[][][]));
    await page.getByTestId('grid-panel').waitFor();
    await page.keyboard.press('s');
    await hand.press(lineAcross(largest));
    const shown = await tallies();
    await picture('split-while-drawing');
    await hand.release();
    await expect.poll(async () => (await grids()).length).toBeGreaterThan(before);
    await hand.saved();
    const after = await grids();
    const parts = after.filter(({ properties }) => shown.includes(properties.households));
    expect(parts.length).toBeGreaterThanOrEqual(shown.length);
    expect(shown.reduce((sum, count) => sum + count, 0)).toBe(largest.properties.households);
  });

  it('undoes and redoes by key', async () => {
    const split = await grids();
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await grids()).length).toBeLessThan(split.length);
    await hand.saved();
    await page.keyboard.press('Control+y');
    await expect
      .poll(async () => (await grids()).map(({ properties }) => properties.households).sort())
      .toEqual(split.map(({ properties }) => properties.households).sort());
    await hand.saved();
  });

  it('paints a block across a border: both sides count along, Esc gives it back, release takes it', async () => {
    const [from, to] = neighbours(await blocks());
    const path = [middleOf(from.geometry.coordinates), middleOf(to.geometry.coordinates)];
    const done = (await history()).length;
    await page.keyboard.press('b');
    await hand.press(path);
    expect(await tallies()).toHaveLength(2);
    await page.keyboard.press('Escape');
    await hand.release();
    expect((await blocks()).find(({ id }) => id === to.id)?.properties.grid).toBe(to.properties.grid);

    await hand.press(path);
    const shown = await tallies();
    await picture('paint-while-sweeping');
    await hand.release();
    await hand.saved();
    await expect.poll(async () => (await blocks()).find(({ id }) => id === to.id)?.properties.grid).toBe(from.properties.grid);
    expect(await history()).toHaveLength(done + 1);
    const counts = (await grids()).map(({ properties }) => properties.households);
    for (const count of shown.filter((households) => households > 0)) expect(counts).toContain(count);
  });

  it('carves a dedicated grid with a rectangle', async () => {
    const before = await grids();
    const [west, south, east, north] = boundsOf(before[0] as GridFeature);
    await page.keyboard.press('d');
    await hand.press([
      [west + (east - west) * 0.3, south + (north - south) * 0.3],
      [west + (east - west) * 0.7, south + (north - south) * 0.7],
    ]);
    await hand.release();
    await expect.poll(async () => (await grids()).filter(({ properties }) => properties.kind === 'dedicated').length).toBe(1);
    await hand.saved();
    const total = (await blocks()).reduce((sum, { properties }) => sum + properties.households, 0);
    expect(households(await grids())).toBe(total);
    await picture('carved');
  });

  it('issues codes and shows them', async () => {
    await page.keyboard.press('v');
    await page.keyboard.press('g');
    await expect.poll(async () => (await grids()).every(({ properties }) => properties.code !== null)).toBe(true);
    const [first] = (await grids()).filter(({ properties }) => properties.kind === 'urban') as [GridFeature];
    await hand.click(middleOf(first.geometry.coordinates[0] as number[][][]));
    const code = page.getByTestId('grid-code');
    await code.waitFor();
    expect((await code.getAttribute('title')) ?? '').toMatch(new RegExp(`^${COMMUNITY}\\d{3}$`));
  });

  it('exports the coded layout as a file', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('e')]);
    const layout = JSON.parse(readFileSync(await download.path(), 'utf8')) as Layout;
    const own = layout.features.filter(({ properties }) => properties.community === COMMUNITY);
    expect(own.map(({ properties }) => properties.code).sort()).toEqual((await grids()).map(({ properties }) => properties.code).sort());
  });

  it('finds everything there after a reload, at the size of the city room', async () => {
    const before = await grids();
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.reload();
    await page.getByText('人民东路', { exact: true }).first().click();
    await page.getByTestId('community-panel').waitFor();
    for (const { properties } of before) await page.getByTestId('community-panel').getByText(properties.name, { exact: true }).waitFor();
    await hand.settled();
    await picture('after-reload');
    expect(await grids()).toEqual(before);
  });

  it('lays out a sheet for the printer: map, register of the community, marks', async () => {
    await page.keyboard.press('Control+p');
    await page.getByTestId('sheet-picture').waitFor();
    const sheet = page.getByTestId('sheet');
    for (const { properties } of await grids())
      await sheet
        .getByText(properties.code?.slice(-3) ?? '')
        .first()
        .waitFor();
    for (const text of ['高台县人民东路居民委员会网格划分图', '草案', '内部用图', '网格界线仅用于服务管理', '合计']) {
      await sheet.getByText(text).first().waitFor();
    }
    await picture('sheet');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  });
});

describe('borders by hand', () => borderSession(desk));
describe('automatic division', () => divisionSession(desk));
describe('cells', () => cellSession(desk));
describe('two people', () => twoPeople(desk));

it('met no error and asked no other host', () => {
  expect(stage.faults).toEqual([]);
});

function boundsOf({ geometry }: GridFeature): [number, number, number, number] {
  const points = geometry.coordinates.flat(2) as [number, number][];
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Through the middle, across the longer side, from outside to outside. */
function lineAcross(grid: GridFeature): Place[] {
  const [west, south, east, north] = boundsOf(grid);
  const [x, y] = [(west + east) / 2, (south + north) / 2];
  const margin = 0.02;
  return east - west > north - south
    ? [
        [x, south - (north - south) * margin],
        [x, north + (north - south) * margin],
      ]
    : [
        [west - (east - west) * margin, y],
        [east + (east - west) * margin, y],
      ];
}

/** Two blocks of different grids that share an edge, the second one with households. */
function neighbours(features: readonly BlockFeature[]): [BlockFeature, BlockFeature] {
  const byEdge = new Map<string, BlockFeature>();
  for (const block of features) {
    for (const ring of block.geometry.coordinates) {
      for (const [index, point] of ring.slice(1).entries()) byEdge.set(`${ring[index]}|${point}`, block);
    }
  }
  for (const [edge, block] of byEdge) {
    const other = byEdge.get(edge.split('|').reverse().join('|'));
    const drawn = block.properties.grid !== null && other?.properties.grid !== null;
    if (other && drawn && other.properties.grid !== block.properties.grid && other.properties.households > 0) return [block, other];
  }
  throw new Error('no two grids of the community touch');
}
