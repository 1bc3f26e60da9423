// Cuts a region in two along the best edge of random spanning trees: both sides hang together, whatever is cut.
import type { Random } from './random.ts';
import type { SizeCost } from './size-cost.ts';
import type { Terrain } from './terrain.ts';

/** The edges of a tree are drawn in the order of their keys, sorted into this many buckets. */
const BUCKETS = 128;

/**
 * One splitter serves one terrain; nothing is allocated after it is made. A tree is Kruskal's on the keys 2 · log(weight) + Gumbel noise
 * (drawn as exponential / weight², which sorts the same), so that costly borders tend to stay inside. Every tree edge is scored by
 * the weight of all borders between its two sides, not by its own.
 */
export class TreeSplitter {
  /** After `split`: 1 for the positions of the region that go to the second side. */
  readonly side: Uint8Array;
  /** After `split`: how many parts the second side is meant for. */
  secondParts = 0;

  readonly #terrain: Terrain;
  readonly #size: SizeCost;
  readonly #random: Random;
  /** Position in the region of each block of the terrain; valid where #stamp says so. */
  readonly #positions: Int32Array;
  readonly #stamps: Int32Array;
  #stamp = 0;
  #count = 0;
  /** Borders inside the region, each once; those that touch first. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #weights: Float64Array;
  #borders = 0;
  #touching = 0;
  #meanWeight = 1;
  readonly #households: Float64Array;
  readonly #persons: Float64Array;
  /** Sorting. */
  readonly #bucketOf: Uint16Array;
  readonly #bucketStarts = new Int32Array(BUCKETS + 1);
  readonly #sorted: Int32Array;
  /** Joining. */
  readonly #roots: Int32Array;
  /** The tree. */
  readonly #heads: Int32Array;
  readonly #links: Int32Array;
  readonly #linkEnds: Int32Array;
  readonly #order: Int32Array;
  readonly #parents: Int32Array;
  readonly #depths: Int32Array;
  /** Of the subtree below each position. */
  readonly #cuts: Float64Array;
  readonly #householdsBelow: Float64Array;
  readonly #personsBelow: Float64Array;

  constructor(terrain: Terrain, size: SizeCost, random: Random) {
    this.#terrain = terrain;
    this.#size = size;
    this.#random = random;
    const blocks = terrain.size;
    const borders = terrain.neighbours.length / 2;
    this.side = new Uint8Array(blocks);
    this.#positions = new Int32Array(blocks);
    this.#stamps = new Int32Array(blocks);
    this.#from = new Int32Array(borders);
    this.#to = new Int32Array(borders);
    this.#weights = new Float64Array(borders);
    this.#households = new Float64Array(blocks);
    this.#persons = new Float64Array(blocks);
    this.#bucketOf = new Uint16Array(borders);
    this.#sorted = new Int32Array(borders);
    this.#roots = new Int32Array(blocks);
    this.#heads = new Int32Array(blocks);
    this.#links = new Int32Array(2 * blocks);
    this.#linkEnds = new Int32Array(2 * blocks);
    this.#order = new Int32Array(blocks);
    this.#parents = new Int32Array(blocks);
    this.#depths = new Int32Array(blocks);
    this.#cuts = new Float64Array(blocks);
    this.#householdsBelow = new Float64Array(blocks);
    this.#personsBelow = new Float64Array(blocks);
  }

  /**
   * Best of `trees` random trees for dividing the connected region blocks[begin … end − 1] so that it can hold `parts` parts. Returns
   * the cost: the cut and what both sides' sizes cost.
   */
  split(blocks: Int32Array, begin: number, end: number, parts: number, trees: number): number {
    this.#load(blocks, begin, end);
    let best = Infinity;
    for (let tree = 0; tree < trees; tree++) {
      this.#draw();
      this.#weigh();
      best = this.#pick(parts, best);
    }
    return best;
  }

  #load(blocks: Int32Array, begin: number, end: number): void {
    const { starts, neighbours, weights, touches, households, persons } = this.#terrain;
    const stamp = ++this.#stamp;
    this.#count = end - begin;
    for (let i = 0; i < this.#count; i++) {
      const block = blocks[begin + i] as number;
      this.#positions[block] = i;
      this.#stamps[block] = stamp;
      this.#households[i] = households[block] as number;
      this.#persons[i] = persons[block] as number;
    }
    this.#borders = 0;
    let sum = 0;
    for (let touching = 1; touching >= 0; touching--) {
      for (let i = 0; i < this.#count; i++) {
        const block = blocks[begin + i] as number;
        for (let at = starts[block] as number; at < (starts[block + 1] as number); at++) {
          const other = neighbours[at] as number;
          if (other <= block || touches[at] !== touching || this.#stamps[other] !== stamp) continue;
          this.#from[this.#borders] = i;
          this.#to[this.#borders] = this.#positions[other] as number;
          this.#weights[this.#borders++] = weights[at] as number;
          sum += weights[at] as number;
        }
      }
      if (touching === 1) {
        this.#touching = this.#borders;
        this.#meanWeight = sum / Math.max(1, this.#borders);
      }
    }
  }

  /** Draws a random spanning tree and walks it from position 0: #order, #parents, #depths. */
  #draw(): void {
    this.#sort();
    const heads = this.#heads;
    const links = this.#links;
    const ends = this.#linkEnds;
    const roots = this.#roots;
    const sorted = this.#sorted;
    const from = this.#from;
    const to = this.#to;
    const count = this.#count;
    for (let i = 0; i < count; i++) {
      heads[i] = -1;
      roots[i] = i;
    }
    for (let k = 0, added = 0; added < 2 * (count - 1) && k < this.#touching; k++) {
      const border = sorted[k] as number;
      const a = from[border] as number;
      const b = to[border] as number;
      const rootA = rootOf(roots, a);
      const rootB = rootOf(roots, b);
      if (rootA === rootB) continue;
      roots[rootA] = rootB;
      ends[added] = b;
      links[added] = heads[a] as number;
      heads[a] = added++;
      ends[added] = a;
      links[added] = heads[b] as number;
      heads[b] = added++;
    }
    const order = this.#order;
    const parents = this.#parents;
    const depths = this.#depths;
    order[0] = 0;
    parents[0] = -1;
    depths[0] = 0;
    for (let done = 0, found = 1; done < found; done++) {
      const at = order[done] as number;
      for (let link = heads[at] as number; link >= 0; link = links[link] as number) {
        const next = ends[link] as number;
        if (next === parents[at]) continue;
        parents[next] = at;
        depths[next] = (depths[at] as number) + 1;
        order[found++] = next;
      }
    }
  }

  /** Sorts the touching borders by exponential / weight², ascending, to the nearest bucket. */
  #sort(): void {
    const starts = this.#bucketStarts.fill(0);
    const weights = this.#weights;
    const buckets = this.#bucketOf;
    const random = this.#random;
    const mean = this.#meanWeight;
    const touching = this.#touching;
    for (let i = 0; i < touching; i++) {
      const key = random.exponential() * mean;
      const weight = weights[i] as number;
      const bucket = ((key / (key + (weight * weight) / mean)) * BUCKETS) | 0;
      buckets[i] = bucket;
      starts[bucket + 1] = (starts[bucket + 1] as number) + 1;
    }
    for (let i = 0; i < BUCKETS; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
    for (let i = 0; i < touching; i++) {
      const bucket = buckets[i] as number;
      const at = starts[bucket] as number;
      this.#sorted[at] = i;
      starts[bucket] = at + 1;
    }
  }

  /** What lies below each position, and the weight of all borders that leave it. */
  #weigh(): void {
    const count = this.#count;
    const parents = this.#parents;
    const depths = this.#depths;
    const cuts = this.#cuts;
    const householdsBelow = this.#householdsBelow;
    const personsBelow = this.#personsBelow;
    for (let i = 0; i < count; i++) {
      cuts[i] = 0;
      householdsBelow[i] = this.#households[i] as number;
      personsBelow[i] = this.#persons[i] as number;
    }
    for (let k = count - 1; k > 0; k--) {
      const at = this.#order[k] as number;
      const up = parents[at] as number;
      householdsBelow[up] = (householdsBelow[up] as number) + (householdsBelow[at] as number);
      personsBelow[up] = (personsBelow[up] as number) + (personsBelow[at] as number);
    }
    // A border leaves exactly the subtrees on the way between its two ends.
    for (let i = 0; i < this.#borders; i++) {
      const weight = this.#weights[i] as number;
      let a = this.#from[i] as number;
      let b = this.#to[i] as number;
      while (a !== b) {
        if ((depths[a] as number) >= (depths[b] as number)) {
          cuts[a] = (cuts[a] as number) + weight;
          a = parents[a] as number;
        } else {
          cuts[b] = (cuts[b] as number) + weight;
          b = parents[b] as number;
        }
      }
    }
  }

  /** Takes the best edge of the tree if it beats `best`; returns the better cost. */
  #pick(parts: number, best: number): number {
    const size = this.#size;
    const householdsBelow = this.#householdsBelow;
    const personsBelow = this.#personsBelow;
    const households = householdsBelow[0] as number;
    const persons = personsBelow[0] as number;
    const perPart = households / parts;
    let chosen = -1;
    for (let k = 1; k < this.#count; k++) {
      const at = this.#order[k] as number;
      const cut = this.#cuts[at] as number;
      if (cut >= best) continue;
      const below = householdsBelow[at] as number;
      let second = 1;
      if (parts > 2 && perPart > 0) second = Math.min(parts - 1, Math.max(1, Math.round(below / perPart)));
      const cost =
        cut +
        size.parts(below, personsBelow[at] as number, second) +
        size.parts(households - below, persons - (personsBelow[at] as number), parts - second);
      if (cost >= best) continue;
      best = cost;
      chosen = at;
      this.secondParts = second;
    }
    if (chosen >= 0) this.#mark(chosen);
    return best;
  }

  #mark(chosen: number): void {
    const side = this.side;
    side[0] = 0;
    for (let k = 1; k < this.#count; k++) {
      const at = this.#order[k] as number;
      side[at] = at === chosen || side[this.#parents[at] as number] === 1 ? 1 : 0;
    }
  }
}

function rootOf(roots: Int32Array, position: number): number {
  let at = position;
  while (roots[at] !== at) {
    const up = roots[roots[at] as number] as number;
    roots[at] = up;
    at = up;
  }
  return at;
}
