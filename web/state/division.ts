// Automatic division on this screen: what is to be divided and how, what is proposed, and the run of a town or county on the server.
import { create, type StoreApi, type UseBoundStore } from 'zustand';
import type { CommunityProposal, DivisionStatus, ProposedLayout } from '../../core/api/messages.ts';
import { type DivideOptions, type DivisionRequest, divisionOptions } from '../../core/plan/operation.ts';
import type { Divide } from '../../core/plan/operations/divide.ts';
import type { Client } from '../api/client.ts';
import type { Thinker } from '../worker/thinker.ts';
import { attempter, pause } from './bench.ts';
import { turns } from './turns.ts';
import type { Workspace } from './workspace.ts';

/** The open community, some of its grids, its town, the whole plan. */
export type DivisionScope = 'community' | 'grids' | 'town' | 'plan';

export interface Division {
  scope: DivisionScope;
  options: DivideOptions;
  /** Of a town or plan: only communities where nothing is drawn. */
  onlyEmpty: boolean;
  /** By whose old grids the layout is made, on the server; null: by the measure of the profile. */
  department: string | null;
  /** Grids of the open community that the scope `grids` means. */
  chosen: ReadonlySet<number>;
  /** What is proposed for the open community; the map shows its layout. */
  proposal: CommunityProposal | null;
  layout: ProposedLayout | null;
  /** Why nothing is proposed: a text with its topic. */
  obstacle: string | null;
  working: 'proposing' | 'accepting' | null;
  /** What the map shows. */
  view: 'proposed' | 'present';
  /** The run of a town or plan; kept while other tools are in hand. */
  run: DivisionStatus | null;
  /** When the run began, by the clock of the page, milliseconds. */
  runBegan: number;
  /** Options were changed since the run began. */
  runIsOld: boolean;

  chooseScope: (scope: DivisionScope) => void;
  chooseOptions: (options: Partial<DivideOptions>) => void;
  chooseOnlyEmpty: (onlyEmpty: boolean) => void;
  toggleGrid: (grid: number) => void;
  /** Takes the tool in hand to lay out by the old grids of a department. */
  startFrom: (department: string, scope: DivisionScope) => void;
  /** The next layout of the same kind. */
  another: () => void;
  compare: () => void;
  /** Takes the proposal on the map; of a run, goes on to the next community. */
  accept: () => Promise<void>;
  /** Divides the town or plan on the server. */
  startRun: () => Promise<void>;
  cancelRun: () => Promise<void>;
  /** How far accepting is, in communities; null: nothing is being accepted. */
  accepted: { done: number; total: number } | null;
  /** Takes what the run proposes for these communities. */
  acceptRun: (communities: readonly string[]) => Promise<void>;
  /** Leaves the communities that are not accepted yet. */
  stopAccepting: () => void;
}

export type DivisionStore = UseBoundStore<StoreApi<Division>>;

export interface DivisionParts {
  workspace: Pick<StoreApi<Workspace>, 'getState' | 'setState' | 'subscribe'>;
  client: Pick<Client, 'startDivision' | 'divisionStatus' | 'cancelDivision' | 'acceptDivision' | 'proposedLayout'>;
  thinker: Thinker;
}

/** A slider that moves is waited for. */
const DEBOUNCE_MS = 120;
const POLL_MS = 400;
const FIRST_SEED = 1;
const ACCEPTED_AT_ONCE = 4;
/** Seeds tried for a layout that differs from the one shown. */
const OTHER_SEEDS = 8;
const NOTHING = { proposal: null, layout: null, obstacle: null, working: null, view: 'proposed' } satisfies Partial<Division>;

type Shown = Pick<Division, 'proposal' | 'layout' | 'obstacle' | 'working'>;
type Parts = DivisionParts & Pick<StoreApi<Division>, 'getState' | 'setState'>;

export function createDivision(parts: DivisionParts): DivisionStore {
  return create<Division>((set, get, api) => {
    const own = proposer({ ...parts, ...api });
    const run = runner({ ...parts, ...api });
    const refresh = (): void => (byServer(get()) ? run.showOrStart() : own.propose());
    const again = (): void => {
      const living = new Set(parts.workspace.getState().active?.grids.features.map(({ properties }) => properties.id));
      set({ chosen: new Set([...get().chosen].filter((grid) => living.has(grid))) });
      if (ofRegion(get().scope)) run.show();
      else refresh();
    };
    parts.workspace.subscribe((now, before) => {
      if (now.plan?.id !== before.plan?.id) run.leave();
      if (now.online && !before.online) run.recall();
      if (now.tool !== before.tool) (now.tool === 'divide' ? begin : stop)();
      else if (now.tool === 'divide' && now.active !== before.active && get().working !== 'accepting') again();
    });
    const stop = (): void => {
      own.stop();
      set({ department: null });
    };
    const begin = (): void => {
      const { active, selectedGrid } = parts.workspace.getState();
      if (get().department === null)
        set({ scope: active === null ? 'plan' : 'community', chosen: new Set(selectedGrid === null ? [] : [selectedGrid]) });
      set(FRESH(get()));
      refresh();
    };
    return {
      ...NOTHING,
      ...{ scope: 'community', options: divisionOptions.parse({}), onlyEmpty: false, department: null, chosen: new Set() },
      ...{ run: null, runBegan: 0, runIsOld: false, accepted: null },
      chooseScope: (scope) => {
        own.stop();
        set({ scope, ...FRESH(get()) });
        refresh();
      },
      chooseOptions: (options) => {
        set({ options: { ...get().options, ...options }, runIsOld: true });
        own.proposeSoon();
      },
      chooseOnlyEmpty: (onlyEmpty) => set({ onlyEmpty, runIsOld: true }),
      toggleGrid: (grid) => {
        const chosen = new Set(get().chosen);
        if (!chosen.delete(grid)) chosen.add(grid);
        set({ chosen });
        own.proposeSoon();
      },
      startFrom: (department, scope) => {
        parts.workspace.getState().chooseTool('select');
        set({ department, scope, ...NOTHING });
        parts.workspace.getState().chooseTool('divide');
        // A frozen plan refuses the tool, and says so.
        if (parts.workspace.getState().tool !== 'divide') set({ department: null });
      },
      another: own.another,
      compare: () => set(({ view }) => ({ view: view === 'proposed' ? 'present' : 'proposed' })),
      accept: () => (byServer(get()) ? run.acceptShown() : own.accept()),
      startRun: run.start,
      cancelRun: run.cancel,
      acceptRun: async (communities) => {
        await run.accept(communities);
        // Another scope may have been chosen meanwhile.
        if (!byServer(get())) own.propose();
      },
      stopAccepting: () => set({ accepted: null }),
    };
  });
}

export const ofRegion = (scope: DivisionScope): boolean => scope === 'town' || scope === 'plan';

/** Whether the server proposes, and not this machine. */
export const byServer = ({ scope, department }: Pick<Division, 'scope' | 'department'>): boolean => ofRegion(scope) || department !== null;

/** What the reader set for good stays; the seed and the number of parts belong to one proposal. */
const FRESH = ({ options }: Division): Pick<Division, 'options'> => ({ options: { ...options, seed: FIRST_SEED, parts: null } });

/** Proposes for the open community, on this machine. */
function proposer({ workspace, thinker, getState: get, setState: set }: Parts) {
  const begin = turns();
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Whatever is being thought about is of no use any more. */
  function beginAnew(): () => boolean {
    clearTimeout(timer);
    return begin();
  }
  /** After accepting it is proposed anew in any case. */
  const mayPropose = (): boolean => workspace.getState().tool === 'divide' && !byServer(get()) && get().working !== 'accepting';

  /** What the options come to; null: it is of no use any more. */
  async function think(options: DivideOptions): Promise<Shown | null> {
    const operation = operationOf({ ...get(), options });
    if (workspace.getState().active === null) return NOTHING;
    if (operation === null) return { ...NOTHING, obstacle: 'tools:divide.chooseGrids' };
    set({ working: 'proposing' });
    const answer = await thinker.ask({ type: 'propose', operation });
    const { active, progress, tool } = workspace.getState();
    if (answer === null || active === null || tool !== 'divide' || get().working === 'accepting') return null;
    if (!answer.ok) return { ...NOTHING, obstacle: `tools:obstacle.${answer.failure.code}` };
    const { change: _, layout, ...counts } = answer.value;
    const { code, revision } = active;
    const name = progress.get(code)?.name ?? code;
    const state = layout === null ? 'unchanged' : 'proposed';
    return { proposal: { community: code, name, base: revision, ...counts, state, problem: null }, layout, obstacle: null, working: null };
  }

  async function propose(): Promise<void> {
    const lasts = beginAnew();
    if (!mayPropose()) return;
    const shown = await think(get().options);
    if (shown !== null && lasts()) set(shown);
  }

  /** In a small community most seeds lead to the same layout. */
  async function another(): Promise<void> {
    const { options, layout, working } = get();
    if (working !== null || byServer(get())) return;
    const lasts = beginAnew();
    const known = JSON.stringify(layout?.gridOf);
    for (let more = 1; more <= OTHER_SEEDS; more++) {
      const other = { ...options, seed: options.seed + more };
      const shown = await think(other);
      if (shown === null || !lasts()) return;
      if (JSON.stringify(shown.layout?.gridOf) !== known) return set({ ...shown, options: other });
    }
    set({ working: null });
    workspace.getState().explain('tools:divide.noOther');
  }

  return {
    propose: () => void propose(),
    another: () => void another(),
    /** What is shown belongs to other options from now on, and cannot be accepted any more. */
    proposeSoon: () => {
      beginAnew();
      if (!mayPropose()) return;
      set({ working: 'proposing' });
      timer = setTimeout(() => void propose(), DEBOUNCE_MS);
    },
    stop: () => {
      beginAnew();
      if (get().working !== 'accepting') set(NOTHING);
    },
    accept: async () => {
      const operation = operationOf(get());
      if (operation === null || get().layout === null || get().working !== null) return;
      set({ working: 'accepting' });
      const result = await workspace.getState().transact(operation);
      set(NOTHING);
      if (result === 'done') workspace.getState().chooseTool('select');
      else void propose();
    },
  };
}

/** null: no grid is chosen yet. */
export function operationOf({ scope, chosen, options }: Pick<Division, 'scope' | 'chosen' | 'options'>): Divide | null {
  if (scope !== 'grids') return { type: 'divide', options: { ...options, parts: null } };
  return chosen.size === 0 ? null : { type: 'divide', grids: [...chosen].sort((a, b) => a - b), options };
}

/** Lets the server divide a town or the plan, follows it, and shows of it what is open. */
function runner({ workspace, client, getState: get, setState: set }: Parts) {
  const told = attempter(workspace.setState);
  async function attempt<T>(work: (plan: number) => Promise<T>): Promise<T | null> {
    const plan = workspace.getState().plan?.id;
    return plan === undefined ? null : told(() => work(plan));
  }

  const begin = turns();

  /** In one loop at a time: following a run ends the loop of the one before. */
  async function follow(status: DivisionStatus | null): Promise<void> {
    const lasts = begin();
    let now = status;
    while (now !== null) {
      set({ run: now });
      if (now.state !== 'running') break;
      await pause(POLL_MS);
      if (!lasts()) return;
      const { id } = now;
      now = await attempt((plan) => client.divisionStatus(plan, id));
      if (!lasts()) return;
    }
    await show();
  }

  async function show(): Promise<void> {
    const { run } = get();
    const { active, tool } = workspace.getState();
    // The run goes on while other tools are in hand, or this machine proposes; the map is theirs then.
    if (tool !== 'divide' || !byServer(get())) return;
    const proposal = run?.communities.find(({ community }) => community === active?.code) ?? null;
    set({ ...NOTHING, proposal });
    if (run === null || proposal?.state !== 'proposed') return;
    const layout = await attempt((plan) => client.proposedLayout(plan, run.id, proposal.community));
    if (get().proposal === proposal && workspace.getState().tool === 'divide') set({ layout });
  }

  /** After a break: a server that was started again has forgotten the run, and has said so. */
  async function recall(): Promise<void> {
    const { run } = get();
    if (run === null) return;
    const status = await attempt((plan) => client.divisionStatus(plan, run.id));
    if (get().run?.id !== run.id) return;
    if (status !== null) await follow(status);
    else if (workspace.getState().online) {
      set({ run: null });
      await show();
    }
  }

  const wanted = (): DivisionRequest => requestOf(get(), workspace.getState());

  async function start(): Promise<void> {
    const { run } = get();
    if (run?.state === 'running') void attempt((plan) => client.cancelDivision(plan, run.id));
    const lasts = begin();
    set({ ...NOTHING, run: null, runBegan: performance.now(), runIsOld: false });
    const started = await attempt((plan) => client.startDivision(plan, wanted()));
    if (lasts()) await follow(started);
  }

  /** Another plan is opened. */
  function leave(): void {
    begin();
    set({ run: null });
  }

  /** A few at a time, so that it can be watched and stopped. */
  async function accept(communities: readonly string[]): Promise<void> {
    const { run } = get();
    if (run === null || get().working !== null) return;
    set({ working: 'accepting', accepted: { done: 0, total: communities.length } });
    workspace.setState({ ownChanges: new Set(communities) });
    for (let done = 0; done < communities.length && get().accepted !== null; done += ACCEPTED_AT_ONCE) {
      const some = communities.slice(done, done + ACCEPTED_AT_ONCE);
      if ((await attempt((plan) => client.acceptDivision(plan, run.id, some))) === null) break;
      const status = await attempt((plan) => client.divisionStatus(plan, run.id));
      if (status !== null && get().run?.id === run.id) set({ run: status });
      if (get().accepted !== null) set({ accepted: { done: done + some.length, total: communities.length } });
    }
    set({ working: null, accepted: null });
    workspace.setState({ ownChanges: new Set() });
    await show();
  }

  return {
    show: () => void show(),
    /** A run for this region that was made before is shown again. */
    showOrStart: () => void (isOf(get().run, wanted()) ? show() : start()),
    start,
    leave,
    recall: () => void recall(),
    cancel: async () => {
      const { run } = get();
      if (run === null) return;
      const status = await attempt((plan) => client.cancelDivision(plan, run.id));
      if (status !== null && get().run?.id === run.id) await follow(status);
    },
    accept,
    acceptShown: async () => {
      const { proposal } = get();
      if (proposal?.state !== 'proposed') return;
      await accept([proposal.community]);
      const next = nextOpen(get().run?.communities ?? [], proposal.community);
      if (!ofRegion(get().scope)) workspace.getState().chooseTool('select');
      else if (next !== null && workspace.getState().tool === 'divide') await workspace.getState().openCommunity(next);
    },
  };
}

/** The community to look at after this one; null: all have been looked at. */
function nextOpen(communities: readonly CommunityProposal[], after: string): string | null {
  const open = communities.filter(({ state }) => state === 'proposed').map(({ community }) => community);
  return open.find((community) => community > after) ?? open[0] ?? null;
}

const TOWN_DIGITS = 9;

/** Whether the run is about the same region, divided by the same measure. */
const isOf = (run: DivisionStatus | null, { region, department }: DivisionRequest): boolean =>
  run !== null && run.request.region === region && run.request.department === department;

function requestOf({ scope, options, onlyEmpty, department }: Division, { active }: Workspace): DivisionRequest {
  const single = !ofRegion(scope) && active !== null ? { region: active.code } : {};
  const request = {
    ...{ onlyEmpty: onlyEmpty && ofRegion(scope), options: { ...options, parts: null } },
    ...(department !== null && { ...single, department }),
  };
  return scope === 'town' && active !== null ? { ...request, region: active.code.slice(0, TOWN_DIGITS) } : request;
}
