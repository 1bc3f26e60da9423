// border: how much of the borders between grids follows roads, rivers, walls and borders that people know already.
import { boxesMeet, boxOf, boxOfLine, grow } from '../coverage/box.ts';
import type { Box, Line } from '../coverage/geometry.ts';
import { lineLengthM } from '../geo/measure.ts';
import type { CommunityState } from '../plan/state.ts';
import { issueOf, placeOfPieces } from './finding.ts';
import { followerOf, REACH_STEPS } from './following.ts';
import { closedRings, piecesOf } from './pieces.ts';
import type { Check, CheckContext, Issue } from './rule.ts';
import { surveyOf } from './survey.ts';
import type { Piece } from './through-building.ts';

interface Border extends Piece {
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
    place: placeOfPieces(borders.filter(({ follows }) => !follows)),
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
  const follows = followerOf(knownLines(context));
  return surveyOf(context.state).gridBorders.flatMap(({ left, right, ax, ay, bx, by }) => {
    const [one, other] = [gridOf.get(left), gridOf.get(right)];
    if (one === undefined || other === undefined) return [];
    const piece = { ax, ay, bx, by };
    return { ...piece, grids: [one, other] as const, lengthM: lineLengthM([ax, ay, bx, by]), follows: follows(piece) };
  });
}

/** Barriers, fences of institutions and borders of departments' old grids, as far as they come near. */
function knownLines({ state, departmentGrids }: CheckContext): Piece[] {
  const near = nearBox(state);
  const outlines = [...state.institutions.map(({ area }) => area), ...departmentGrids.flatMap(({ area }) => area)];
  const known: Line[] = [...state.barriers.map(({ line }) => line), ...outlines.flatMap(closedRings)];
  return known.flatMap((line) => piecesOf(line).filter(({ ax, ay, bx, by }) => boxesMeet(near, boxOfLine([ax, ay, bx, by]))));
}

function nearBox(state: CommunityState): Box {
  const pieces = surveyOf(state).gridBorders;
  return grow(boxOf([pieces.flatMap(({ ax, ay, bx, by }) => [ax, ay, bx, by])]), 2 * REACH_STEPS);
}
