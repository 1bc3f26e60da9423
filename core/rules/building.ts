// building: the border of a grid runs through a building, so that one house would answer to two grid workers.
import type { Building, CommunityState, Grid } from '../plan/state.ts';
import { issueOf, placeOf } from './finding.ts';
import type { Check } from './rule.ts';
import { surveyOf } from './survey.ts';
import { footprintIndex } from './through-building.ts';

export const building: Check = {
  id: 'building',
  run: (context) =>
    [...cutBuildings(context.state)].map(([cut, grid]) =>
      issueOf(context, {
        check: 'building',
        grid,
        message: cut.name === '' ? 'building-cut-unnamed' : 'building-cut',
        values: { building: cut.name, households: cut.households },
        place: placeOf(cut.footprint ? [cut.footprint] : []),
      }),
    ),
};

/** Buildings that a border runs through, each with the grid that counts it, or else one that reaches into it. */
function cutBuildings(state: CommunityState): Map<Building, Grid> {
  const footprints = footprintIndex(state.buildings.values());
  const cut = new Map<Building, Grid>();
  for (const border of surveyOf(state).gridBorders) {
    for (const id of footprints.cutBy([border])) {
      const found = state.buildings.get(id) as Building;
      const grid = [found.block, border.left, border.right].flatMap((block) => gridAt(state, block) ?? [])[0];
      if (grid && !cut.has(found)) cut.set(found, grid);
    }
  }
  return cut;
}

function gridAt(state: CommunityState, block: number): Grid | undefined {
  const grid = state.gridOf.get(block);
  return grid === undefined ? undefined : state.grids.get(grid);
}
