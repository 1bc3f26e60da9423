// The written reason for a grid around one building that no border can divide. The record is kept in Chinese, as the names are.
import type { CommunityState } from './state.ts';

/** The reason when a single building has all households and persons of the block; null: several share it, so that it could be cut. */
export function indivisibleReason(state: CommunityState, block: number): string | null {
  const lived = [...state.buildings.values()].filter(
    (building) => building.block === block && (building.households > 0 || building.population > 0),
  );
  const [building] = lived;
  if (!building || lived.length > 1) return null;
  return `单栋楼 ${building.households} 户、${building.population} 人,无法再划分。`;
}
