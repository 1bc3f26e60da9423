// Finds the building that each row of a household list speaks of: by its identifier, by address or name, or by its place.
import Flatbush from 'flatbush';
import type { LatticePoint, Polygon } from '../../coverage/geometry.ts';
import { bareName } from '../../regions/names.ts';
import { MetreFrame } from '../metres.ts';
import { PolygonIndex } from '../polygon-index.ts';
import type { HouseholdRow } from './household-rows.ts';
import { buildingPartsOf, placeText } from './place-words.ts';

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

/** Positions among the buildings: one is a match, none or several have to be settled by a person. */
export type Match = { readonly by: 'id' | 'text' | 'place' | null; readonly buildings: readonly number[] };

/** A building that is only a point is meant by a row at most so far from it, in metres. */
const NEAR_M = 10;
/** Nearest points among which the near ones are looked for. */
const NEAREST = 8;

const NOTHING: Match = { by: null, buildings: [] };

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

  /** The first way that finds anything decides: identifier, then address and name, then place. */
  match(row: HouseholdRow): Match {
    const byId = this.#within(row, this.#byId.get(row.building) ?? []);
    if (row.building !== '' && byId.length > 0) return { by: 'id', buildings: byId };
    const byText = this.#textMatch(row);
    if (byText.length > 0) return { by: 'text', buildings: byText };
    const byPlace = row.point === null ? [] : this.#placeMatch(row.point);
    return byPlace.length > 0 ? { by: 'place', buildings: byPlace } : NOTHING;
  }

  #textMatch(row: HouseholdRow): number[] {
    for (const text of [row.address, row.name].map(placeText).filter((said) => said !== '')) {
      for (const part of buildingPartsOf(text)) {
        const found = this.#within(row, this.#byText.get(part) ?? []);
        if (found.length > 0) return found;
      }
    }
    return [];
  }

  #placeMatch(point: LatticePoint): number[] {
    const holding = this.#footprints.holding(point).map((number) => this.#footprintOf[number] as number);
    if (holding.length > 0) return holding;
    const frame = new MetreFrame(point);
    const near = this.#points?.neighbors(point[0], point[1], NEAREST) ?? [];
    return near
      .map((number) => this.#pointOf[number] as number)
      .filter((i) => Math.hypot(...frame.toMetres(...(this.#buildings[i] as KnownBuilding).point)) <= NEAR_M);
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

const sameCommunity = (a: string, b: string): boolean => communityKey(a) === communityKey(b);

/** Lists write 滨河 or 滨河社区 for 滨河社区居民委员会. */
export const communityKey = (name: string): string => bareName(placeText(name));
