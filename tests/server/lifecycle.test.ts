// From draft to official on the real database: the whole way, who may take which step, what is frozen, and what voids a signature.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LifecycleStatus } from '../../core/api/messages.ts';
import type { Operation } from '../../core/plan/operation.ts';
import { shippedProfiles } from '../../core/rules/profiles.ts';
import { inTransaction, SYSTEM, scoped, sqlState } from '../../server/database/transaction.ts';
import { type Identity, STAND_IN } from '../../server/http/identity.ts';
import { returnFromFiling } from '../../server/lifecycle/filing-steps.ts';
import { performStep } from '../../server/lifecycle/perform-step.ts';
import { readStatus } from '../../server/lifecycle/status.ts';
import { waitingFor } from '../../server/lifecycle/waiting.ts';
import { performOperation } from '../../server/operations/perform.ts';
import { PlanClient } from './client.ts';
import { ownerOf, type SeededCounty, seedCounty, seedPlan, startTestServer, type TestServer } from './harness.ts';
import {
  accept,
  approve,
  bordersMatch,
  cityAffairs,
  cityCommittee,
  citySafety,
  county,
  countyAffairs,
  countyCommittee,
  drawnPlan,
  file,
  person,
  problemIn,
  province,
  settle,
  submit,
  toSettled,
  town,
} from './lifecycle-people.ts';

const EAST = '620724100001';
const WEST = '620724100002';
const TOWN = '620724100';

let server: TestServer;
let seeded: SeededCounty;

beforeAll(async () => {
  server = await startTestServer();
  seeded = await seedCounty(server.database);
});
afterAll(() => server?.close());

const status = (plan: number, asker: Identity = county): Promise<LifecycleStatus> => readStatus(server.database, plan, asker);
const stateOf = async (plan: number) => (await status(plan)).state;
const drawn = (options = {}) => drawnPlan(server.database, options);
const take = (plan: number, request: Parameters<typeof performStep>[2], by: Identity) => performStep(server.context, plan, request, by);
const giveBack = (plan: number, by: Identity, step: 'approve' | 'settle' | 'file' = 'approve') =>
  take(plan, { step, action: 'return', reason: '西街网格边界有误' }, by);

async function codesOf(plan: number): Promise<string[]> {
  const { rows } = await ownerOf(server.database).query<{ state: string }>(
    `select (select state from grid_code_event where grid_code_event.code = grid.code order by id desc limit 1) as state
     from grid where plan = $1 and living order by id`,
    [plan],
  );
  return rows.map(({ state }) => state);
}

/** Changes the plan as somebody who governs the database: no triggers, no policies. */
const tamper = (plan: number): Promise<unknown> =>
  inTransaction(server.database, SYSTEM, async (db) => {
    await db.query('set local role none');
    await db.query('set local session_replication_role = replica');
    await db.query(`update grid set staff = '[{"role":"网格员","name":"王丽"}]' where plan = $1`, [plan]);
  });

describe('the whole way', () => {
  test('gansu-2023: county, reviewer, three organs of the city, the province', async () => {
    const plan = await drawn();
    await submit(server.context, plan);
    expect(await codesOf(plan)).toEqual(['provisional', 'provisional', 'provisional']);
    await approve(server.context, plan);
    expect(await stateOf(plan)).toBe('approved');
    await settle(server.context, plan, citySafety);
    await settle(server.context, plan, cityAffairs);
    expect(await stateOf(plan)).toBe('approved');
    await settle(server.context, plan, cityCommittee);
    expect(await stateOf(plan)).toBe('settled');
    await file(server.context, plan);
    expect([await stateOf(plan), ...(await codesOf(plan))]).toEqual(['filed', 'filed', 'filed', 'filed']);
    await accept(server.context, [plan], '2026-03-01');
    const done = await status(plan);
    expect([done.state, ...(await codesOf(plan))]).toEqual(['official', 'official', 'official', 'official']);
    expect(done.steps.every(({ standing, refusal }) => standing === 'done' && refusal === 'done')).toBe(true);
    expect(done.history.map(({ step, action, to }) => `${step} ${action} ${to}`)).toEqual([
      'accept take official',
      'file take filed',
      'settle sign settled',
      'settle sign approved',
      'settle sign approved',
      'approve sign approved',
      'submit take submitted',
    ]);
    expect(done.history.map(({ person: who }) => who)[1]).toBe('市委政法委');
    // One content all the way: what the city settled is what the county submitted.
    expect([...new Set(done.history.map(({ digest }) => digest))]).toEqual([done.digest]);
    expect(done.steps.find(({ id }) => id === 'settle')?.signatures.map(({ organ }) => organ)).toEqual(['平安办', '民政局', '政法委']);
    expect(done.history.at(-1)?.reasons.map(({ check, count }) => `${check} ${count}`)).toEqual(['party 1', 'staff 1']);
  });

  test('qianjiang-2022: a town applies, one organ signs, the other returns, the town mends, both sign', async () => {
    const plan = await drawn({ region: TOWN, profile: 'qianjiang-2022' });
    await submit(server.context, plan, town);
    await approve(server.context, plan, countyCommittee);
    expect(await stateOf(plan)).toBe('submitted');
    await giveBack(plan, countyAffairs);
    const returned = await status(plan);
    expect([returned.state, returned.history[0]?.reason, returned.steps[1]?.signatures]).toEqual(['returned', '西街网格边界有误', []]);
    const [grid] = (await ownerOf(server.database).query(`select id from grid where plan = $1 order by id`, [plan])).rows;
    const renamed = { type: 'describe', grid: grid.id, set: { name: '东街中心网格' } } as const;
    await performOperation(server.context, plan, { community: EAST, base: 0, operation: renamed }, town);
    await submit(server.context, plan, town);
    expect((await status(plan)).steps[1]?.signatures).toEqual([]);
    await approve(server.context, plan, countyAffairs);
    expect(await stateOf(plan)).toBe('submitted');
    await approve(server.context, plan, countyCommittee);
    expect(await stateOf(plan)).toBe('approved');
    await take(plan, { step: 'settle', action: 'take' }, cityCommittee);
    await file(server.context, plan);
    expect(await stateOf(plan)).toBe('filed');
  });

  test('tells everybody which plans wait for them, and nobody of others', async () => {
    const plan = await drawn({ region: TOWN, profile: 'qianjiang-2022' });
    const waits = async (): Promise<string[]> => {
      const everybody = { town, countyCommittee, countyAffairs, cityCommittee, elsewhere: person('邻县', '620723', 'reviewer', '民政局') };
      const answers = Object.entries(everybody).map(async ([who, asker]) => {
        const waiting = await waitingFor(scoped(server.database, asker), asker);
        return waiting.some((entry) => entry.plan.id === plan) ? [who] : [];
      });
      return (await Promise.all(answers)).flat();
    };
    expect(await waits()).toEqual([]);
    await submit(server.context, plan, town);
    expect(await waits()).toEqual(['countyCommittee', 'countyAffairs']);
    await approve(server.context, plan, countyCommittee);
    expect(await waits()).toEqual(['countyAffairs']);
    await giveBack(plan, countyAffairs);
    expect(await waits()).toEqual(['town']);
    await submit(server.context, plan, town);
    await approve(server.context, plan, countyCommittee);
    await approve(server.context, plan, countyAffairs);
    expect(await waits()).toEqual(['cityCommittee']);
  });

  test('a province that files nothing: the city makes it official at once', async () => {
    const lifecycle = {
      steps: [
        { id: 'submit', from: ['draft', 'returned'], to: 'submitted', role: 'drafter', levels: ['county'], organs: [] },
        { id: 'approve', from: ['submitted'], to: 'settled', role: 'reviewer', levels: ['county'], organs: ['政法委'] },
        { id: 'settle', from: ['settled'], to: 'official', role: 'city', levels: ['city'], organs: ['政法委'] },
      ].map((step) => ({ ...step, name: { zh: step.id, en: step.id } })),
    };
    await ownerOf(server.database).query(
      `insert into profile_version (profile, version, content, actor) values ('short-way', 1, $1, 'test')`,
      [JSON.stringify({ ...shippedProfiles[0], id: 'short-way', lifecycle })],
    );
    const plan = await drawn({ profile: 'short-way' });
    await submit(server.context, plan);
    await approve(server.context, plan);
    await settle(server.context, plan, cityCommittee);
    expect([await stateOf(plan), ...(await codesOf(plan))]).toEqual(['official', 'official', 'official', 'official']);
  });

  test('the province returns a filed plan, whose codes are provisional again', async () => {
    const plan = await drawn();
    await toSettled(server.context, plan);
    await file(server.context, plan);
    await inTransaction(server.database, province, (db) => returnFromFiling(db, plan, province, '请补充说明'));
    const returned = await status(plan);
    expect([returned.state, returned.history[0]?.reason]).toEqual(['returned', '请补充说明']);
    expect(await codesOf(plan)).toEqual(['provisional', 'provisional', 'provisional']);
    const before = (await ownerOf(server.database).query(`select code from grid where plan = $1 order by id`, [plan])).rows;
    await toSettled(server.context, plan);
    expect((await ownerOf(server.database).query(`select code from grid where plan = $1 order by id`, [plan])).rows).toEqual(before);
  });
});

describe('submitting', () => {
  test('is refused while blocks are undrawn, errors stand, or a kind of warning has no reason; nothing changes then', async () => {
    const empty = await seedPlan(server.database);
    expect(await problemIn(submit(server.context, empty))).toBe('plan-incomplete');
    const plan = await drawn();
    expect(await problemIn(submit(server.context, plan, county, { staff: '人员年底前配齐' }))).toBe('warnings-need-reasons');
    const { warnings, state, history } = await status(plan);
    expect([state, history, warnings]).toEqual([
      'draft',
      [],
      [
        { check: 'party', count: 1 },
        { check: 'staff', count: 1 },
      ],
    ]);
    expect(await codesOf(plan)).toEqual([null, null, null]);
    await ownerOf(server.database).query(`update grid set name = '' where plan = $1`, [plan]);
    expect(await problemIn(submit(server.context, plan))).toBe('submit-has-errors');
    expect(await stateOf(plan)).toBe('draft');
  });

  test('freezes the plan for the interface and in the database', async () => {
    const plan = await drawn();
    await submit(server.context, plan);
    const operation: Operation = { type: 'assign', blocks: [seeded.blocks[EAST]?.[0] as number], to: 'new' };
    expect(await problemIn(performOperation(server.context, plan, { community: EAST, base: 0, operation }, county))).toBe('plan-frozen');
    for (const statement of [
      `update grid set name = 'x' where plan = $1`,
      `update grid set code = null where plan = $1`,
      `delete from grid_block where plan = $1`,
      `update plan_community set revision = 9 where plan = $1`,
      `update plan set profile = 'qianjiang-2022' where id = $1`,
      `update plan set state = 'draft' where id = $1`,
      `update plan set state = 'official' where id = $1`,
    ]) {
      const tried = await ownerOf(server.database)
        .query(statement, [plan])
        .then(() => 'done', sqlState);
      expect(tried, statement).toBe('OG001');
    }
    const rewritten = ownerOf(server.database).query(`update plan_step set person = 'x' where plan = $1`, [plan]);
    expect(await rewritten.then(() => 'done', sqlState)).toBe('23000');
  });

  test('two at once: one submits, the other is told', async () => {
    const plan = await drawn();
    const outcomes = await Promise.all([problemIn(submit(server.context, plan)), problemIn(submit(server.context, plan))]);
    expect(outcomes.sort()).toEqual(['step-done', 'went through']);
    expect((await status(plan)).history).toHaveLength(1);
  });
});

describe('who may', () => {
  test('nobody of another role, region, level or organ signs, and nobody twice', async () => {
    const plan = await drawn();
    const neighbour = person('邻县', '620723', 'reviewer', '政法委');
    const above = person('市级审核员', '6207', 'reviewer', '政法委');
    expect(await problemIn(submit(server.context, plan, town))).toBe('step-not-your-region');
    expect(await problemIn(submit(server.context, plan, countyCommittee))).toBe('step-not-your-role');
    expect(await problemIn(approve(server.context, plan))).toBe('step-not-yet');
    await submit(server.context, plan);
    expect(await problemIn(submit(server.context, plan))).toBe('step-done');
    expect(await problemIn(approve(server.context, plan, neighbour))).toBe('unknown-plan');
    expect(await problemIn(approve(server.context, plan, above))).toBe('step-not-your-region');
    expect(await problemIn(approve(server.context, plan, countyAffairs))).toBe('step-not-your-organ');
    expect(await problemIn(take(plan, { step: 'approve', action: 'take' }, countyCommittee))).toBe('step-is-signed');
    expect(await problemIn(settle(server.context, plan, cityCommittee))).toBe('step-not-yet');
    await approve(server.context, plan);
    await settle(server.context, plan, cityCommittee);
    expect(await problemIn(settle(server.context, plan, cityCommittee))).toBe('step-signed-already');
    expect((await status(plan, cityCommittee)).steps[2]?.refusal).toBe('signed-already');
    expect((await status(plan, citySafety)).steps[2]?.refusal).toBeNull();
    expect(await problemIn(file(server.context, plan))).toBe('step-not-yet');
  });

  test('the stand-in of the demo mode submits, and cannot sign or return', async () => {
    const plan = await drawn();
    await submit(server.context, plan, STAND_IN);
    expect(await problemIn(approve(server.context, plan, STAND_IN))).toBe('step-not-your-organ');
    expect(await problemIn(giveBack(plan, STAND_IN))).toBe('step-not-your-organ');
  });

  test('a return says why, and is of the step that the plan waits for', async () => {
    const plan = await drawn();
    expect(await problemIn(giveBack(plan, countyCommittee))).toBe('step-not-yet');
    await submit(server.context, plan);
    expect(await problemIn(take(plan, { step: 'approve', action: 'return' }, countyCommittee))).toBe('return-needs-reason');
    expect(await problemIn(giveBack(plan, county))).toBe('step-not-your-role');
    await approve(server.context, plan);
    expect(await problemIn(giveBack(plan, cityCommittee, 'approve'))).toBe('step-not-yet');
    expect((await status(plan, countyCommittee)).mayReturn).toBe(false);
    expect((await status(plan, citySafety)).mayReturn).toBe(true);
    await giveBack(plan, citySafety, 'settle');
    expect(await stateOf(plan)).toBe('returned');
  });

  test('two organs at once: both signatures stand and the state moves once', async () => {
    const plan = await drawn({ profile: 'qianjiang-2022' });
    await submit(server.context, plan);
    await Promise.all([approve(server.context, plan, countyCommittee), approve(server.context, plan, countyAffairs)]);
    const { state, steps, history } = await status(plan);
    expect([state, steps[1]?.signatures.length, history.filter(({ to }) => to === 'approved').length]).toEqual(['approved', 2, 1]);
  });

  test('one organ twice at once: one signature', async () => {
    const plan = await drawn({ profile: 'qianjiang-2022' });
    await submit(server.context, plan);
    const outcomes = await Promise.all([1, 2].map(() => problemIn(approve(server.context, plan))));
    expect(outcomes.sort()).toEqual(['step-signed-already', 'went through']);
  });
});

describe('signatures', () => {
  test('hold for what was signed only: whoever changes it past the triggers finds them void', async () => {
    const plan = await drawn({ profile: 'qianjiang-2022' });
    await submit(server.context, plan);
    await approve(server.context, plan, countyCommittee);
    await tamper(plan);
    expect((await status(plan)).steps[1]?.signatures).toEqual([]);
    await approve(server.context, plan, countyAffairs);
    expect(await stateOf(plan)).toBe('submitted');
    await approve(server.context, plan, countyCommittee);
    expect(await stateOf(plan)).toBe('approved');
  });

  test('that are void stop the next step, the filing and the taking in; a return leads on', async () => {
    const [approved, settled, filed] = [await drawn(), await drawn(), await drawn()];
    await submit(server.context, approved);
    await approve(server.context, approved);
    await toSettled(server.context, settled);
    await toSettled(server.context, filed);
    await file(server.context, filed);
    for (const plan of [approved, settled, filed]) await tamper(plan);
    expect(await problemIn(settle(server.context, approved, cityCommittee))).toBe('signatures-void');
    expect(await problemIn(file(server.context, settled))).toBe('signatures-void');
    expect(await problemIn(accept(server.context, [filed]))).toBe('signatures-void');
    expect(await Promise.all([approved, settled, filed].map(stateOf))).toEqual(['approved', 'settled', 'filed']);
    await giveBack(settled, cityCommittee, 'file');
    await toSettled(server.context, settled);
    expect(await stateOf(settled)).toBe('settled');
  });

  test('are told to those who see a part of the plan as to those who see the whole', async () => {
    const plan = await drawn();
    await submit(server.context, plan);
    await approve(server.context, plan);
    const [whole, part] = [await status(plan, county), await status(plan, town)];
    expect(part.digest).toBe(whole.digest);
    expect(part.steps[1]?.signatures).toEqual(whole.steps[1]?.signatures);
    expect(part.steps[0]?.refusal).toBe('done');
  });
});

describe('blocks that another plan cuts while this one is frozen', () => {
  test('stay as they were for the frozen plan, and are followed when it comes back', async () => {
    const [plan, other] = [await drawn(), await seedPlan(server.database)];
    await submit(server.context, plan);
    const before = (await status(plan)).digest;
    const line: [number, number][] = [
      [99.8005, 39.3995],
      [99.8005, 39.4025],
    ];
    await performOperation(server.context, other, { community: EAST, base: 0, operation: { type: 'cut', line } }, county);
    expect((await status(plan)).digest).toBe(before);
    // On the map it is what it was: every block of today has the grid of the block that it was cut from.
    const blocks = await new PlanClient(server.address, plan).blocks(EAST);
    expect(blocks.features).toHaveLength(8);
    expect(new Set(blocks.features.map(({ properties }) => properties.grid)).size).toBe(1);
    const [grid] = (await new PlanClient(server.address, plan).grids(EAST)).features;
    expect(blocks.features[0]?.properties.grid).toBe(grid?.properties.id);
    const east = (await new PlanClient(server.address, plan).detail()).communities.find(({ code }) => code === EAST);
    expect([east?.blocks, east?.blocksAssigned, east?.householdsAssigned]).toEqual([8, 8, 360]);
    const report = await new PlanClient(server.address, plan).checks();
    expect(report.issues.filter(({ community, check }) => community === EAST && !['staff', 'party'].includes(check))).toEqual([]);
    await giveBack(plan, countyCommittee);
    const { rows } = await ownerOf(server.database).query<{ dead: number; alive: number; undrawn: number }>(
      `select count(*) filter (where not block.living)::int as dead, count(*) filter (where block.living)::int as alive,
              (select count(*)::int from block as free where free.community = $2 and free.living
                 and not exists (select from grid_block where plan = $1 and grid_block.block = free.id)) as undrawn
       from grid_block join block on block.id = grid_block.block where plan = $1 and grid_block.community = $2`,
      [plan, EAST],
    );
    expect(rows).toEqual([{ dead: 0, alive: 8, undrawn: 0 }]);
    expect(await bordersMatch(server.database, plan, EAST)).toBe(true);
    await submit(server.context, plan);
    expect(await stateOf(plan)).toBe('submitted');
  });
});

test('whoever submits and whoever cuts the same blocks at the same moment both succeed, and the plan is whole', async () => {
  for (const x of [99.80315, 99.8034, 99.8037, 99.8043]) {
    const [plan, other] = [await drawn(), await seedPlan(server.database)];
    const line: [number, number][] = [
      [x, 39.3995],
      [x, 39.4025],
    ];
    const cutting = performOperation(server.context, other, { community: WEST, base: 0, operation: { type: 'cut', line } }, county);
    await Promise.all([submit(server.context, plan), cutting]);
    expect(await stateOf(plan)).toBe('submitted');
    const { communities } = await new PlanClient(server.address, plan).detail();
    expect(communities.every(({ blocks, blocksAssigned }) => blocks === blocksAssigned)).toBe(true);
  }
});

test('every step is in the audit log, in the transaction of the step', async () => {
  const plan = await drawn();
  await toSettled(server.context, plan);
  await giveBack(plan, cityCommittee, 'file');
  const { rows } = await ownerOf(server.database).query<{ row: string }>(
    `select action || ' ' || organ as row from audit_entry where subject = $1 order by id`,
    [`plan/${plan}`],
  );
  expect(rows.map(({ row }) => row.trim())).toEqual([
    'submit',
    'sign-off 政法委',
    'approve 政法委',
    'sign-off 政法委',
    'sign-off 平安办',
    'sign-off 民政局',
    'settle 民政局',
    'return 政法委',
  ]);
});
