// Divisions over HTTP on a real database: proposed for a county, watched, cancelled, accepted whole or in part, and nobody's work is lost.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type {
  CommunityProposal,
  DivisionAcceptance,
  DivisionStatus,
  GridFeature,
  OperationRecord,
  Problem,
  ProposedLayout,
} from '../../core/api/messages.ts';
import { divisionOptions, type Operation } from '../../core/plan/operation.ts';
import { generateCounty, geojsonText } from '../../fixtures/generate.ts';
import { SYSTEM } from '../../server/database/transaction.ts';
import { DivisionThreads } from '../../server/division/division-threads.ts';
import { systemIdentity } from '../../server/http/identity.ts';
import { NO_DECISIONS, runImport } from '../../server/imports/run-import.ts';
import { groundSources } from '../../server/imports/source-to-read.ts';
import { takeSnapshot } from '../../server/operations/plan-ahead.ts';
import { type Answer, call, idsOf, PlanClient, post } from './client.ts';
import { seedPlan, startTestServer, type TestServer } from './harness.ts';
import { writeFiles } from './import-files.ts';

const COUNTY = '990101';
/** The server waits no longer for a single community. */
const WAITED_FOR_MILLISECONDS = 2_000;
const DIVIDE: Operation = { type: 'divide', options: divisionOptions.parse({}) };

let server: TestServer;
let client: PlanClient;
let codes: string[];

beforeAll(async () => {
  server = await startTestServer();
  const { communities, buildings, barriers, institutions } = generateCounty({ households: 20_000, seed: 3 });
  const files = await writeFiles({
    communities: geojsonText(communities),
    buildings: geojsonText(buildings),
    barriers: geojsonText(barriers),
    institutions: geojsonText(institutions),
  });
  const { problem } = await runImport(server.database, groundSources(files.paths), {
    by: systemIdentity('test'),
    decisions: NO_DECISIONS,
    store: true,
  });
  expect(problem).toBeNull();
  await files.remove();
});
afterAll(() => server.close());
beforeEach(async () => {
  client = new PlanClient(server.address, await seedPlan(server.database, COUNTY));
  codes = (await client.detail()).communities.map(({ code }) => code);
  expect(codes.length).toBeGreaterThan(6);
});

type Status = DivisionStatus & Problem;
const pathOf = (id = ''): string => `/api/plans/${client.plan}/divisions${id && `/${id}`}`;
const propose = (body?: unknown): Promise<Answer<Status>> => client.propose(body);
const status = (id: string): Promise<Status> => client.division(id);
/** The division when it is over. */
const whole = (body?: unknown): Promise<Status> => client.proposed(body);
const cancel = (id: string): Promise<Answer<Status>> => post(server.address, `${pathOf(id)}/cancel`, {});
const remove = (id: string): Promise<Answer<Status>> => call(server.address, pathOf(id), { method: 'DELETE' });
const accept = (id: string, communities?: readonly string[]): Promise<Answer<DivisionAcceptance & Problem>> =>
  post(server.address, `${pathOf(id)}/accept`, communities ? { communities } : {});

/** Keeps every division from its last community until the test is over: however fast the threads are, it runs until it is ended. */
function holdLast(): void {
  const { division } = server.context;
  const run = division.run.bind(division) as (...given: unknown[]) => Promise<never>;
  const held = vi.spyOn(division, 'run').mockImplementation((kind, given, more) => {
    if (!('state' in given) || given.state.community.code !== codes.at(-1)) return run(kind, given, more);
    return new Promise((_, reject) => {
      more?.signal?.throwIfAborted();
      more?.signal?.addEventListener('abort', () => reject(more.signal?.reason));
    });
  });
  onTestFinished(() => held.mockRestore());
}

const layoutOf = async (id: string, community: string): Promise<ProposedLayout> =>
  (await call<ProposedLayout>(server.address, `${pathOf(id)}/layout?community=${community}`)).body;

/** Grids without what only a stored grid has. */
const drawn = (features: readonly GridFeature[]) =>
  features
    .map(({ geometry, properties: { id: _id, shade: _shade, area_m2, ...rest } }) => ({ geometry, ...rest, area: Math.round(area_m2) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

const isLegal = ({ after, obstacles }: CommunityProposal): boolean => after.within === after.grids || obstacles.length > 0;

describe('a county', () => {
  it('is proposed without a change, and drawn as it was shown once it is accepted', async () => {
    const begun = await propose();
    expect(begun.status).toBe(202);
    expect(begun.body).toMatchObject({ state: 'running', total: codes.length });
    const done = await whole();
    expect(done).toMatchObject({ state: 'done', done: codes.length, problem: null });
    expect(done.communities.map(({ community }) => community)).toEqual(codes);
    expect(done.communities.filter((community) => !isLegal(community))).toEqual([]);
    const progress = (await client.detail()).communities;
    for (const [i, proposal] of done.communities.entries()) {
      const { households, blocks } = progress[i] as (typeof progress)[number];
      expect(proposal).toMatchObject({ state: 'proposed', base: 0, householdsMoved: households, blocksMoved: blocks, problem: null });
    }
    expect(progress.every(({ grids, revision }) => grids === 0 && revision === 0)).toBe(true);

    const layouts = await Promise.all(codes.map((code) => layoutOf(done.id, code)));
    const answer = await accept(done.id);
    expect(answer).toMatchObject({ status: 200, body: { accepted: codes, stale: [], refused: [] } });
    for (const [i, code] of codes.entries()) {
      expect(drawn((await client.grids(code)).features)).toEqual(drawn((layouts[i] as ProposedLayout).grids.features));
    }
    const { communities: after } = await client.detail();
    expect(after.every(({ blocks, blocksAssigned, errors, revision }) => blocks === blocksAssigned && errors === 0 && revision === 1)).toBe(
      true,
    );
    expect((await status(done.id)).communities.every(({ state }) => state === 'accepted')).toBe(true);
    expect((await client.grids()).features.some(({ properties }) => properties.kind === 'dedicated')).toBe(true);
    const { body: history } = await call<OperationRecord[]>(server.address, `/api/plans/${client.plan}/operations`);
    expect(history).toHaveLength(codes.length);
    expect(history[0]?.operation).toEqual(DIVIDE);

    // Asked again, it is what it should be.
    const again = await whole();
    expect(again.communities.every(({ state, householdsMoved }) => state === 'unchanged' && householdsMoved === 0)).toBe(true);
    expect((await accept(again.id)).body).toEqual({ accepted: [], stale: [], refused: [] });
  });

  it('is accepted in part; what was edited meanwhile is called stale and left alone', async () => {
    const [first, second, third] = codes as [string, string, string];
    const { id } = await whole();
    const blocks = idsOf((await client.blocks(second)).features);
    await client.operate(second, 0, { type: 'assign', blocks: blocks.slice(0, 3), to: 'new' });
    const edited = (await client.grids(second)).features;
    expect((await status(id)).communities.find(({ community }) => community === second)?.state).toBe('stale');
    const answer = await accept(id, [first, second]);
    expect(answer.body).toEqual({ accepted: [first], stale: [second], refused: [] });
    expect((await client.grids(second)).features).toEqual(edited);
    expect((await client.grids(third)).features).toEqual([]);
    expect((await accept(id, [third])).body.accepted).toEqual([third]);
    expect((await accept(id, ['990101999999'])).body.code).toBe('nothing-proposed');
  });

  it('is accepted while somebody draws in it: both are done, or one is told', async () => {
    const { id } = await whole();
    const last = codes.at(-1) as string;
    const blocks = idsOf((await client.blocks(last)).features);
    const accepting = [accept(id), accept(id)];
    // Whichever arrives first is at work; the other is refused at once.
    await Promise.race(accepting);
    const painted = await client.operate(last, 0, { type: 'assign', blocks: blocks.slice(0, 2), to: 'new' });
    const [done, twice] = (await Promise.all(accepting)).toSorted((a, b) => a.status - b.status);
    expect(twice).toMatchObject({ status: 409, body: { code: 'division-running' } });
    const body = done?.body;
    if (painted.status === 200) expect(body).toEqual({ accepted: codes.slice(0, -1), stale: [last], refused: [] });
    else expect([painted.body.code, body?.accepted]).toEqual(['stale-base', codes]);
  });

  it('stops when it is cancelled, is forgotten when it is deleted, and the threads are free for the next', async () => {
    holdLast();
    const { body } = await propose({ options: { effort: 'deep' } });
    const cancelled = await cancel(body.id);
    expect(cancelled.body.state).toBe('cancelled');
    expect(cancelled.body.done).toBeLessThan(codes.length);
    const next = await whole({ region: codes[0] });
    expect(next).toMatchObject({ state: 'done', done: 1 });
    expect((await status(body.id)).done).toBe(cancelled.body.done);
    expect((await remove(body.id)).status).toBe(200);
    expect(await status(body.id)).toMatchObject({ status: 404, code: 'unknown-division' });
    expect((await client.grids()).features).toEqual([]);
  });

  it('keeps what it proposed when it was over before the cancel arrived; deleted while it runs, it ends', async () => {
    const { id } = await whole();
    expect((await cancel(id)).body.state).toBe('done');
    expect((await accept(id)).body.accepted).toEqual(codes);
    holdLast();
    const { body } = await propose({ options: { effort: 'deep' } });
    expect((await remove(body.id)).body.state).toBe('cancelled');
    expect(await status(body.id)).toMatchObject({ status: 404, code: 'unknown-division' });
  });

  it('is divided where nothing is drawn yet, or in one town', async () => {
    const [first] = codes as [string];
    await client.operate(first, 0, DIVIDE);
    const empty = await whole({ onlyEmpty: true });
    expect(empty.communities.map(({ community }) => community)).toEqual(codes.slice(1));
    const town = first.slice(0, 9);
    const inTown = await whole({ region: town });
    expect(inTown.communities.map(({ community }) => community)).toEqual(codes.filter((code) => code.startsWith(town)));
  });
});

describe('a community', () => {
  it('is divided by one operation, as it was proposed; undo and redo are exact', async () => {
    const [community] = codes as [string];
    const asked = performance.now();
    const proposed = await propose({ region: community });
    if (performance.now() - asked < WAITED_FOR_MILLISECONDS) expect(proposed).toMatchObject({ status: 200, body: { state: 'done' } });
    const done = await client.over(proposed.body);
    expect(done).toMatchObject({ state: 'done', total: 1 });
    const layout = await layoutOf(done.id, community);
    const empty = await client.blocks(community);
    const divided = await client.operate(community, 0, DIVIDE);
    expect(divided.status).toBe(200);
    expect(drawn(divided.body.grids)).toEqual(drawn(layout.grids.features));
    expect(divided.body.undo).toMatchObject({ operation: 'divide' });
    expect((await client.operate(community, 1, { type: 'undo' })).body.grids).toEqual([]);
    expect((await client.blocks(community)).features).toEqual(empty.features);
    expect((await client.operate(community, 2, { type: 'redo' })).body.grids).toEqual(divided.body.grids);
    expect(await client.operate(community, 3, DIVIDE)).toMatchObject({ status: 422, body: { code: 'nothing-to-change' } });
  });

  it('says with what grids are named, and which is not known', async () => {
    const [community, other] = codes as [string, string];
    const [foreign] = (await client.operate(other, 0, DIVIDE)).body.grids;
    const { body } = await client.operate(community, 0, DIVIDE);
    const own = body.grids[0]?.properties.id as number;
    const unknown = foreign?.properties.id as number;
    const refusal = async (request: object): Promise<string> => {
      const { status, body } = await propose(request);
      expect([status, body.code, body.at]).toEqual([400, 'bad-request', { path: 'grids' }]);
      return body.detail;
    };
    for (const region of [undefined, community.slice(0, 9)]) expect(await refusal({ region, grids: [own] })).toMatch(/12/);
    expect(await refusal({ region: community, grids: [own, unknown] })).toContain(` ${unknown} `);
    expect((await whole({ region: community, grids: [own] })).state).toBe('done');
  });

  it('keeps a locked grid to the byte', async () => {
    const [community] = codes as [string];
    const { body } = await client.operate(community, 0, DIVIDE);
    const locked = body.grids[0]?.properties.id as number;
    await client.operate(community, 1, { type: 'lock', grids: [locked] });
    const others = body.grids.slice(1).map(({ properties }) => properties.id);
    await client.operate(community, 2, { type: 'merge', grids: others, into: others[0] as number });
    const before = (await client.grids(community)).features.find(({ properties }) => properties.id === locked);
    const { grids } = (await client.operate(community, 3, DIVIDE)).body;
    expect(grids.length).toBeGreaterThan(2);
    const { shade: _, ...kept } = grids.find(({ properties }) => properties.id === locked)?.properties ?? {};
    expect(before?.properties).toMatchObject(kept);
    expect(grids.find(({ properties }) => properties.id === locked)?.geometry).toEqual(before?.geometry);
    expect((await whole({ region: community, grids: [locked] })).communities[0]).toMatchObject({
      state: 'refused',
      problem: { status: 422, code: 'grid-locked' },
    });
  });

  it('is refused where a grid that it touches has changed since its base', async () => {
    const [community] = codes as [string];
    const blocks = idsOf((await client.blocks(community)).features);
    const { body } = await client.operate(community, 0, { type: 'assign', blocks, to: 'new' });
    await client.operate(community, 1, { type: 'assign', blocks: blocks.slice(0, 1), to: null });
    const late = await client.operate(community, 1, { ...DIVIDE, grids: [body.grids[0]?.properties.id as number] } as Operation);
    expect(late).toMatchObject({ status: 409, body: { code: 'stale-base', revision: 2 } });
  });

  it('divided by two at once is divided once', async () => {
    const [community] = codes as [string];
    const answers = await Promise.all([1, 2].map(() => client.operate(community, 0, DIVIDE)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, expect.toSatisfy((late: number) => late === 409 || late === 422)]);
    const { communities } = await client.detail();
    expect(communities[0]).toMatchObject({ revision: 1, errors: 0 });
  });
});

describe('whoever goes away', () => {
  it('while a county is accepted leaves whole communities only, and a server that answers', async () => {
    const { id } = await whole();
    const leaving = new AbortController();
    const asked = fetch(`${server.address}${pathOf(id)}/accept`, { method: 'POST', signal: leaving.signal }).catch(() => null);
    while ((await status(id)).communities.every(({ state }) => state !== 'accepted')) await pause(10);
    leaving.abort();
    await asked;
    // Forgotten meanwhile: it ends after the community under way.
    await remove(id);
    await pause(500);
    const { communities } = await client.detail();
    for (const { blocks, blocksAssigned, revision } of communities) expect([0, blocks]).toContain(blocksAssigned * revision);
    expect(communities.some(({ revision }) => revision === 1)).toBe(true);
  });

  it('before a community is answered takes its division along', async () => {
    const [community] = codes as [string];
    const leaving = new AbortController();
    const asked = fetch(`${server.address}${pathOf()}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ region: community, options: { effort: 'deep' } }),
      signal: leaving.signal,
    }).catch(() => null);
    leaving.abort();
    await asked;
    expect((await whole({ region: community })).state).toBe('done');
  });
});

describe('what cannot be done', () => {
  it('is refused with code and sentence', async () => {
    const [community] = codes as [string];
    for (const code of codes) await client.operate(code, 0, DIVIDE);
    const refusals = [
      [{ region: '990102' }, 404, 'region-not-in-plan'],
      [{ region: '99' }, 400, 'bad-request'],
      [{ grids: [1] }, 400, 'bad-request'],
      [{ region: community, options: { streets: 2 } }, 400, 'bad-request'],
      [{ onlyEmpty: true }, 422, 'nothing-to-divide'],
    ] as const;
    for (const [body, expected, code] of refusals) {
      const answer = await propose(body);
      expect([answer.status, answer.body.code]).toEqual([expected, code]);
      expect(answer.body.detail).toMatch(/\p{Script=Han}{4}/u);
    }
    const english = await call<Problem>(server.address, pathOf('none'), { headers: { 'accept-language': 'en' } });
    expect([english.status, english.body.code]).toEqual([404, 'unknown-division']);
    expect(english.body.detail).toMatch(/restart/);
    const { body: other } = await propose({ region: community });
    const elsewhere = `/api/plans/${await seedPlan(server.database, COUNTY)}/divisions/${other.id}`;
    expect((await call<Problem>(server.address, elsewhere)).body.code).toBe('unknown-division');
  });

  it('lets so many run at a time and no more', async () => {
    holdLast();
    const answers = await Promise.all(Array.from({ length: 8 }, () => propose({ options: { effort: 'deep' } })));
    const refused = answers.filter((answer) => answer.status !== 202);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) expect(answer).toMatchObject({ status: 409, body: { code: 'division-running' } });
    for (const { body, status: code } of answers) if (code === 202) await remove(body.id);
  });
});

describe('threads', () => {
  const given = async (community: string) => {
    const { state, profile } = await takeSnapshot(server.database, SYSTEM, client.plan, community);
    return { state, profile, operation: DIVIDE } as const;
  };

  it('give the same bytes, one, two or four of them', async () => {
    const tasks = await Promise.all(codes.map(given));
    const [one, ...others] = await Promise.all(
      [1, 2, 4].map(async (count) => {
        const threads = new DivisionThreads(count);
        try {
          return JSON.stringify(await Promise.all(tasks.map((task) => threads.run('propose', task as never))));
        } finally {
          await threads.close();
        }
      }),
    );
    expect(one?.length).toBeGreaterThan(10_000);
    for (const other of others) expect(other).toBe(one);
  });

  it('that break take their job along and no other; a server without threads says so', async () => {
    const threads = new DivisionThreads(1);
    const task = await given(codes[0] as string);
    try {
      const broken = threads.run('propose', { ...task, profile: null } as never);
      const sound = threads.run('propose', task as never);
      await expect(broken).rejects.toThrow(TypeError);
      expect(await sound).toMatchObject({ failure: null });
    } finally {
      await threads.close();
    }
    const other = await startTestServer();
    try {
      await other.context.division.close();
      await expect(other.context.division.run('propose', task as never)).rejects.toThrow('closed');
    } finally {
      await other.close();
    }
  });
});
