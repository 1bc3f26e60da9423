// What a newer list and newer borders do to the buildings, and what their blocks count then (I6).
import type { LatticePoint } from '../../coverage/geometry.ts';
import { closedLine } from '../../coverage/ring.ts';
import { distanceToLine } from '../../plan/along-line.ts';
import type { BuildingEntry } from '../buildings.ts';
import { PolygonIndex } from '../polygon-index.ts';
import { isSameEntry, type MatchedBuildings, mergedEntry } from './match-buildings.ts';
import type { LivingBlock, PlannedBlocks } from './plan-blocks.ts';
import type { AddedBuilding, BlockCount, ChangedBuilding, Reimport } from './reimport.ts';
import type { StoredBlock, StoredBuilding } from './stored.ts';

export type PlannedBuildings = Pick<
  Reimport,
  'changedBuildings' | 'addedBuildings' | 'missingBuildings' | 'homelessBuildings' | 'removedBuildings' | 'counts'
> & { readonly unchanged: number; readonly beyond: readonly number[] };

export interface BuildingOptions {
  /** Whether the importer may bring buildings to the community. */
  readonly inReach: (community: string) => boolean;
  /** Communities of which the list holds every building. */
  readonly complete: ReadonlySet<string>;
  readonly removeMissing: boolean;
}

export function planBuildings(
  list: readonly BuildingEntry[],
  { storedOf, unmatched }: MatchedBuildings,
  blocks: readonly StoredBlock[],
  { living }: PlannedBlocks,
  { inReach, complete, removeMissing }: BuildingOptions,
): PlannedBuildings {
  const homes = new Homes(living);
  const settled = new SettledBuildings(living);
  const beyond: number[] = [];
  let unchanged = 0;
  list.forEach((listed, i) => {
    const known = storedOf[i] ?? null;
    const entry = known ? mergedEntry(listed, known) : listed;
    const home = homes.of(entry.point, known);
    if (home && inReach(home.community)) {
      if (!settled.place(entry, home, known)) unchanged += 1;
      return;
    }
    beyond.push(i);
    if (known) settled.stay(known, homes);
  });
  const missingBuildings = list.length > 0 ? unmatched.filter(({ community }) => complete.has(community)) : [];
  const isMissing = new Set(removeMissing ? missingBuildings : []);
  for (const known of unmatched) if (!isMissing.has(known)) settled.stay(known, homes);
  const { changedBuildings, addedBuildings, homelessBuildings } = settled;
  const removed = removeMissing ? [...missingBuildings, ...homelessBuildings] : [];
  return {
    changedBuildings,
    addedBuildings,
    missingBuildings,
    homelessBuildings,
    removedBuildings: removed.map(({ id }) => id),
    counts: settled.changedCounts(blocks),
    beyond,
    unchanged,
  };
}

type Sum = { -readonly [key in keyof BlockCount]: BlockCount[key] };

/** Every building in its block, and what the blocks count. */
class SettledBuildings {
  readonly changedBuildings: ChangedBuilding[] = [];
  readonly addedBuildings: AddedBuilding[] = [];
  readonly homelessBuildings: StoredBuilding[] = [];
  readonly #living: readonly LivingBlock[];
  readonly #counts: ReadonlyMap<number, Sum>;

  constructor(living: readonly LivingBlock[]) {
    this.#living = living;
    this.#counts = new Map(living.map(({ id }) => [id, { households: 0, population: 0, buildings: 0 }]));
  }

  /** Whether that changes anything of what is stored. */
  place(entry: BuildingEntry, { id, community }: LivingBlock, known: StoredBuilding | null): boolean {
    const sum = this.#counts.get(id) as Sum;
    sum.households += entry.households;
    sum.population += entry.population;
    sum.buildings += 1;
    if (!known) this.addedBuildings.push({ community, block: id, entry });
    else if (id === known.block && isSameEntry(entry, known)) return false;
    else this.changedBuildings.push({ id: known.id, community, block: id, entry });
    return true;
  }

  /** A building that no list speaks of, or that a list puts where it cannot be. */
  stay(known: StoredBuilding, homes: Homes): void {
    const home = homes.of(known.point, known);
    if (home) this.place(known, home, known);
    else this.homelessBuildings.push(known);
  }

  /** Of new blocks, and of those whose buildings add up to something else than is stored. */
  changedCounts(blocks: readonly StoredBlock[]): Reimport['counts'] {
    const stored = new Map(blocks.map((block) => [block.id, block]));
    return this.#living.flatMap(({ id, community }) => {
      const now = this.#counts.get(id) as BlockCount;
      const then = stored.get(id);
      const same = then && then.households === now.households && then.population === now.population && then.buildings === now.buildings;
      return same ? [] : [{ block: id, community, ...now }];
    });
  }
}

/** Finds the block of a point. */
class Homes {
  readonly #living: readonly LivingBlock[];
  readonly #index: PolygonIndex;

  constructor(living: readonly LivingBlock[]) {
    this.#living = living;
    this.#index = new PolygonIndex(living.map(({ polygon }) => polygon));
  }

  /** The block that it was in where that still has it, else the first that has the point. null: none has. */
  of(point: LatticePoint, known: StoredBuilding | null): LivingBlock | null {
    const holding = this.#index.holding(point);
    const near = holding.length > 0 ? holding : this.#index.near(...around(point)).filter((i) => this.#isBeside(point, i));
    const found = near.map((i) => this.#living[i] as LivingBlock);
    return found.find(({ id }) => id === known?.block) ?? found[0] ?? null;
  }

  #isBeside([x, y]: LatticePoint, i: number): boolean {
    const { polygon } = this.#living[i] as LivingBlock;
    return polygon.some((ring) => distanceToLine(x, y, closedLine(ring)) <= DRIFT_STEPS);
  }
}

/** A point on a border that noding moved lies so far off it at most, in lattice steps. */
const DRIFT_STEPS = 1.5;
const around = ([x, y]: LatticePoint): [number, number, number, number] => [
  x - DRIFT_STEPS,
  y - DRIFT_STEPS,
  x + DRIFT_STEPS,
  y + DRIFT_STEPS,
];
