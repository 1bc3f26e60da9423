// All of an import that needs no transaction: read, judge, build blocks, compare with what is stored. In a thread of its own.
import type { ImportDecisions, ImportProgress, ImportReport } from '../../core/api/import-messages.ts';
import { IMPORT_KINDS } from '../../core/import/findings.ts';
import { type ParentRegion, parentRegions } from '../../core/import/parents.ts';
import type { Reimport } from '../../core/import/reimport/reimport.ts';
import { mayBeStored, type ValidImport, validateRows } from '../../core/import/validate.ts';
import { judgeCommunities } from '../../core/regions/judge-communities.ts';
import { writeFindingLines } from './findings-csv.ts';
import { groundRows } from './ground-rows.ts';
import { judgeDepartmentGrids, judgeStaff, judgeTables, type OtherRows } from './other-kinds.ts';
import { type ReadFile, readFiles, rowsByKind } from './read-rows.ts';
import { tellReaderFindings } from './reader-findings.ts';
import type { GroundRows } from './rows.ts';
import { boxOfRows } from './rows-box.ts';
import type { SourceToRead } from './source-to-read.ts';
import type { StoredQuestions } from './stored-questions.ts';

export interface PrepareRequest {
  readonly sources: readonly SourceToRead[];
  readonly decisions: ImportDecisions;
  /** Region code that the importer reaches; `*`: everything. */
  readonly reach: string;
  /** Where every finding is written, a line each; null: nowhere. */
  readonly findings: string | null;
}

/** What the writers of an import are handed. */
export interface PreparedRows extends OtherRows {
  /** The regions above the communities of the files. */
  readonly parents: readonly ParentRegion[];
  /** The counties are marked as made up. */
  readonly synthetic: boolean;
  /** New communities where nothing is stored; null: none. */
  readonly ground: GroundRows | null;
  /** What becomes of what is stored; null: nothing. */
  readonly reimport: Reimport | null;
}

/** Everything of a report but the time it took. */
export type PreparedReport = Omit<ImportReport, 'seconds'>;

/** `rows` is null when too much was refused for anything to be stored. */
export interface Prepared {
  readonly report: PreparedReport;
  readonly rows: PreparedRows | null;
}

export type PrepareProgress = Omit<ImportProgress, 'id'>;

/** Where each phase begins within the whole import. */
export const PHASE_STARTS = { reading: 0, validating: 0.15, 'building-blocks': 0.35, writing: 0.6 } as const;
const PERCENT = 100;
const COUNTY_DIGITS = 6;

/** Throws UnusableFile when a file cannot be read at all. */
export async function prepareImport(
  { sources, decisions, findings }: PrepareRequest,
  stored: StoredQuestions,
  onProgress: (progress: PrepareProgress) => void,
): Promise<Prepared> {
  const shareOf = (phase: keyof typeof PHASE_STARTS, end: number) => (share: number) => {
    const start = PHASE_STARTS[phase];
    onProgress({ phase, fraction: start + (end - start) * share, done: Math.round(share * PERCENT), total: PERCENT });
  };
  const { files, dropped } = await readFiles(sources, shareOf('reading', PHASE_STARTS.validating));
  const judged = await judge(files, { decisions, stored, onShare: shareOf('validating', PHASE_STARTS['building-blocks']) });
  const { valid, others } = judged;
  const mayStore = mayBeStored(valid, decisions.skipRefused);
  const rows = mayStore ? { ...settle(valid, shareOf('building-blocks', PHASE_STARTS.writing)), ...others } : null;
  if (findings !== null) writeFindingLines(findings, valid.findings.all);
  return { report: { ...reportOf(valid, rows), dropped }, rows };
}

interface Judging {
  readonly decisions: ImportDecisions;
  readonly stored: StoredQuestions;
  readonly onShare: (share: number) => void;
}

async function judge(
  files: readonly ReadFile[],
  { decisions, stored, onShare }: Judging,
): Promise<{ valid: ValidImport; others: OtherRows }> {
  const rows = rowsByKind(files);
  const around = await stored.communitiesAround(boxOfRows(rows, ['communities', 'buildings', 'institutions']));
  const valid = validateRows(rows, { decisions, stored: around }, onShare);
  const { findings } = valid;
  judgeCommunities(valid.communities, await stored.knownCommunities(valid.communities.map(({ code }) => code)), findings);
  const there = new Set(around.map(({ code }) => code));
  for (const { code, name, feature } of valid.communities) {
    if (there.has(code)) findings.refuse('communities', 'community-exists', { feature, field: 'code', values: { code, name } });
  }
  const others = {
    tables: judgeTables(files, findings),
    departmentGrids: judgeDepartmentGrids(files, findings),
    staff: await judgeStaff(files, stored, findings),
  };
  for (const kind of IMPORT_KINDS)
    tellReaderFindings(
      findings,
      kind,
      files.filter((file) => file.kind === kind),
    );
  return { valid, others };
}

function settle(valid: ValidImport, onShare: (share: number) => void): Omit<PreparedRows, keyof OtherRows> {
  const parents = parentRegions(valid.communities, valid.findings);
  const { communities, buildings, barriers, institutions, synthetic } = valid;
  const nothing = { parents, synthetic, ground: null, reimport: null };
  if (communities.length + buildings.length + barriers.length + institutions.length === 0) return nothing;
  return { ...nothing, ground: groundRows(valid, onShare) };
}

function reportOf(valid: ValidImport, prepared: PreparedRows | null): Omit<PreparedReport, 'dropped'> {
  const sumOf = (count: 'households' | 'population'): number => valid.buildings.reduce((sum, building) => sum + building[count], 0);
  const counties = (prepared?.parents ?? []).filter(({ code }) => code.length === COUNTY_DIGITS);
  return {
    counts: valid.findings.counts(),
    unchanged: unchangedIn(prepared),
    findings: [...valid.findings.list],
    misfits: [...valid.misfits],
    registers: [],
    boundaries: [],
    regions: [],
    departmentGrids: [],
    counties: counties.map(({ code, name }) => ({ code, name: name || code })),
    blocks: prepared?.ground?.blocks.community.length ?? 0,
    households: prepared ? sumOf('households') : 0,
    population: prepared ? sumOf('population') : 0,
  };
}

/** Rows that were there already, as far as it takes no database to tell. */
function unchangedIn(prepared: PreparedRows | null): number {
  const ground = Object.values(prepared?.reimport?.unchanged ?? {}).reduce((sum, count) => sum + count, 0);
  return ground + (prepared?.staff ?? []).reduce((sum, { unchanged }) => sum + unchanged, 0);
}
