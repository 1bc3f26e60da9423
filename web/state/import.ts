// The import in hand: its files as they are sent and read, what people decided, preview and run. Lives on while its sheet is closed.
import type { FeatureCollection } from 'geojson';
import { create } from 'zustand';
import type { ImportDecisions, ImportSource, ImportStatus, MisfitReceiver, SourceChoice } from '../../core/api/import-messages.ts';
import type { Problem } from '../../core/api/messages.ts';
import { type CrsChoice, importClient } from '../api/import-client.ts';
import { problemOf, ServerRefused, ServerUnreachable, SIGN_IN_NEEDED } from '../api/problem.ts';
import { attempter, pause } from './bench.ts';
import { recallColumns, rememberColumns } from './import-memory.ts';
import {
  FILE_STEPS,
  type FileStep,
  type ImportStep,
  type ImportView,
  isRunning,
  layerOf,
  previewText,
  sourcesWanting,
  stepAfter,
} from './import-steps.ts';
import { useLayout } from './layout.ts';
import { useWorkspace } from './store.ts';

/** A file on its way to the server. */
export interface Sending {
  key: number;
  name: string;
  bytes: number;
  /** null: waiting for its turn; 0–1 sent; 1: being looked into. */
  share: number | null;
  /** It did not get there. */
  problem: Problem | null;
}

export interface ImportStore {
  status: ImportStatus | null;
  sending: readonly Sending[];
  step: ImportStep;
  /** The file in hand, in the steps that go file by file. */
  at: string | null;
  decisions: ImportDecisions;
  previewed: string | null;
  /** Files that are being read anew. */
  rereading: ReadonlySet<string>;
  /** Files whose kind and fields were taken over from last time. */
  recalled: ReadonlySet<string>;
  /** What is being done to the whole import. */
  asking: 'preview' | 'run' | 'cancel' | null;
  /** Takes up the import that this page had open before it was loaded anew. */
  resume: () => Promise<void>;
  send: (files: readonly File[]) => Promise<void>;
  /** Puts a file that did not get to the server off the list. */
  forgetSending: (key: number) => void;
  choose: (source: string, change: Partial<SourceChoice>) => Promise<boolean>;
  remove: (source: string) => Promise<void>;
  /** The features of a file on the map; null: they cannot be had. */
  features: (source: string, how: CrsChoice | null) => Promise<FeatureCollection | null>;
  goTo: (step: ImportStep) => void;
  goOn: () => void;
  takeInHand: (source: string) => void;
  decide: (change: Partial<ImportDecisions>) => void;
  /** null: not decided after all. */
  giveMisfit: (key: string, to: MisfitReceiver | null) => void;
  preview: () => Promise<void>;
  run: () => Promise<void>;
  /** Ends what is running; nothing of it is stored, and the files stay. */
  cancel: () => Promise<void>;
  /** Puts the import away with its files. */
  leave: () => Promise<void>;
}

const STORAGE_KEY = 'onegrid.import';
const POLL_MS = 400;
const NOT_FOUND = 404;

const NO_DECISIONS: ImportDecisions = {
  skipRefused: false,
  toleranceM: null,
  misfits: {},
  otherMisfits: null,
  successors: {},
};

const NOTHING_OPEN = {
  status: null,
  sending: [],
  step: 'files',
  at: null,
  decisions: NO_DECISIONS,
  previewed: null,
  rereading: new Set<string>(),
  recalled: new Set<string>(),
  asking: null,
} satisfies Partial<ImportStore>;

const attempt = attempter(useWorkspace.setState);
let lastKey = 0;
/** What was asked for last, until the server has begun with it: only then it can be cancelled. */
let starting: Promise<unknown> = Promise.resolve();
/** Features that the map has shown, by file and choice. */
const lookedAt = new Map<string, FeatureCollection>();

export const useImport = create<ImportStore>()((set, get) => {
  const setSource = (source: ImportSource): void =>
    set(({ status }) => {
      if (status === null) return {};
      const known = status.sources.some(({ id }) => id === source.id);
      const sources = known ? status.sources.map((one) => (one.id === source.id ? source : one)) : [...status.sources, source];
      return { status: atChoosing(status, sources) };
    });

  async function openOne(): Promise<string | null> {
    const { status } = get();
    if (status !== null && status.phase !== 'done') return status.id;
    const made = await attempt(() => importClient.open());
    if (made === null) return null;
    sessionStorage.setItem(STORAGE_KEY, made.id);
    set({ ...NOTHING_OPEN, status: made, sending: get().sending });
    return made.id;
  }

  /** One after the other: the server looks into one file at a time. */
  async function sendOne(id: string, key: number, file: File): Promise<void> {
    const tell = (change: Partial<Sending>): void =>
      set(({ sending }) => ({ sending: sending.map((one) => (one.key === key ? { ...one, ...change } : one)) }));
    tell({ share: 0 });
    try {
      const source = await importClient.send(id, file, (share) => tell({ share }));
      set(({ sending }) => ({ sending: sending.filter((one) => one.key !== key) }));
      setSource(source);
      await recall(source);
    } catch (error) {
      const problem = problemOf(error);
      if (error instanceof ServerUnreachable || problem.code === SIGN_IN_NEEDED) await attempt(() => Promise.reject(error));
      tell({ problem });
    }
  }

  /** A file with the columns of an earlier one is read as that one was. */
  async function recall(source: ImportSource): Promise<void> {
    const layer = layerOf(source);
    const remembered = layer && recallColumns(layer);
    if (!remembered) return;
    const { kind, fields } = remembered;
    if (source.choice.kind !== kind || JSON.stringify(source.choice.fields) !== JSON.stringify(fields)) {
      if (!(await patch(source.id, { kind, fields }))) return;
    }
    set(({ recalled }) => ({ recalled: new Set([...recalled, source.id]) }));
  }

  async function patch(source: string, change: Partial<SourceChoice>): Promise<boolean> {
    const id = get().status?.id;
    if (id === undefined) return false;
    useWorkspace.getState().dismissProblem();
    set(({ rereading }) => ({ rereading: new Set([...rereading, source]) }));
    const changed = await attempt(() => importClient.choose(id, source, change));
    set(({ rereading }) => ({ rereading: new Set([...rereading].filter((one) => one !== source)) }));
    if (changed !== null) setSource(changed);
    return changed !== null;
  }

  /** Watches until nothing is running any more. */
  async function follow(): Promise<void> {
    for (;;) {
      const { status } = get();
      if (status === null) return;
      const now = await read(status.id);
      if (now === 'gone') return putAway();
      if (now !== null && get().status?.id === now.id) set({ status: now });
      if (now !== null && !isRunning(now.phase)) return;
      await pause(POLL_MS);
    }
  }

  async function read(id: string): Promise<ImportStatus | 'gone' | null> {
    return attempt(async () => {
      try {
        return await importClient.status(id);
      } catch (error) {
        if (error instanceof ServerRefused && error.problem.status === NOT_FOUND) return 'gone';
        throw error;
      }
    });
  }

  function putAway(): void {
    lookedAt.clear();
    sessionStorage.removeItem(STORAGE_KEY);
    set(NOTHING_OPEN);
  }

  async function ask(what: 'preview' | 'run'): Promise<void> {
    const { status, decisions } = get();
    if (status === null) return;
    useWorkspace.getState().dismissProblem();
    const text = previewText(status.sources, decisions);
    const beginning: ImportStatus = { ...status, phase: 'reading', fraction: 0, done: 0, total: 0, report: null, problem: null };
    set({ asking: what, step: what, status: beginning, ...(what === 'preview' && { previewed: null }) });
    const request = attempt(() => importClient[what](status.id, decisions));
    starting = request;
    const begun = await request;
    set({ status: begun ?? status });
    if (begun !== null) await follow();
    set({ asking: null });
    const ended = get().status;
    if (what === 'preview' && ended?.phase === 'previewed') set({ previewed: text });
    if (what === 'run' && ended !== null) {
      // Whoever folded the sheet away is told.
      if (useLayout.getState().dialog !== 'import') useWorkspace.getState().explain(`import:phase.${ended.phase}`);
      if (ended.phase === 'done') await afterwards();
    }
  }

  /** The installation holds other data now. */
  async function afterwards(): Promise<void> {
    const { start, plans, refreshPlans, refreshPlan } = useWorkspace.getState();
    if (plans.length === 0) await start();
    else await Promise.all([refreshPlans(), refreshPlan()]);
  }

  return {
    ...NOTHING_OPEN,
    resume: async () => {
      const id = sessionStorage.getItem(STORAGE_KEY);
      if (get().status !== null || id === null) return;
      const status = await read(id);
      if (status === 'gone') return sessionStorage.removeItem(STORAGE_KEY);
      if (status === null) return;
      set({ ...NOTHING_OPEN, status, step: isRunning(status.phase) || status.phase === 'done' ? 'run' : 'files' });
      if (isRunning(status.phase)) await follow();
    },
    send: async (files) => {
      useWorkspace.getState().dismissProblem();
      const queued = files.map((file) => ({
        file,
        sending: { key: ++lastKey, name: file.name, bytes: file.size, share: null, problem: null },
      }));
      set({ sending: [...get().sending, ...queued.map(({ sending }) => sending)], step: 'files' });
      const id = await openOne();
      if (id === null) {
        const keys = new Set(queued.map(({ sending }) => sending.key));
        return set({ sending: get().sending.filter(({ key }) => !keys.has(key)) });
      }
      for (const { file, sending } of queued) await sendOne(id, sending.key, file);
    },
    forgetSending: (key) => set(({ sending }) => ({ sending: sending.filter((one) => one.key !== key) })),
    choose: async (source, change) => {
      if (!(await patch(source, change))) return false;
      const now = get().status?.sources.find(({ id }) => id === source);
      const layer = now && layerOf(now);
      const byHand = change.fields !== undefined || change.kind !== undefined;
      if (byHand && layer && now.choice.kind !== null) rememberColumns(layer, { kind: now.choice.kind, fields: now.choice.fields });
      return true;
    },
    remove: async (source) => {
      const { status } = get();
      if (status === null || (await attempt(async () => (await importClient.removeSource(status.id, source)) ?? true)) === null) return;
      set({
        status: atChoosing(
          status,
          status.sources.filter(({ id }) => id !== source),
        ),
      });
    },
    features: async (source, how) => {
      const { status, asking } = get();
      const key = JSON.stringify([source, how, status?.sources.find(({ id }) => id === source)?.choice]);
      const known = lookedAt.get(key);
      // While the files are at work, and once they are gone, nobody can look into them.
      if (known !== undefined || status === null || asking !== null || atWork(status)) return known ?? null;
      const read = await attempt(() => importClient.features(status.id, source, how));
      if (read !== null) lookedAt.set(key, read);
      return read;
    },
    goTo: (step) => {
      const first = FILE_STEPS.some((one) => one === step) && sourcesWanting(get().status?.sources ?? [], step as FileStep)[0];
      set({ step, ...(first && { at: first.id }) });
      const { status, decisions, previewed, asking } = get();
      if (step === 'preview' && asking === null && status !== null && previewed !== previewText(status.sources, decisions))
        void ask('preview');
    },
    goOn: () => get().goTo(stepAfter(get().step, get().status?.sources ?? [])),
    takeInHand: (at) => set({ at }),
    decide: (change) => set(({ decisions }) => ({ decisions: { ...decisions, ...change } })),
    giveMisfit: (key, to) =>
      set(({ decisions }) => {
        const { [key]: _, ...others } = decisions.misfits;
        return { decisions: { ...decisions, misfits: to === null ? others : { ...others, [key]: to } } };
      }),
    preview: () => ask('preview'),
    run: () => ask('run'),
    cancel: async () => {
      const { status } = get();
      if (status === null) return;
      set({ asking: 'cancel' });
      await starting;
      await attempt(() => importClient.cancel(status.id));
    },
    leave: async () => {
      const { status } = get();
      putAway();
      if (status !== null && status.phase !== 'done') await attempt(async () => (await importClient.leave(status.id)) ?? true);
    },
  };
});

const atWork = ({ phase }: ImportStatus): boolean => isRunning(phase) || phase === 'done';

/** A report says nothing any more once the files are others, or are read otherwise. */
const atChoosing = (status: ImportStatus, sources: ImportSource[]): ImportStatus => ({
  ...status,
  sources,
  ...{ phase: 'choosing', fraction: 0, done: 0, total: 0, report: null, problem: null },
});

/** What the steps are judged by, from the store. */
export const viewOf = ({ status, sending, decisions, previewed }: ImportStore): ImportView => ({
  sources: status?.sources ?? [],
  sending: sending.filter(({ problem }) => problem === null).length,
  unsent: sending.filter(({ problem }) => problem !== null).length,
  phase: status?.phase ?? null,
  report: status?.report ?? null,
  decisions,
  previewed,
});
