// Households, persons and buildings of a grid, from the stored assignment of blocks.
import { locate } from '../coverage/locate.ts';
import type { CommunityState } from './state.ts';

export interface Tally {
  households: number;
  population: number;
  buildings: number;
  blocks: number;
}

/** Tally of a grid; null: of what is not drawn yet. A thematic grid counts the buildings of this community inside its area. */
export function tallyGrid(state: CommunityState, grid: number | null): Tally {
  const area = grid === null ? null : (state.grids.get(grid)?.area ?? null);
  const tally: Tally = { households: 0, population: 0, buildings: 0, blocks: 0 };
  if (area) {
    for (const building of state.buildings.values()) {
      if (!area.some((part) => locate(building.point, part) !== 'outside')) continue;
      tally.households += building.households;
      tally.population += building.population;
      tally.buildings += 1;
    }
    return tally;
  }
  for (const block of state.blocks.values()) {
    if ((state.gridOf.get(block.id) ?? null) !== grid) continue;
    tally.households += block.households;
    tally.population += block.population;
    tally.buildings += block.buildings;
    tally.blocks += 1;
  }
  return tally;
}
