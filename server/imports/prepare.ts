// All of an import that needs no transaction: read, judge, build blocks, compare with what is stored. In a thread of its own.
import type { ImportDecisions, ImportProgress, ImportReport } from '../../core/api/import-messages.ts';
import { type ParentRegion, parentRegions } from '../../core/import/parents.ts';
import type { Reimport } from '../../core/import/reimport/reimport.ts';
import { mayBeStored, type ValidImport, validateRows } from '../../core/import/validate.ts';
import { judgeCommunities } from '../../core/regions/judge-communities.ts';
import { writeFindingLines } from './findings-csv.ts';
import { groundRows } from './ground-rows.ts';
import { readRows } from './read-rows.ts';
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
export interface PreparedRows {
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
  const { rows, dropped } = await readRows(sources, shareOf('reading', PHASE_STARTS.validating));
  const around = await stored.communitiesAround(boxOfRows(rows, ['communities', 'buildings', 'institutions']));
  const valid = validateRows(rows, { decisions, stored: around }, shareOf('validating', PHASE_STARTS['building-blocks']));
  const known = await stored.knownCommunities(valid.communities.map(({ code }) => code));
  judgeCommunities(valid.communities, known, valid.findings);
  const there = new Set(around.map(({ code }) => code));
  for (const { code, name, feature } of valid.communities) {
    if (there.has(code)) valid.findings.refuse('communities', 'community-exists', { feature, field: 'code', values: { code, name } });
  }
  const prepared = mayBeStored(valid, decisions.skipRefused) ? settle(valid, shareOf('building-blocks', PHASE_STARTS.writing)) : null;
  if (findings !== null) writeFindingLines(findings, valid.findings.all);
  return { report: { ...reportOf(valid, prepared), dropped }, rows: prepared };
}

function settle(valid: ValidImport, onShare: (share: number) => void): PreparedRows {
  const parents = parentRegions(valid.communities, valid.findings);
  return { parents, synthetic: valid.synthetic, ground: groundRows(valid, onShare), reimport: null };
}

function reportOf(valid: ValidImport, prepared: PreparedRows | null): Omit<PreparedReport, 'dropped'> {
  const sumOf = (count: 'households' | 'population'): number => valid.buildings.reduce((sum, building) => sum + building[count], 0);
  const counties = (prepared?.parents ?? []).filter(({ code }) => code.length === COUNTY_DIGITS);
  return {
    counts: valid.findings.counts(),
    unchanged: Object.values(prepared?.reimport?.unchanged ?? {}).reduce((sum, count) => sum + count, 0),
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
