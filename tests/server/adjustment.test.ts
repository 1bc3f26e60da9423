// Adjusting what is official: branched drafts, what became of each grid and its code, and what was official on a day.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { GridCollection, OfficialDate, PlanComparison, PlanSummary, Problem } from '../../core/api/messages.ts';
import type { Layout } from '../../core/export/layout.ts';
import type { Operation } from '../../core/plan/operation.ts';
import { inTransaction } from '../../server/database/transaction.ts';
import { comparison } from '../../server/lifecycle/comparison.ts';
import { readStatus } from '../../server/lifecycle/status.ts';
import { performOperation } from '../../server/operations/perform.ts';
import { branchPlan } from '../../server/plans/branch.ts';
import { type Answer, call, post } from './client.ts';
import { COUNTY, ownerOf, seedCounty, seedPlan, startTestServer, type TestServer } from './harness.ts';
import {
  accept,
  bordersMatch,
  county,
  drawnPlan,
  file,
  person,
  problemIn,
  submit,
  toOfficial,
  toSettled,
  town,
} from './lifecycle-people.ts';

const EAST = '620724100001';
const WEST = '620724100002';
const VILLAGE = '620724101201';
/** Through the middle of the western column of blocks of the eastern community. */
const CUT: [number, number][] = [
  [99.8005, 39.3995],
  [99.8005, 39.4025],
];

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await seedCounty(server.database);
});
afterAll(() => server?.close());

const stateOf = async (plan: number) => (await readStatus(server.database, plan, county)).state;
const branch = (parent: number, communities: string[], by = county) =>
  branchPlan(server.database, parent, { name: '适时调整', communities }, by);
const official = async (day = '2026-03-01'): Promise<number> => {
  const plan = await drawnPlan(server.database);
  await toOfficial(server.context, plan, day);
  return plan;
};

async function operate(plan: number, community: string, ...operations: readonly Operation[]): Promise<void> {
  for (const operation of operations) {
    const { rows } = await ownerOf(server.database).query<{ revision: number }>(
      `select revision from plan_community where plan = $1 and community = $2`,
      [plan, community],
    );
    await performOperation(server.context, plan, { community, base: rows[0]?.revision ?? 0, operation }, county);
  }
}

interface GridRow {
  id: number;
  code: string;
  origin: number | null;
  blocks: number[];
}
async function gridsOf(plan: number, community: string): Promise<GridRow[]> {
  const { rows } = await ownerOf(server.database).query<GridRow>(
    `select id, code, origin, array(select block from grid_block where grid_block.grid = grid.id order by block) as blocks
     from grid where plan = $1 and community = $2 and living order by id`,
    [plan, community],
  );
  return rows;
}

async function codeStates(codes: readonly string[]): Promise<string[]> {
  const { rows } = await ownerOf(server.database).query<{ code: string; state: string }>(
    `select distinct on (code) code, state from grid_code_event where code = any($1) order by code, id desc`,
    [codes],
  );
  const states = new Map(rows.map(({ code, state }) => [code, state]));
  return codes.map((code) => states.get(code) ?? 'none');
}

const compare = (plan: number, former: number): Promise<PlanComparison> =>
  inTransaction(server.database, county, (db) => comparison(db, plan, former));

/** Turns the draft official on the day. */
async function complete(plan: number, day: string): Promise<void> {
  await toSettled(server.context, plan);
  await file(server.context, plan);
  await accept(server.context, [plan], day);
}

describe('an adjustment', () => {
  test('begins as what is official in the chosen communities, with its codes', async () => {
    const parent = await official();
    const plan = await branch(parent, [EAST]);
    const [[former], [copy]] = [await gridsOf(parent, EAST), await gridsOf(plan, EAST)];
    expect(copy).toEqual({ ...former, id: copy?.id, origin: former?.id });
    expect(await gridsOf(plan, VILLAGE)).toEqual([]);
    const { counts, lines } = await compare(plan, parent);
    expect([counts.unchanged, lines.length]).toEqual([1, 1]);
    // One town: the town itself may submit it.
    const { rows } = await ownerOf(server.database).query(`select region, parent, state from plan where id = $1`, [plan]);
    expect(rows).toEqual([{ region: '620724100', parent, state: 'draft' }]);
    await submit(server.context, plan, town);
    expect(await stateOf(plan)).toBe('submitted');
    expect((await gridsOf(plan, EAST))[0]?.code).toBe(former?.code);
  });

  test('that splits a grid retires its code with two successors, in the transaction that turns it official', async () => {
    const parent = await official();
    const [former] = await gridsOf(parent, EAST);
    const plan = await branch(parent, [EAST]);
    const [copy] = await gridsOf(plan, EAST);
    await operate(plan, EAST, { type: 'cut', line: CUT, grid: copy?.id as number });
    const named = (await gridsOf(plan, EAST)).find(({ id }) => id !== copy?.id)?.id as number;
    await operate(plan, EAST, { type: 'describe', grid: named, set: { name: '东街西片网格', reason: '沿街楼栋单列' } });
    expect((await compare(plan, parent)).counts).toMatchObject({ split: 1 });
    await toSettled(server.context, plan);
    expect(await codeStates([former?.code as string])).toEqual(['official']);
    await file(server.context, plan);
    await accept(server.context, [plan], '2026-06-01');
    const parts = (await gridsOf(plan, EAST)).map(({ code }) => code);
    expect(parts).toHaveLength(2);
    expect(parts).not.toContain(former?.code);
    expect(await codeStates([former?.code as string, ...parts])).toEqual(['retired', 'official', 'official']);
    const { rows } = await ownerOf(server.database).query(
      `select array_agg(successor order by successor) as successors, min(kind) as kind from grid_code_lineage where code = $1`,
      [former?.code],
    );
    expect(rows).toEqual([{ successors: parts.toSorted(), kind: 'split' }]);
    expect([await stateOf(parent), await stateOf(plan)]).toEqual(['official', 'official']);
  });

  test('follows blocks that were split since its parent was frozen', async () => {
    const parent = await official();
    const other = await seedPlan(server.database);
    await operate(other, WEST, {
      type: 'cut',
      line: [
        [99.8035, 39.3995],
        [99.8035, 39.4025],
      ],
    });
    const plan = await branch(parent, [EAST, WEST]);
    const { rows } = await ownerOf(server.database).query(
      `select count(*)::int as blocks, bool_and(living) as living from grid_block join block on block.id = grid_block.block
       where plan = $1 and grid_block.community = $2`,
      [plan, WEST],
    );
    expect(rows).toEqual([{ blocks: 6, living: true }]);
    // The new vertices too, or grid and community would no longer match edge by edge.
    expect(await bordersMatch(server.database, plan, WEST)).toBe(true);
    expect((await compare(plan, parent)).counts).toMatchObject({ unchanged: 2, moved: 0, redrawn: 0 });
    await submit(server.context, plan, town);
    expect(await stateOf(plan)).toBe('submitted');
  });

  test('tells moved borders, merged and new grids apart, and says how many households moved', async () => {
    const parent = await drawnPlan(server.database);
    const [grid] = await gridsOf(parent, VILLAGE);
    await operate(parent, VILLAGE, { type: 'assign', blocks: grid?.blocks.slice(3) as number[], to: 'new' });
    await toOfficialNamed(parent, VILLAGE);
    const plan = await branch(parent, [VILLAGE]);
    const [large, small] = await gridsOf(plan, VILLAGE);
    await operate(plan, VILLAGE, { type: 'assign', blocks: [large?.blocks[2] as number], to: small?.id as number });
    const moved = await compare(plan, parent);
    expect(moved.counts).toMatchObject({ unchanged: 0 });
    expect(moved.lines.reduce((sum, { householdsMoved }) => sum + householdsMoved, 0)).toBeGreaterThanOrEqual(60);
    const kept = await gridsOf(plan, VILLAGE);
    await operate(plan, VILLAGE, { type: 'merge', grids: kept.map(({ id }) => id), into: kept[0]?.id as number });
    expect((await compare(plan, parent)).counts).toMatchObject({ merged: 1 });
    expect((await compare(parent, plan)).counts).toMatchObject({ split: 1 });
  });
});

/** With a name for the grid that has none. */
async function toOfficialNamed(plan: number, community: string): Promise<void> {
  for (const [i, { id }] of (await gridsOf(plan, community)).entries()) {
    if (i > 0) await operate(plan, community, { type: 'describe', grid: id, set: { name: '渠口东片网格' } });
  }
  await toOfficial(server.context, plan, '2026-03-01');
}

describe('what is refused', () => {
  test('adjusting what is not official, not of the plan, out of reach, or official by another plan', async () => {
    const draft = await drawnPlan(server.database);
    expect(await problemIn(branch(draft, [EAST]))).toBe('plan-not-official');
    const parent = await official();
    expect(await problemIn(branch(parent, ['620724100099']))).toBe('community-not-in-plan');
    expect(await problemIn(branch(parent, [VILLAGE], town))).toBe('community-not-in-plan');
    expect(await problemIn(branch(parent, [EAST], person('邻县', '620723', 'drafter')))).toBe('unknown-plan');
    await complete(await branch(parent, [EAST]), '2026-04-01');
    expect(await problemIn(branch(parent, [EAST]))).toBe('official-elsewhere');
  });

  test('the second of two adjustments of one community, wherever it stands by then', async () => {
    const parent = await official();
    const [first, second, third] = [await branch(parent, [EAST, WEST]), await branch(parent, [EAST]), await branch(parent, [VILLAGE])];
    await toSettled(server.context, second);
    await file(server.context, second);
    await complete(first, '2026-05-01');
    expect(await problemIn(accept(server.context, [second], '2026-05-02'))).toBe('adjustment-outdated');
    expect(await stateOf(second)).toBe('filed');
    await complete(third, '2026-05-03');
    // Nothing of it is official any more.
    expect(await stateOf(parent)).toBe('superseded');
    const late = await branch(first, [EAST]);
    await complete(await branch(first, [EAST, WEST]), '2026-05-04');
    expect(await problemIn(submit(server.context, late, town))).toBe('adjustment-outdated');
  });

  test('two that turn official at once in one community: one does', async () => {
    const parent = await official();
    const plans = [await branch(parent, [EAST]), await branch(parent, [EAST, VILLAGE])];
    for (const plan of plans) {
      await toSettled(server.context, plan);
      await file(server.context, plan);
    }
    const outcomes = await Promise.all(plans.map((plan) => problemIn(accept(server.context, [plan], '2026-07-01'))));
    expect(outcomes.sort()).toEqual(['adjustment-outdated', 'went through']);
  });

  test('a whole county and its adjustments decided in one transaction: all or none', async () => {
    const parent = await official();
    const plans = [await branch(parent, [EAST]), await branch(parent, [EAST])];
    for (const plan of plans) {
      await toSettled(server.context, plan);
      await file(server.context, plan);
    }
    expect(await problemIn(accept(server.context, plans, '2026-07-02'))).toBe('adjustment-outdated');
    expect(await Promise.all(plans.map(stateOf))).toEqual(['filed', 'filed']);
  });
});

describe('history by date, over HTTP', () => {
  let parent: number;
  let plan: number;
  beforeEach(async () => {
    parent = await official('2027-01-01');
    plan = await branch(parent, [EAST]);
    await complete(plan, '2027-02-01');
  });
  const layout = async (region: string, date: string) => {
    const { body } = await call<GridCollection>(server.address, `/api/layout?region=${region}&date=${date}`);
    return body.features.map(({ properties }) => properties.id).sort();
  };
  const ids = async (of: number, ...communities: string[]) =>
    (await Promise.all(communities.map((community) => gridsOf(of, community))))
      .flat()
      .map(({ id }) => id)
      .sort();

  test('each day has the layout that was official then, of a county, a town, a community', async () => {
    expect(await layout(COUNTY, '2027-01-31')).toEqual(await ids(parent, EAST, WEST, VILLAGE));
    expect(await layout(COUNTY, '2027-02-01')).toEqual([...(await ids(parent, WEST, VILLAGE)), ...(await ids(plan, EAST))].sort());
    expect(await layout('620724101', '2027-02-01')).toEqual(await ids(parent, VILLAGE));
    expect(await layout(EAST, '2027-02-01')).toEqual(await ids(plan, EAST));
    expect(await layout(EAST, '2020-01-01')).toEqual([]);
    const { body } = await call<OfficialDate[]>(server.address, `/api/layout/dates?region=${EAST}`);
    expect(body[0]).toEqual({ date: '2027-02-01', plan, planName: '适时调整', communities: 1 });
    expect((await call<Problem>(server.address, '/api/layout?region=110101&date=2027-01-01')).body.code).toBe('unknown-region');
    expect((await call<Problem>(server.address, `/api/layout?region=${COUNTY}&date=2027-02-30`)).status).toBe(400);
  });

  test('and can be saved as a file, as a plan can', async () => {
    await ownerOf(server.database).query(
      `insert into attribution (text, area) select '© 开放地图', ST_Envelope(outline) from region where code = $1`,
      [EAST],
    );
    const path = `/api/layout/export?region=${COUNTY}&date=2027-02-01`;
    const { body } = await call<Layout>(server.address, path);
    const codes = (await Promise.all([gridsOf(plan, EAST), gridsOf(parent, WEST), gridsOf(parent, VILLAGE)]))
      .flat()
      .map(({ code }) => code);
    expect(body.features.map(({ properties }) => properties.code)).toEqual(codes.toSorted());
    expect(body.onegrid).toMatchObject({ region: COUNTY, regionName: '高台县', totals: { communities: 3, households: 900 } });
    expect(body.onegrid.attributions).toEqual(['© 开放地图']);
    const { status, body: problem } = await call<Problem>(server.address, `/api/layout/export?region=${COUNTY}&date=2020-01-01`);
    expect([status, problem.code]).toEqual([404, 'nothing-official']);
  });

  test('the stand-in branches and compares', async () => {
    const made: Answer<PlanSummary> = await post(server.address, `/api/plans/${plan}/adjustment`, { name: '再调整', communities: [EAST] });
    expect([made.status, made.body.parent, made.body.state]).toEqual([201, plan, 'draft']);
    const { body } = await call<PlanComparison>(server.address, `/api/plans/${made.body.id}/comparison`);
    expect([body.with, body.counts.unchanged]).toEqual([plan, 1]);
    expect((await call<Problem>(server.address, `/api/plans/${parent}/comparison`)).body.code).toBe('nothing-to-compare');
    const refused = await post<Problem>(server.address, `/api/plans/${made.body.id}/steps`, { step: 'approve', action: 'sign' });
    expect([refused.status, refused.body.code]).toEqual([409, 'step-not-yet']);
    expect((await post<Problem>(server.address, `/api/plans/${made.body.id}/steps`, { step: 'approve' })).status).toBe(400);
  });
});
