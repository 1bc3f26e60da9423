// Cells over HTTP on a real database: made by the engine or by hand, undone, kept when a block is cut, coded and exported.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CodeRecord, OperationRecord, PlanSummary } from '../../core/api/messages.ts';
import type { Layout, LayoutCell } from '../../core/export/layout.ts';
import { divisionOptions, type Operation } from '../../core/plan/operation.ts';
import { call, idsOf, PlanClient, post } from './client.ts';
import { seedCounty, seedPlan, startTestServer, type TestServer } from './harness.ts';

/** 3 × 2 blocks of 60 households each. */
const EAST = '620724100001';
const intoCells = (grid: number): Operation => ({ type: 'divide', grids: [grid], options: divisionOptions.parse({ level: 'cells' }) });

let server: TestServer;
let client: PlanClient;
let blocks: readonly number[];
/** The grid that holds the whole community. */
let grid: number;

beforeAll(async () => {
  server = await startTestServer();
  blocks = (await seedCounty(server.database)).blocks[EAST] as readonly number[];
});
afterAll(() => server.close());
beforeEach(async () => {
  const plan = { name: '单元格试划', region: '620724', profile: 'qianjiang-2022' };
  const made = await post<PlanSummary>(server.address, '/api/plans', plan);
  expect(made.status).toBe(201);
  client = new PlanClient(server.address, made.body.id);
  blocks = idsOf((await client.blocks(EAST)).features);
  const drawn = await client.operate(EAST, 0, { type: 'assign', blocks: [...blocks], to: 'new' });
  grid = drawn.body.grids[0]?.properties.id as number;
});

/** Cell of each block of the community, in the order of the ids. */
const cells = async (): Promise<number[]> => (await client.blocks(EAST)).features.map(({ properties }) => properties.cell);
const exported = async (): Promise<readonly LayoutCell[]> =>
  (await call<Layout>(server.address, `/api/plans/${client.plan}/export`)).body.features[0]?.properties.cells ?? [];

describe('a grid', () => {
  it('is divided into cells, undone and redone to the block, and the history says what it was', async () => {
    const divided = await client.operate(EAST, 1, intoCells(grid));
    expect(divided.status).toBe(200);
    expect(divided.body.undo).toEqual({ operation: 'divide-cells', grid: '东街第一网格' });
    const [feature] = divided.body.grids;
    const count = feature?.properties.cells as number;
    // 360 households: two or three cells of 100 to 200.
    expect([2, 3]).toContain(count);
    expect(feature?.properties).toMatchObject({ id: grid, households: 360 });
    expect(divided.body.blocks.changed).toHaveLength(blocks.length);
    const made = await cells();
    expect(new Set(made)).toEqual(new Set(Array.from({ length: count }, (_, i) => i + 1)));

    const undone = await client.operate(EAST, 2, { type: 'undo' });
    expect(undone.body.grids[0]?.properties.cells).toBe(0);
    expect(new Set(await cells())).toEqual(new Set([0]));
    await client.operate(EAST, 3, { type: 'redo' });
    expect(await cells()).toEqual(made);
    const { body: history } = await call<OperationRecord[]>(server.address, `/api/plans/${client.plan}/operations?community=${EAST}`);
    expect(history.map(({ operation }) => operation.type)).toEqual(['redo', 'undo', 'divide', 'assign']);
  });

  it('is proposed in cells first, without a change, and gets them when the proposal is accepted', async () => {
    const body = { region: EAST, grids: [grid], options: { level: 'cells' } };
    const proposed = await client.proposed(body);
    expect(proposed).toMatchObject({ state: 'done', communities: [{ state: 'proposed', householdsMoved: 0, blocksMoved: 0 }] });
    expect(new Set(await cells())).toEqual(new Set([0]));
    const accepted = await post(server.address, `/api/plans/${client.plan}/divisions/${proposed.id}/accept`, {});
    expect(accepted.body).toMatchObject({ accepted: [EAST] });
    expect(new Set(await cells()).has(0)).toBe(false);
    const again = await client.proposed(body);
    expect(again.communities[0]?.state).toBe('unchanged');
  });

  it('changes its cells by hand; a block that goes to another grid leaves its cell, and undo brings it back', async () => {
    const [first, second] = blocks as [number, number];
    await client.operate(EAST, 1, { type: 'cell', blocks: [first, second], to: 'new' });
    const named = await client.operate(EAST, 2, { type: 'cell', blocks: [second], to: 7 });
    expect(named.body.undo).toEqual({ operation: 'cell', grid: '东街第一网格' });
    expect((await cells()).slice(0, 3)).toEqual([1, 7, 0]);
    await client.operate(EAST, 3, { type: 'assign', blocks: [first], to: 'new' });
    expect((await cells()).slice(0, 3)).toEqual([0, 7, 0]);
    await client.operate(EAST, 4, { type: 'undo' });
    expect((await cells()).slice(0, 3)).toEqual([1, 7, 0]);
    await client.operate(EAST, 5, { type: 'assign', blocks: [second], to: null });
    expect((await cells()).slice(0, 3)).toEqual([1, 0, 0]);
    await client.operate(EAST, 6, { type: 'undo' });
    expect((await cells()).slice(0, 3)).toEqual([1, 7, 0]);
    const report = await client.checks();
    expect(
      report.issues.filter(({ message }) => message.startsWith('size-cell')).map(({ message, values }) => [message, values.cell]),
    ).toEqual([
      ['size-cell-below-households', '01'],
      ['size-cell-below-households', '07'],
      ['size-cell-rest', undefined],
    ]);
  });

  it('keeps the cells of a block that is cut, in this plan and in another; undo after it means the parts', async () => {
    const other = new PlanClient(server.address, await seedPlan(server.database));
    await other.operate(EAST, 0, { type: 'assign', blocks: [...blocks], to: 'new' });
    await client.operate(EAST, 1, { type: 'cell', blocks: [...blocks], to: 3 });
    const before = (await client.blocks(EAST)).features;
    const [west, south, east, north] = before
      .flatMap(({ geometry }) => geometry.coordinates.flat())
      .reduce((box, [x = 0, y = 0]) => [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)] as const, [
        180, 90, -180, -90,
      ] as readonly [number, number, number, number]);
    const middle = south + (north - south) / 4;
    // Cut through the other plan: this one hears of it through the blocks alone.
    const line: [number, number][] = [
      [west - 0.0005, middle],
      [east + 0.0005, middle],
    ];
    expect((await other.operate(EAST, 1, { type: 'cut', line })).status).toBe(200);
    const after = await cells();
    expect(after.length).toBeGreaterThan(before.length);
    expect(new Set(after)).toEqual(new Set([3]));
    await client.operate(EAST, 2, { type: 'undo' });
    expect(new Set(await cells())).toEqual(new Set([0]));
    blocks = idsOf((await client.blocks(EAST)).features);
  });

  it('refuses what its rules do not know, in words, and changes nothing', async () => {
    const gansu = new PlanClient(server.address, await seedPlan(server.database));
    const own = idsOf((await gansu.blocks(EAST)).features);
    const drawn = await gansu.operate(EAST, 0, { type: 'assign', blocks: own, to: 'new' });
    const refused = await gansu.operate(EAST, 1, intoCells(drawn.body.grids[0]?.properties.id as number));
    expect(refused).toMatchObject({ status: 422, body: { code: 'profile-without-cells', detail: expect.stringContaining('单元格') } });
    const unnamed = await client.operate(EAST, 1, { type: 'divide', options: divisionOptions.parse({ level: 'cells' }) });
    expect(unnamed).toMatchObject({ status: 422, body: { code: 'cells-need-grids' } });
    const tooHigh = await client.operate(EAST, 1, { type: 'cell', blocks: [blocks[0] as number], to: 100 });
    expect(tooHigh.status).toBe(400);
    expect((await client.blocks(EAST)).revision).toBe(1);
  });
});

describe('the second of two at once', () => {
  it('is told when the first has put the same blocks into cells', async () => {
    const [first] = blocks as [number];
    await client.operate(EAST, 1, { type: 'cell', blocks: [first], to: 1 });
    expect(await client.operate(EAST, 1, { type: 'cell', blocks: [first], to: 2 })).toMatchObject({
      status: 409,
      body: { code: 'stale-base' },
    });
    expect((await client.operate(EAST, 1, { type: 'cell', blocks: [blocks[1] as number], to: 2 })).status).toBe(200);
  });
});

describe('codes and export', () => {
  it('give every cell its number behind the code of the grid, and its counts', async () => {
    await client.operate(EAST, 1, intoCells(grid));
    expect((await exported()).every(({ code }) => code === null)).toBe(true);
    expect((await client.issueCodes()).status).toBe(200);
    const [feature] = (await client.grids(EAST)).features;
    const code = feature?.properties.code as string;
    const given = await exported();
    expect(given.map(({ number }) => number)).toEqual(given.map((_, i) => i + 1));
    expect(given.map((cell) => cell.code)).toEqual(given.map((_, i) => `${code}0${i + 1}`));
    expect(given.reduce((sum, { households }) => sum + households, 0)).toBe(360);
    expect(given.reduce((sum, { population }) => sum + population, 0)).toBe(900);
    expect(given.reduce((sum, { buildings }) => sum + buildings, 0)).toBe(feature?.properties.buildings);

    const record = await call<CodeRecord>(server.address, `/api/codes/${code}01`);
    expect(record).toMatchObject({ status: 200, body: { code: `${code}01`, grid, community: EAST, state: 'provisional' } });
    expect(record.body.segments.at(-1)).toMatchObject({ source: 'cell', value: '01', meaning: { zh: '单元格顺序号' } });
    expect((await call(server.address, `/api/codes/${code}09`)).status).toBe(404);
  });
});
