// Where a point lies in a polygon, and a point that surely lies inside.
import { orient2d } from 'robust-predicates';
import type { Polygon } from './geometry.ts';

export type Place = 'inside' | 'border' | 'outside';

/** Place of a point (lattice steps, fractions allowed) in a polygon; the rings of holes are border, too. Exact. */
export function locate(point: readonly [number, number], polygon: Polygon): Place {
  const [x, y] = point;
  let inside = false;
  for (const ring of polygon) {
    let ax = ring[ring.length - 2] as number;
    let ay = ring[ring.length - 1] as number;
    for (let i = 0; i < ring.length; i += 2) {
      const bx = ring[i] as number;
      const by = ring[i + 1] as number;
      const meeting = meetingWithRay(ax, ay, bx, by, x, y);
      if (meeting === TOUCHED) return 'border';
      if (meeting === CROSSED) inside = !inside;
      ax = bx;
      ay = by;
    }
  }
  return inside ? 'inside' : 'outside';
}

const MISSED = 0;
export const CROSSED = 1;
export const TOUCHED = 2;

/** Whether the edge a–b crosses the ray from a point to the east, or goes through the point itself; of its ends only b counts. Exact. */
export function meetingWithRay(ax: number, ay: number, bx: number, by: number, x: number, y: number): 0 | 1 | 2 {
  if (ay > y !== by > y) {
    if (ax > x && bx > x) return CROSSED;
    if (ax < x && bx < x) return MISSED;
    const side = orient2d(ax, ay, bx, by, x, y);
    if (side === 0) return TOUCHED;
    return side > 0 === by < ay ? CROSSED : MISSED;
  }
  if (ay !== y && by !== y) return MISSED;
  return (bx === x && by === y) || (ay === y && by === y && ax > x !== bx > x) ? TOUCHED : MISSED;
}

/**
 * A point inside the polygon, in the middle of its widest section at about half its height; not on the lattice. The section runs
 * between two rows of vertices, so it meets no vertex.
 */
export function interiorPoint(polygon: Polygon): [number, number] {
  const outer = polygon[0];
  if (outer === undefined || outer.length < 6) throw new RangeError('an empty polygon has no interior point');
  const originX = outer[0] as number;
  const y = sectionHeight(polygon);
  const crossings: number[] = [];
  for (const ring of polygon) {
    let ax = (ring[ring.length - 2] as number) - originX;
    let ay = ring[ring.length - 1] as number;
    for (let i = 0; i < ring.length; i += 2) {
      const bx = (ring[i] as number) - originX;
      const by = ring[i + 1] as number;
      if (ay > y !== by > y) crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
      ax = bx;
      ay = by;
    }
  }
  crossings.sort((a, b) => a - b);
  let widest = 0;
  for (let i = 2; i + 1 < crossings.length; i += 2) {
    if (width(crossings, i) > width(crossings, widest)) widest = i;
  }
  return [originX + ((crossings[widest] as number) + (crossings[widest + 1] as number)) / 2, y];
}

const width = (crossings: readonly number[], i: number): number => (crossings[i + 1] as number) - (crossings[i] as number);

/** Midway between the two vertex rows nearest to half height. */
function sectionHeight(polygon: Polygon): number {
  let minY = Infinity;
  let maxY = -Infinity;
  for (const ring of polygon) {
    for (let i = 1; i < ring.length; i += 2) {
      const y = ring[i] as number;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    }
  }
  const middle = (minY + maxY) / 2;
  let below = minY;
  let above = maxY;
  for (const ring of polygon) {
    for (let i = 1; i < ring.length; i += 2) {
      const y = ring[i] as number;
      if (y <= middle && y > below) below = y;
      else if (y > middle && y < above) above = y;
    }
  }
  return (below + above) / 2;
}
