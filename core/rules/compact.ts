// compact: a grid that is long and thin or frayed, by the measure of Polsby and Popper: 4π · area / perimeter², 1 for a circle.
import type { CommunityState } from '../plan/state.ts';
import { issueOf, placeOf } from './finding.ts';
import { boxOfPieces, pieceLengthM } from './pieces.ts';
import type { Check } from './rule.ts';
import { surveyOf } from './survey.ts';
import type { Piece } from './through-building.ts';

/** A length to take the scale from. */
const UNIT_STEPS = 1_000;

export const compact: Check = {
  id: 'compact',
  run: (context) => {
    const { state, profile } = context;
    const limit = profile.limits.compactness;
    if (limit === null) return [];
    const borders = bordersOfGrids(state);
    return [...surveyOf(state).holdings.values()].flatMap(({ grid, blocks, wholeCommunity }) => {
      const compactness = compactnessOf(borders.get(grid.id) ?? []);
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

/** Outer borders and holes of every grid, the grid on their left. */
function bordersOfGrids(state: CommunityState): Map<number, Piece[]> {
  const borders = new Map<number, Piece[]>();
  const add = (grid: number, piece: Piece): void => {
    const known = borders.get(grid);
    if (known) known.push(piece);
    else borders.set(grid, [piece]);
  };
  for (const { left, right, ax, ay, bx, by } of surveyOf(state).edges) {
    const [one, other] = [state.gridOf.get(left), right === null ? undefined : state.gridOf.get(right)];
    if (one === other) continue;
    if (one !== undefined) add(one, { ax, ay, bx, by });
    if (other !== undefined) add(other, { ax: bx, ay: by, bx: ax, by: ay });
  }
  return borders;
}

/** In a plane that touches the ground in the middle of the grid: within 1e-5 for anything of the size of a community. */
function compactnessOf(border: readonly Piece[]): number {
  const { minX, minY, maxX, maxY } = boxOfPieces(border);
  const [x, y] = [(minX + maxX) / 2, (minY + maxY) / 2];
  const eastM = pieceLengthM({ ax: x, ay: y, bx: x + UNIT_STEPS, by: y }) / UNIT_STEPS;
  const northM = pieceLengthM({ ax: x, ay: y - UNIT_STEPS / 2, bx: x, by: y + UNIT_STEPS / 2 }) / UNIT_STEPS;
  let [areaM2, perimeterM] = [0, 0];
  for (const { ax, ay, bx, by } of border) {
    const [fromX, fromY, toX, toY] = [(ax - x) * eastM, (ay - y) * northM, (bx - x) * eastM, (by - y) * northM];
    areaM2 += (fromX * toY - fromY * toX) / 2;
    perimeterM += Math.hypot(toX - fromX, toY - fromY);
  }
  return perimeterM === 0 ? 1 : (4 * Math.PI * areaM2) / perimeterM ** 2;
}
