// A building that no border can divide: the written reason for the grid around it. The record is kept in Chinese, as the names are.
import type { Building, CommunityState } from './state.ts';

/** The building that has all households and persons of the block; null: none has, or several share it, so that it could be cut. */
export function onlyBuilding(state: CommunityState, block: number): Building | null {
  const counted = [...state.buildings.values()].filter(
    (building) => building.block === block && (building.households > 0 || building.population > 0),
  );
  return counted.length === 1 ? (counted[0] as Building) : null;
}

export function indivisibleReason({ households, population }: { readonly households: number; readonly population: number }): string {
  return `单栋楼 ${households} 户、${population} 人,无法再划分。`;
}
