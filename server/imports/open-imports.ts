// The imports that are open on this server: each is seen by whoever opened it only, and goes when it is not used; one at a time runs.
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportDecisions, ImportProgress } from '../../core/api/import-messages.ts';
import type { RawRows } from '../../core/sources/raw-source.ts';
import type { Database } from '../database/open.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { makeFolder, removeFolder } from '../sources/folder.ts';
import { isRunning, type OpenImport, type OpenSource } from './open-import.ts';
import { type ImportOutcome, runImport } from './run-import.ts';

/** An account has no more at a time: the one that was not used for longest gives way. */
const MAX_OPEN_PER_ACCOUNT = 8;
/** Of one import. */
export const MAX_FILES = 20;
const HOUR_MILLISECONDS = 60 * 60 * 1_000;

/** A preview stores nothing. `afterwards` runs when it is over, whatever came of it, and before anybody is told. */
export interface ImportStart {
  readonly decisions: ImportDecisions;
  readonly asked: boolean;
  readonly store: boolean;
  readonly afterwards: () => Promise<void>;
  readonly onPlansChanged: (plans: readonly number[]) => void;
}

interface Entry {
  import: OpenImport;
  used: number;
  readonly idle: NodeJS.Timeout;
  abort: AbortController;
  readonly removal: AbortController;
  /** Its files go as soon as what is running has stopped. */
  ending: boolean;
}

export class OpenImports {
  readonly #database: Database;
  readonly #idleMilliseconds: number;
  readonly #entries = new Map<string, Entry>();

  /** An import goes when nobody asked for it for `idleMilliseconds`. */
  constructor(database: Database, { idleMilliseconds = HOUR_MILLISECONDS }: { idleMilliseconds?: number } = {}) {
    this.#database = database;
    this.#idleMilliseconds = idleMilliseconds;
  }

  /** A preview or a run is under way, whosever. */
  get busy(): boolean {
    return [...this.#entries.values()].some((entry) => isRunning(entry.import));
  }

  open(by: Identity): OpenImport {
    this.#makeRoom(by);
    const id = randomUUID();
    const progress: ImportProgress = { id, phase: 'choosing', fraction: 0, done: 0, total: 0 };
    const removal = new AbortController();
    const { signal: removed } = removal;
    const opened: OpenImport = { id, by, folder: makeFolder(), progress, sources: new Map(), removed, report: null, problem: null };
    const idle = setTimeout(() => this.remove(id), this.#idleMilliseconds).unref();
    this.#entries.set(id, { import: opened, used: performance.now(), idle, abort: new AbortController(), removal, ending: false });
    return opened;
  }

  /** null: there is none, or somebody else opened it. Asking for it counts as use. */
  find(id: string, by: Identity): OpenImport | null {
    const entry = this.#entries.get(id);
    if (!entry || !isSame(entry.import.by, by)) return null;
    entry.used = performance.now();
    entry.idle.refresh();
    return entry.import;
  }

  /** Adds or replaces a file; a preview of before says nothing any more. False: the import is gone meanwhile. */
  putSource(id: string, source: OpenSource): boolean {
    return this.#changeSources(id, (sources) => sources.set(source.id, source));
  }

  removeSource(id: string, source: OpenSource): void {
    this.#changeSources(id, (sources) => sources.delete(source.id));
    rmSync(source.path, { force: true });
  }

  /** So that the file has not to be read again for every look at it. */
  keepSample(id: string, source: OpenSource, sample: RawRows): void {
    const entry = this.#entries.get(id);
    if (entry?.import.sources.get(source.id) !== source || source.sample === sample) return;
    entry.import = { ...entry.import, sources: new Map(entry.import.sources).set(source.id, { ...source, sample }) };
  }

  /** Begins a preview or a run; none may be under way. */
  start(id: string, { afterwards, ...start }: ImportStart): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.abort = new AbortController();
    const { by, folder, sources } = entry.import;
    const tell = (progress: Omit<ImportProgress, 'id'>): void => {
      entry.import = { ...entry.import, progress: { id, ...progress } };
    };
    entry.import = { ...entry.import, report: null, problem: null };
    tell({ phase: 'reading', fraction: 0, done: 0, total: 0 });
    const findings = findingsIn(folder);
    runImport(this.#database, [...sources.values()], { ...start, by, findings, onProgress: tell, signal: entry.abort.signal })
      .catch((error: unknown): ImportOutcome => {
        console.error(`import ${id}:`, error);
        return { report: null, problem: { code: 'import-failed', values: {} } };
      })
      .then(async (outcome) => {
        await afterwards().catch((error: unknown) => console.error(`import ${id}:`, error));
        this.#finish(entry, outcome, start.store);
      });
  }

  /** Stops a preview or a run; nothing of it is stored, its files stay. Once everything is written it is too late, and nothing happens. */
  cancel(id: string): void {
    this.#entries.get(id)?.abort.abort();
  }

  /** Removes it with its files. What is being read for it, and what is running, is stopped first; that it was cancelled can still be asked for. */
  remove(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.removal.abort(new ProblemError(404, 'unknown-import', { import: id }));
    if (isRunning(entry.import)) {
      entry.ending = true;
      entry.abort.abort();
      return;
    }
    clearTimeout(entry.idle);
    this.#entries.delete(id);
    removeFolder(entry.import.folder);
  }

  #finish(entry: Entry, outcome: ImportOutcome, store: boolean): void {
    const stored = store && outcome.problem === null;
    const { folder, progress, sources } = entry.import;
    const phase = stored ? 'done' : outcome.report !== null && !store ? 'previewed' : 'failed';
    entry.import = { ...entry.import, ...outcome, progress: { ...progress, phase, fraction: phase === 'failed' ? progress.fraction : 1 } };
    if (stored || entry.ending) for (const { path } of sources.values()) rmSync(path, { force: true });
    if (!entry.ending) return;
    entry.import = { ...entry.import, sources: new Map() };
    removeFolder(folder);
  }

  #changeSources(id: string, change: (sources: Map<string, OpenSource>) => void): boolean {
    const entry = this.#entries.get(id);
    if (!entry) return false;
    const sources = new Map(entry.import.sources);
    change(sources);
    const progress: ImportProgress = { id, phase: 'choosing', fraction: 0, done: 0, total: 0 };
    entry.import = { ...entry.import, sources, progress, report: null, problem: null };
    return true;
  }

  #makeRoom(by: Identity): void {
    const own = [...this.#entries.values()].filter((entry) => isSame(entry.import.by, by));
    if (own.length < MAX_OPEN_PER_ACCOUNT) return;
    const [oldest] = own.filter((entry) => !isRunning(entry.import)).sort((a, b) => a.used - b.used);
    if (oldest) this.remove(oldest.import.id);
  }
}

/** Every finding of the last preview or run of an import, one JSON object a line. */
export const findingsIn = (folder: string): string => join(folder, 'findings.jsonl');

/** Nobody in particular is told apart by name and region. */
const isSame = (a: Identity, b: Identity): boolean => a.account === b.account && a.name === b.name && a.region === b.region;
