// The order in which grids of a community receive their numbers: rows from north to south, within a row from west to east.
import type { MultiPolygon } from '../coverage/geometry.ts';
import { toDegrees, toLattice } from '../coverage/lattice.ts';
import { interiorPoint } from '../coverage/locate.ts';
import { polygonAreaM2 } from '../geo/measure.ts';
import type { Scheme } from './scheme.ts';

/** Mean length of a degree of latitude on the CGCS2000 ellipsoid. */
const METRES_PER_DEGREE = 111_132.95;

/** `point`: interior point of the grid, longitude and latitude in degrees. */
export interface Placed {
  readonly id: number;
  readonly point: readonly [number, number];
}

/**
 * Ids in reading order. A row begins at the northernmost point left and takes every point at most the scheme's tolerance south of
 * it. Equal places go by id, so the order of the input plays no part.
 */
export function readingOrder(scheme: Scheme, items: readonly Placed[]): number[] {
  const tolerance = toLattice(scheme.order.rowToleranceMetres / METRES_PER_DEGREE);
  const left = items.map(({ id, point }) => ({ id, x: toLattice(point[0]), y: toLattice(point[1]) }));
  left.sort((a, b) => b.y - a.y || a.x - b.x || a.id - b.id);
  const order: number[] = [];
  for (let start = 0; start < left.length; ) {
    const south = (left[start]?.y ?? 0) - tolerance;
    let end = start;
    while (end < left.length && (left[end]?.y ?? 0) >= south) end++;
    const row = left.slice(start, end).sort((a, b) => a.x - b.x || b.y - a.y || a.id - b.id);
    for (const { id } of row) order.push(id);
    start = end;
  }
  return order;
}

/** Where a grid stands in that order: interior point of its largest part, in degrees. */
export function orderingPoint(area: MultiPolygon): [number, number] {
  const [largest] = [...area].sort((a, b) => polygonAreaM2(b) - polygonAreaM2(a));
  if (!largest) throw new Error('a grid without area has no place');
  const [x, y] = interiorPoint(largest);
  return [toDegrees(x), toDegrees(y)];
}
