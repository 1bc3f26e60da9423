// The store against a real server: order, outages, lost answers, refusals, other people.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CommunityProgress } from '../../../core/api/messages.ts';
import type { Operation } from '../../../core/plan/operation.ts';
import { createClient, type PlanListener } from '../../../web/api/client.ts';
import { createWorkspace, type WorkspaceStore } from '../../../web/state/create-workspace.ts';
import { COMMUNITY, LittleServer } from './little-server.ts';

let server: LittleServer;
let address: string;
let listener: PlanListener;
let kept: Map<string, string>;
let store: WorkspaceStore;
/** How often the page would have been loaded anew. */
let reloads: number;

const rename = (grid: number, name: string): Operation => ({ type: 'describe', grid, set: { name } });
const names = (): string[] => store.getState().active?.grids.features.map(({ properties }) => properties.name) ?? [];

/** A page: what it keeps survives in `kept`, the rest is new. */
function openPage(): WorkspaceStore {
  const client = createClient(address, () => 'zh');
  const listen = (_: number, given: PlanListener) => {
    listener = given;
    return () => undefined;
  };
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  return createWorkspace({ client: { ...client, listen }, storage, preferences: storage, reload: () => void reloads++ });
}

async function begin(): Promise<void> {
  store = openPage();
  await store.getState().start();
  await store.getState().openCommunity(COMMUNITY);
}

const until = (fulfilled: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    if (fulfilled()) return resolve();
    const stop = store.subscribe(() => {
      if (!fulfilled()) return;
      stop();
      resolve();
    });
  });

beforeEach(async () => {
  server = new LittleServer();
  address = await server.listen();
  kept = new Map();
  reloads = 0;
  await begin();
});
afterEach(() => server.close());

test('operations go out in order, one at a time, each on the revision that the one before made', async () => {
  const { transact } = store.getState();
  const results = await Promise.all(['甲', '乙', '丙', '丁'].map((name) => transact(rename(1, name))));
  expect(results).toEqual(['done', 'done', 'done', 'done']);
  expect(server.mostAtOnce).toBe(1);
  expect(server.received.map(({ base }) => base)).toEqual([0, 1, 2, 3]);
  expect(names()).toEqual(['丁', '第二网格']);
  expect(store.getState()).toMatchObject({ saveState: 'saved', unsent: 0, active: { revision: 4 } });
});

test('what is still being judged is unsent, keeps its place, and is sent only if it is possible', async () => {
  const { transact } = store.getState();
  let judge = (_: boolean): void => undefined;
  const judged = (): Promise<boolean> => new Promise((resolve) => (judge = resolve));
  const possible = transact(rename(1, '甲'), judged());
  const after = transact(rename(2, '乙'));
  expect(store.getState()).toMatchObject({ saveState: 'saving', unsent: 1 });
  expect(JSON.parse(kept.get('onegrid.unsent.zhang') ?? '[]')).toHaveLength(2);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(server.received).toEqual([]);
  judge(true);
  expect(await Promise.all([possible, after])).toEqual(['done', 'done']);
  expect(server.done.map(({ operation }) => operation)).toEqual([rename(1, '甲'), rename(2, '乙')]);

  server.fates = ['refuse'];
  await transact(rename(1, '丙'));
  await until(() => store.getState().saveState === 'failed');
  const impossible = transact(rename(1, '丁'), judged());
  expect(store.getState()).toMatchObject({ saveState: 'saving', unsent: 1 });
  judge(false);
  expect(await impossible).toBe('refused');
  await until(() => store.getState().unsent === 0);
  expect(store.getState().saveState).toBe('failed');
  expect(server.received).toHaveLength(3);
  expect(JSON.parse(kept.get('onegrid.unsent.zhang') ?? '')).toEqual([]);
});

test('while the server is away the work waits and is sent again, in order and once', async () => {
  server.fates = ['no-server', 'no-server'];
  const results = ['甲', '乙'].map((name) => store.getState().transact(rename(1, name)));
  await until(() => store.getState().saveState === 'waiting');
  expect(store.getState()).toMatchObject({ online: false, unsent: 2 });
  expect(await Promise.all(results)).toEqual(['done', 'done']);
  expect(server.done.map(({ operation }) => operation)).toEqual([rename(1, '甲'), rename(1, '乙')]);
  expect(names()[0]).toBe('乙');
});

test('an operation whose answer was lost is not done twice', async () => {
  server.fates = ['lose-answer'];
  expect(await store.getState().transact(rename(1, '甲'))).toBe('done');
  expect(server.done).toHaveLength(1);
  await until(() => names()[0] === '甲');
  expect(store.getState().problem).toBeNull();
});

test('work that was unsent when the page was closed is sent by the next page', async () => {
  server.fates = ['no-server'];
  void store.getState().transact(rename(2, '丙'));
  await until(() => store.getState().saveState === 'waiting');
  const left = new Map(kept);
  await until(() => store.getState().saveState === 'saved');
  expect(JSON.parse(left.get('onegrid.unsent.zhang') ?? '[]')).toHaveLength(1);

  server.names.set(2, '第二网格');
  server.revision = 0;
  server.done.length = 0;
  kept = left;
  await begin();
  await until(() => server.done.length === 1 && store.getState().saveState === 'saved');
  expect(server.names.get(2)).toBe('丙');
  expect(JSON.parse(kept.get('onegrid.unsent.zhang') ?? '')).toEqual([]);
});

test('a refusal is told, and later steps that rested on it are not sent', async () => {
  server.fates = ['refuse'];
  const results = await Promise.all(['甲', '乙'].map((name) => store.getState().transact(rename(1, name))));
  expect(results).toEqual(['refused', 'refused']);
  expect(server.received).toHaveLength(1);
  expect(store.getState()).toMatchObject({ saveState: 'failed', unsent: 0, problem: { code: 'grid-locked' } });
  expect(await store.getState().transact(rename(1, '丙'))).toBe('done');
  expect(store.getState()).toMatchObject({ saveState: 'saved', problem: null });
});

test('on a stale base the newest state is loaded and the reader is told', async () => {
  server.rename(2, '他人所改');
  expect(await store.getState().transact(rename(1, '甲'))).toBe('refused');
  await until(() => names()[1] === '他人所改');
  expect(store.getState()).toMatchObject({
    problem: { code: 'stale-base' },
    notice: { key: 'shell:notices.reloaded' },
    active: { revision: 1 },
  });
});

test('what others do appears in the open community and in the progress', async () => {
  listener.operation(server.rename(1, '他人所改'));
  expect(names()[0]).toBe('他人所改');
  expect(store.getState().progress.get(COMMUNITY)?.revision).toBe(1);
  expect(store.getState().planGrids.features[0]?.properties.name).toBe('他人所改');
  expect(await store.getState().transact(rename(2, '乙'))).toBe('done');
});

test('an update that shows a missed one reloads the community', async () => {
  server.rename(1, '没有收到的');
  listener.operation(server.rename(2, '收到的'));
  await until(() => store.getState().active?.revision === 2);
  expect(names()).toEqual(['没有收到的', '收到的']);
});

test('the answer to an own operation and its echo are applied once', async () => {
  await store.getState().transact(rename(1, '甲'));
  const shown = store.getState().active;
  const [record] = server.done;
  listener.operation({
    community: COMMUNITY,
    revision: record?.revision ?? 0,
    operation: 1,
    grids: [],
    removed: [1, 2],
    blocks: { changed: [], removed: [] },
    rehoused: [],
    issues: [],
    progress: store.getState().progress.get(COMMUNITY) as CommunityProgress,
    undo: null,
    redo: null,
    actor: 'local',
  });
  expect(store.getState().active).toBe(shown);
});

test('a session that ends keeps the work, which goes out when the same person has signed in again', async () => {
  server.person = null;
  const result = store.getState().transact(rename(1, '甲'));
  await until(() => store.getState().session?.account === null && store.getState().saveState === 'waiting');
  expect(store.getState()).toMatchObject({ unsent: 1, online: true, problem: null, active: { code: COMMUNITY } });
  await store.getState().signIn({ login: 'zhang', password: '' });
  expect(await result).toBe('done');
  await until(() => store.getState().saveState === 'saved');
  expect(server.done.map(({ operation }) => operation)).toEqual([rename(1, '甲')]);
  expect(reloads).toBe(0);
});

test('somebody else gets a page of their own and sends nothing of it; it goes out when its author is back', async () => {
  server.person = null;
  void store.getState().transact(rename(1, '甲'));
  await until(() => store.getState().session?.account === null);
  await store.getState().signIn({ login: 'li', password: '' });
  expect(reloads).toBe(1);
  await begin();
  expect(store.getState()).toMatchObject({ owner: { login: 'li' }, unsent: 0 });
  expect(server.received).toEqual([]);

  await store.getState().signIn({ login: 'zhang', password: '' });
  await begin();
  await until(() => server.names.get(1) === '甲');
});

test('without the right to read, no plan is asked for', async () => {
  server.permissions = ['manage-accounts'];
  await begin();
  expect(store.getState()).toMatchObject({ started: true, plan: null, plans: [], problem: null });
});
