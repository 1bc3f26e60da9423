// Many places sorted into cells, to be visited along lines: quicker to make than a tree, and made anew for every state.
import type { Box } from '../coverage/geometry.ts';
import type { Piece } from './through-building.ts';

/** So many places share a cell on average. */
const PLACES_PER_CELL = 2;

export class PlaceBuckets {
  /** Around all places. */
  readonly box: Box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  readonly #side: number;
  /** Places of cell c are at #starts[c] to #starts[c + 1] − 1 of #order. */
  readonly #starts: Int32Array;
  readonly #order: Int32Array;

  /** x0, y0, x1, y1, … */
  constructor(places: Float64Array) {
    const count = places.length / 2;
    this.#side = Math.max(1, Math.floor(Math.sqrt(count / PLACES_PER_CELL)));
    for (let i = 0; i < places.length; i += 2) {
      const [x, y] = [places[i] as number, places[i + 1] as number];
      if (x < this.box.minX) this.box.minX = x;
      if (x > this.box.maxX) this.box.maxX = x;
      if (y < this.box.minY) this.box.minY = y;
      if (y > this.box.maxY) this.box.maxY = y;
    }
    const cells = new Int32Array(count);
    this.#starts = new Int32Array(this.#side ** 2 + 1);
    for (let i = 0; i < count; i++) {
      const cell = this.#row(places[2 * i + 1] as number) * this.#side + this.#column(places[2 * i] as number);
      cells[i] = cell;
      this.#starts[cell + 1] = (this.#starts[cell + 1] as number) + 1;
    }
    for (let c = 0; c < this.#side ** 2; c++) this.#starts[c + 1] = (this.#starts[c + 1] as number) + (this.#starts[c] as number);
    const next = this.#starts.slice();
    this.#order = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const at = next[cells[i] as number] as number;
      this.#order[at] = i;
      next[cells[i] as number] = at + 1;
    }
  }

  /** Positions of all places within reach of the box around a straight piece, and of some more. */
  visit({ ax, ay, bx, by }: Piece, reach: number, see: (place: number) => void): void {
    const { minX, minY, maxX, maxY } = this.box;
    if (Math.min(ax, bx) - reach > maxX || Math.max(ax, bx) + reach < minX) return;
    if (Math.min(ay, by) - reach > maxY || Math.max(ay, by) + reach < minY) return;
    const west = this.#column(Math.min(ax, bx) - reach);
    const east = this.#column(Math.max(ax, bx) + reach);
    const south = this.#row(Math.min(ay, by) - reach);
    const north = this.#row(Math.max(ay, by) + reach);
    for (let row = south; row <= north; row++) {
      const end = this.#starts[row * this.#side + east + 1] as number;
      for (let at = this.#starts[row * this.#side + west] as number; at < end; at++) see(this.#order[at] as number);
    }
  }

  #column(x: number): number {
    return this.#cellAlong(x - this.box.minX, this.box.maxX - this.box.minX);
  }

  #row(y: number): number {
    return this.#cellAlong(y - this.box.minY, this.box.maxY - this.box.minY);
  }

  #cellAlong(offset: number, length: number): number {
    return length <= 0 ? 0 : Math.min(this.#side - 1, Math.max(0, Math.floor((offset / length) * this.#side)));
  }
}
