// The files of the import in hand: sent one after the other, read as people say, taken away, looked at on the map.
import type { FeatureCollection } from 'geojson';
import type { ImportSource, ImportStatus, SourceChoice } from '../../core/api/import-messages.ts';
import type { CrsChoice } from '../api/import-client.ts';
import { problemOf, ServerUnreachable, SIGN_IN_NEEDED } from '../api/problem.ts';
import { type ChoiceChange, type Import, type ImportBench, NOTHING_OPEN, OPEN_IMPORT_KEY, type Sending, sourceIn } from './import.ts';
import { recallColumns, rememberColumns } from './import-memory.ts';
import { isRunning, layerOf } from './import-steps.ts';

interface SourceDesk {
  actions: Pick<Import, 'send' | 'forgetSending' | 'choose' | 'remove' | 'features'>;
  /** Drops what the map has shown. */
  forget: () => void;
}

export function sourceDesk(bench: ImportBench): SourceDesk {
  const { workspace, client, preferences, get, set, attempt } = bench;
  const changes = changer(bench);
  const looks = looker(bench);
  const openOne = opener(bench);
  let lastKey = 0;

  /** One after the other: the server looks into one file at a time. */
  async function sendOne(id: string, key: number, file: File): Promise<void> {
    const isListed = (): boolean => get().sending.some((one) => one.key === key);
    const tell = (change: Partial<Sending>): void =>
      set(({ sending }) => ({ sending: sending.map((one) => (one.key === key ? { ...one, ...change } : one)) }));
    // The import that it was for may have been put away while it waited, and while it was sent.
    if (!isListed()) return;
    tell({ share: 0 });
    try {
      const source = await client.send(id, file, (share) => tell({ share }));
      if (!isListed()) return;
      set(({ sending }) => ({ sending: sending.filter((one) => one.key !== key) }));
      changeSources(bench, id, (sources) => [...sources, source]);
      await recall(id, source);
    } catch (error) {
      const problem = problemOf(error);
      if (!isListed()) return;
      if (error instanceof ServerUnreachable || problem.code === SIGN_IN_NEEDED) await attempt(() => Promise.reject(error));
      tell({ problem });
    }
  }

  /** A file with the columns of an earlier one is read as that one was. */
  async function recall(id: string, source: ImportSource): Promise<void> {
    const layer = layerOf(source);
    const remembered = layer && recallColumns(layer, preferences);
    if (!remembered) return;
    const { kind, fields } = remembered;
    if (source.choice.kind !== kind || JSON.stringify(source.choice.fields) !== JSON.stringify(fields)) {
      if ((await changes(id, source.id, () => ({ kind, fields }))) === null) return;
    }
    if (get().status?.id === id) set(({ recalled }) => ({ recalled: new Set([...recalled, source.id]) }));
  }

  return {
    forget: looks.forget,
    actions: {
      send: async (files) => {
        workspace.getState().dismissProblem();
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
        const id = get().status?.id;
        const changed = id === undefined ? null : await changes(id, source, change);
        if (changed === null) return false;
        const now = sourceIn(get(), source);
        const layer = now && layerOf(now);
        const byHand = changed.fields !== undefined || changed.kind !== undefined;
        if (byHand && layer && now.choice.kind !== null) {
          rememberColumns(layer, { kind: now.choice.kind, fields: now.choice.fields }, preferences);
        }
        return true;
      },
      remove: async (source) => {
        const id = get().status?.id;
        if (id === undefined || (await attempt(async () => (await client.removeSource(id, source)) ?? true)) === null) return;
        changeSources(bench, id, (sources) => sources.filter((one) => one.id !== source));
      },
      features: looks.features,
    },
  };
}

/** Opens an import where none is open, once however many files are dropped meanwhile; gives its id, null: the server would not. */
function opener({ client, session, get, set, attempt }: ImportBench): () => Promise<string | null> {
  let opening: Promise<string | null> | null = null;
  async function open(): Promise<string | null> {
    const made = await attempt(() => client.open());
    if (made === null) return null;
    session.setItem(OPEN_IMPORT_KEY, made.id);
    set({ ...NOTHING_OPEN, status: made, sending: get().sending });
    return made.id;
  }
  return async () => {
    const { status } = get();
    if (status !== null && status.phase !== 'done') return status.id;
    opening ??= open().finally(() => {
      opening = null;
    });
    return opening;
  };
}

/** Changes how a file is read; gives what was changed, null: refused, or the import was put away. */
function changer(bench: ImportBench) {
  const { workspace, client, get, set, attempt } = bench;
  /** The last change of each file that is being read anew. */
  const last = new Map<string, Promise<unknown>>();

  async function send(id: string, source: string, change: ChoiceChange): Promise<Partial<SourceChoice> | null> {
    const before = sourceIn(get(), source);
    if (get().status?.id !== id || before === undefined) return null;
    const changed = change(before.choice);
    const now = await attempt(() => client.choose(id, source, changed));
    if (now === null || get().status?.id !== id) return null;
    changeSources(bench, id, (sources) => sources.map((one) => (one.id === source ? now : one)));
    return changed;
  }

  return async (id: string, source: string, change: ChoiceChange): Promise<Partial<SourceChoice> | null> => {
    workspace.getState().dismissProblem();
    const work = () => send(id, source, change);
    // Fields and settings are replaced as a whole: a change has to know what the one before it made of them.
    const sent = (last.get(source) ?? Promise.resolve()).then(work, work);
    last.set(source, sent);
    set(({ rereading }) => ({ rereading: new Set([...rereading, source]) }));
    try {
      return await sent;
    } finally {
      if (last.get(source) === sent) {
        last.delete(source);
        set(({ rereading }) => ({ rereading: new Set([...rereading].filter((one) => one !== source)) }));
      }
    }
  };
}

/** Features for the map, each file read once as it is chosen. */
function looker({ client, get, attempt }: ImportBench): Pick<Import, 'features'> & Pick<SourceDesk, 'forget'> {
  const lookedAt = new Map<string, FeatureCollection>();
  return {
    forget: () => lookedAt.clear(),
    features: async (source, how) => {
      const { status, asking } = get();
      const key = lookKey(sourceIn(get(), source), how);
      const known = lookedAt.get(key);
      // While the files are at work, and once they are gone, nobody can look into them.
      if (known !== undefined || status === null || asking !== null || atWork(status)) return known ?? null;
      const read = await attempt(() => client.features(status.id, source, how));
      if (read !== null && get().status?.id === status.id) lookedAt.set(key, read);
      return read;
    },
  };
}

/** Looked at and confirmed are the same; settings change no feature. */
const lookKey = (source: ImportSource | undefined, how: CrsChoice | null): string =>
  JSON.stringify([source?.id, { ...source?.choice, ...how, settings: null }]);

const atWork = ({ phase }: ImportStatus): boolean => isRunning(phase) || phase === 'done';

/** Nothing, where another import is in hand by now. A report says nothing any more once the files are others, or are read otherwise. */
function changeSources({ set }: ImportBench, id: string, change: (sources: ImportSource[]) => ImportSource[]): void {
  set(({ status }) => {
    if (status?.id !== id) return {};
    const atChoosing = { phase: 'choosing', fraction: 0, done: 0, total: 0, report: null, problem: null } as const;
    return { status: { ...status, ...atChoosing, sources: change(status.sources) } };
  });
}
