// cut: blocks along a line; with a grid, that grid falls into the sides. Inverse: the sides back into one grid; finer blocks stay.
import type { Line } from '../../coverage/geometry.ts';
import { latticeLine } from '../../coverage/lattice.ts';
import { polygonAreaM2 } from '../../geo/measure.ts';
import { type BorderEdge, borderEdges, connectedGroups } from '../adjacency.ts';
import { runsAlong } from '../along-line.ts';
import type { Change } from '../change.ts';
import { fail, type Outcome, succeed } from '../failure.ts';
import { newGrid } from '../new-grid.ts';
import type { Operation } from '../operation.ts';
import type { CommunityState, Grid } from '../state.ts';
import { isTangled } from '../tangle.ts';
import { WorkingCopy } from '../working-copy.ts';

/** A piece without households and below this share of the grid's area is a nick of the hand, not a side. */
const NICK_SHARE = 0.02;

interface Side {
  readonly blocks: readonly number[];
  readonly households: number;
  readonly area: number;
}

export function cut(state: CommunityState, operation: Extract<Operation, { type: 'cut' }>): Outcome<Change> {
  const line = latticeLine(operation.line);
  if (isTangled([line])) return fail('line-tangled');
  if (operation.grid === undefined) return cutBlocksOnly(state, line);
  const grid = state.grids.get(operation.grid);
  if (!grid) return fail('unknown-grid', { grid: operation.grid });
  if (grid.area) return fail('kind-has-area', { grid: grid.id });
  if (grid.locked) return fail('grid-locked', { grid: grid.id });
  const copy = new WorkingCopy(state);
  copy.cut([line], new Set(copy.blocksOf(grid.id).map((block) => block.id)));
  return splitGrid(state, copy, grid, line);
}

function cutBlocksOnly(state: CommunityState, line: Line): Outcome<Change> {
  const copy = new WorkingCopy(state);
  if (!copy.cut([line], new Set(state.blocks.keys()))) return fail('line-misses-community');
  return succeed(copy.change());
}

function splitGrid(state: CommunityState, copy: WorkingCopy, grid: Grid, line: Line): Outcome<Change> {
  const blocks = copy.blocksOf(grid.id);
  const inner = borderEdges(blocks).filter((edge) => edge.right !== null);
  const cutEdges = inner.filter((edge) => runsAlong(edge, line));
  if (cutEdges.length === 0) return fail('line-misses-grid', { grid: grid.id });
  const along = new Set(cutEdges);
  const touched = new Set(cutEdges.flatMap((edge) => [edge.left, edge.right as number]));
  const groups = connectedGroups(
    blocks.map((block) => block.id),
    inner.filter((edge) => !along.has(edge)),
  );
  const sides = groups.filter((group) => group.some((block) => touched.has(block))).map((group) => measure(copy, group));
  if (sides.length < 2) return fail('line-does-not-split', { grid: grid.id });
  const made = withoutNicks(sides, copy, cutEdges);
  if (made.length < 2) return fail('line-does-not-split', { grid: grid.id });
  for (const side of made.slice(1)) {
    const id = copy.addGrid(newGrid(state, grid.kind, { others: copy.grids.values() }));
    for (const block of side) copy.assign(block, id);
  }
  return succeed(copy.change());
}

function measure(copy: WorkingCopy, group: readonly number[]): Side {
  const blocks = group.flatMap((id) => copy.blocks.get(id) ?? []);
  return {
    blocks: group,
    households: blocks.reduce((sum, block) => sum + block.households, 0),
    area: blocks.reduce((sum, block) => sum + polygonAreaM2(block.polygon), 0),
  };
}

/** Sides, largest first by households, then area; nicks joined to the side across the line that they touch longest. */
function withoutNicks(sides: readonly Side[], copy: WorkingCopy, cutEdges: readonly BorderEdge[]): number[][] {
  const total = sides.reduce((sum, side) => sum + side.area, 0);
  const sorted = [...sides].sort((a, b) => b.households - a.households || b.area - a.area);
  const isNick = (side: Side): boolean => side.households === 0 && side.area < NICK_SHARE * total;
  const kept = sorted.filter((side, index) => index === 0 || !isNick(side));
  const made = kept.map((side) => [...side.blocks]);
  const sideOf = new Map(kept.flatMap((side, index) => side.blocks.map((block) => [block, index] as const)));
  for (const nick of sorted) {
    if (kept.includes(nick)) continue;
    const own = new Set(nick.blocks);
    const lengths = new Map<number, number>();
    for (const edge of cutEdges) {
      const other = own.has(edge.left) ? edge.right : own.has(edge.right as number) ? edge.left : null;
      const side = other === null ? undefined : sideOf.get(other);
      if (side === undefined) continue;
      lengths.set(side, (lengths.get(side) ?? 0) + Math.hypot(edge.bx - edge.ax, edge.by - edge.ay));
    }
    const [longest = 0] = [...lengths].sort((a, b) => b[1] - a[1]).map(([side]) => side);
    made[longest]?.push(...nick.blocks.filter((block) => copy.blocks.has(block)));
  }
  return made;
}
