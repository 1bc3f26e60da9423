// Household lists of an import: to the buildings of its own files, or to those that are stored; and what the registers of communities say.

import { readCount } from '../../core/import/counts.ts';
import { countHouseholds, type HouseholdCount } from '../../core/import/households/count-households.ts';
import { readHouseholdRows } from '../../core/import/households/household-rows.ts';
import type { KnownBuilding } from '../../core/import/households/match-households.ts';
import type { TiledCommunity } from '../../core/import/misfits.ts';
import { PolygonIndex } from '../../core/import/polygon-index.ts';
import { textProperty } from '../../core/import/text-property.ts';
import type { ImportRowCollections, ValidImport } from '../../core/import/validate.ts';
import type { StoredQuestions } from './stored-questions.ts';

/** A building that is stored, as a household list may mean it. */
export interface ListedBuilding extends KnownBuilding {
  readonly id: number;
}

export interface CountedRows {
  /** The buildings of the files, with the counts of the lists. */
  readonly buildings: ValidImport['buildings'];
  /** By id, of stored buildings that the lists speak of; empty where the files have buildings of their own. */
  readonly stored: ReadonlyMap<number, HouseholdCount>;
  /** Codes of the communities in which those stand. */
  readonly communities: readonly string[];
  /** Households of communities as their own registers say, by code. */
  readonly registers: ReadonlyMap<string, number>;
}

/** `around`: stored communities in which buildings of the files may stand. Rows that fit none or several are refused in the findings. */
export async function applyHouseholds(
  rows: ImportRowCollections,
  valid: ValidImport,
  around: readonly TiledCommunity[],
  stored: StoredQuestions,
): Promise<CountedRows> {
  const { buildings, findings } = valid;
  const nothing = { buildings, stored: new Map(), communities: [], registers: registersOf(rows) };
  if (!rows.households) return nothing;
  const list = readHouseholdRows(rows.households, findings);
  if (buildings.length > 0) {
    const places = [...valid.communities, ...around];
    const counted = countHouseholds(list, known(buildings, places), places, findings);
    const withCounts = buildings.map((building, i) => ({ ...building, ...counted.counts.get(i) }));
    return { ...nothing, buildings: withCounts, registers: new Map([...nothing.registers, ...counted.registers]) };
  }
  const listed = await stored.listedBuildings();
  const counted = countHouseholds(list, listed, await stored.communities(), findings);
  const found = [...counted.counts].map(([i, count]) => ({ ...(listed[i] as ListedBuilding), count }));
  return {
    buildings,
    stored: new Map(found.map(({ id, count }) => [id, count])),
    communities: [...new Set(found.map(({ community }) => community))],
    registers: new Map([...nothing.registers, ...counted.registers]),
  };
}

/** The buildings of files with the community that each stands in. */
function known(buildings: ValidImport['buildings'], places: readonly TiledCommunity[]): KnownBuilding[] {
  const parts = places.flatMap(({ code, name, area }) => area.map((polygon) => ({ code, name, polygon })));
  const index = new PolygonIndex(parts.map(({ polygon }) => polygon));
  return buildings.map((building) => {
    const { code = '', name = '' } = parts[index.holding(building.point)[0] ?? -1] ?? {};
    return { ...building, community: code, communityName: name };
  });
}

/** Field `households` of the communities of the files; what is no count was no register. */
function registersOf({ communities = [] }: ImportRowCollections): Map<string, number> {
  const registers = new Map<string, number>();
  for (const { features } of communities) {
    for (const feature of features) {
      const { properties } = (feature ?? {}) as { properties?: Readonly<Record<string, unknown>> | null };
      const outcome = readCount(properties?.households);
      if (outcome.kind === 'count') registers.set(textProperty(properties?.code), outcome.value);
    }
  }
  return registers;
}
