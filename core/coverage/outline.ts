// The outline of a set of polygons of a coverage: edges that two of them share cancel out, what is left is the border.
import type { MultiPolygon, Polygon, Ring } from './geometry.ts';
import { PointIndex } from './point-index.ts';
import { polygonsOfRings } from './ring.ts';

/**
 * The union of edge-matched polygons with disjoint interiors (I2). Parts that touch at a vertex only become polygons of their own, and
 * holes that touch the border at a vertex stay holes, so every polygon is valid by OGC. Canonical; throws when the edges do not match up.
 */
export function outlineOf(polygons: readonly Polygon[]): MultiPolygon {
  const points = new PointIndex();
  const edges = new Map<number, Edge>();
  for (const polygon of polygons) {
    for (const ring of polygon) addRing(points, edges, ring);
  }
  return polygonsOfRings(ringsOfEdges(points, edges.values()));
}

interface Edge {
  readonly from: number;
  readonly to: number;
}

function addRing(points: PointIndex, edges: Map<number, Edge>, ring: Ring): void {
  let from = points.idOf(ring[ring.length - 2] as number, ring[ring.length - 1] as number);
  for (let i = 0; i < ring.length; i += 2) {
    const to = points.idOf(ring[i] as number, ring[i + 1] as number);
    if (!edges.delete(points.edgeKey(to, from))) edges.set(points.edgeKey(from, to), { from, to });
    from = to;
  }
}

/** Simple rings with the area on their left, from directed edges that leave every point as often as they enter it. */
function ringsOfEdges(points: PointIndex, edges: Iterable<Edge>): Ring[] {
  const leaving = new Map<number, number[]>();
  for (const { from, to } of edges) {
    const targets = leaving.get(from);
    if (targets === undefined) leaving.set(from, [to]);
    else targets.push(to);
  }
  const rings: Ring[] = [];
  for (const [start, targets] of leaving) {
    while (targets.length > 0) {
      for (const loop of simpleLoops(walk(points, leaving, start))) {
        rings.push(loop.flatMap((id) => [points.xs[id] as number, points.ys[id] as number]));
      }
    }
  }
  return rings;
}

/** Takes edges off `leaving` from `start` until it is back and stuck there: always the leftmost, so that the area beside stays the same one. */
function walk(points: PointIndex, leaving: Map<number, number[]>, start: number): number[] {
  const path: number[] = [];
  let from = -1;
  let at = start;
  for (;;) {
    const targets = leaving.get(at);
    if (targets === undefined || targets.length === 0) break;
    const next = targets.length === 1 || from === -1 ? (targets.pop() as number) : takeLeftmost(points, targets, from, at);
    path.push(at);
    from = at;
    at = next;
  }
  if (at !== start) throw new Error('the polygons do not match edge by edge');
  return path;
}

function takeLeftmost(points: PointIndex, targets: number[], from: number, at: number): number {
  const x = points.xs[at] as number;
  const y = points.ys[at] as number;
  const angleTo = (id: number) => Math.atan2((points.ys[id] as number) - y, (points.xs[id] as number) - x);
  const back = angleTo(from);
  // Clockwise from the way back: the first edge met bounds the same area.
  const clockwise = (id: number) => {
    const angle = back - angleTo(id);
    return angle > 0 ? angle : angle + 2 * Math.PI;
  };
  let best = 0;
  for (let i = 1; i < targets.length; i++) {
    if (clockwise(targets[i] as number) < clockwise(targets[best] as number)) best = i;
  }
  return targets.splice(best, 1)[0] as number;
}

/** Parts a closed walk where it meets itself. */
function simpleLoops(path: readonly number[]): number[][] {
  const loops: number[][] = [];
  const stack: number[] = [];
  const placeOf = new Map<number, number>();
  for (const id of path) {
    const place = placeOf.get(id);
    if (place !== undefined) {
      const loop = stack.splice(place);
      for (const dropped of loop) placeOf.delete(dropped);
      loops.push(loop);
    }
    placeOf.set(id, stack.length);
    stack.push(id);
  }
  loops.push(stack);
  return loops;
}
