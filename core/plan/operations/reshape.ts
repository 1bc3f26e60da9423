// reshape: the area between a line and the border of a grid changes side; both ends lie on that border. Inverse: the blocks back.

import { facesBetween } from '../../coverage/faces.ts';
import type { Line, MultiPolygon, Polygon } from '../../coverage/geometry.ts';
import { latticeLine, toDegrees } from '../../coverage/lattice.ts';
import { interiorPoint, locate } from '../../coverage/locate.ts';
import { outlineOf } from '../../coverage/outline.ts';
import { closedLine } from '../../coverage/ring.ts';
import { polygonAreaM2 } from '../../geo/measure.ts';
import { borderEdges, connectedGroups } from '../adjacency.ts';
import { distanceToLine } from '../along-line.ts';
import type { Change } from '../change.ts';
import { fail, type Outcome, succeed } from '../failure.ts';
import type { Operation } from '../operation.ts';
import type { CommunityState } from '../state.ts';
import { isTangled } from '../tangle.ts';
import { WorkingCopy } from '../working-copy.ts';

/** How far an end may lie off the border and still mean it, in lattice steps (about 0.5 m). */
const END_REACH = 50;
/** An end is led this far across the border, so that the crossing is found; what sticks out is dropped. */
const OVERSHOOT = 4;

export function reshape(state: CommunityState, operation: Extract<Operation, { type: 'reshape' }>): Outcome<Change> {
  const grid = state.grids.get(operation.grid);
  if (!grid) return fail('unknown-grid', { grid: operation.grid });
  if (grid.area) return fail('kind-has-area', { grid: grid.id });
  if (grid.locked) return fail('grid-locked', { grid: grid.id });
  const copy = new WorkingCopy(state);
  const outline = outlineOf(copy.blocksOf(grid.id).map((block) => block.polygon));
  const rings = outline.flatMap((polygon) => polygon.map(closedLine));
  const drawn = latticeLine(operation.line);
  if (isTangled([drawn])) return fail('line-tangled');
  const line = tieToBorder(drawn, rings);
  if ('off' in line) return fail('line-ends-off-border', { grid: grid.id, coordinate: line.off });
  const regions = changingRegions(outline, rings, line.tied);
  if (regions.length === 0) return fail('nothing-to-change');
  copy.cut([line.tied], new Set(state.blocks.keys()));
  const takers = exchange(copy, grid.id, regions);
  for (const [block, taker] of takers) copy.assign(block, taker);
  return succeed(copy.change());
}

interface Region {
  readonly area: Polygon;
  /** Inside the grid: leaves it; outside: joins it. */
  readonly leaves: boolean;
}

/** The faces that the line closes off against the border. Of each part of the grid, and of a hole in it, the largest piece stays as it is. */
function changingRegions(outline: MultiPolygon, rings: readonly Line[], line: Line): Region[] {
  const holes = outline.flatMap(([, ...inner]) => inner.map((hole): Polygon => [[...hole].reverse()]));
  const pieces = new Map<Polygon | 'outside', Polygon[]>();
  for (const face of facesBetween([...rings, line])) {
    if (!touchesLine(face, line, rings)) continue;
    const point = interiorPoint(face);
    const within = [...outline, ...holes].find((area) => locate(point, area) === 'inside') ?? 'outside';
    pieces.set(within, [...(pieces.get(within) ?? []), face]);
  }
  return [...pieces].flatMap(([within, faces]) =>
    (within === 'outside' ? faces : withoutLargest(faces)).map((area) => ({
      area,
      leaves: within !== 'outside' && outline.includes(within),
    })),
  );
}

function withoutLargest(faces: readonly Polygon[]): Polygon[] {
  return [...faces].sort((a, b) => polygonAreaM2(b) - polygonAreaM2(a)).slice(1);
}

/** Whether part of the face's border runs along the line and off the old border. */
function touchesLine(face: Polygon, line: Line, rings: readonly Line[]): boolean {
  return face.some((ring) => {
    for (let i = 0; i < ring.length; i += 2) {
      const next = (i + 2) % ring.length;
      const x = ((ring[i] as number) + (ring[next] as number)) / 2;
      const y = ((ring[i + 1] as number) + (ring[next + 1] as number)) / 2;
      if (distanceToLine(x, y, line) <= 2 && rings.every((border) => distanceToLine(x, y, border) > 2)) return true;
    }
    return false;
  });
}

/** Which grid takes which block: joining blocks go to the grid, leaving ones to the neighbour with the longest border. */
function exchange(copy: WorkingCopy, grid: number, regions: readonly Region[]): Map<number, number | null> {
  const takers = new Map<number, number | null>();
  const leaving = new Set<number>();
  for (const block of copy.blocks.values()) {
    const mine = copy.gridOf.get(block.id) === grid;
    const point = interiorPoint(block.polygon);
    if (!regions.some((region) => region.leaves === mine && locate(point, region.area) === 'inside')) continue;
    if (mine) leaving.add(block.id);
    else takers.set(block.id, grid);
  }
  const edges = borderEdges(copy.blocks.values());
  for (const group of connectedGroups(leaving, edges)) {
    const own = new Set(group);
    const lengths = new Map<number | null, number>();
    for (const { left, right, ax, ay, bx, by } of edges) {
      if (right === null || own.has(left) === own.has(right)) continue;
      const taker = copy.gridOf.get(own.has(left) ? right : left) ?? null;
      if (taker !== grid) lengths.set(taker, (lengths.get(taker) ?? 0) + Math.hypot(bx - ax, by - ay));
    }
    const [longest] = [...lengths].sort((a, b) => b[1] - a[1]);
    for (const block of group) takers.set(block, longest ? longest[0] : null);
  }
  return takers;
}

/** The line with both ends led onto and a little across the border. */
function tieToBorder(line: Line, rings: readonly Line[]): { tied: Line } | { off: [number, number] } {
  const first = crossing(line[0] as number, line[1] as number, line[2] as number, line[3] as number, rings);
  const last = line.length - 2;
  const final = crossing(line[last] as number, line[last + 1] as number, line[last - 2] as number, line[last - 1] as number, rings);
  if (!first) return { off: [toDegrees(line[0] as number), toDegrees(line[1] as number)] };
  if (!final) return { off: [toDegrees(line[last] as number), toDegrees(line[last + 1] as number)] };
  return { tied: [...[...first].reverse().flat(), ...line, ...final.flat()] };
}

/** From an end of the line: the nearest place on the border and a point across it; null where the border is out of reach. */
function crossing(x: number, y: number, fromX: number, fromY: number, rings: readonly Line[]): [number, number][] | null {
  let nearest: { distance: number; x: number; y: number; nx: number; ny: number } | null = null;
  for (const ring of rings) {
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const [ax, ay, bx, by] = [ring[i], ring[i + 1], ring[i + 2], ring[i + 3]] as [number, number, number, number];
      const dx = bx - ax;
      const dy = by - ay;
      const square = dx * dx + dy * dy;
      if (square === 0) continue;
      const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / square));
      const px = ax + t * dx;
      const py = ay + t * dy;
      const distance = Math.hypot(x - px, y - py);
      if (nearest && distance >= nearest.distance) continue;
      const length = Math.sqrt(square);
      nearest = { distance, x: px, y: py, nx: -dy / length, ny: dx / length };
    }
  }
  if (!nearest || nearest.distance > END_REACH) return null;
  const away = (fromX - nearest.x) * nearest.nx + (fromY - nearest.y) * nearest.ny > 0 ? -OVERSHOOT : OVERSHOOT;
  const on: [number, number] = [Math.round(nearest.x), Math.round(nearest.y)];
  return [on, [Math.round(nearest.x + away * nearest.nx), Math.round(nearest.y + away * nearest.ny)]];
}
