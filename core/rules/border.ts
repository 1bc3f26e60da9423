// border: how much of the borders between grids follows roads, rivers, walls and borders that people know already.
import type { Line } from '../coverage/geometry.ts';
import { issueOf, placeOfPieces } from './finding.ts';
import { followingOf } from './following.ts';
import { closedRings, pieceLengthM } from './pieces.ts';
import type { Check, CheckContext, Issue } from './rule.ts';
import { surveyOf } from './survey.ts';
import type { Piece } from './through-building.ts';

interface Border {
  readonly piece: Piece;
  readonly grids: readonly [number, number];
  readonly lengthM: number;
  readonly follows: boolean;
}

export const border: Check = {
  id: 'border',
  run: (context) => {
    const limit = context.profile.limits.borderShare;
    if (limit === null) return [];
    const borders = bordersBetweenGrids(context);
    const all = shareOf(borders);
    // One sentence for the community says more than the same one for each of its grids.
    if (all !== null && all < limit) return [finding(context, null, borders, all, limit)];
    return [...surveyOf(context.state).holdings.keys()].flatMap((grid) => {
      const own = borders.filter(({ grids }) => grids.includes(grid));
      const share = shareOf(own);
      return share !== null && share < limit ? finding(context, grid, own, share, limit) : [];
    });
  },
};

function finding(context: CheckContext, id: number | null, borders: readonly Border[], share: number, limit: number): Issue {
  const grid = id === null ? undefined : context.state.grids.get(id);
  return issueOf(context, {
    check: 'border',
    ...(grid && { grid }),
    message: grid ? 'border-grid' : 'border-community',
    values: { percent: Math.floor(100 * share), limit: Math.round(100 * limit) },
    measured: share,
    limit,
    place: placeOfPieces(borders.filter(({ follows }) => !follows).map(({ piece }) => piece)),
  });
}

/** null: there is no border to speak of. */
function shareOf(borders: readonly Border[]): number | null {
  const total = borders.reduce((sum, { lengthM }) => sum + lengthM, 0);
  return total === 0 ? null : borders.reduce((sum, { lengthM, follows }) => sum + (follows ? lengthM : 0), 0) / total;
}

/** Borders towards what is not drawn yet are not borders yet. */
function bordersBetweenGrids(context: CheckContext): Border[] {
  const { gridOf } = context.state;
  const drawn = surveyOf(context.state).gridBorders.filter(({ left, right }) => gridOf.has(left) && gridOf.has(right));
  const follows = followingOf(drawn, knownLines(context));
  return drawn.map((piece, i) => ({
    piece,
    grids: [gridOf.get(piece.left) as number, gridOf.get(piece.right) as number],
    lengthM: pieceLengthM(piece),
    follows: follows[i] as boolean,
  }));
}

/** Barriers, fences of institutions and borders of departments' old grids. */
function knownLines({ state, departmentGrids }: CheckContext): Line[] {
  const outlines = [...state.institutions.map(({ area }) => area), ...departmentGrids.flatMap(({ area }) => area)];
  return [...state.barriers.map(({ line }) => line), ...outlines.flatMap(closedRings)];
}
