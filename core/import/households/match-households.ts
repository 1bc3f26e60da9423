// Finds the building that each row of a household list speaks of: by its identifier, address, name and place.
import Flatbush from 'flatbush';
import type { LatticePoint, Polygon } from '../../coverage/geometry.ts';
import { MetreFrame } from '../metres.ts';
import { PolygonIndex } from '../polygon-index.ts';
import type { HouseholdRow } from './household-rows.ts';
import { buildingPartsOf, placeText, sameCommunity } from './place-words.ts';

export interface KnownBuilding {
  readonly sourceId: string;
  readonly name: string;
  readonly address: string;
  /** Code and name of the community that it stands in. */
  readonly community: string;
  readonly communityName: string;
  readonly point: LatticePoint;
  readonly footprint: Polygon | null;
}

/** A building that is only a point is meant by a row at most so far from it, in metres. */
const NEAR_M = 10;
/** Nearest points among which the near ones are looked for. */
const NEAREST = 8;

export class HouseholdMatcher {
  readonly #buildings: readonly KnownBuilding[];
  readonly #byId = new Map<string, number[]>();
  readonly #byText = new Map<string, number[]>();
  readonly #footprints: PolygonIndex;
  readonly #footprintOf: readonly number[];
  readonly #points: Flatbush | null;
  readonly #pointOf: readonly number[];

  constructor(buildings: readonly KnownBuilding[]) {
    this.#buildings = buildings;
    buildings.forEach(({ sourceId, name, address }, i) => {
      add(this.#byId, sourceId, i);
      for (const text of new Set([placeText(address), placeText(name)])) add(this.#byText, text, i);
    });
    this.#footprintOf = buildings.flatMap(({ footprint }, i) => (footprint ? [i] : []));
    this.#footprints = new PolygonIndex(this.#footprintOf.map((i) => (buildings[i] as KnownBuilding).footprint as Polygon));
    this.#pointOf = buildings.flatMap(({ footprint }, i) => (footprint ? [] : [i]));
    // flatbush refuses to be empty
    this.#points = this.#pointOf.length === 0 ? null : new Flatbush(this.#pointOf.length);
    for (const i of this.#pointOf) {
      const [x, y] = (buildings[i] as KnownBuilding).point;
      this.#points?.add(x, y);
    }
    this.#points?.finish();
  }

  /**
   * Positions among the buildings: one is a match, none or several have to be settled by a person. Identifier, address, name and place
   * are asked in this order; each narrows what those before it left, and never to none.
   */
  match(row: HouseholdRow): readonly number[] {
    let left: readonly number[] = [];
    for (const hint of this.#hints(row)) {
      const known = new Set(left);
      for (const found of hint) {
        const narrowed = this.#within(row, left.length === 0 ? found : found.filter((i) => known.has(i)));
        if (narrowed.length === 0) continue;
        left = narrowed;
        break;
      }
      if (left.length === 1) break;
    }
    return left;
  }

  /** What each statement of a row may mean, the most exact reading first. */
  *#hints({ building, address, name, point }: HouseholdRow): Generator<Iterable<readonly number[]>> {
    yield [this.#byId.get(building) ?? []];
    for (const text of [address, name]) yield this.#withText(placeText(text));
    if (point !== null) yield this.#at(point);
  }

  *#withText(text: string): Generator<readonly number[]> {
    for (const part of buildingPartsOf(text)) yield this.#byText.get(part) ?? [];
  }

  *#at(point: LatticePoint): Generator<readonly number[]> {
    yield this.#footprints.holding(point).map((number) => this.#footprintOf[number] as number);
    const frame = new MetreFrame(point);
    const nearest = (this.#points?.neighbors(point[0], point[1], NEAREST) ?? []).map((number) => this.#pointOf[number] as number);
    const distancesM = new Map(nearest.map((i) => [i, Math.hypot(...frame.toMetres(...(this.#buildings[i] as KnownBuilding).point))]));
    yield nearest.filter((i) => distancesM.get(i) === 0);
    yield nearest.filter((i) => (distancesM.get(i) as number) <= NEAR_M);
  }

  /** Of those found, the ones in the community that the row names; all where it names none. */
  #within({ communityCode, community }: HouseholdRow, found: readonly number[]): number[] {
    return found.filter((i) => {
      const building = this.#buildings[i] as KnownBuilding;
      return (
        (communityCode === '' || building.community === communityCode) &&
        (community === '' || communityCode !== '' || sameCommunity(building.communityName, community))
      );
    });
  }
}

function add(map: Map<string, number[]>, key: string, i: number): void {
  if (key === '') return;
  const found = map.get(key);
  if (found) found.push(i);
  else map.set(key, [i]);
}
