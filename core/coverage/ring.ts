// Rings: as lines, doubled area, direction, canonical start, and how rings make up polygons.
import Flatbush from 'flatbush';
import { boxOfLine } from './box.ts';
import type { Line, Polygon, Ring } from './geometry.ts';
import { locate } from './locate.ts';

/**
 * Twice the signed area in square lattice steps, positive for counter-clockwise. Exact: taken relative to the first vertex, every
 * product and sum stays an integer below 2^53 as long as the ring spans less than about four degrees.
 */
export function signedArea(ring: Ring): number {
  const x0 = ring[0] ?? 0;
  const y0 = ring[1] ?? 0;
  let sum = 0;
  for (let i = 2; i + 3 < ring.length; i += 2) {
    const ax = (ring[i] as number) - x0;
    const ay = (ring[i + 1] as number) - y0;
    const bx = (ring[i + 2] as number) - x0;
    const by = (ring[i + 3] as number) - y0;
    sum += ax * by - ay * bx;
  }
  return sum;
}

/** A ring as a line that returns to its start. */
export const closedLine = (ring: Ring): Line => [...ring, ring[0] as number, ring[1] as number];

/** Whether a ring has at least three points and encloses something. */
export function withArea(ring: Ring): boolean {
  return ring.length >= 6 && signedArea(ring) !== 0;
}

/** Twice the area of a polygon, holes taken off. */
export function doubledArea(polygon: Polygon): number {
  return polygon.reduce((sum, ring) => sum + signedArea(ring), 0);
}

/** The ring as an outer ring (counter-clockwise) or as a hole (clockwise). */
export function directedRing(ring: Ring, outer: boolean): Ring {
  if (signedArea(ring) > 0 === outer) return ring;
  const result: number[] = [];
  for (let i = ring.length - 2; i >= 0; i -= 2) result.push(ring[i] as number, ring[i + 1] as number);
  return result;
}

/** The same ring, beginning at its westernmost (then southernmost) vertex: equal rings become equal arrays. */
export function canonicalRing(ring: Ring): Ring {
  let start = 0;
  for (let i = 2; i < ring.length; i += 2) {
    const dx = (ring[i] as number) - (ring[start] as number);
    if (dx < 0 || (dx === 0 && (ring[i + 1] as number) < (ring[start + 1] as number))) start = i;
  }
  return start === 0 ? ring : [...ring.slice(start), ...ring.slice(0, start)];
}

/** Order of rings and, ring by ring, of polygons: by coordinates from the start vertex on. */
export function compareRings(a: Ring, b: Ring): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Order of polygons with disjoint interiors: by their outer rings. */
export function comparePolygons(a: Polygon, b: Polygon): number {
  return compareRings(a[0] ?? [], b[0] ?? []);
}

/** The polygon with canonical rings and its holes in order. */
export function canonicalPolygon(polygon: Polygon): Polygon {
  const [outer, ...holes] = polygon.map(canonicalRing);
  return outer === undefined ? [] : [outer, ...holes.sort(compareRings)];
}

/**
 * Polygons from simple rings that do not cross: counter-clockwise rings are outer, each clockwise one is a hole of the smallest outer
 * ring around it; one that has none around bounds the outside and is dropped. Canonical and in order.
 */
export function polygonsOfRings(rings: readonly Ring[]): Polygon[] {
  const outers: OuterRing[] = [];
  const holes: Ring[] = [];
  for (const ring of rings) {
    const area = signedArea(ring);
    if (area > 0) outers.push({ ring, area, holes: [] });
    else if (area < 0) holes.push(ring);
  }
  if (outers.length > 0 && holes.length > 0) placeHoles(outers, holes);
  return outers.map((outer) => canonicalPolygon([outer.ring, ...outer.holes])).sort(comparePolygons);
}

interface OuterRing {
  readonly ring: Ring;
  readonly area: number;
  readonly holes: Ring[];
}

function placeHoles(outers: readonly OuterRing[], holes: readonly Ring[]): void {
  const index = new Flatbush(outers.length);
  for (const { ring } of outers) {
    const box = boxOfLine(ring);
    index.add(box.minX, box.minY, box.maxX, box.maxY);
  }
  index.finish();
  for (const hole of holes) {
    const [x, y] = [hole[0] as number, hole[1] as number];
    const around = index.search(x, y, x, y).map((i) => outers[i] as OuterRing);
    around.sort((a, b) => a.area - b.area);
    around.find((outer) => liesWithin(hole, outer.ring))?.holes.push(hole);
  }
}

/** Whether a ring lies within another that it may touch but not cross: the first point that is not on both tells; equal rings do not. Exact. */
function liesWithin(inner: Ring, outer: Ring): boolean {
  for (let i = 0; i < inner.length; i += 2) {
    const place = locate([inner[i] as number, inner[i + 1] as number], [outer]);
    if (place !== 'border') return place === 'inside';
  }
  for (let i = 0; i < inner.length; i += 2) {
    const next = (i + 2) % inner.length;
    const middleX = ((inner[i] as number) + (inner[next] as number)) / 2;
    const middleY = ((inner[i + 1] as number) + (inner[next + 1] as number)) / 2;
    const place = locate([middleX, middleY], [outer]);
    if (place !== 'border') return place === 'inside';
  }
  return false;
}
