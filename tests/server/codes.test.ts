// Codes for life: issued, filed, official, retired with what came in their place; looked up, searched, explained; never given out twice.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodeExplanationAnswer, CodeRange, CodeRecord, CodeSummary, CodesAnswer, Problem } from '../../core/api/messages.ts';
import type { Operation } from '../../core/plan/operation.ts';
import { CHECK_IDS } from '../../core/rules/rule.ts';
import { issueCodes } from '../../server/codes/issue.ts';
import { makeOfficial, recode, withdrawCodes } from '../../server/codes/registry.ts';
import { inTransaction } from '../../server/database/transaction.ts';
import { ProblemError } from '../../server/http/problem.ts';
import { performOperation } from '../../server/operations/perform.ts';
import { branchPlan } from '../../server/plans/branch.ts';
import { call, PlanClient, post } from './client.ts';
import { COMMUNITIES, ownerOf, type SeededCounty, seedCounty, seedGrid, seedPlan, startTestServer, type TestServer } from './harness.ts';
import { accept, approve, cityAffairs, cityCommittee, citySafety, county, file, settle, submit } from './lifecycle-people.ts';

const [EAST, WEST, VILLAGE] = COMMUNITIES;
/** Whatever the checks warn of, somebody has looked at it. */
const REASONS = Object.fromEntries(CHECK_IDS.map((check) => [check, '按实际情况划分']));

async function rowsOf<T extends object>(server: TestServer, query: string, values: unknown[] = []): Promise<T[]> {
  return (await ownerOf(server.database).query<T>(query, values)).rows;
}

/** A draft of the whole county; the communities that are not given are one grid each. */
async function drawn(server: TestServer, { blocks }: SeededCounty, parts: Readonly<Record<string, number[][]>> = {}): Promise<number> {
  const plan = await seedPlan(server.database);
  for (const community of COMMUNITIES) {
    for (const [i, part] of (parts[community] ?? [blocks[community] as number[]]).entries()) {
      await seedGrid(
        server.database,
        plan,
        community,
        part,
        `${community === EAST ? '东街' : community === WEST ? '西街' : '渠口'}${'甲乙丙丁戊己'[i]}片网格`,
      );
    }
  }
  return plan;
}

async function becomeOfficial({ context }: TestServer, plan: number, day?: string): Promise<void> {
  await submit(context, plan, county, REASONS);
  await approve(context, plan);
  for (const organ of [cityCommittee, citySafety, cityAffairs]) await settle(context, plan, organ);
  await file(context, plan);
  await accept(context, [plan], day);
}

async function operate(server: TestServer, plan: number, community: string, operation: Operation): Promise<void> {
  const [row] = await rowsOf<{ revision: number }>(server, `select revision from plan_community where plan = $1 and community = $2`, [
    plan,
    community,
  ]);
  await performOperation(server.context, plan, { community, base: row?.revision ?? 0, operation }, county);
}

const gridsOf = (server: TestServer, plan: number, community: string) =>
  rowsOf<{ id: number; code: string | null }>(
    server,
    `select id, code from grid where plan = $1 and community = $2 and living order by id`,
    [plan, community],
  );
const blocksOf = async (server: TestServer, community: string) =>
  (await rowsOf<{ id: number }>(server, `select id from block where community = $1 and living order by id`, [community])).map(
    ({ id }) => id,
  );

/** What holds of the books whatever happened. */
async function expectSoundBooks(server: TestServer): Promise<void> {
  const histories = await rowsOf<{ code: string; states: string[]; ending: string; successors: number }>(
    server,
    `select code, array_agg(state order by id) as states, (array_agg(note order by id desc))[1] as ending,
            (select count(*)::int from grid_code_lineage where grid_code_lineage.code = grid_code_event.code) as successors
     from grid_code_event group by code`,
  );
  const rank = { provisional: 0, filed: 0, official: 1, retired: 2 } as Record<string, number>;
  for (const { code, states, ending, successors } of histories) {
    const ranks = states.map((state) => rank[state] as number);
    expect([code, ranks]).toEqual([code, ranks.toSorted((a, b) => a - b)]);
    expect([code, states.filter((state) => state === 'official').length <= 1]).toEqual([code, true]);
    if (states.at(-1) === 'retired') expect([code, successors > 0 || ending !== '']).toEqual([code, true]);
    else expect([code, successors]).toEqual([code, 0]);
  }
  const official = histories.filter(({ states }) => states.at(-1) === 'official').map(({ code }) => code);
  const borne = await rowsOf<{ code: string }>(
    server,
    `select grid.code from official_layout as layout join grid on grid.plan = layout.plan and grid.community = layout.community
     where layout.valid_to is null and grid.living order by grid.code`,
  );
  expect(borne.map(({ code }) => code)).toEqual(official.sort());
}

describe('one county', () => {
  let server: TestServer;
  let seeded: SeededCounty;
  beforeAll(async () => {
    server = await startTestServer();
    seeded = await seedCounty(server.database);
  });
  afterAll(() => server?.close());

  const record = async (code: string) => (await call<CodeRecord>(server.address, `/api/codes/${code}`)).body;

  it('issues in one call, says nothing runs afterwards, and the next call has nothing left to issue', async () => {
    const plan = await drawn(server, seeded);
    const client = new PlanClient(server.address, plan);
    const first = await client.issueCodes();
    expect(first.body.total).toBe(3);
    expect((await client.issueCodes()).body.total).toBe(0);
    expect(await call(server.address, `/api/plans/${plan}/codes`)).toMatchObject({ status: 200, body: null });
    expect((await call(server.address, '/api/plans/999999/codes')).status).toBe(404);
  });

  it('a divided grid retires with its parts as successors; the record tells both ways, and search finds them', async () => {
    const parent = await drawn(server, seeded);
    await becomeOfficial(server, parent, '2026-01-01');
    const [former] = await gridsOf(server, parent, EAST);
    const plan = await branchPlan(server.database, parent, { name: '适时调整', communities: [EAST] }, county);
    const [west] = seeded.blocks[EAST] as number[];
    await operate(server, plan, EAST, { type: 'assign', blocks: [west as number, (west as number) + 3], to: 'new' });
    await becomeOfficial(server, plan, '2026-02-01');
    const parts = (await gridsOf(server, plan, EAST)).map(({ code }) => code as string);
    const ended = await record(former?.code as string);
    expect(ended).toMatchObject({ state: 'retired', plan: null, grid: null, ending: '' });
    expect(ended.successors.map(({ code, kind }) => [code, kind])).toEqual(parts.toSorted().map((code) => [code, 'split']));
    const part = await record(parts[0] as string);
    expect(part).toMatchObject({ state: 'official', plan, predecessors: [{ code: former?.code, kind: 'split' }], successors: [] });
    expect(part.segments.map(({ value }) => value).join('')).toBe(parts[0]);
    const byName = (await call<CodeSummary[]>(server.address, `/api/codes?query=${encodeURIComponent('东街')}`)).body;
    expect(byName.map(({ code }) => code)).toEqual(expect.arrayContaining([former?.code, ...parts]));
    const byCode = (await call<CodeSummary[]>(server.address, `/api/codes?query=${parts[0]}`)).body;
    expect(byCode).toMatchObject([{ code: parts[0], state: 'official', communityName: '东街社区' }]);
    await expectSoundBooks(server);
  });

  it('an issue after a change of mind gives the grid its former code back, and the number in between is used up', async () => {
    const parent = await drawn(server, seeded);
    await becomeOfficial(server, parent, '2026-03-01');
    const [former] = await gridsOf(server, parent, EAST);
    const plan = await branchPlan(server.database, parent, { name: '适时调整', communities: [EAST] }, county);
    const [first, second] = seeded.blocks[EAST] as number[];
    await operate(server, plan, EAST, { type: 'assign', blocks: [first as number, second as number], to: 'new' });
    const codes = await new PlanClient(server.address, plan).issueCodes();
    expect(codes.body.total).toBe(2);
    await operate(server, plan, EAST, { type: 'undo' });
    expect((await new PlanClient(server.address, plan).issueCodes()).body.total).toBe(0);
    expect((await gridsOf(server, plan, EAST)).map(({ code }) => code)).toEqual([former?.code]);
    // The redo brings the other grid back, with its own code.
    await operate(server, plan, EAST, { type: 'redo' });
    const again = (await new PlanClient(server.address, plan).issueCodes()).body.issued.map(({ code }) => code);
    expect(codes.body.issued.map(({ code }) => code)).not.toContain(again[0]);
    await expectSoundBooks(server);
  });

  it('filed codes come back provisional when the plan does, and official ones never', async () => {
    const plan = await drawn(server, seeded);
    await submit(server.context, plan, county, REASONS);
    await approve(server.context, plan);
    for (const organ of [cityCommittee, citySafety, cityAffairs]) await settle(server.context, plan, organ);
    await file(server.context, plan);
    const [grid] = await gridsOf(server, plan, WEST);
    expect((await record(grid?.code as string)).state).toBe('filed');
    await inTransaction(server.database, county, (db) => withdrawCodes(db, plan, '县'));
    expect((await record(grid?.code as string)).state).toBe('provisional');
    await accept(server.context, [plan], '2026-04-01');
    await inTransaction(server.database, county, (db) => withdrawCodes(db, plan, '县'));
    expect((await record(grid?.code as string)).state).toBe('official');
    const backwards = rowsOf(server, `insert into grid_code_event (code, state, actor) values ($1, 'provisional', 'x')`, [grid?.code]);
    await expect(backwards).rejects.toThrow(/cannot become/);
    await expectSoundBooks(server);
  });

  it('the database lets no code end without a successor or a reason', async () => {
    const plan = await drawn(server, seeded);
    const code = (await new PlanClient(server.address, plan).issueCodes()).body.issued[0]?.code;
    const end = (note: string) =>
      rowsOf(server, `insert into grid_code_event (code, state, actor, note) values ($1, 'retired', 'x', $2)`, [code, note]);
    await expect(end('')).rejects.toThrow(/without a successor/);
    await end('unused');
    await expect(end('unused')).rejects.toThrow(/cannot become/);
    const lineage = `insert into grid_code_lineage (code, successor, kind) select code, $1, 'split' from grid_code where code <> $1 and not exists (
      select from grid_code_event where grid_code_event.code = grid_code.code and state = 'retired') limit 1`;
    await expect(rowsOf(server, lineage, [code])).rejects.toThrow(/is not retired/);
  });

  it('a plan with grids that bear no code does not turn official', async () => {
    const plan = await drawn(server, seeded);
    const early = inTransaction(server.database, county, (db) => makeOfficial(db, plan, '县'));
    await expect(early).rejects.toMatchObject({ code: 'plan-not-coded' });
  });

  it('a village that is abolished and born again under its code gets no number a second time', async () => {
    const plan = await drawn(server, seeded);
    await becomeOfficial(server, plan, '2026-05-01');
    const [former] = await gridsOf(server, plan, VILLAGE);
    const ended = await inTransaction(server.database, county, (db) => recode(db, { community: VILLAGE, plan }, null, '县'));
    expect(ended.map(({ code }) => code)).toEqual([former?.code]);
    expect(await record(former?.code as string)).toMatchObject({ state: 'retired', ending: 'abolished', successors: [] });
    const used = (await rowsOf<{ code: string }>(server, `select code from grid_code where community = $1`, [VILLAGE])).map(
      ({ code }) => code,
    );
    const reborn = await drawn(server, seeded);
    const issued = (await new PlanClient(server.address, reborn).issueCodes(VILLAGE)).body.issued;
    expect(issued).toHaveLength(1);
    expect(used).not.toContain(issued[0]?.code);
    await becomeOfficial(server, reborn, '2026-06-01');
    await expectSoundBooks(server);
  });

  it('a community that got another code leaves its codes to what lies in its place', async () => {
    const plan = await drawn(server, seeded);
    await becomeOfficial(server, plan, '2026-07-01');
    const [former] = await gridsOf(server, plan, VILLAGE);
    const later = await drawn(server, seeded);
    await new PlanClient(server.address, later).issueCodes();
    const [heir] = await gridsOf(server, later, VILLAGE);
    await inTransaction(server.database, county, (db) => recode(db, { community: VILLAGE, plan }, later, '县'));
    expect(await record(former?.code as string)).toMatchObject({ state: 'retired', successors: [{ code: heir?.code, kind: 'recode' }] });
    await becomeOfficial(server, later, '2026-08-01');
    await expectSoundBooks(server);
  });

  it('a text that another scheme has made already is passed over', async () => {
    const plan = await drawn(server, seeded);
    await rowsOf(server, `update plan set scheme = 'typed16', scheme_version = 1 where id = $1`, [plan]);
    await rowsOf(server, `insert into grid_code (code, scheme, community, sequence) values ($1 || '1001', 'other', $1, 990)`, [WEST]);
    await rowsOf(server, `insert into grid_code_event (code, state, actor) values ($1 || '1001', 'provisional', 'x')`, [WEST]);
    const issued = (await new PlanClient(server.address, plan).issueCodes(WEST)).body.issued;
    expect(issued.map(({ code }) => code)).toEqual([`${WEST}1002`]);
  });

  it('explains whatever is typed, issued or not', async () => {
    const explain = async (text: string) =>
      (await call<CodeExplanationAnswer>(server.address, `/api/codes/${encodeURIComponent(text)}/explanation`)).body;
    const never = await explain(`${EAST.slice(0, 6)} ${EAST.slice(6)} 998`);
    expect(never).toMatchObject({ code: `${EAST}998`, issued: false });
    expect(never.schemes[0]).toMatchObject({ scheme: 'gb15', failure: null, communityName: '东街社区', sequence: 998 });
    expect(never.schemes.find(({ scheme }) => scheme === 'typed16')?.failure).toBe('length');
    const nonsense = await explain('什么都不是');
    expect(nonsense.schemes.every(({ failure }) => failure !== null)).toBe(true);
    expect((await call(server.address, `/api/codes/${EAST}998`)).status).toBe(404);
  });

  it('gives out only what was handed out, by the nearest region, and says when it is used up', async () => {
    const hand = (body: object) => post<CodeRange & Problem>(server.address, '/api/code-ranges', body);
    const { scheme } = (
      await post<{ scheme: string }>(server.address, '/api/schemes', {
        id: 'handed',
        from: { scheme: 'gb15' },
        name: { zh: '分段编码', en: 'By ranges' },
        note: '试用号段',
      })
    ).body;
    expect((await hand({ scheme, region: '62', first: 1, last: 50 })).status).toBe(201);
    expect((await hand({ scheme, region: WEST, first: 71, last: 71 })).status).toBe(201);
    expect(await hand({ scheme, region: WEST, first: 70, last: 80 })).toMatchObject({ status: 409, body: { code: 'range-overlaps' } });
    expect(await hand({ scheme, region: '62', first: 990, last: 1000 })).toMatchObject({ status: 422, body: { code: 'range-invalid' } });
    expect(await hand({ scheme: 'none', region: '62', first: 1, last: 2 })).toMatchObject({
      status: 404,
      body: { code: 'unknown-scheme' },
    });
    expect((await call<CodeRange[]>(server.address, `/api/code-ranges?scheme=${scheme}`)).body).toHaveLength(2);
    const plan = await drawn(server, seeded, { [WEST]: [[...(seeded.blocks[WEST] as number[])]] });
    expect((await post(server.address, `/api/plans/${plan}/scheme`, { scheme, version: 1 })).status).toBe(200);
    const issued = (await post<CodesAnswer>(server.address, `/api/plans/${plan}/codes`, {})).body.issued;
    const numbers = new Map(issued.map(({ code, community }) => [community, Number(code.slice(12))]));
    expect(numbers.get(WEST)).toBe(71);
    expect([...numbers.keys()]).toEqual([EAST, WEST, VILLAGE]);
    expect(Math.max(numbers.get(EAST) as number, numbers.get(VILLAGE) as number)).toBeLessThanOrEqual(50);
    const second = await drawn(server, seeded);
    await post(server.address, `/api/plans/${second}/scheme`, { scheme, version: 1 });
    const exhausted = await new PlanClient(server.address, second).issueCodes(WEST);
    expect(exhausted).toMatchObject({ status: 409, body: { code: 'codes-exhausted' } });
  });
});

/** What people do to one community, in any order; the numbers pick a draft, blocks and grids. */
type Deed =
  | { readonly what: 'branch' | 'redraw' }
  | { readonly what: 'part'; readonly draft: number; readonly from: number; readonly many: number }
  | { readonly what: 'merge' | 'undo' | 'official'; readonly draft: number }
  | { readonly what: 'issue' };

const pick = fc.nat(50);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ what: fc.constantFrom('branch' as const, 'redraw' as const) }),
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('part' as const), draft: pick, from: pick, many: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constantFrom('merge' as const, 'undo' as const, 'official' as const), draft: pick }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('issue' as const) }) },
);

/** The deeds of one run, and every code that was ever given out. */
class Story {
  readonly #server: TestServer;
  readonly #seeded: SeededCounty;
  readonly #drafts: number[] = [];
  readonly #given = new Set<string>();

  constructor(server: TestServer, seeded: SeededCounty) {
    this.#server = server;
    this.#seeded = seeded;
  }

  async do(deed: Deed): Promise<void> {
    try {
      await this.#attempt(deed);
    } catch (error) {
      // Refused with a reason: nothing to undo, nothing to merge, an adjustment of what has moved on.
      if (!(error instanceof ProblemError) || error.status >= 500) throw error;
    }
    await expectSoundBooks(this.#server);
  }

  async #attempt(deed: Deed): Promise<void> {
    const server = this.#server;
    if (deed.what === 'redraw') this.#drafts.push(await drawn(server, this.#seeded));
    if (deed.what === 'branch') await this.#branch();
    if (deed.what === 'issue') await this.#issueAtOnce();
    const plan = 'draft' in deed ? this.#drafts[deed.draft % Math.max(1, this.#drafts.length)] : undefined;
    if (plan === undefined || !('draft' in deed)) return;
    if (deed.what === 'part') {
      const blocks = await blocksOf(server, EAST);
      const chosen = Array.from({ length: deed.many }, (_, i) => blocks[(deed.from + i) % blocks.length] as number);
      await operate(server, plan, EAST, { type: 'assign', blocks: chosen, to: 'new' });
    }
    if (deed.what === 'merge') {
      const [into, ...others] = (await gridsOf(server, plan, EAST)).map(({ id }) => id);
      const other = others[deed.draft % Math.max(1, others.length)];
      if (into !== undefined && other !== undefined) await operate(server, plan, EAST, { type: 'merge', grids: [into, other], into });
    }
    if (deed.what === 'undo') await operate(server, plan, EAST, { type: 'undo' });
    if (deed.what === 'official') {
      this.#drafts.splice(this.#drafts.indexOf(plan), 1);
      await becomeOfficial(server, plan);
    }
  }

  async #branch(): Promise<void> {
    const [official] = await rowsOf<{ plan: number }>(
      this.#server,
      `select plan from official_layout where community = $1 and valid_to is null`,
      [EAST],
    );
    if (!official) return;
    const branch = { name: '适时调整', communities: [EAST] };
    this.#drafts.push(await branchPlan(this.#server.database, official.plan, branch, county));
  }

  /** Ten at once, over all drafts. */
  async #issueAtOnce(): Promise<void> {
    if (this.#drafts.length === 0) return;
    const plans = Array.from({ length: 10 }, (_, i) => this.#drafts[i % this.#drafts.length] as number);
    const answers = await Promise.allSettled(plans.map((plan) => issueCodes(this.#server.context, plan, county)));
    for (const answer of answers) {
      if (answer.status === 'rejected') throw answer.reason;
      for (const { code } of answer.value.issued) {
        expect([code, this.#given.has(code)]).toEqual([code, false]);
        this.#given.add(code);
      }
    }
  }
}

describe('any interleaving of divisions, merges, branches, new codes and ten issuers at once', () => {
  it('leaves every official code unique and every retired one with a successor or a stated end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 6, maxLength: 12 }), async (deeds) => {
        const server = await startTestServer();
        try {
          const story = new Story(server, await seedCounty(server.database));
          const opening: Deed[] = [{ what: 'redraw' }, { what: 'issue' }, { what: 'official', draft: 0 }, { what: 'branch' }];
          for (const one of opening) await story.do(one);
          expect(await rowsOf(server, `select from official_layout`)).toHaveLength(COMMUNITIES.length);
          for (const one of deeds) await story.do(one);
        } finally {
          await server.close();
        }
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });
});
