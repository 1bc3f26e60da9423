// The imports that this server runs: one at a time, each watched and cancelled by its id.
import { randomUUID } from 'node:crypto';
import { reaches } from '../../core/accounts/reach.ts';
import type { ImportProgress } from '../../core/api/import-messages.ts';
import type { ImportProblem } from '../../core/import/texts.ts';
import type { Database } from '../database/open.ts';
import type { Reach } from '../database/transaction.ts';
import type { Identity } from '../http/identity.ts';
import type { ImportPaths } from './prepare.ts';
import { type ImportOutcome, runImport } from './run-import.ts';

export interface ImportJob extends ImportOutcome {
  readonly progress: ImportProgress;
}

/** Finished imports that can still be asked for. */
const REMEMBERED = 50;

interface Entry {
  job: ImportJob;
  readonly abort: AbortController;
  readonly by: Identity;
}

export class ImportJobs {
  readonly #database: Database;
  readonly #entries = new Map<string, Entry>();

  constructor(database: Database) {
    this.#database = database;
  }

  get busy(): boolean {
    return [...this.#entries.values()].some(({ job }) => isRunning(job));
  }

  /** Starts at once and answers with the id. `afterwards` runs when the import is over, whatever came of it, and before anybody is told. */
  start(paths: ImportPaths, { skipRefused, by }: { skipRefused: boolean; by: Identity }, afterwards: () => Promise<void>): string {
    const id = randomUUID();
    const abort = new AbortController();
    const entry: Entry = {
      abort,
      by,
      job: { progress: { id, phase: 'reading', fraction: 0, done: 0, total: 0 }, report: null, problem: null },
    };
    this.#entries.set(id, entry);
    this.#forgetOldest();
    const onProgress = (progress: Omit<ImportProgress, 'id'>): void => {
      entry.job = { ...entry.job, progress: { id, ...progress } };
    };
    runImport(this.#database, paths, { by, skipRefused, onProgress, signal: abort.signal })
      .catch((error: unknown): ImportOutcome => {
        console.error(`import ${id}:`, error);
        return { report: null, problem: { code: 'import-failed', values: {} } };
      })
      .then(async (outcome) => {
        await afterwards().catch((error: unknown) => console.error(`import ${id}:`, error));
        entry.job = { ...outcome, progress: finished(entry.job.progress, outcome.problem) };
      });
    return id;
  }

  /** Those of somebody who reaches further are not there. */
  find(id: string, { region }: Reach): ImportJob | null {
    const entry = this.#entries.get(id);
    return entry && reaches(region, entry.by.region) ? entry.job : null;
  }

  /** Nothing of a cancelled import is stored. Once everything is written it is too late, and nothing happens. */
  cancel(id: string): void {
    this.#entries.get(id)?.abort.abort();
  }

  #forgetOldest(): void {
    for (const [id, { job }] of this.#entries) {
      if (this.#entries.size <= REMEMBERED) return;
      if (!isRunning(job)) this.#entries.delete(id);
    }
  }
}

const isRunning = ({ progress: { phase } }: ImportJob): boolean => phase !== 'done' && phase !== 'failed';

function finished(progress: ImportProgress, problem: ImportProblem | null): ImportProgress {
  return problem ? { ...progress, phase: 'failed' } : { ...progress, phase: 'done', fraction: 1 };
}
