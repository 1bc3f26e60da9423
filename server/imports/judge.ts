// Judges all files of an import, kind by kind; everything that is mended or refused is found here.
import type { ImportDecisions } from '../../core/api/import-messages.ts';
import type { Box } from '../../core/coverage/geometry.ts';
import type { Attribution } from '../../core/import/attribution.ts';
import { IMPORT_KINDS } from '../../core/import/findings.ts';
import type { TiledCommunity } from '../../core/import/misfits.ts';
import { GROUND_KINDS, type ImportRowCollections, type ValidImport, validateRows } from '../../core/import/validate.ts';
import { judgeCommunities, type KnownCommunity } from '../../core/regions/judge-communities.ts';
import { attributionsOf } from './attributions.ts';
import { applyHouseholds, type CountedRows } from './household-counts.ts';
import { judgeDepartmentGrids, judgeStaff, judgeTables, type OtherRows } from './other-kinds.ts';
import { type ReadFile, rowsByKind } from './read-rows.ts';
import { tellReaderFindings } from './reader-findings.ts';
import { boxOfRows } from './rows-box.ts';
import type { StoredQuestions } from './stored-questions.ts';

export interface Judged {
  /** Where the rows lie; the rows themselves would fill the memory while blocks are built. */
  readonly boxes: { readonly all: Box | null; readonly withoutBarriers: Box | null };
  readonly valid: ValidImport;
  readonly counted: CountedRows;
  /** The buildings of the files come without households: those that are stored keep theirs. */
  readonly uncounted: boolean;
  readonly others: OtherRows;
  readonly attributions: readonly Attribution[];
}

interface Judging {
  /** undefined: nobody was asked about gaps and overlaps. */
  readonly decisions: ImportDecisions | undefined;
  readonly stored: StoredQuestions;
  /** Told the share done, 0–1. */
  readonly onShare: (share: number) => void;
}

/** The rows of buildings are gone afterwards. Throws UnusableFile when nothing of a kind can be read. */
export async function judge(files: readonly ReadFile[], { decisions, stored, onShare }: Judging): Promise<Judged> {
  const rows = rowsByKind(files);
  const uncounted = files.some(isUncounted) && files.every((file) => file.kind !== 'buildings' || isUncounted(file));
  const boxes = { all: boxOfRows(rows, GROUND_KINDS), withoutBarriers: boxOfRows(rows, ['communities', 'buildings', 'institutions']) };
  const attributions = attributionsOf(files);
  const around = await stored.communitiesAround(boxes.withoutBarriers);
  const valid = await judgeGround(rows, around, { uncounted, decisions, stored, onShare });
  const counted = await applyHouseholds(rows, valid, around, stored);
  const { findings } = valid;
  const others = {
    tables: judgeTables(files, findings),
    departmentGrids: judgeDepartmentGrids(files, findings),
    staff: await judgeStaff(files, stored, findings),
  };
  for (const kind of IMPORT_KINDS) {
    const own = files.filter((file) => file.kind === kind);
    tellReaderFindings(findings, kind, own);
  }
  return { boxes, valid: { ...valid, buildings: counted.buildings }, counted, uncounted, others, attributions };
}

/** An open map knows buildings, not who lives in them. */
const isUncounted = ({ kind, format }: ReadFile): boolean => kind === 'buildings' && format === 'osm';

async function judgeGround(
  rows: ImportRowCollections,
  around: readonly TiledCommunity[],
  { uncounted, decisions, stored, onShare }: Judging & { readonly uncounted: boolean },
): Promise<ValidImport> {
  const countedElsewhere = uncounted || rows.households !== undefined;
  const valid = validateRows(rows, { decisions, stored: around, countedElsewhere, letGo: true }, onShare);
  const known = await stored.knownCommunities(valid.communities.map(({ code }) => code));
  judgeCommunities(valid.communities, known, valid.findings);
  return { ...valid, communities: named(valid.communities, known) };
}

/** As the table of codes calls them; one whose name it does not have is called by its code there. */
function named(communities: ValidImport['communities'], known: readonly KnownCommunity[]): ValidImport['communities'] {
  const names = new Map(known.filter(({ code, name }) => name !== code).map(({ code, name }) => [code, name]));
  return communities.map((community) => ({ ...community, name: names.get(community.code) ?? community.name }));
}
