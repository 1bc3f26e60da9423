// How a building that a border runs through comes wholly into the grid that holds most of it: by its blocks, or by a border around it.
import { Delaunay } from 'd3-delaunay';
import { boxesMeet, boxOf, boxOfLine } from '../coverage/box.ts';
import type { LatticePoint, Line, Polygon } from '../coverage/geometry.ts';
import { locate } from '../coverage/locate.ts';
import { polygonAreaM2 } from '../geo/measure.ts';
import type { Operation } from '../plan/operation.ts';
import type { Block, Building, CommunityState, Grid } from '../plan/state.ts';
import { drawnLine } from './drawn-line.ts';
import { overlapM2 } from './overlap.ts';
import { piecesOf } from './pieces.ts';
import { patchesOf, surveyOf } from './survey.ts';
import { type FootprintIndex, meetingWith, type Piece, sidesOf } from './through-building.ts';

/** Blocks go over as a whole when they are no larger than so many times the building. */
const SMALL_BLOCKS = 4;
/** How far the border keeps from the walls, in lattice steps (about 70 cm). */
const CLEARANCE_STEPS = 70;

export interface WholeBuilding {
  readonly grid: Grid;
  readonly operation: Operation;
}

/** null: a grid is locked, or other buildings are in the way. */
export function wholeBuilding(state: CommunityState, building: Building, footprints: FootprintIndex): WholeBuilding | null {
  const { footprint } = building;
  if (!footprint) return null;
  const standing = blocksUnder(state, footprint);
  const grid = gridOfMost(state, standing);
  const others = standing.filter(({ block }) => state.gridOf.get(block.id) !== grid?.id).map(({ block }) => block);
  if (!grid || [grid.id, ...others.map(({ id }) => state.gridOf.get(id))].some((id) => state.grids.get(id ?? 0)?.locked)) return null;
  const operation = byBlocks(state, building, grid, others, footprints) ?? byBorder(state, building, footprint, grid, footprints);
  return operation && { grid, operation };
}

interface Standing {
  readonly block: Block;
  readonly areaM2: number;
}

function blocksUnder(state: CommunityState, footprint: Polygon): Standing[] {
  const box = boxOf(footprint);
  return [...state.blocks.values()]
    .filter(({ polygon }) => boxesMeet(boxOf(polygon), box))
    .map((block) => ({ block, areaM2: overlapM2([block.polygon], footprint) }))
    .filter(({ areaM2 }) => areaM2 > 0);
}

function gridOfMost(state: CommunityState, standing: readonly Standing[]): Grid | null {
  const areas = new Map<number, number>();
  for (const { block, areaM2 } of standing) {
    const grid = state.gridOf.get(block.id);
    if (grid !== undefined) areas.set(grid, (areas.get(grid) ?? 0) + areaM2);
  }
  const [most] = [...areas].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return state.grids.get(most?.[0] ?? 0) ?? null;
}

/** The other grids' blocks under the building, when they are small, hold nothing else, and nothing falls apart without them. */
function byBlocks(
  state: CommunityState,
  building: Building,
  grid: Grid,
  blocks: readonly Block[],
  footprints: FootprintIndex,
): Operation | null {
  const moved = new Set(blocks.map(({ id }) => id));
  const movedM2 = blocks.reduce((sum, { polygon }) => sum + polygonAreaM2(polygon), 0);
  if (moved.size === 0 || movedM2 > SMALL_BLOCKS * polygonAreaM2(building.footprint ?? [])) return null;
  if (blocks.some((block) => block.buildings > (block.id === building.block ? 1 : 0))) return null;
  const after: CommunityState = { ...state, gridOf: new Map([...state.gridOf, ...[...moved].map((id) => [id, grid.id] as const)]) };
  const touched = new Set([grid.id, ...blocks.flatMap(({ id }) => state.gridOf.get(id) ?? [])]);
  const fallsApart = [...touched].some((id) => {
    const [now, then] = [patchesOf(state, id).length, patchesOf(after, id).length];
    return then === 0 || then > now;
  });
  const borders = surveyOf(after).gridBorders.filter(({ left, right }) => moved.has(left) || moved.has(right));
  if (fallsApart || footprints.cutBy(borders).length > 0) return null;
  return { type: 'assign', blocks: [...moved], to: grid.id };
}

/** A border around the building where it stands in the one other grid, when it goes past no other building. */
function byBorder(state: CommunityState, building: Building, footprint: Polygon, grid: Grid, footprints: FootprintIndex): Operation | null {
  const around = outlineAround(footprint);
  const line = arcOutside(state, around, grid.id);
  if (!line || footprints.cutBy(piecesOf(line)).length > 0) return null;
  const encloses = ({ id, point, block }: Building): boolean =>
    id !== building.id && state.gridOf.get(block) !== grid.id && locate(point, [around]) !== 'outside';
  if ([...state.buildings.values()].some(encloses)) return null;
  return { type: 'reshape', grid: grid.id, line: drawnLine(line) };
}

/** The convex hull of the footprint, wider by the clearance. */
function outlineAround(footprint: Polygon): Line {
  const [originX, originY] = footprint[0] as [number, number];
  const points: [number, number][] = [];
  const ring = footprint[0] as Line;
  for (let i = 0; i < ring.length; i += 2) {
    for (const [x, y] of CIRCLE) points.push([(ring[i] as number) - originX + x, (ring[i + 1] as number) - originY + y]);
  }
  return [...Delaunay.from(points).hull].flatMap((i) => {
    const [x, y] = points[i] as [number, number];
    return [originX + x, originY + y];
  });
}

/** Eight places around a corner, at least the clearance away on all sides. */
const CIRCLE: readonly LatticePoint[] = Array.from({ length: 8 }, (_, i) => {
  const [angle, radius] = [(Math.PI * (2 * i + 1)) / 8, CLEARANCE_STEPS / Math.cos(Math.PI / 8)];
  return [Math.round(radius * Math.cos(angle)), Math.round(radius * Math.sin(angle))];
});

/** The one stretch of the ring that lies outside the grid, its ends on the grid's border; null unless it lies in one other grid. */
function arcOutside(state: CommunityState, ring: Line, grid: number): Line | null {
  const borders = surveyOf(state).gridBorders.filter(
    (edge) => state.gridOf.get(edge.left) === grid || state.gridOf.get(edge.right) === grid,
  );
  const pieces = sidesOf([ring]).flatMap((piece) => splitAt(piece, borders));
  const gridAt = gridFinder(state, boxOfLine(ring));
  const sides = pieces.map(({ ax, ay, bx, by }) => gridAt((ax + bx) / 2, (ay + by) / 2));
  const enters = sides.flatMap((side, i) => (side !== grid && sides.at(i - 1) === grid ? [i] : []));
  const [first] = enters;
  if (first === undefined || enters.length > 1) return null;
  const other = sides[first];
  const arc: Piece[] = [];
  for (let i = first; sides[i % sides.length] !== grid; i++) {
    if (other === undefined || sides[i % sides.length] !== other) return null;
    arc.push(pieces[i % pieces.length] as Piece);
  }
  const [{ ax, ay }] = arc as [Piece];
  return [ax, ay, ...arc.flatMap(({ bx, by }) => [bx, by])].map(Math.round);
}

/** The piece, divided where it meets one of the borders. */
function splitAt(piece: Piece, borders: readonly Piece[]): Piece[] {
  const { ax, ay, bx, by } = piece;
  const shares = borders.flatMap((border) => meetingWith(border, piece) ?? []);
  const stops = [0, ...shares.sort((a, b) => a - b), 1].map((share) => [ax + (bx - ax) * share, ay + (by - ay) * share] as const);
  return stops.slice(1).map(([toX, toY], i) => {
    const [fromX, fromY] = stops[i] as readonly [number, number];
    return { ax: fromX, ay: fromY, bx: toX, by: toY };
  });
}

/** The grid of a place in the box: undefined outside the community, null where nothing is drawn. */
function gridFinder(state: CommunityState, box: ReturnType<typeof boxOf>): (x: number, y: number) => number | null | undefined {
  const near = [...state.blocks.values()].filter(({ polygon }) => boxesMeet(boxOf(polygon), box));
  return (x, y) => {
    const block = near.find(({ polygon }) => locate([x, y], polygon) !== 'outside');
    return block && (state.gridOf.get(block.id) ?? null);
  };
}
