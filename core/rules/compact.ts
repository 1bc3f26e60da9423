// compact: a grid that is long and thin or frayed, by the measure of Polsby and Popper: 4π · area / perimeter², 1 for a circle.
import { lineLengthM, polygonAreaM2 } from '../geo/measure.ts';
import type { CommunityState } from '../plan/state.ts';
import { issueOf, placeOf } from './finding.ts';
import type { Check } from './rule.ts';
import { surveyOf } from './survey.ts';

export const compact: Check = {
  id: 'compact',
  run: (context) => {
    const { state, profile } = context;
    const limit = profile.limits.compactness;
    if (limit === null) return [];
    const perimeters = perimetersM(state);
    return [...surveyOf(state).holdings.values()].flatMap(({ grid, blocks, wholeCommunity }) => {
      const areaM2 = blocks.reduce((sum, { polygon }) => sum + polygonAreaM2(polygon), 0);
      const perimeterM = perimeters.get(grid.id) ?? 0;
      const compactness = perimeterM === 0 ? 1 : (4 * Math.PI * areaM2) / perimeterM ** 2;
      // The shape of a community is not the grid's doing.
      if (wholeCommunity || compactness >= limit) return [];
      return issueOf(context, {
        check: 'compact',
        grid,
        message: 'compact-low',
        values: { percent: Math.floor(100 * compactness), limit: Math.round(100 * limit) },
        measured: compactness,
        limit,
        place: placeOf(blocks.map(({ polygon }) => polygon)),
      });
    });
  },
};

/** Outer border and holes of every grid. */
function perimetersM(state: CommunityState): Map<number, number> {
  const perimeters = new Map<number, number>();
  for (const { left, right, ax, ay, bx, by } of surveyOf(state).edges) {
    const [one, other] = [state.gridOf.get(left), right === null ? undefined : state.gridOf.get(right)];
    if (one === other) continue;
    const lengthM = lineLengthM([ax, ay, bx, by]);
    for (const grid of [one, other]) if (grid !== undefined) perimeters.set(grid, (perimeters.get(grid) ?? 0) + lengthM);
  }
  return perimeters;
}
