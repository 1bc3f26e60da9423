// Opens a plan, listens to it, and does what concerns it as a whole: checks, codes, history, export, a new plan.
import type { CommunityProgress, GridCollection, OperationAnswer, PlanDetail, Region } from '../../core/api/messages.ts';
import { type Profile, profileSchema } from '../../core/rules/profile.ts';
import type { Client, PlanListener } from '../api/client.ts';
import { applyToGrids } from './apply-answer.ts';
import type { Bench } from './bench.ts';
import { boundsOfCommunities } from './bounds.ts';
import { type CommunityDesk, NO_BLOCKS } from './community.ts';
import type { OperationDesk } from './operations.ts';
import type { PresenceDesk } from './presence.ts';
import { turns } from './turns.ts';
import type { Workspace } from './workspace.ts';

export const LAST_PLAN_KEY = 'onegrid.plan';
/** Code of a town. */
const TOWN = /^\d{9}$/;
const NO_GRIDS: GridCollection = { type: 'FeatureCollection', features: [] };

/** The part of the state that belongs to one plan, before any is open. */
export const CLOSED_PLAN = {
  plan: null,
  profile: null,
  progress: new Map<string, CommunityProgress>(),
  planGrids: NO_GRIDS,
  active: null,
  opening: null,
  selectedGrid: null,
  selectedBlocks: NO_BLOCKS,
  preview: null,
  report: null,
  ownChanges: new Set<string>(),
  problem: null,
  others: [],
  self: null,
} satisfies Partial<Workspace>;

export interface PlanDesk {
  actions: Pick<
    Workspace,
    | 'openPlan'
    | 'refreshPlan'
    | 'refreshPlans'
    | 'openMadePlan'
    | 'checkAll'
    | 'issueCodes'
    | 'history'
    | 'exportAddress'
    | 'createPlan'
    | 'profiles'
    | 'planRegions'
  >;
  /** Reads progress, outlines and the open community anew, after a break or when many grids changed at once. */
  refresh: () => Promise<void>;
  /** Hears the live updates of the open plan, again. */
  listen: () => void;
  stopListening: () => void;
}

/** @param look asks who is signed in: live updates end with the session */
export function planDesk(
  bench: Bench,
  { community, operations, presence }: { community: CommunityDesk; operations: OperationDesk; presence: PresenceDesk },
  look: () => Promise<void>,
): PlanDesk {
  const { client, get, set, attempt, notify } = bench;
  const begin = turns();
  let endListening: (() => void) | null = null;
  /** For everything that is being read now, the answers that came meanwhile: they may be newer than what is read. */
  const early = new Set<OperationAnswer[]>();
  /** The last reading of the whole plan, over or under way. */
  let reading: Promise<void> = Promise.resolve();
  /** The one that begins after it, for everybody who asked meanwhile. */
  let waiting: Promise<void> | null = null;

  async function hearing<T>(read: () => Promise<T>): Promise<[read: T, early: readonly OperationAnswer[]]> {
    const heard: OperationAnswer[] = [];
    early.add(heard);
    const result = await read();
    early.delete(heard);
    return [result, heard];
  }

  /** null: it cannot be read; nothing is judged then. */
  async function profileOf({ profile, profileVersion }: PlanDetail): Promise<Profile | null> {
    const version = await attempt(() => client.profile(profile, profileVersion));
    return version === null ? null : (profileSchema.safeParse(version.content).data ?? null);
  }

  /** Outlines come last: they are at least as new as the revisions that say what they hold. */
  async function readWhole(id: number): Promise<Pick<Workspace, 'plan' | 'profile' | 'progress' | 'planGrids'> | null> {
    const plan = await attempt(() => client.plan(id));
    if (plan === null) return null;
    const profile = followsAsBefore(plan, get().plan) ? get().profile : await profileOf(plan);
    const planGrids = await attempt(() => client.grids(id));
    return planGrids && { plan, profile, planGrids, progress: byCode(plan.communities) };
  }

  /** One reading after the other: of two on their way the older could arrive last, and stay. */
  function refresh(): Promise<void> {
    const next = (): Promise<void> => {
      waiting = null;
      return readAnew();
    };
    waiting ??= reading = reading.then(next, next);
    return waiting;
  }

  async function readAnew(): Promise<void> {
    const id = get().plan?.id;
    if (id === undefined) return;
    const [read, heard] = await hearing(() => readWhole(id));
    if (read === null || get().plan?.id !== id) return;
    set(read);
    for (const answer of heard) operations.receive(answer);
    const { active } = get();
    if (active !== null) await community.reload(active.code);
  }

  async function refreshPlans(): Promise<void> {
    const plans = await attempt(() => client.plans());
    if (plans !== null) set({ plans });
  }

  async function openPlan(id: number): Promise<void> {
    const lasts = begin();
    stopListening();
    set(CLOSED_PLAN);
    const plan = await attempt(() => client.plan(id));
    if (plan === null || !lasts()) return;
    bench.storage.setItem(LAST_PLAN_KEY, String(id));
    const profile = await profileOf(plan);
    if (!lasts()) return;
    set({ plan, profile, progress: byCode(plan.communities) });
    if (plan.communities.length > 0) set({ focus: { bounds: boundsOfCommunities(plan.communities), serial: bench.nextSerial() } });
    listen();
    reading = readOutlines(id, lasts);
    await reading;
  }

  async function readOutlines(id: number, lasts: () => boolean): Promise<void> {
    const [planGrids, heard] = await hearing(() => attempt(() => client.grids(id)));
    if (lasts()) set({ planGrids: heard.reduce(applyToGrids, planGrids ?? NO_GRIDS) });
  }

  /** Nobody tells of what was done after the plan was read and before the live updates came. */
  async function catchUp(): Promise<void> {
    await reading;
    const { plan: read, progress } = get();
    const now = read && (await attempt(() => client.plan(read.id)));
    if (now === null || get().plan?.id !== now.id) return;
    const isLater = now.communities.some(({ code, revision }) => revision > (progress.get(code)?.revision ?? 0));
    if (isLater || now.state !== read?.state) await refresh();
  }

  function listen(): void {
    stopListening();
    const id = get().plan?.id;
    if (id === undefined) return;
    const listener: PlanListener = {
      operation: (answer) => {
        for (const heard of early) heard.push(answer);
        operations.receive(answer);
      },
      blocks: (code) => void community.reload(code),
      refresh: () => void refresh(),
      connected: (again) => {
        presence.tell();
        void (again ? refresh() : catchUp());
      },
      lost: () => {
        presence.receive([]);
        void look();
      },
      presence: presence.receive,
    };
    endListening = client.listen(id, listener, presence.tab);
  }

  function stopListening(): void {
    endListening?.();
    endListening = null;
  }

  /** Runs a request about the open plan; null when none is open or the server refused. */
  async function ofPlan<T>(work: (plan: number) => Promise<T>): Promise<T | null> {
    const id = get().plan?.id;
    return id === undefined ? null : attempt(() => work(id));
  }

  return {
    refresh,
    listen,
    stopListening,
    actions: {
      openPlan,
      refreshPlan: refresh,
      refreshPlans,
      openMadePlan: async (id) => {
        await refreshPlans();
        await openPlan(id);
      },
      checkAll: async () => {
        set({ busy: 'checking' });
        const report = await ofPlan((plan) => client.checks(plan));
        set({ busy: null });
        if (report === null) return;
        set({ report });
        notify('shell:notices.checked', { errors: report.counts.error, warnings: report.counts.warning });
      },
      issueCodes: async () => {
        set({ busy: 'coding' });
        const answer = await ofPlan((plan) => client.issueCodes(plan));
        set({ busy: null });
        if (answer === null) return null;
        notify(answer.issued.length === 0 ? 'shell:notices.noNewCodes' : 'shell:notices.codesIssued', {
          count: answer.issued.length,
          total: answer.total,
        });
        await refresh();
        return answer.issued.length;
      },
      history: async (code) => (await ofPlan((plan) => client.history(plan, code))) ?? [],
      exportAddress: () => {
        const id = get().plan?.id;
        return id === undefined ? null : client.exportAddress(id);
      },
      createPlan: async (wanted) => {
        const made = await attempt(() => client.createPlan(wanted));
        if (made === null) return false;
        set({ plans: [...get().plans, made] });
        await get().openMadePlan(made.id);
        return true;
      },
      profiles: async () => (await attempt(() => client.profiles())) ?? [],
      planRegions: async () => {
        const own = get().session?.account?.region ?? '';
        return (await attempt(() => (TOWN.test(own) ? client.region(own).then((town) => [town]) : countiesBelow(client, null)))) ?? [];
      },
    },
  };
}

const followsAsBefore = (plan: PlanDetail, before: PlanDetail | null): boolean =>
  plan.profile === before?.profile && plan.profileVersion === before.profileVersion;

const byCode = (communities: readonly CommunityProgress[]): Map<string, CommunityProgress> =>
  new Map(communities.map((community) => [community.code, community]));

/** Walks down from the regions without a parent: an installation may hold a county, a city or a whole province. */
async function countiesBelow(client: Client, parent: string | null): Promise<Region[]> {
  const regions = await client.regions(parent);
  const above = regions.filter(({ level }) => level === 'province' || level === 'city');
  const below = await Promise.all(above.map(({ code }) => countiesBelow(client, code)));
  return [...regions.filter(({ level }) => level === 'county'), ...below.flat()];
}
