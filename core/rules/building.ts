// building: the border of a grid runs through a building, so that one house would answer to two grid workers.
import Flatbush from 'flatbush';
import { boxOf } from '../coverage/box.ts';
import type { Polygon } from '../coverage/geometry.ts';
import type { Building, CommunityState } from '../plan/state.ts';
import { issueOf, placeOf } from './finding.ts';
import type { Check } from './rule.ts';
import { surveyOf } from './survey.ts';
import { runsThrough } from './through-building.ts';

export const building: Check = {
  id: 'building',
  run: (context) => {
    const { state } = context;
    return [...cutBuildings(state)].flatMap(([cut, others]) => {
      const own = state.gridOf.get(cut.block);
      const grid = state.grids.get(own ?? ([...others][0] as number));
      if (!grid) return [];
      return issueOf(context, {
        check: 'building',
        grid,
        message: cut.name === '' ? 'building-cut-unnamed' : 'building-cut',
        values: { building: cut.name, households: cut.households },
        place: placeOf([cut.footprint]),
      });
    });
  },
};

type Footed = Building & { readonly footprint: Polygon };

/** Buildings that a border runs through, with the grids on both sides of it. */
function cutBuildings(state: CommunityState): Map<Footed, Set<number>> {
  const cut = new Map<Footed, Set<number>>();
  const footed = [...state.buildings.values()].filter((one): one is Footed => one.footprint !== null);
  if (footed.length === 0) return cut;
  const index = new Flatbush(footed.length);
  for (const { footprint } of footed) {
    const { minX, minY, maxX, maxY } = boxOf(footprint);
    index.add(minX, minY, maxX, maxY);
  }
  index.finish();
  for (const { ax, ay, bx, by, left, right } of surveyOf(state).gridBorders) {
    for (const found of index.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))) {
      const candidate = footed[found] as Footed;
      if (!runsThrough([ax, ay, bx, by], candidate.footprint)) continue;
      const grids = cut.get(candidate) ?? new Set();
      for (const grid of [state.gridOf.get(left), state.gridOf.get(right)]) if (grid !== undefined) grids.add(grid);
      cut.set(candidate, grids);
    }
  }
  return cut;
}
