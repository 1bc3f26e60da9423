// How far the issuing of codes has come, while it runs: kept by the process, so that asking waits for no transaction.
import type { Database } from '../database/open.ts';

export interface IssueProgress {
  /** Grids that were looked at, and all there are. */
  readonly done: number;
  readonly total: number;
}

const running = new WeakMap<Database, Map<number, { done: number; total: number }>>();

export interface RunningIssue {
  advance(grids: number): void;
  end(): void;
}

export function startIssue(database: Database, plan: number, total: number): RunningIssue {
  const ofDatabase = running.get(database) ?? new Map<number, { done: number; total: number }>();
  running.set(database, ofDatabase);
  const progress = { done: 0, total };
  ofDatabase.set(plan, progress);
  return {
    advance(grids) {
      progress.done += grids;
    },
    end() {
      if (ofDatabase.get(plan) === progress) ofDatabase.delete(plan);
    },
  };
}

/** null: nothing is being issued for the plan. */
export function issueProgress(database: Database, plan: number): IssueProgress | null {
  return running.get(database)?.get(plan) ?? null;
}
