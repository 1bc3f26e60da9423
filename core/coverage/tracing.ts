// Directed edges to rings and polygons: walks with the area on the left, exact turns.
import type { Polygon } from './geometry.ts';
import { EdgeIndex, type PairIndex } from './pair-index.ts';
import { polygonsOfRings } from './ring.ts';

/** Directed edges as pairs of point numbers: from0, to0, from1, to1, … Each at most once; every point is left as often as entered. */
export type DirectedEdges = readonly number[];

const NONE = -1;

/** The edges of a polygon's rings. */
export function edgesOf(points: PairIndex, polygon: Polygon): number[] {
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
  readonly #edges = new EdgeIndex();
  /** How often more an edge was added from its lower to its higher end than back. */
  readonly #balance: number[] = [];

  add(from: number, to: number): void {
    const id = this.#edges.idOf(from, to);
    this.#balance[id] = (this.#balance[id] ?? 0) + (from < to ? 1 : -1);
  }

  list(): number[] {
    const edges: number[] = [];
    this.#balance.forEach((balance, id) => {
      const [low, high] = [this.#edges.xs[id] as number, this.#edges.ys[id] as number];
      for (let i = balance; i > 0; i--) edges.push(low, high);
      for (let i = balance; i < 0; i++) edges.push(high, low);
    });
    return edges;
  }
}

/**
 * The polygons on the left of the edges, which must not cross. Rings that touch in a point are told apart, so every polygon is valid by
 * OGC. Canonical and in order; throws when the edges do not close.
 */
export function polygonsOfEdges(points: PairIndex, edges: DirectedEdges): Polygon[] {
  const rings = new EdgeGraph(points, edges).circuits().flatMap((circuit) => simpleLoops(circuit.map((edge) => edges[edge * 2] as number)));
  return polygonsOfRings(rings.map((ids) => ids.flatMap((id) => [points.xs[id] as number, points.ys[id] as number])));
}

/** The edges without those that have one face on both sides, such as ends that hang in it: what is left bounds something. */
export function boundingEdges(points: PairIndex, edges: DirectedEdges): DirectedEdges {
  const graph = new EdgeGraph(points, edges);
  const circuitOf = new Int32Array(edges.length / 2);
  graph.circuits().forEach((circuit, number) => {
    for (const edge of circuit) circuitOf[edge] = number;
  });
  const bounding: number[] = [];
  for (let edge = 0; edge < circuitOf.length; edge++) {
    const reverse = graph.reverseOf(edge);
    if (reverse === NONE || circuitOf[edge] !== circuitOf[reverse]) bounding.push(edges[edge * 2] as number, edges[edge * 2 + 1] as number);
  }
  return bounding;
}

/** Edges by the points that they leave. */
class EdgeGraph {
  readonly #points: PairIndex;
  readonly #edges: DirectedEdges;
  /** Linked lists: the first edge that leaves a point, and the next one leaving the same point as an edge. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;

  constructor(points: PairIndex, edges: DirectedEdges) {
    this.#points = points;
    this.#edges = edges;
    this.#first = new Int32Array(points.size).fill(NONE);
    this.#next = new Int32Array(edges.length / 2);
    for (let edge = 0; edge < this.#next.length; edge++) {
      const from = edges[edge * 2] as number;
      this.#next[edge] = this.#first[from] as number;
      this.#first[from] = edge;
    }
  }

  /** Closed walks, as numbers of edges; each edge is on one. */
  circuits(): number[][] {
    const walked = new Uint8Array(this.#next.length);
    const circuits: number[][] = [];
    for (let start = 0; start < walked.length; start++) {
      if (walked[start]) continue;
      const circuit: number[] = [];
      let edge = start;
      do {
        if (edge === NONE || walked[edge]) throw new Error('the edges do not close: polygons do not match edge by edge');
        walked[edge] = 1;
        circuit.push(edge);
        edge = this.#following(edge);
      } while (edge !== start);
      circuits.push(circuit);
    }
    return circuits;
  }

  reverseOf(edge: number): number {
    const from = this.#edges[edge * 2] as number;
    let other = this.#first[this.#edges[edge * 2 + 1] as number] as number;
    while (other !== NONE && this.#edges[other * 2 + 1] !== from) other = this.#next[other] as number;
    return other;
  }

  /** Of the edges that leave the end of an edge, the next one clockwise from the way back: it bounds the same face. */
  #following(edge: number): number {
    const at = this.#edges[edge * 2 + 1] as number;
    const first = this.#first[at] as number;
    if (first === NONE || this.#next[first] === NONE) return first;
    const back = this.#direction(at, this.#edges[edge * 2] as number);
    let best = first;
    let bestDirection = this.#direction(at, this.#edges[first * 2 + 1] as number);
    for (let other = this.#next[first] as number; other !== NONE; other = this.#next[other] as number) {
      const direction = this.#direction(at, this.#edges[other * 2 + 1] as number);
      if (!clockwiseBefore(back, direction, bestDirection)) continue;
      best = other;
      bestDirection = direction;
    }
    return best;
  }

  #direction(from: number, to: number): Direction {
    const { xs, ys } = this.#points;
    return [(xs[to] as number) - (xs[from] as number), (ys[to] as number) - (ys[from] as number)];
  }
}

type Direction = readonly [dx: number, dy: number];

/** Exact: edges are shorter than MAX_SPAN_STEPS. */
const cross = (a: Direction, b: Direction): number => a[0] * b[1] - a[1] * b[0];

/** Whether, turning clockwise from `back`, `a` comes before `b`. `back` itself comes last. */
function clockwiseBefore(back: Direction, a: Direction, b: Direction): boolean {
  const [turnA, turnB] = [turnTo(back, a), turnTo(back, b)];
  return turnA === turnB ? cross(a, b) < 0 : turnA < turnB;
}

/** 0: less than half a turn clockwise from `back`; 1: half a turn or more; 2: the whole. */
function turnTo(back: Direction, direction: Direction): 0 | 1 | 2 {
  const side = cross(back, direction);
  if (side !== 0) return side < 0 ? 0 : 1;
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
