// Where many points lie in one polygon: its edges by rows, so that each point is held against few of them.
import { boxOf } from './box.ts';
import type { Polygon } from './geometry.ts';
import { CROSSED, meetingWithRay, type Place, TOUCHED } from './locate.ts';

/** More rows cost more to fill than they save. */
const MAX_ROWS = 256;
/** Edges per row that are worth one more row. */
const EDGES_PER_ROW = 2;
/** Filled when the first point comes. The same answers as `locate`. */
export function locatorOf(polygon: Polygon): (point: readonly [number, number]) => Place {
  let rows: EdgeRows | null = null;
  return (point) => {
    rows ??= new EdgeRows(polygon);
    return rows.locate(point[0], point[1]);
  };
}

class EdgeRows {
  readonly #south: number;
  readonly #rowsPerStep: number;
  readonly #last: number;
  /** Ends of the edges: ax, ay, bx, by, … */
  readonly #edges: Float64Array;
  /** Edges row by row, and where each row begins. */
  readonly #listed: Int32Array;
  readonly #starts: Int32Array;

  constructor(polygon: Polygon) {
    const { minY, maxY } = boxOf(polygon);
    this.#edges = endsOf(polygon);
    const count = this.#edges.length / 4;
    const rows = Math.max(1, Math.min(MAX_ROWS, Math.floor(count / EDGES_PER_ROW)));
    this.#south = minY;
    this.#rowsPerStep = rows / Math.max(1, maxY - minY);
    this.#last = rows - 1;
    this.#starts = new Int32Array(rows + 1);
    for (let edge = 0; edge < count; edge++) {
      const last = this.#northernRow(edge);
      for (let row = this.#southernRow(edge); row <= last; row++) (this.#starts[row + 1] as number)++;
    }
    for (let row = 0; row < rows; row++) (this.#starts[row + 1] as number) += this.#starts[row] as number;
    this.#listed = new Int32Array(this.#starts[rows] as number);
    const next = this.#starts.slice();
    for (let edge = 0; edge < count; edge++) {
      const last = this.#northernRow(edge);
      for (let row = this.#southernRow(edge); row <= last; row++) this.#listed[(next[row] as number)++] = edge;
    }
  }

  locate(x: number, y: number): Place {
    const row = this.#rowOf(y);
    let inside = false;
    const edges = this.#edges;
    const end = this.#starts[row + 1] as number;
    for (let i = this.#starts[row] as number; i < end; i++) {
      const at = (this.#listed[i] as number) * 4;
      const ax = edges[at] as number;
      const ay = edges[at + 1] as number;
      const bx = edges[at + 2] as number;
      const by = edges[at + 3] as number;
      const meeting = meetingWithRay(ax, ay, bx, by, x, y);
      if (meeting === TOUCHED) return 'border';
      if (meeting === CROSSED) inside = !inside;
    }
    return inside ? 'inside' : 'outside';
  }

  #southernRow(edge: number): number {
    return this.#rowOf(Math.min(this.#edges[edge * 4 + 1] as number, this.#edges[edge * 4 + 3] as number));
  }

  #northernRow(edge: number): number {
    return this.#rowOf(Math.max(this.#edges[edge * 4 + 1] as number, this.#edges[edge * 4 + 3] as number));
  }

  #rowOf(y: number): number {
    return Math.max(0, Math.min(this.#last, Math.floor((y - this.#south) * this.#rowsPerStep)));
  }
}

function endsOf(polygon: Polygon): Float64Array {
  const ends = new Float64Array(2 * polygon.reduce((sum, ring) => sum + ring.length, 0));
  let at = 0;
  for (const ring of polygon) {
    let ax = ring[ring.length - 2] as number;
    let ay = ring[ring.length - 1] as number;
    for (let i = 0; i < ring.length; i += 2) {
      const bx = ring[i] as number;
      const by = ring[i + 1] as number;
      ends[at++] = ax;
      ends[at++] = ay;
      ends[at++] = bx;
      ends[at++] = by;
      [ax, ay] = [bx, by];
    }
  }
  return ends;
}
