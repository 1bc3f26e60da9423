// Writes a prepared import within one transaction, kind by kind, and says what became of what was there.
import { reaches } from '../../core/accounts/reach.ts';
import type { ImportProgress } from '../../core/api/import-messages.ts';
import type { ImportProblem } from '../../core/import/texts.ts';
import { audit } from '../audit/audit.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Identity } from '../http/identity.ts';
import { PHASE_STARTS, type Prepared, type PreparedReport, type PreparedRows } from './prepare.ts';
import { countRows, refreshParents, writeGround, writeParents } from './store.ts';

export interface Written {
  /** What only the database could tell. */
  readonly report: Partial<PreparedReport>;
  /** Plans that look otherwise now. */
  readonly plans: readonly number[];
}

interface Writing {
  readonly by: Identity;
  readonly onProgress: (progress: Omit<ImportProgress, 'id'>) => void;
  readonly signal: AbortSignal | undefined;
}

/** The first community beyond the importer's reach; null: there is none. */
export function reachProblem({ ground, reimport }: PreparedRows, by: Pick<Identity, 'region'>): ImportProblem | null {
  const touched = [
    ...(ground?.communities.code ?? []),
    ...(reimport?.newCommunities ?? []).map(({ code }) => code),
    ...Object.keys(reimport?.outlines ?? {}),
  ];
  const beyond = touched.find((code) => !reaches(by.region, code));
  return beyond === undefined ? null : { code: 'import-beyond-region', values: { community: beyond } };
}

/** Throws what the writers of the kinds throw, and the reason of an abort. */
export async function write(db: Queryable, { report, rows }: Prepared, writing: Writing): Promise<Written> {
  const { by } = writing;
  if (!rows) return { report: {}, plans: [] };
  const { parents, synthetic, ground, reimport } = rows;
  if (ground || reimport?.newCommunities.length) await writeParents(db, parents, synthetic);
  if (ground) await writeGround(db, ground, progressOf(countRows(ground), writing));
  const written = { boundaries: [], plans: [] };
  if (ground || Object.keys(reimport?.outlines ?? {}).length > 0) {
    await refreshParents(
      db,
      parents.map(({ code }) => code),
    );
  }
  await auditImport(db, by, report);
  return { report: { boundaries: written.boundaries }, plans: written.plans };
}

function progressOf(total: number, { onProgress, signal }: Writing): (rows: number) => void {
  let done = 0;
  return (rows) => {
    signal?.throwIfAborted();
    done += rows;
    onProgress({ phase: 'writing', fraction: PHASE_STARTS.writing + (1 - PHASE_STARTS.writing) * (done / total), done, total });
  };
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
