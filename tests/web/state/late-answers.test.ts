// The store against a server whose answers come late: the last choice stays, and nothing newer is overwritten.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Client, createClient, type PlanListener } from '../../../web/api/client.ts';
import { createWorkspace, type WorkspaceStore } from '../../../web/state/create-workspace.ts';
import { COMMUNITY, LittleServer } from './little-server.ts';

const PLAN = 7;
const OTHER_PLAN = 8;

let server: LittleServer;
let store: WorkspaceStore;
let listener: PlanListener;
let kept: Map<string, string>;
/** What the page told of itself and was not answered yet. */
let told: { community: string | null; answer: () => void }[];
/** Answers that are held back, by the question. */
let held: Map<string, () => void>;
/** Questions whose answer is held back. */
let slow: Set<string>;

/** Answers when the test lets it. */
const hold = (question: string): Promise<void> =>
  slow.has(question) ? new Promise((resolve) => held.set(question, resolve)) : Promise.resolve();
const isHeld = (question: string) => expect.poll(() => held.has(question)).toBe(true);

function letGo(question: string): void {
  slow.delete(question);
  held.get(question)?.();
}

/** The server has one plan; the other one is the same under another number. */
const slowClient = (client: Client): Client => ({
  ...client,
  plan: async (id) => {
    const plan = await client.plan(PLAN);
    await hold(`plan ${id}`);
    return { ...plan, id };
  },
  grids: async (id, community) => {
    const grids = await client.grids(PLAN, community);
    await hold(community === undefined ? `grids ${id}` : `grids ${community}`);
    return grids;
  },
  tellPresence: (_, { community }) => new Promise((answer) => told.push({ community, answer })),
  listen: (_, given) => {
    listener = given;
    return () => undefined;
  },
});

beforeEach(async () => {
  server = new LittleServer();
  const client = createClient(await server.listen(), () => 'zh');
  [kept, told, held, slow] = [new Map(), [], new Map(), new Set()];
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  store = createWorkspace({ client: slowClient(client), storage, preferences: storage, reload: () => undefined });
});
afterEach(() => server.close());

const gridNames = (): string[] => store.getState().planGrids.features.map(({ properties }) => properties.name);

test('of two plans the one chosen last is open, whichever answers first', async () => {
  await store.getState().start();
  slow.add(`plan ${PLAN}`);
  const first = store.getState().openPlan(PLAN);
  await isHeld(`plan ${PLAN}`);
  await store.getState().openPlan(OTHER_PLAN);
  letGo(`plan ${PLAN}`);
  await first;
  expect(store.getState().plan?.id).toBe(OTHER_PLAN);
  expect(kept.get('onegrid.plan')).toBe(String(OTHER_PLAN));
});

test('the community that was open last is opened again with the page', async () => {
  kept.set('onegrid.plan', String(PLAN)).set('onegrid.community', COMMUNITY);
  await store.getState().start();
  expect(store.getState()).toMatchObject({ active: { code: COMMUNITY }, started: true });
});

test('whoever opens a community while the page begins stays in it', async () => {
  const last = '620724100002';
  kept.set('onegrid.plan', String(PLAN)).set('onegrid.community', last);
  slow.add(`grids ${PLAN}`);
  const started = store.getState().start();
  await isHeld(`grids ${PLAN}`);
  const { progress } = store.getState();
  const community = progress.get(COMMUNITY);
  if (community !== undefined) store.setState({ progress: new Map(progress).set(last, { ...community, code: last }) });
  await store.getState().openCommunity(COMMUNITY);
  letGo(`grids ${PLAN}`);
  await started;
  expect(store.getState().active?.code).toBe(COMMUNITY);
});

test('whoever chooses another plan while the page begins stays in it, with nothing open', async () => {
  kept.set('onegrid.plan', String(PLAN)).set('onegrid.community', COMMUNITY);
  slow.add(`grids ${PLAN}`);
  const started = store.getState().start();
  await isHeld(`grids ${PLAN}`);
  await store.getState().openPlan(OTHER_PLAN);
  letGo(`grids ${PLAN}`);
  await started;
  expect(store.getState()).toMatchObject({ plan: { id: OTHER_PLAN }, active: null, opening: null });
});

test.each(['opened', 'read anew'])('what is done while a plan is %s is not undone by what was read before', async (how) => {
  if (how === 'read anew') await store.getState().start();
  slow.add(`grids ${PLAN}`);
  const read = how === 'read anew' ? store.getState().refreshPlan() : store.getState().start();
  await isHeld(`grids ${PLAN}`);
  listener.operation(server.rename(1, '他人所改'));
  letGo(`grids ${PLAN}`);
  await read;
  expect(gridNames()).toEqual(['他人所改', '第二网格']);
  expect(store.getState().progress.get(COMMUNITY)?.revision).toBe(1);
});

test('the others are told one thing after the other, of several that wait only the last', async () => {
  await store.getState().start();
  void store.getState().openCommunity(COMMUNITY);
  void store.getState().openCommunity(null);
  store.getState().nameSelf('张三');
  void store.getState().openCommunity(COMMUNITY);
  expect(told).toHaveLength(1);
  told[0]?.answer();
  await expect.poll(() => told.map(({ community }) => community)).toEqual([COMMUNITY, COMMUNITY]);
  told[1]?.answer();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(told).toHaveLength(2);
});

test('what was done before the live updates came is seen when they come', async () => {
  await store.getState().start();
  server.rename(1, '他人所改');
  listener.connected(false);
  await expect.poll(gridNames).toEqual(['他人所改', '第二网格']);
});

test('of two readings of a plan the older one does not stay', async () => {
  await store.getState().start();
  slow.add(`grids ${PLAN}`);
  const older = store.getState().refreshPlan();
  await isHeld(`grids ${PLAN}`);
  server.rename(1, '他人所改');
  slow.clear();
  const newer = store.getState().refreshPlan();
  // Time enough for it to be over first.
  await new Promise((resolve) => setTimeout(resolve, 300));
  letGo(`grids ${PLAN}`);
  await Promise.all([older, newer]);
  expect(gridNames()).toEqual(['他人所改', '第二网格']);
});
