// All of an import that needs no transaction: read, judge, build blocks, compare with what is stored. In a thread of its own.
import type { ImportDecisions, ImportProgress, ImportReport } from '../../core/api/import-messages.ts';
import type { Reimport } from '../../core/import/reimport/reimport.ts';
import { mayBeStored, type ValidImport } from '../../core/import/validate.ts';
import { writeFindingLines } from './findings-csv.ts';
import { type Judged, judge } from './judge.ts';
import type { OtherRows } from './other-kinds.ts';
import { readFiles } from './read-rows.ts';
import { type SettledGround, settleGround } from './settle-ground.ts';
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
export type PreparedRows = SettledGround & OtherRows & Pick<Judged, 'attributions'>;

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
  { sources, decisions, asked, reach, findings }: PrepareRequest,
  stored: StoredQuestions,
  onProgress: (progress: PrepareProgress) => void,
): Promise<Prepared> {
  const shareOf = (phase: keyof typeof PHASE_STARTS, end: number) => (share: number) => {
    const start = PHASE_STARTS[phase];
    onProgress({ phase, fraction: start + (end - start) * share, done: Math.round(share * PERCENT), total: PERCENT });
  };
  // In a function of its own, which lets the rows go when it ends.
  const readAndJudge = async () => {
    const { files, dropped } = await readFiles(sources, shareOf('reading', PHASE_STARTS.validating));
    const judging = { decisions: asked ? decisions : undefined, stored, onShare: shareOf('validating', PHASE_STARTS['building-blocks']) };
    return { judged: await judge(files, judging), dropped };
  };
  const { judged, dropped } = await readAndJudge();
  const { valid, others, attributions } = judged;
  const mayStore = (): boolean => mayBeStored(valid, decisions.skipRefused);
  const settling = {
    stored,
    reach,
    removeMissing: decisions.removeMissing ?? false,
    onShare: shareOf('building-blocks', PHASE_STARTS.writing),
  };
  const ground = mayStore() ? await settleGround(judged, settling) : null;
  // Comparing may have refused more.
  const rows = ground && mayStore() ? { ...ground, ...others, attributions } : null;
  if (findings !== null) writeFindingLines(findings, valid.findings.all);
  return { report: { ...reportOf(valid, rows), dropped }, rows };
}

function reportOf(valid: ValidImport, prepared: PreparedRows | null): Omit<PreparedReport, 'dropped'> {
  const sumOf = (count: 'households' | 'population'): number => valid.buildings.reduce((sum, building) => sum + building[count], 0);
  const counties = (prepared?.parents ?? []).filter(({ code }) => code.length === COUNTY_DIGITS);
  return {
    counts: valid.findings.counts(),
    unchanged: unchangedIn(prepared),
    findings: [...valid.findings.list],
    misfits: [...valid.misfits],
    registers: [...(prepared?.registers ?? [])],
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
