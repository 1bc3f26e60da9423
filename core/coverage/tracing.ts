// Directed edges to rings and polygons: walks with the area on the left, exact turns.
import type { Polygon } from './geometry.ts';
import type { PointIndex } from './point-index.ts';
import { polygonsOfRings } from './ring.ts';

/** Directed edges as pairs of point numbers: from0, to0, from1, to1, … Each at most once; every point is left as often as entered. */
export type DirectedEdges = readonly number[];

/** The edges of a polygon's rings. */
export function edgesOf(points: PointIndex, polygon: Polygon): number[] {
  const edges: number[] = [];
  for (const ring of polygon) {
    let from = points.idOf(ring[ring.length - 2] as number, ring[ring.length - 1] as number);
    for (let i = 0; i < ring.length; i += 2) {
      const to = points.idOf(ring[i] as number, ring[i + 1] as number);
      edges.push(from, to);
      from = to;
    }
  }
  return edges;
}

/** Directed edges in which an edge and its reverse cancel out. */
export class BorderEdges {
  readonly #points: PointIndex;
  readonly #edges = new Map<number, readonly [from: number, to: number]>();

  constructor(points: PointIndex) {
    this.#points = points;
  }

  add(from: number, to: number): void {
    if (!this.#edges.delete(this.#points.edgeKey(to, from))) this.#edges.set(this.#points.edgeKey(from, to), [from, to]);
  }

  list(): number[] {
    return [...this.#edges.values()].flat();
  }
}

/**
 * The polygons on the left of the edges, which must not cross. Rings that touch in a point are told apart, so every polygon is valid by
 * OGC. Canonical and in order.
 */
export function polygonsOfEdges(points: PointIndex, edges: DirectedEdges): Polygon[] {
  const rings = circuits(points, edges).flatMap((circuit) => simpleLoops(circuit.map((edge) => edges[edge * 2] as number)));
  return polygonsOfRings(rings.map((ids) => ids.flatMap((id) => [points.xs[id] as number, points.ys[id] as number])));
}

/** The edges without those that have one face on both sides, such as ends that hang in it: what is left bounds something. */
export function boundingEdges(points: PointIndex, edges: DirectedEdges): DirectedEdges {
  const circuitOf = new Map<number, number>();
  circuits(points, edges).forEach((circuit, number) => {
    for (const edge of circuit) circuitOf.set(points.edgeKey(edges[edge * 2] as number, edges[edge * 2 + 1] as number), number);
  });
  const bounding: number[] = [];
  for (let i = 0; i < edges.length; i += 2) {
    const [from, to] = [edges[i] as number, edges[i + 1] as number];
    if (circuitOf.get(points.edgeKey(from, to)) !== circuitOf.get(points.edgeKey(to, from))) bounding.push(from, to);
  }
  return bounding;
}

/** Closed walks, as numbers of edges. At a point each goes on with the next edge clockwise from where it came: that one bounds the same face. */
function circuits(points: PointIndex, edges: DirectedEdges): number[][] {
  const leaving = new Map<number, number[]>();
  for (let i = 0; i < edges.length; i += 2) {
    const others = leaving.get(edges[i] as number);
    if (others === undefined) leaving.set(edges[i] as number, [i / 2]);
    else others.push(i / 2);
  }
  const walked = new Uint8Array(edges.length / 2);
  const found: number[][] = [];
  for (let start = 0; start < walked.length; start++) {
    if (walked[start]) continue;
    const circuit: number[] = [];
    let edge = start;
    do {
      if (walked[edge]) throw new Error('the edges do not close: the polygons do not match edge by edge');
      walked[edge] = 1;
      circuit.push(edge);
      edge = following(points, edges, leaving.get(edges[edge * 2 + 1] as number) ?? [], edge);
    } while (edge !== start);
    found.push(circuit);
  }
  return found;
}

function following(points: PointIndex, edges: DirectedEdges, leaving: readonly number[], edge: number): number {
  const [first, ...others] = leaving;
  if (first === undefined) throw new Error('the edges do not close: the polygons do not match edge by edge');
  if (others.length === 0) return first;
  const at = edges[edge * 2 + 1] as number;
  const x = points.xs[at] as number;
  const y = points.ys[at] as number;
  const direction = (id: number): Direction => [(points.xs[id] as number) - x, (points.ys[id] as number) - y];
  const back = direction(edges[edge * 2] as number);
  let best = first;
  let bestDirection = direction(edges[first * 2 + 1] as number);
  for (const other of others) {
    const candidate = direction(edges[other * 2 + 1] as number);
    if (clockwiseBefore(back, candidate, bestDirection)) {
      best = other;
      bestDirection = candidate;
    }
  }
  return best;
}

type Direction = readonly [dx: number, dy: number];

/** Exact: the edges of a coverage are shorter than MAX_SPAN_STEPS. */
const cross = (a: Direction, b: Direction): number => a[0] * b[1] - a[1] * b[0];

/** Whether, turning clockwise from `back`, `a` comes before `b`. `back` itself comes last. */
function clockwiseBefore(back: Direction, a: Direction, b: Direction): boolean {
  const [halfA, halfB] = [halfTurn(back, a), halfTurn(back, b)];
  return halfA === halfB ? cross(a, b) < 0 : halfA < halfB;
}

/** 0: less than half a turn clockwise from `back`; 1: half a turn or more; 2: the whole. */
function halfTurn(back: Direction, direction: Direction): 0 | 1 | 2 {
  const turn = cross(back, direction);
  if (turn !== 0) return turn < 0 ? 0 : 1;
  return back[0] * direction[0] + back[1] * direction[1] > 0 ? 2 : 1;
}

/** Parts a closed walk where it meets itself. */
function simpleLoops(path: readonly number[]): number[][] {
  const loops: number[][] = [];
  const open: number[] = [];
  const placeOf = new Map<number, number>();
  for (const id of path) {
    const place = placeOf.get(id);
    if (place !== undefined) {
      const loop = open.splice(place);
      for (const passed of loop) placeOf.delete(passed);
      loops.push(loop);
    }
    placeOf.set(id, open.length);
    open.push(id);
  }
  loops.push(open);
  return loops;
}
