// building: the border of a grid runs through a building, so that one house would answer to two grid workers.
import type { Building, CommunityState, Grid } from '../plan/state.ts';
import { type Finding, gridLabel, issueOf, placeOf } from './finding.ts';
import type { Check, Fix } from './rule.ts';
import { surveyOf } from './survey.ts';
import { type FootprintIndex, footprintIndex } from './through-building.ts';
import { wholeBuilding } from './whole-building.ts';

/** A mend takes a while to work out, and the check runs after every operation. */
const MAX_TRIED = 3;

export const building: Check = {
  id: 'building',
  run: (context) => {
    const footprints = footprintIndex(context.state.buildings.values());
    return [...cutBuildings(context.state, footprints)].map(([grid, cut]) =>
      issueOf(context, { ...findingOf(grid, cut), fixes: fixesOf(context.state, cut, footprints) }),
    );
  },
};

/** One issue for all buildings of a grid: a border that is drawn across a quarter cuts dozens. */
function findingOf(grid: Grid, cut: readonly Building[]): Finding {
  const [first] = cut as [Building];
  const message = cut.length > 1 ? 'building-cut-several' : first.name === '' ? 'building-cut-unnamed' : 'building-cut';
  const households = cut.reduce((sum, one) => sum + one.households, 0);
  const footprints = cut.flatMap(({ footprint }) => (footprint ? [footprint] : []));
  return {
    check: 'building',
    grid,
    message,
    values: { building: first.name, buildings: cut.length, households },
    measured: cut.length,
    limit: 0,
    place: placeOf(footprints),
    places: footprints.map((footprint) => placeOf([footprint])).filter((place) => place !== null),
  };
}

/** Buildings that a border runs through, under the grid that counts them, or else one that reaches into them. */
function cutBuildings(state: CommunityState, footprints: FootprintIndex): Map<Grid, Building[]> {
  const seen = new Set<number>();
  const cut = new Map<Grid, Building[]>();
  for (const border of surveyOf(state).gridBorders) {
    for (const id of footprints.cutBy([border])) {
      const found = state.buildings.get(id) as Building;
      const grid = [found.block, border.left, border.right].flatMap((block) => gridAt(state, block) ?? [])[0];
      if (!grid || seen.has(id)) continue;
      seen.add(id);
      cut.set(grid, [...(cut.get(grid) ?? []), found]);
    }
  }
  return cut;
}

/** For the first of them that can be made whole: one click, one building. */
function fixesOf(state: CommunityState, cut: readonly Building[], footprints: FootprintIndex): Fix[] {
  for (const building of cut.slice(0, MAX_TRIED)) {
    const whole = wholeBuilding(state, building, footprints);
    if (!whole) continue;
    const label = building.name === '' ? 'building-whole-unnamed' : 'building-whole';
    return [{ label, values: { building: building.name, grid: gridLabel(whole.grid) }, operation: whole.operation }];
  }
  return [];
}

function gridAt(state: CommunityState, block: number): Grid | undefined {
  const grid = state.gridOf.get(block);
  return grid === undefined ? undefined : state.grids.get(grid);
}
