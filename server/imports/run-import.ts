// One import from files to rows: prepared in a thread, written in one transaction; either all of it is stored or nothing.
import { permissionsOf } from '../../core/accounts/roles.ts';
import type { ImportDecisions, ImportProgress, ImportReport } from '../../core/api/import-messages.ts';
import type { ImportProblem } from '../../core/import/texts.ts';
import { UnusableFile } from '../../core/import/unusable-file.ts';
import { lockAccount } from '../accounts/store.ts';
import type { Database } from '../database/open.ts';
import type { Queryable } from '../database/queryable.ts';
import { refreshStatistics } from '../database/statistics.ts';
import { inTransaction, SYSTEM, sqlState } from '../database/transaction.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import type { ThreadLimits } from '../sources/run-thread.ts';
import { addFindingLines } from './findings-csv.ts';
import { prepareInThread } from './in-thread.ts';
import type { Prepared, PreparedReport } from './prepare.ts';
import { ReimportRefused } from './reimport-refused.ts';
import type { SourceToRead } from './source-to-read.ts';
import { answersFrom } from './stored-questions.ts';
import { needsDatabase, reachProblem, type Written, write } from './write.ts';

/** Nobody was asked: what is refused stops the import, what is open stays open. */
export const NO_DECISIONS: ImportDecisions = { skipRefused: false, toleranceM: null, misfits: {}, otherMisfits: null, successors: {} };

export interface ImportOptions {
  /** Who imports: only what lies within their reach may be brought. */
  readonly by: Identity;
  readonly decisions: ImportDecisions;
  /** People saw the gaps and overlaps of the communities, and decided. */
  readonly asked?: boolean;
  /** False: everything is done but the last step, and nothing stored. */
  readonly store: boolean;
  /** File for every finding, a line each. */
  readonly findings?: string;
  readonly onProgress?: (progress: Omit<ImportProgress, 'id'>) => void;
  readonly signal?: AbortSignal;
  /** Of reading and judging; left out: as usual. */
  readonly limits?: ThreadLimits;
  /** More to be done in the transaction of the import, e.g. making a plan; it may run again and has no other effects. */
  readonly within?: (db: Queryable, report: PreparedReport) => Promise<void>;
  /** Told after the commit which plans look otherwise now. */
  readonly onPlansChanged?: (plans: readonly number[]) => void;
}

/** `problem` is null when the import was stored, or would have been; else it says why not. */
export interface ImportOutcome {
  readonly report: ImportReport | null;
  readonly problem: ImportProblem | null;
}

/** Throws only what nobody foresaw. */
export async function runImport(database: Database, sources: readonly SourceToRead[], options: ImportOptions): Promise<ImportOutcome> {
  const { by, decisions, asked = false, findings = null, onProgress = () => {}, signal, limits } = options;
  const started = performance.now();
  const timed = (report: PreparedReport): ImportReport => ({ ...report, seconds: Math.round(performance.now() - started) / 1000 });
  let report: PreparedReport | null = null;
  try {
    const request = {
      sources: sources.map(({ path, name, choice }) => ({ path, name, choice })),
      decisions,
      asked,
      reach: by.region,
      findings,
    };
    const prepared = await prepareInThread(request, { stored: answersFrom(database, by), onProgress, signal, limits });
    report = prepared.report;
    const problem = prepared.rows ? reachProblem(prepared.rows) : REFUSED;
    if (problem) return { report: timed(report), problem };
    if (!options.store && prepared.rows && !needsDatabase(prepared.rows)) return { report: timed(report), problem: null };
    const written = await settle(database, prepared, options);
    if (findings !== null) addFindingLines(findings, written.findings);
    const refused = !decisions.skipRefused && written.findings.length > 0;
    return { report: timed(written.report), problem: refused ? REFUSED : null };
  } catch (error) {
    const problem = problemOf(error, signal);
    if (!problem) throw error;
    return { report: signal?.aborted ? null : report && timed(report), problem };
  }
}

const REFUSED: ImportProblem = { code: 'import-refused', values: {} };

/** Thrown to undo what a preview did, or what has refused rows in it. */
class Undone extends Error {}

/** Thrown where whoever imports may not any more. */
class AccountChanged extends Error {}

/** Whoever closes the account, or takes its rights or its region, waits for the commit or is heeded by it. */
async function refuseChangedAccount(db: Queryable, { account: id, region }: Identity): Promise<void> {
  if (id === null) return;
  const account = await lockAccount(db, id);
  if (account?.disabled !== false || account.region !== region || !permissionsOf(account.roles).has('import')) throw new AccountChanged();
}

/** The regions above receive the outline of all that lies in them, also where the importer does not reach. */
async function settle(database: Database, prepared: Prepared, options: ImportOptions): Promise<Written> {
  const { by, decisions, store, onProgress = () => {}, signal, within, onPlansChanged } = options;
  let written: Written | null = null;
  const work = async (db: Queryable): Promise<void> => {
    const done = await write(db, prepared, { by, successors: decisions.successors, store, onProgress, signal });
    written = done;
    await within?.(db, done.report);
    // What the database asks at the commit takes seconds: asked here, it can be cancelled, and a preview hears of it, too.
    await db.query('set constraints all immediate');
    await refuseChangedAccount(db, by);
    signal?.throwIfAborted();
    if (!store || (!decisions.skipRefused && done.findings.length > 0)) throw new Undone();
  };
  const stored = await inTransaction(database, SYSTEM, work).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Undone) return false;
      throw error;
    },
  );
  const done = written as unknown as Written;
  if (stored) {
    await refreshStatistics(database);
    onPlansChanged?.(done.plans);
  }
  return done;
}

/** unique_violation: another import brought the same community meanwhile. OG002: an invariant of sql/ would break. */
const UNIQUE_VIOLATION = '23505';
const INVARIANT = 'OG002';

function problemOf(error: unknown, signal: AbortSignal | undefined): ImportProblem | null {
  if (error instanceof UnusableFile) return { code: error.reason, file: error.file, values: error.values };
  if (signal?.aborted) return { code: 'import-cancelled', values: {} };
  if (error instanceof ProblemError) return { code: error.code === 'plan-frozen' ? 'import-plan-frozen' : 'import-overtaken', values: {} };
  if (error instanceof AccountChanged) return { code: 'import-account-changed', values: {} };
  if (error instanceof ReimportRefused) return { code: error.code, values: error.values };
  const state = sqlState(error);
  if (state === UNIQUE_VIOLATION) return { code: 'import-overtaken', values: {} };
  if (state !== INVARIANT) return null;
  const found = (error as Error).message;
  return found.startsWith('communities do not overlap')
    ? { code: 'import-overlaps-existing', values: { community: found.slice(found.indexOf(':') + 2) } }
    : { code: 'import-breaks-invariant', values: { found } };
}
