// What becomes of the ground: where nothing is stored it is built anew, all other ground is compared with what is there.
import { EVERYWHERE, reaches } from '../../core/accounts/reach.ts';
import type { HouseholdComparison } from '../../core/api/import-messages.ts';
import type { Box } from '../../core/coverage/geometry.ts';
import type { BuildingEntry } from '../../core/import/buildings.ts';
import type { HouseholdCount } from '../../core/import/households/count-households.ts';
import { type ParentRegion, parentRegions } from '../../core/import/parents.ts';
import { planReimport, type ReimportOptions } from '../../core/import/reimport/plan-reimport.ts';
import type { Reimport } from '../../core/import/reimport/reimport.ts';
import type { Stored } from '../../core/import/reimport/stored.ts';
import type { ValidImport } from '../../core/import/validate.ts';
import { registersOfGround, registersOfReimport } from './compare-households.ts';
import { groundRows } from './ground-rows.ts';
import type { Judged } from './judge.ts';
import type { GroundRows } from './rows.ts';
import type { StoredQuestions } from './stored-questions.ts';
import { barriersWithin, communityBeyond } from './within-reach.ts';

export interface SettledGround {
  /** The regions above the communities of the files. */
  readonly parents: readonly ParentRegion[];
  /** The counties are marked as made up. */
  readonly synthetic: boolean;
  /** New communities where nothing is stored; null: none. */
  readonly ground: GroundRows | null;
  /** What becomes of what is stored; null: nothing. */
  readonly reimport: Reimport | null;
  readonly registers: readonly HouseholdComparison[];
  /** A community of the files that the importer does not reach: then nothing is said of the ground. null: there is none. */
  readonly beyond: string | null;
}

interface Settling {
  readonly stored: StoredQuestions;
  /** Region code that the importer reaches; `*`: everything. */
  readonly reach: string;
  readonly removeMissing: boolean;
  /** Told the share done, 0–1. */
  readonly onShare: (share: number) => void;
}

/** A box that meets nothing in the country. */
const NOWHERE: Box = { minX: 0, minY: 0, maxX: 0, maxY: 0 };

/** May refuse rows beyond the reach. */
export async function settleGround(all: Judged, { stored, reach, removeMissing, onShare }: Settling): Promise<SettledGround> {
  const beyond = communityBeyond(all.valid, reach);
  if (beyond !== null) return { parents: [], synthetic: false, ground: null, reimport: null, registers: [], beyond };
  const judged = reach === EVERYWHERE ? all : await withoutBarriersBeyond(all, stored, reach);
  const { boxes, valid, counted } = judged;
  const parents = parentRegions(valid.communities, valid.findings);
  const nothing = { parents, synthetic: valid.synthetic, ground: null, reimport: null, registers: [], beyond };
  const codes = [...valid.communities.map(({ code }) => code), ...counted.communities];
  if (boxes.all === null && codes.length === 0) return nothing;
  const there = await stored.ground(codes, boxes.withoutBarriers ?? NOWHERE, boxes.all ?? NOWHERE);
  if (there.communities.length + there.barriers.length + there.institutions.length === 0) {
    const ground = groundRows(valid, onShare);
    return { ...nothing, ground, registers: registersOfGround(ground, counted.registers) };
  }
  const reimport = compare(judged, there, { reach, removeMissing });
  return { ...nothing, reimport, registers: registersOfReimport(reimport, there, counted.registers, reach) };
}

async function withoutBarriersBeyond(judged: Judged, stored: StoredQuestions, reach: string): Promise<Judged> {
  const met = await stored.communitiesAround(judged.boxes.all);
  return { ...judged, valid: { ...judged.valid, barriers: barriersWithin(judged.valid, met, reach) } };
}

function compare({ valid, counted, uncounted }: Judged, there: Stored, options: ReimportOptions): Reimport {
  if (counted.stored.size > 0) {
    const own = there.buildings.filter(({ community }) => reaches(options.reach, community));
    const { unchanged, ...reimport } = planReimport({ ...valid, buildings: recounted(own, counted.stored) }, there, options);
    refuseBeyond(valid, { buildings: [], institutions: reimport.beyond.institutions });
    return { ...reimport, unchanged: { ...unchanged, buildings: counted.stored.size - reimport.changedBuildings.length } };
  }
  const buildings = uncounted ? withStoredCounts(valid.buildings, there, options.reach) : valid.buildings;
  const reimport = planReimport({ ...valid, buildings }, there, options);
  refuseBeyond(valid, reimport.beyond);
  return reimport;
}

const recounted = (buildings: Stored['buildings'], counts: ReadonlyMap<number, HouseholdCount>): BuildingEntry[] =>
  buildings.map((building) => ({ ...building, ...counts.get(building.id) }));

/** A newer open map changes outlines and names, and leaves the counts alone. */
function withStoredCounts(buildings: ValidImport['buildings'], there: Stored, reach: string): BuildingEntry[] {
  const own = there.buildings.filter(({ community }) => reaches(reach, community));
  const known = new Map(own.map((building) => [building.sourceId, building]));
  return buildings.map((building) => {
    const { households, population } = known.get(building.sourceId || ' ') ?? building;
    return { ...building, households, population };
  });
}

/** Rows outside of what the importer reaches. */
function refuseBeyond({ buildings, institutions, findings }: ValidImport, beyond: Reimport['beyond']): void {
  for (const i of beyond.buildings) findings.refuse('buildings', 'beyond-region', { feature: buildings[i]?.feature as number });
  for (const i of beyond.institutions) findings.refuse('institutions', 'beyond-region', { feature: institutions[i]?.feature as number });
}
