// What a household list says of the buildings and communities: counts by building, registers by community, rows that fit nothing.

import { groupBy } from '../../group-by.ts';
import type { Findings } from '../findings.ts';
import type { HouseholdRow } from './household-rows.ts';
import { HouseholdMatcher, type KnownBuilding } from './match-households.ts';
import { communityKey } from './place-words.ts';

export interface HouseholdCount {
  readonly households: number;
  readonly population: number;
}

export interface CountedHouseholds {
  /** By position of the building; buildings that no row speaks of are not in it. */
  readonly counts: ReadonlyMap<number, HouseholdCount>;
  /** Households of a whole community, by code: rows that name a community and no building. */
  readonly registers: ReadonlyMap<string, number>;
}

/** Rows of one building add up. Rows that fit none or several are refused in the findings, each by its number and reason. */
export function countHouseholds(
  rows: readonly HouseholdRow[],
  buildings: readonly KnownBuilding[],
  communities: readonly { readonly code: string; readonly name: string }[],
  findings: Findings,
): CountedHouseholds {
  const matcher = new HouseholdMatcher(buildings);
  const byCode = groupBy(communities, ({ code }) => code);
  const byName = groupBy(communities, ({ name }) => communityKey(name));
  const sums = new Map<number, HouseholdCount>();
  const registers = new Map<string, number>();
  for (const row of rows) {
    if (speaksOfCommunity(row)) {
      const found = row.communityCode === '' ? byName.get(communityKey(row.community)) : byCode.get(row.communityCode);
      const code = settleCommunity(row, found ?? [], findings);
      if (code !== null) registers.set(code, (registers.get(code) ?? 0) + row.households);
      continue;
    }
    const building = settleBuilding(row, matcher, findings);
    if (building === null) continue;
    const before = sums.get(building) ?? { households: 0, population: 0 };
    sums.set(building, { households: before.households + row.households, population: before.population + row.population });
  }
  return {
    counts: new Map([...sums].map(([building, sum]) => [building, { ...sum, population: Math.round(sum.population) }])),
    registers,
  };
}

const speaksOfCommunity = ({ building, address, name, point, communityCode, community }: HouseholdRow): boolean =>
  building === '' && address === '' && name === '' && point === null && (communityCode !== '' || community !== '');

function settleBuilding(row: HouseholdRow, matcher: HouseholdMatcher, findings: Findings): number | null {
  const buildings = matcher.match(row);
  const [only, ...others] = buildings;
  if (only !== undefined && others.length === 0) return only;
  const field = row.building !== '' ? 'building' : row.address !== '' ? 'address' : row.name !== '' ? 'name' : 'lon';
  const value = row.building || row.address || row.name;
  const place = { feature: row.feature, field, values: { value, count: buildings.length, households: row.households } };
  findings.refuse('households', only === undefined ? 'household-row-unmatched' : 'household-row-several', place);
  return null;
}

function settleCommunity(row: HouseholdRow, found: readonly { readonly code: string }[], findings: Findings): string | null {
  const [only, ...others] = found;
  if (only && others.length === 0) return only.code;
  const values = { value: row.communityCode || row.community, count: found.length };
  const message = only ? 'register-row-several' : 'register-row-unmatched';
  findings.refuse('households', message, { feature: row.feature, field: 'community', values });
  return null;
}
