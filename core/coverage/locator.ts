// Where many points lie in one polygon: its edges by rows, so that each point is held against few of them.
import { boxOf } from './box.ts';
import type { Polygon, Ring } from './geometry.ts';
import { CROSSED, meetingWithRay, type Place, TOUCHED } from './locate.ts';

/** More rows cost more to fill than they save. */
const MAX_ROWS = 256;
/** Edges per row that are worth one more row. */
const EDGES_PER_ROW = 2;
/** Filled when the first point comes. The same answers as `locate`. */
export function locatorOf(polygon: Polygon): (x: number, y: number) => Place {
  let rows: EdgeRows | null = null;
  return (x, y) => {
    rows ??= new EdgeRows(polygon);
    return rows.locate(x, y);
  };
}

class EdgeRows {
  readonly #south: number;
  readonly #rowsPerStep: number;
  /** By row the ends of its edges: ax, ay, bx, by, … Arrays that the engine keeps short-lived: typed ones cost more to make than to use. */
  readonly #rows: number[][];

  constructor(polygon: Polygon) {
    const { minY, maxY } = boxOf(polygon);
    const edges = polygon.reduce((sum, ring) => sum + ring.length / 2, 0);
    const rows = Math.max(1, Math.min(MAX_ROWS, Math.floor(edges / EDGES_PER_ROW)));
    this.#south = minY;
    this.#rowsPerStep = rows / Math.max(1, maxY - minY);
    this.#rows = Array.from({ length: rows }, () => []);
    for (const ring of polygon) this.#addRing(ring);
  }

  locate(x: number, y: number): Place {
    const ends = this.#rows[this.#rowOf(y)] as number[];
    let inside = false;
    for (let i = 0; i < ends.length; i += 4) {
      const meeting = meetingWithRay(ends[i] as number, ends[i + 1] as number, ends[i + 2] as number, ends[i + 3] as number, x, y);
      if (meeting === TOUCHED) return 'border';
      if (meeting === CROSSED) inside = !inside;
    }
    return inside ? 'inside' : 'outside';
  }

  #addRing(ring: Ring): void {
    let ax = ring[ring.length - 2] as number;
    let ay = ring[ring.length - 1] as number;
    let rowOfA = this.#rowOf(ay);
    for (let i = 0; i < ring.length; i += 2) {
      const bx = ring[i] as number;
      const by = ring[i + 1] as number;
      const rowOfB = this.#rowOf(by);
      const last = Math.max(rowOfA, rowOfB);
      for (let row = Math.min(rowOfA, rowOfB); row <= last; row++) this.#rows[row]?.push(ax, ay, bx, by);
      ax = bx;
      ay = by;
      rowOfA = rowOfB;
    }
  }

  #rowOf(y: number): number {
    return Math.max(0, Math.min(this.#rows.length - 1, Math.floor((y - this.#south) * this.#rowsPerStep)));
  }
}
