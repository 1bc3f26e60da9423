// A polygon's edges by rows, for many questions: each point or box is held against few of them.
import { boxOf, segmentMeetsBox } from './box.ts';
import type { Box, Polygon, Ring } from './geometry.ts';
import { CROSSED, meetingWithRay, type Place, TOUCHED } from './locate.ts';

/** More rows cost more to fill than they save. */
const MAX_ROWS = 256;
/** Edges per row that are worth one more row. */
const EDGES_PER_ROW = 2;

export class EdgeRows {
  readonly box: Box;
  readonly #rowsPerStep: number;
  /** By row the ends of its edges: ax, ay, bx, by, … */
  readonly #rows: number[][];

  constructor(polygon: Polygon) {
    this.box = boxOf(polygon);
    const edges = polygon.reduce((sum, ring) => sum + ring.length / 2, 0);
    const rows = Math.max(1, Math.min(MAX_ROWS, Math.floor(edges / EDGES_PER_ROW)));
    this.#rowsPerStep = rows / Math.max(1, this.box.maxY - this.box.minY);
    this.#rows = Array.from({ length: rows }, () => []);
    for (const ring of polygon) this.#addRing(ring);
  }

  /** Where a point lies: the same answer as `locate`. */
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

  /** Visits the edges that meet a box, some of them more than once. */
  visitEdges(box: Box, visit: (ax: number, ay: number, bx: number, by: number) => void): void {
    const { minX, minY, maxX, maxY } = box;
    const last = this.#rowOf(maxY);
    for (let row = this.#rowOf(minY); row <= last; row++) {
      const ends = this.#rows[row] as number[];
      for (let i = 0; i < ends.length; i += 4) {
        const ax = ends[i] as number;
        const bx = ends[i + 2] as number;
        if (ax < bx ? bx < minX || ax > maxX : ax < minX || bx > maxX) continue;
        const ay = ends[i + 1] as number;
        const by = ends[i + 3] as number;
        if (ay < by ? by < minY || ay > maxY : ay < minY || by > maxY) continue;
        if (segmentMeetsBox(ax, ay, bx, by, box)) visit(ax, ay, bx, by);
      }
    }
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
    return Math.max(0, Math.min(this.#rows.length - 1, Math.floor((y - this.box.minY) * this.#rowsPerStep)));
  }
}
