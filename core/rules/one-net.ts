// one-net: an old grid of a department that the new grids leave out in part. All of them merge into one net.
import { locate } from '../coverage/locate.ts';
import { multiPolygonAreaM2 } from '../geo/measure.ts';
import { issueOf, placeOf } from './finding.ts';
import { overlapM2 } from './overlap.ts';
import type { Check, CheckContext, DepartmentGrid, Issue, Place } from './rule.ts';
import { patchesOf } from './survey.ts';

interface LeftOut {
  readonly old: DepartmentGrid;
  /** Share of its area that lies in blocks of this community without a grid, or in no community. */
  readonly share: number;
  readonly households: number;
}

export const oneNet: Check = {
  id: 'one-net',
  run: (context) => {
    const limit = context.profile.limits.oneNetShare;
    const { blocks, gridOf } = context.state;
    // Before the first grid every old one is left out: that is work not yet done.
    if (limit === null || gridOf.size === 0 || context.departmentGrids.length === 0) return [];
    if (gridOf.size < blocks.size) return finding(context, 'one-net-left-out', notDrawnYet(context), limit);
    // All is drawn: no grid can reach what is left over now.
    const beyond = context.departmentGrids.map((old) => ({ old, share: old.outsideShare ?? 0, households: 0 }));
    return finding(context, 'one-net-outside', beyond, limit);
  },
};

function finding(context: CheckContext, message: string, candidates: readonly LeftOut[], limit: number): Issue[] {
  const leftOut = candidates.filter(({ share, households }) => share > limit || households > 0);
  const worst = leftOut.toSorted((a, b) => b.households - a.households || b.share - a.share)[0];
  if (!worst) return [];
  const { department, name } = worst.old;
  return [
    issueOf(context, {
      check: 'one-net',
      message: leftOut.length > 1 ? `${message}-several` : message,
      values: {
        department,
        old: name,
        count: leftOut.length,
        percent: Math.round(100 * worst.share),
        households: leftOut.reduce((sum, { households }) => sum + households, 0),
      },
      measured: worst.share,
      limit,
      place: placeOf(leftOut.flatMap(({ old }) => old.area)),
      places: leftOut.map(({ old }) => placeOf(old.area)).filter((place): place is Place => place !== null),
    }),
  ];
}

function notDrawnYet({ state, departmentGrids }: CheckContext): LeftOut[] {
  const polygons = patchesOf(state, null).flatMap(({ blocks }) => blocks.map(({ polygon }) => polygon));
  const homes = [...state.buildings.values()].filter(({ block, households }) => households > 0 && !state.gridOf.has(block));
  return departmentGrids.map((old) => {
    const leftM2 = old.area.reduce((sum, part) => sum + overlapM2(polygons, part), 0);
    const inside = homes.filter(({ point }) => old.area.some((part) => locate(point, part) !== 'outside'));
    return {
      old,
      share: leftM2 / multiPolygonAreaM2(old.area),
      households: inside.reduce((sum, { households }) => sum + households, 0),
    };
  });
}
