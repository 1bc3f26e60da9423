// One import from files to rows: prepared in a thread, written in one transaction; either all of it is stored or nothing.
import { reaches } from '../../core/accounts/reach.ts';
import type { ImportProgress, ImportReport } from '../../core/api/import-messages.ts';
import type { ImportProblem } from '../../core/import/texts.ts';
import { UnusableFile } from '../../core/import/unusable-file.ts';
import { audit } from '../audit/audit.ts';
import type { Database } from '../database/open.ts';
import type { Queryable } from '../database/queryable.ts';
import { refreshStatistics } from '../database/statistics.ts';
import { inTransaction, SYSTEM, scoped, sqlState } from '../database/transaction.ts';
import type { Identity } from '../http/identity.ts';
import { type ImportPaths, PHASE_STARTS, type PreparedReport } from './prepare.ts';
import { prepareInThread } from './prepare-in-thread.ts';
import type { ImportRows } from './rows.ts';
import { countRows, existingCommunities, writeRows } from './store.ts';

export interface ImportOptions {
  /** Who imports: only communities within their reach may be brought. */
  readonly by: Identity;
  /** Leave refused buildings, barriers and institutions out instead of stopping. */
  readonly skipRefused: boolean;
  readonly onProgress?: (progress: Omit<ImportProgress, 'id'>) => void;
  readonly signal?: AbortSignal;
  /** More to be done in the transaction of the import, e.g. making a plan; it may run again and has no other effects. */
  readonly within?: (db: Queryable, report: PreparedReport) => Promise<void>;
}

/** `problem` is null when the import was stored; else nothing was. */
export interface ImportOutcome {
  readonly report: ImportReport | null;
  readonly problem: ImportProblem | null;
}

/** Throws only what nobody foresaw. */
export async function runImport(database: Database, paths: ImportPaths, options: ImportOptions): Promise<ImportOutcome> {
  const { by, skipRefused, onProgress = () => {}, signal, within } = options;
  const started = performance.now();
  const seconds = (): number => Math.round(performance.now() - started) / 1000;
  try {
    // What lies beyond the reach is refused for that reason alone, whether it exists or not.
    const existing = await existingCommunities(scoped(database, by));
    const { report, rows } = await prepareInThread({ paths, skipRefused, existing }, onProgress, signal);
    if (!rows) return { report: { ...report, seconds: seconds() }, problem: { code: 'import-refused', values: {} } };
    const beyond = rows.communities.code.find((code) => !reaches(by.region, code));
    if (beyond !== undefined)
      return { report: { ...report, seconds: seconds() }, problem: { code: 'import-beyond-region', values: { community: beyond } } };
    // The regions above receive the outline of all that lies in them, also where the importer does not reach.
    await inTransaction(database, SYSTEM, async (db) => {
      await write(db, rows, onProgress, signal);
      await auditImport(db, by, report);
      await within?.(db, report);
    });
    await refreshStatistics(database);
    return { report: { ...report, seconds: seconds() }, problem: null };
  } catch (error) {
    const problem = problemOf(error, signal);
    if (!problem) throw error;
    return { report: null, problem };
  }
}

/** A row for each county, so that its auditors see it. */
async function auditImport(db: Queryable, by: Identity, { counties, blocks, households }: PreparedReport): Promise<void> {
  for (const { code } of counties) {
    await audit(db, by, {
      action: 'import',
      region: code,
      subject: `region/${code}`,
      detail: { counties: counties.length, blocks, households },
    });
  }
}

async function write(
  db: Queryable,
  rows: ImportRows,
  onProgress: NonNullable<ImportOptions['onProgress']>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const total = countRows(rows);
  let done = 0;
  await writeRows(db, rows, (written) => {
    signal?.throwIfAborted();
    done += written;
    onProgress({ phase: 'writing', fraction: PHASE_STARTS.writing + (1 - PHASE_STARTS.writing) * (done / total), done, total });
  });
}

/** unique_violation: another import brought the same community meanwhile. OG002: an invariant of sql/ would break. */
const UNIQUE_VIOLATION = '23505';
const INVARIANT = 'OG002';

function problemOf(error: unknown, signal: AbortSignal | undefined): ImportProblem | null {
  if (error instanceof UnusableFile) return { code: error.reason, file: error.file, values: error.values };
  if (signal?.aborted) return { code: 'import-cancelled', values: {} };
  const state = sqlState(error);
  if (state === UNIQUE_VIOLATION) return { code: 'import-overtaken', values: {} };
  if (state !== INVARIANT) return null;
  const found = (error as Error).message;
  return found.startsWith('communities do not overlap')
    ? { code: 'import-overlaps-existing', values: { community: found.slice(found.indexOf(':') + 2) } }
    : { code: 'import-breaks-invariant', values: { found } };
}
