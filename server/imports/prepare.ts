// All of an import that needs no transaction: read, judge, build blocks, compare with what is stored. In a thread of its own.
import type { ImportDecisions, ImportProgress, ImportReport } from '../../core/api/import-messages.ts';
import type { Box } from '../../core/coverage/geometry.ts';
import { IMPORT_KINDS } from '../../core/import/findings.ts';
import { type ParentRegion, parentRegions } from '../../core/import/parents.ts';
import { planReimport } from '../../core/import/reimport/plan-reimport.ts';
import type { Reimport } from '../../core/import/reimport/reimport.ts';
import { GROUND_KINDS, type ImportRowCollections, mayBeStored, type ValidImport, validateRows } from '../../core/import/validate.ts';
import { judgeCommunities, type KnownCommunity } from '../../core/regions/judge-communities.ts';
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
  /** People saw the gaps and overlaps; else the answer that leaves refused rows out leaves gaps open. */
  readonly asked: boolean;
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
/** A box that meets nothing in the country. */
const NOWHERE: Box = { minX: 0, minY: 0, maxX: 0, maxY: 0 };

/** Throws UnusableFile when a file cannot be read at all. */
export async function prepareImport(
  { sources, decisions, asked, reach, findings }: PrepareRequest,
  stored: StoredQuestions,
  onProgress: (progress: PrepareProgress) => void,
): Promise<Prepared> {
  const shareOf = (phase: keyof typeof PHASE_STARTS, end: number) => (share: number) => {
    const start = PHASE_STARTS[phase];
    onProgress({ phase, fraction: start + (end - start) * share, done: Math.round(share * PERCENT), total: PERCENT });
  };
  const { files, dropped } = await readFiles(sources, shareOf('reading', PHASE_STARTS.validating));
  const judged = await judge(files, {
    decisions: asked ? decisions : undefined,
    stored,
    onShare: shareOf('validating', PHASE_STARTS['building-blocks']),
  });
  const { valid, others } = judged;
  const onShare = shareOf('building-blocks', PHASE_STARTS.writing);
  const settling = { stored, reach, removeMissing: decisions.removeMissing ?? false, onShare };
  const ground = mayBeStored(valid, decisions.skipRefused) ? await settle(valid, rowsByKind(files), settling) : null;
  // Comparing may have refused more.
  const rows = ground && mayBeStored(valid, decisions.skipRefused) ? { ...ground, ...others } : null;
  if (findings !== null) writeFindingLines(findings, valid.findings.all);
  return { report: { ...reportOf(valid, rows), dropped }, rows };
}

interface Judging {
  readonly decisions: ImportDecisions | undefined;
  readonly stored: StoredQuestions;
  readonly onShare: (share: number) => void;
}

async function judge(
  files: readonly ReadFile[],
  { decisions, stored, onShare }: Judging,
): Promise<{ valid: ValidImport; others: OtherRows }> {
  const rows = rowsByKind(files);
  const around = await stored.communitiesAround(boxOfRows(rows, ['communities', 'buildings', 'institutions']));
  const read = validateRows(rows, { decisions, stored: around }, onShare);
  const { findings } = read;
  const known = await stored.knownCommunities(read.communities.map(({ code }) => code));
  judgeCommunities(read.communities, known, findings);
  const valid = { ...read, communities: named(read.communities, known) };
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

/** As the table of codes calls them; one whose name it does not have is called by its code there. */
function named(communities: ValidImport['communities'], known: readonly KnownCommunity[]): ValidImport['communities'] {
  const names = new Map(known.filter(({ code, name }) => name !== code).map(({ code, name }) => [code, name]));
  return communities.map((community) => ({ ...community, name: names.get(community.code) ?? community.name }));
}

interface Settling {
  readonly stored: StoredQuestions;
  readonly reach: string;
  readonly removeMissing: boolean;
  readonly onShare: (share: number) => void;
}

/** Ground where nothing is stored is built anew; all other ground is compared with what is there. */
async function settle(
  valid: ValidImport,
  rows: ImportRowCollections,
  { stored, reach, removeMissing, onShare }: Settling,
): Promise<Omit<PreparedRows, keyof OtherRows>> {
  const { communities, synthetic, findings } = valid;
  const nothing = { parents: parentRegions(communities, findings), synthetic, ground: null, reimport: null };
  const everywhere = boxOfRows(rows, GROUND_KINDS);
  if (everywhere === null) return nothing;
  const codes = communities.map(({ code }) => code);
  const there = await stored.ground(codes, boxOfRows(rows, ['communities', 'buildings', 'institutions']) ?? NOWHERE, everywhere);
  if (there.communities.length + there.barriers.length + there.institutions.length === 0) {
    return { ...nothing, ground: groundRows(valid, onShare) };
  }
  const reimport = planReimport(valid, there, { reach, removeMissing });
  refuseBeyond(valid, reimport);
  return { ...nothing, reimport };
}

/** Rows outside of what the importer reaches. */
function refuseBeyond({ buildings, institutions, findings }: ValidImport, { beyond }: Reimport): void {
  for (const i of beyond.buildings) findings.refuse('buildings', 'beyond-region', { feature: buildings[i]?.feature as number });
  for (const i of beyond.institutions) findings.refuse('institutions', 'beyond-region', { feature: institutions[i]?.feature as number });
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
    ...(prepared?.reimport && { missingBuildings: missingIn(prepared.reimport) }),
    blocks: prepared?.ground?.blocks.community.length ?? 0,
    households: prepared ? sumOf('households') : 0,
    population: prepared ? sumOf('population') : 0,
  };
}

function missingIn({ missingBuildings, removedBuildings }: Reimport): NonNullable<ImportReport['missingBuildings']> {
  const households = missingBuildings.reduce((sum, building) => sum + building.households, 0);
  return { buildings: missingBuildings.length, households, removed: removedBuildings.length > 0 };
}

/** Rows that were there already, as far as it takes no database to tell. */
function unchangedIn(prepared: PreparedRows | null): number {
  const ground = Object.values(prepared?.reimport?.unchanged ?? {}).reduce((sum, count) => sum + count, 0);
  return ground + (prepared?.staff ?? []).reduce((sum, { unchanged }) => sum + unchanged, 0);
}
