// The import store against a real server: answers that overtake each other, an import that was left, a run that another page takes up.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClient } from '../../../web/api/client.ts';
import type { ImportClient } from '../../../web/api/import-client.ts';
import { createImport } from '../../../web/state/create-import.ts';
import { createWorkspace, type WorkspaceStore } from '../../../web/state/create-workspace.ts';
import type { Import, ImportStore } from '../../../web/state/import.ts';
import { ImportServer } from './import-server.ts';
import { LittleServer } from './little-server.ts';

let server: ImportServer;
let plans: LittleServer;
let client: ImportClient;
let workspace: WorkspaceStore;
let kept: Map<string, string>;
let store: ImportStore;
/** How often the plans were read. */
let plansRead: number;

const file = (name: string): File => new File(['x'], name);
const names = (): string[] => store.getState().status?.sources.map((source) => source.name) ?? [];
const importId = (): string => store.getState().status?.id ?? '';

/** A page loaded anew: what it keeps is there, the rest is new. */
function openPage(): ImportStore {
  const session = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  return createImport({ workspace, client, session, preferences: session, isShown: () => true });
}

const until = (fulfilled: (state: Import) => boolean): Promise<void> =>
  new Promise((resolve) => {
    if (fulfilled(store.getState())) return resolve();
    const stop = store.subscribe((state) => {
      if (!fulfilled(state)) return;
      stop();
      resolve();
    });
  });
const arrived = (route: string) => expect.poll(() => server.asked).toContain(route);

/** A run that was begun on a page which is gone by now; the next page has taken it up. */
async function takeUpRun(): Promise<void> {
  await store.getState().send([file('区划.csv')]);
  void store.getState().run();
  await arrived('POST run');
  store = openPage();
  void store.getState().resume();
  await until(({ status }) => status?.phase === 'validating');
}

beforeEach(async () => {
  server = new ImportServer();
  plans = new LittleServer();
  client = await server.listen();
  kept = new Map();
  plansRead = 0;
  const planClient = createClient(await plans.listen(), () => 'zh');
  const storage = { getItem: () => null, setItem: () => undefined };
  const readPlans = () => {
    plansRead++;
    return planClient.plans();
  };
  workspace = createWorkspace({
    client: { ...planClient, listen: () => () => undefined, plans: readPlans },
    storage,
    preferences: storage,
    reload: () => undefined,
  });
  await workspace.getState().start();
  store = openPage();
});
afterEach(async () => {
  // Whatever is still being watched is gone.
  server.imports.clear();
  await server.close();
  await plans.close();
});

test('a run that the next page takes up can be cancelled, and a preview asked for after it', async () => {
  await takeUpRun();
  await store.getState().cancel();
  await until(({ status, asking }) => status?.phase === 'failed' && asking === null);
  store.getState().goTo('preview');
  await arrived('POST preview');
});

test('plans are read anew after a run that the next page took up', async () => {
  await takeUpRun();
  const before = plansRead;
  server.end(importId(), 'done');
  await until(({ asking }) => asking === null);
  await expect.poll(() => plansRead).toBe(before + 1);
});

test('a preview that the next page takes up leads back to the preview', async () => {
  await takeUpRun();
  server.end(importId(), 'previewed');
  await until(({ step }) => step === 'preview');
  expect(store.getState()).toMatchObject({ asking: null, previewed: null });
});

test('when the server does not cancel, what runs can be cancelled again', async () => {
  server.goesOn = true;
  await store.getState().send([file('区划.csv')]);
  const run = store.getState().run();
  await until(({ status }) => status?.phase === 'validating');
  await store.getState().cancel();
  expect(store.getState().asking).toBe('run');
  server.end(importId(), 'done');
  await run;
  expect(store.getState().asking).toBeNull();
});

test('an answer given while the one before it is under way takes nothing of it back', async () => {
  await store.getState().send([file('区划.csv')]);
  const { choose } = store.getState();
  const release = server.hold();
  const set = (name: string, value: string) => choose('区划.csv', ({ settings }) => ({ settings: { ...settings, [name]: value } }));
  const both = [set('validFrom', '2026-01-01'), set('source', '统计局')];
  expect(store.getState().rereading.has('区划.csv')).toBe(true);
  release();
  expect(await Promise.all(both)).toEqual([true, true]);
  expect(store.getState().status?.sources[0]?.choice.settings).toEqual({ validFrom: '2026-01-01', source: '统计局' });
  expect(store.getState().rereading.size).toBe(0);
});

test('a file of an import that was left does not come into the next, and those waiting behind it are not sent', async () => {
  const release = server.hold();
  const sent = store.getState().send([file('甲.csv'), file('乙.csv')]);
  await arrived('POST sources');
  await store.getState().leave();
  const next = store.getState().send([file('丙.csv')]);
  await until(({ status }) => status !== null);
  release();
  await Promise.all([sent, next]);
  expect(names()).toEqual(['丙.csv']);
  expect(store.getState().sending).toEqual([]);
  expect(server.asked.filter((route) => route === 'POST sources')).toHaveLength(2);
  expect(workspace.getState().problem).toBeNull();
});

test('files dropped twice in a row go into one import', async () => {
  await Promise.all([store.getState().send([file('甲.csv')]), store.getState().send([file('乙.csv')])]);
  expect([...server.imports.keys()]).toEqual([importId()]);
  expect(names().sort()).toEqual(['甲.csv', '乙.csv'].sort());
});

test('a file that was removed stays away, whatever was still asked about it', async () => {
  await store.getState().send([file('甲.csv'), file('乙.csv')]);
  const release = server.hold();
  const changed = store.getState().choose('甲.csv', () => ({ kind: 'staff' }));
  await arrived('PATCH %E7%94%B2.csv');
  await store.getState().remove('甲.csv');
  release();
  await changed;
  expect(names()).toEqual(['乙.csv']);
});

test('features that were looked at are not read again when they are confirmed', async () => {
  await store.getState().send([file('甲.csv')]);
  const { features, choose } = store.getState();
  await features('甲.csv', { crs: 'EPSG:4490', swapAxes: false });
  await choose('甲.csv', () => ({ crs: 'EPSG:4490', swapAxes: false }));
  expect(await features('甲.csv', null)).not.toBeNull();
  await features('甲.csv', { crs: 'EPSG:4326', swapAxes: false });
  expect(server.asked.filter((route) => route === 'GET features')).toHaveLength(2);
});
