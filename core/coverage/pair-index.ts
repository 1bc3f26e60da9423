// Numbers pairs of integers in order of appearance: points by their coordinates, edges by the numbers of their ends.

const EMPTY = -1;

/** An open hash table; a Map would need a text or a heap number for every key. */
export class PairIndex {
  /** The pairs, by number. */
  readonly xs: number[] = [];
  readonly ys: number[] = [];
  #slots = new Int32Array(1 << 6).fill(EMPTY);

  /** How many different pairs there are. */
  get size(): number {
    return this.xs.length;
  }

  /** Number of the pair, given on first sight. */
  idOf(x: number, y: number): number {
    const slot = this.#slotOf(x, y);
    const known = this.#slots[slot] as number;
    if (known !== EMPTY) return known;
    const id = this.xs.length;
    this.xs.push(x);
    this.ys.push(y);
    this.#slots[slot] = id;
    if (this.xs.length * 2 > this.#slots.length) this.#rehash();
    return id;
  }

  /** Number of the pair; undefined where it was never seen. */
  find(x: number, y: number): number | undefined {
    const known = this.#slots[this.#slotOf(x, y)] as number;
    return known === EMPTY ? undefined : known;
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

/** Edges without direction, by the numbers of their ends: x is the lower one. */
export class EdgeIndex extends PairIndex {
  override idOf(a: number, b: number): number {
    return super.idOf(Math.min(a, b), Math.max(a, b));
  }

  override find(a: number, b: number): number | undefined {
    return super.find(Math.min(a, b), Math.max(a, b));
  }
}

function hash(x: number, y: number): number {
  const mixed = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b);
  const spread = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return spread ^ (spread >>> 13);
}
