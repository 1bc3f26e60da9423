// Puts the store together from its desks: community, operations, plan; starts it, and brings it back after an outage.
import { create, type StoreApi, type UseBoundStore } from 'zustand';
import type { Health } from '../../core/api/messages.ts';
import { problemOf } from '../api/problem.ts';
import { type Bench, createBench, pause, type WorkspaceParts } from './bench.ts';
import { communityDesk } from './community.ts';
import { operationDesk } from './operations.ts';
import { CLOSED_PLAN, LAST_PLAN_KEY, planDesk } from './plan.ts';
import { presenceDesk } from './presence.ts';
import { sessionDesk } from './session.ts';
import type { Workspace } from './workspace.ts';

export type WorkspaceStore = UseBoundStore<StoreApi<Workspace>>;

const LAST_COMMUNITY_KEY = 'onegrid.community';
const LOADING_POLL_MS = 700;
const AWAY_POLL_MS = 2_000;

/** One store per page; its parts are handed in so that it runs without a browser. */
export function createWorkspace(parts: WorkspaceParts): WorkspaceStore {
  const store = create<Workspace>((_set, _get, api) => {
    const bench = createBench(parts, api);
    const community = communityDesk(bench);
    const operations = operationDesk(bench, community);
    const presence = presenceDesk(bench);
    const plan = planDesk(bench, { community, operations, presence }, () => session.look());
    const begin = beginner(bench, { ...plan.actions, openCommunity: community.open }, operations.queue.resume);
    const session = sessionDesk(bench, {
      begin,
      goOn: async () => {
        operations.queue.wake();
        plan.listen();
        await (bench.get().plan === null ? begin() : plan.refresh());
      },
      rest: plan.stopListening,
      reload: parts.reload,
    });
    const start = starter(bench, session.look);
    comeBack(bench, async () => {
      if (bench.get().owner === null) return start();
      await session.look();
      if (!bench.get().session?.account) return;
      operations.queue.wake();
      await (bench.get().plan === null ? begin() : plan.refresh());
    });
    keepPlace(bench);
    return {
      ...CLOSED_PLAN,
      health: null,
      online: true,
      started: false,
      plans: [],
      tool: 'select',
      saveState: 'saved',
      unsent: 0,
      busy: null,
      blocked: null,
      notice: null,
      ownName: presence.ownName,
      nameSelf: presence.nameSelf,
      focus: null,
      start,
      loadDemo: async () => {
        if ((await bench.attempt(() => parts.client.loadDemo())) === null) return;
        await untilReady(bench);
        await begin();
      },
      ...session.state,
      ...plan.actions,
      openCommunity: community.open,
      transact: operations.transact,
      ...handActions(bench, community.open),
    };
  });
  return store;
}

/** What the hand does on the screen alone. */
function handActions({ get, set, notify, nextSerial }: Bench, openCommunity: Workspace['openCommunity']) {
  return {
    selectGrid: (grid) => {
      set({ selectedGrid: grid, preview: null });
      const place = get().planGrids.features.find(({ properties }) => properties.id === grid)?.properties.community;
      if (place !== undefined) void openCommunity(place, { zoom: false });
    },
    selectBlocks: (blocks) => set({ selectedBlocks: blocks }),
    chooseTool: (tool) => set({ tool, preview: null, problem: null }),
    showPreview: (preview) => set({ preview }),
    focusOn: (bounds) => set({ focus: { bounds, serial: nextSerial() } }),
    explain: notify,
    dismissProblem: () => set({ problem: null }),
  } satisfies Partial<Workspace>;
}

/** Waits until the server has loaded what it loads; false: it does not answer. */
async function untilReady(bench: Bench): Promise<boolean> {
  let health = await askHealth(bench);
  while (health?.status === 'loading') {
    await pause(LOADING_POLL_MS);
    health = await askHealth(bench);
  }
  if (health === null) bench.set({ online: false });
  return health !== null;
}

function starter(bench: Bench, look: () => Promise<void>): () => Promise<void> {
  return async () => {
    if (await untilReady(bench)) await look();
  };
}

type Opener = Pick<Workspace, 'openPlan' | 'openCommunity'>;

/** Opens the plan and the community that were open last, as far as whoever is signed in may see them. */
function beginner(bench: Bench, { openPlan, openCommunity }: Opener, resume: () => void): () => Promise<void> {
  const { client, get, set, attempt, storage } = bench;
  return async () => {
    if (!get().session?.account?.permissions.includes('read')) return set({ started: true });
    const plans = await attempt(() => client.plans());
    if (plans === null) return;
    set({ plans });
    const last = Number(storage.getItem(LAST_PLAN_KEY));
    const community = storage.getItem(LAST_COMMUNITY_KEY);
    const plan = plans.find(({ id }) => id === last) ?? plans[0];
    if (plan !== undefined) await openPlan(plan.id);
    const { plan: open, active, opening, progress } = get();
    // Whoever has gone to another plan or community meanwhile stays there.
    const isUntouched = open?.id === last && active === null && opening === null;
    if (isUntouched && community !== null && progress.has(community)) await openCommunity(community);
    set({ started: true });
    if (get().online) resume();
  };
}

/** The community that is open is opened again when the page is. */
function keepPlace({ subscribe, storage }: Bench): void {
  subscribe((now, before) => {
    const open = ({ opening, active }: Workspace): string | null => opening ?? active?.code ?? null;
    if (now.plan !== null && open(now) !== open(before)) storage.setItem(LAST_COMMUNITY_KEY, open(now) ?? '');
  });
}

/** While the server is away: asks for it until it answers, then calls `back`. */
function comeBack(bench: Bench, back: () => Promise<void>): void {
  bench.subscribe(async (now, before) => {
    if (now.online || !before.online) return;
    do await pause(AWAY_POLL_MS);
    while ((await askHealth(bench)) === null);
    bench.set({ online: true });
    await back();
  });
}

async function askHealth({ client, set }: Bench): Promise<Health | null> {
  try {
    const health = await client.health();
    set({ health });
    return health;
  } catch (error) {
    problemOf(error);
    return null;
  }
}
