// Writes a prepared import within one transaction, kind by kind, and says what became of what was there.
import type { ImportFinding, ImportProgress } from '../../core/api/import-messages.ts';
import { parentsOf } from '../../core/geo/region.ts';
import { MAX_LISTED_FINDINGS } from '../../core/import/findings.ts';
import type { ImportProblem } from '../../core/import/texts.ts';
import { writeAttributions } from '../attributions/store.ts';
import { audit } from '../audit/audit.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Identity } from '../http/identity.ts';
import { departmentGridsAround, settleDepartmentGrids, writeDepartmentGrids } from '../one-net/store.ts';
import { applyTable, previewTable } from '../regions/tables.ts';
import { writeStaff } from '../staff/write-staff.ts';
import type { PlacedDepartmentGrid } from './other-kinds.ts';
import { PHASE_STARTS, type Prepared, type PreparedReport, type PreparedRows } from './prepare.ts';
import { countRows, refreshParents, writeGround, writeParents } from './store.ts';
import { countReimport, type WrittenReimport, writeReimport } from './write-reimport.ts';

export interface Written {
  readonly report: PreparedReport;
  /** Refused by the database only. */
  readonly findings: readonly ImportFinding[];
  /** Plans that look otherwise now. */
  readonly plans: readonly number[];
}

export interface Writing {
  readonly by: Identity;
  readonly successors: Readonly<Record<string, string | null>>;
  /** False: it is undone afterwards. */
  readonly store: boolean;
  readonly onProgress: (progress: Omit<ImportProgress, 'id'>) => void;
  readonly signal: AbortSignal | undefined;
}

/** The first community beyond the importer's reach; null: there is none. */
export const reachProblem = ({ beyond }: PreparedRows): ImportProblem | null =>
  beyond === null ? null : { code: 'import-beyond-region', values: { community: beyond } };

/** Whether a preview has to ask the database: new ground is all foreseen, what becomes of other rows is not. */
export const needsDatabase = ({ reimport, tables, departmentGrids, staff }: PreparedRows): boolean =>
  reimport !== null || tables.length + departmentGrids.length + staff.length > 0;

/** Throws what the writers of the kinds throw, and the reason of an abort. */
export async function write(db: Queryable, { report, rows }: Prepared, writing: Writing): Promise<Written> {
  if (!rows) return { report, findings: [], plans: [] };
  const regions = await writeTables(db, rows, writing);
  const ground = await writeAllGround(db, rows, writing);
  const grids = await writeOldGrids(db, rows.departmentGrids, writing);
  await writeAttributions(db, rows.attributions);
  for (const { plan, changes } of rows.staff) await writeStaff(db, writing.by, plan, changes, () => writing.signal?.throwIfAborted());
  const written: PreparedReport = {
    ...report,
    ...withFindings(report, grids.findings),
    regions,
    boundaries: ground.boundaries,
    departmentGrids: grids.changes,
    unchanged: report.unchanged + grids.changes.reduce((sum, { unchanged }) => sum + unchanged, 0),
  };
  await auditImport(db, writing.by, written);
  return {
    report: written,
    findings: grids.findings,
    plans: [...new Set([...ground.plans, ...rows.staff.filter(({ changes }) => changes.length > 0).map(({ plan }) => plan)])],
  };
}

async function writeTables(
  db: Queryable,
  { tables }: PreparedRows,
  { by, successors, store }: Writing,
): Promise<PreparedReport['regions']> {
  const changes: PreparedReport['regions'] = [];
  // A preview speaks of what would be asked before it could be taken in.
  const take = store ? applyTable : previewTable;
  for (const { table, origin } of tables) changes.push(...(await take(db, by, table, origin, successors)));
  return changes;
}

async function writeAllGround(db: Queryable, rows: PreparedRows, writing: Writing): Promise<WrittenReimport> {
  const { parents, synthetic, ground, reimport } = rows;
  const codes = [...(ground?.communities.code ?? []), ...(reimport?.newCommunities ?? []).map(({ code }) => code)];
  // Files that bring no new community may still know how the regions above are called.
  await writeParents(db, parents, synthetic && codes.length > 0);
  if (ground) await writeGround(db, ground, progressOf(countRows(ground), writing));
  const written = reimport
    ? await writeReimport(db, writing.by, reimport, progressOf(countReimport(reimport), writing))
    : { boundaries: [], plans: [] };
  const moved = [...codes, ...Object.keys(reimport?.outlines ?? {})];
  if (moved.length === 0) return written;
  await refreshParents(db, [...new Set(moved.flatMap(parentsOf))]);
  await settleDepartmentGrids(db, await departmentGridsAround(db, moved));
  return written;
}

interface WrittenGrids {
  readonly changes: NonNullable<PreparedReport['departmentGrids']>;
  /** Those that lie in no community within reach. */
  readonly findings: readonly ImportFinding[];
}

async function writeOldGrids(db: Queryable, grids: readonly PlacedDepartmentGrid[], { by }: Writing): Promise<WrittenGrids> {
  if (grids.length === 0) return { changes: [], findings: [] };
  const { changes, outside } = await writeDepartmentGrids(db, by, grids);
  const refused = new Set(outside);
  const findings = grids
    .filter(({ feature }) => refused.has(feature))
    .map(({ origin, name }): ImportFinding => {
      const place = { field: null, values: { value: name }, coordinate: null };
      return { file: 'department-grids', ...origin, verdict: 'refused', message: 'outside-communities', ...place };
    });
  return { changes: [...changes], findings };
}

/** The report when the database refused more rows. */
function withFindings(report: PreparedReport, findings: readonly ImportFinding[]): Pick<PreparedReport, 'counts' | 'findings'> {
  const counts = { ...report.counts };
  for (const { file } of findings) {
    const { taken, refused, mended } = counts[file];
    counts[file] = taken > 0 ? { taken: taken - 1, mended, refused: refused + 1 } : { taken, mended: mended - 1, refused: refused + 1 };
  }
  return { counts, findings: [...report.findings, ...findings.slice(0, MAX_LISTED_FINDINGS)] };
}

function progressOf(total: number, { onProgress, signal }: Writing): (rows: number) => void {
  let done = 0;
  return (rows) => {
    signal?.throwIfAborted();
    done += rows;
    onProgress({ phase: 'writing', fraction: PHASE_STARTS.writing + (1 - PHASE_STARTS.writing) * (done / total), done, total });
  };
}

/** A row for each county that it is about, so that its auditors see it; one for the importer's region where no county can be told. */
async function auditImport(db: Queryable, by: Identity, report: PreparedReport): Promise<void> {
  const { counties, departmentGrids = [], blocks, households } = report;
  const codes = new Set([...counties.map(({ code }) => code), ...departmentGrids.map(({ county }) => county.code)]);
  const detail = { counties: codes.size, blocks, households };
  for (const region of codes.size > 0 ? codes : [by.region])
    await audit(db, by, { action: 'import', region, subject: `region/${region}`, detail });
}
