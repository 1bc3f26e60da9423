// Which building of a list is which of those that are stored: by the office's own identifier, else by the identical place.
import { locate } from '../../coverage/locate.ts';
import { groupBy } from '../../group-by.ts';
import type { BuildingEntry } from '../buildings.ts';
import type { StoredBuilding } from './stored.ts';

export interface MatchedBuildings {
  /** By position in the list; null: it is new. */
  readonly storedOf: readonly (StoredBuilding | null)[];
  /** Stored ones that the list does not have. */
  readonly unmatched: readonly StoredBuilding[];
}

/** Each stored building is met once at most. `mayBeSame`: an identifier alone tells nothing across the lists of different offices. */
export function matchBuildings(
  list: readonly BuildingEntry[],
  stored: readonly StoredBuilding[],
  mayBeSame: (entry: BuildingEntry, known: StoredBuilding) => boolean,
): MatchedBuildings {
  const left = new Set(stored);
  const storedOf: (StoredBuilding | null)[] = list.map(() => null);
  const match = (
    known: ReadonlyMap<string, readonly StoredBuilding[]>,
    keyOf: (entry: BuildingEntry) => string,
    fits: (entry: BuildingEntry, building: StoredBuilding) => boolean,
  ): void =>
    list.forEach((entry, i) => {
      if (storedOf[i] || keyOf(entry) === '') return;
      const candidates = (known.get(keyOf(entry)) ?? []).filter((building) => left.has(building) && fits(entry, building));
      const found = candidates.find((building) => isSamePlace(entry, building) && entry.name === building.name) ?? candidates[0];
      if (!found) return;
      storedOf[i] = found;
      left.delete(found);
    });
  match(groupBy(stored, idOf), idOf, (entry, known) => isSamePlace(entry, known) || mayBeSame(entry, known));
  match(groupBy(stored, placeOf), placeOf, () => true);
  return { storedOf, unmatched: [...left] };
}

/** What is stored of a building once the list has spoken: what it leaves empty stays, and a point in the footprint moves nothing. */
export function mergedEntry(entry: BuildingEntry, known: StoredBuilding): BuildingEntry {
  const inFootprint = entry.footprint === null && known.footprint !== null && locate(entry.point, known.footprint) !== 'outside';
  return {
    sourceId: entry.sourceId || known.sourceId,
    name: entry.name || known.name,
    use: entry.use || known.use,
    address: entry.address || known.address,
    group: entry.group || known.group,
    households: entry.households,
    population: entry.population,
    point: inFootprint ? known.point : entry.point,
    footprint: inFootprint ? known.footprint : entry.footprint,
  };
}

export function isSameEntry(a: BuildingEntry, b: BuildingEntry): boolean {
  const texts: (keyof BuildingEntry)[] = ['sourceId', 'name', 'address', 'use', 'group', 'households', 'population'];
  return texts.every((key) => a[key] === b[key]) && isSamePlace(a, b) && JSON.stringify(a.footprint) === JSON.stringify(b.footprint);
}

const idOf = ({ sourceId }: BuildingEntry): string => sourceId;
const placeOf = ({ point }: BuildingEntry): string => `${point[0]} ${point[1]}`;
const isSamePlace = (a: BuildingEntry, b: BuildingEntry): boolean => a.point[0] === b.point[0] && a.point[1] === b.point[1];
