// Tries every division of a few blocks: finds a legal one that the search missed, or makes sure that there is none.
import { sizeBreach } from '../rules/band.ts';
import type { SizeRule } from '../rules/profile.ts';
import { sizeBounds } from './bounds.ts';
import type { BlockGraph } from './graph.ts';
import type { Sums } from './sums.ts';

/** A set of blocks is two numbers of so many bits, which stay small integers. */
const HALF = 30;
const HIGH_RADIX = 1 << HALF;
/** Above this many blocks not every division can be tried. */
export const MAX_EXACT_BLOCKS = 2 * HALF - 1;

/** unfinished: there was more to try than was allowed. */
type ExactAnswer =
  | { readonly kind: 'found'; readonly partOf: Int32Array; readonly parts: number }
  | { readonly kind: 'none' | 'unfinished' };

/** `parts`: into so many, null: into any number. `steps`: how much is tried; counted, not timed, so that all machines agree. */
interface ExactOptions {
  readonly parts: number | null;
  readonly steps: number;
}

/** Divides connected blocks, MAX_EXACT_BLOCKS at most, into legal parts that each hang together. `partOf` is by position in `blocks`. */
export function divideExactly(graph: BlockGraph, rule: SizeRule, blocks: ArrayLike<number>, options: ExactOptions): ExactAnswer {
  return new ExactDivision(graph, rule, blocks, options).answer(options.parts ?? 0);
}

class ExactDivision {
  readonly #size: number;
  readonly #rule: SizeRule;
  readonly #bounds: ReturnType<typeof sizeBounds>;
  readonly #counted: boolean;
  readonly #households: Float64Array;
  readonly #persons: Float64Array;
  /** Neighbours of each block. */
  readonly #nearLow: Int32Array;
  readonly #nearHigh: Int32Array;
  /** What was tried: high half (and number of parts) → low half → a part to begin with, null where nothing can be divided. */
  readonly #known = new Map<number, Map<number, Part | null>>();
  #stepsLeft: number;
  /** What `#flood` reached. */
  #low = 0;
  #high = 0;

  constructor(graph: BlockGraph, rule: SizeRule, blocks: ArrayLike<number>, { parts, steps }: ExactOptions) {
    this.#size = blocks.length;
    this.#rule = rule;
    this.#bounds = sizeBounds(rule);
    this.#counted = parts !== null;
    this.#stepsLeft = steps;
    this.#households = Float64Array.from(blocks, (block) => graph.households[block] as number);
    this.#persons = Float64Array.from(blocks, (block) => graph.persons[block] as number);
    this.#nearLow = new Int32Array(this.#size);
    this.#nearHigh = new Int32Array(this.#size);
    const positions = new Map(Array.from(blocks, (block, i) => [block, i]));
    for (const [block, i] of positions) {
      for (const other of graph.neighbours.subarray(graph.starts[block], graph.starts[block + 1])) {
        const at = positions.get(other);
        if (at === undefined) continue;
        if (at < HALF) this.#nearLow[i] = (this.#nearLow[i] as number) | (1 << at);
        else this.#nearHigh[i] = (this.#nearHigh[i] as number) | (1 << (at - HALF));
      }
    }
  }

  answer(parts: number): ExactAnswer {
    const low = (1 << Math.min(this.#size, HALF)) - 1;
    const high = (1 << Math.max(0, this.#size - HALF)) - 1;
    const found = this.#divide(low, high, parts);
    if (this.#stepsLeft < 0) return { kind: 'unfinished' };
    return found ? { kind: 'found', ...this.#layout(low, high, parts) } : { kind: 'none' };
  }

  /** The division that was found, read from what is known. */
  #layout(low: number, high: number, parts: number): { partOf: Int32Array; parts: number } {
    const partOf = new Int32Array(this.#size);
    const waiting = [{ low, high, parts }];
    let count = 0;
    for (let rest = waiting.pop(); rest; rest = waiting.pop()) {
      if ((rest.low | rest.high) === 0) continue;
      const own = this.#counted ? rest : this.#piece(rest.low, rest.high);
      const part = this.#known.get(own.high + rest.parts * HIGH_RADIX)?.get(own.low) as Part;
      for (let i = 0; i < this.#size; i++) if (has(part.low, part.high, i)) partOf[i] = count;
      count++;
      const next = this.#counted ? rest.parts - 1 : 0;
      waiting.push({ low: rest.low ^ own.low, high: rest.high ^ own.high, parts: next });
      waiting.push({ low: own.low ^ part.low, high: own.high ^ part.high, parts: next });
    }
    return { partOf, parts: count };
  }

  /** The connected piece that the lowest block of a set lies in. */
  #piece(low: number, high: number): Part {
    this.#flood(lowest(low, high), low, high);
    return { low: this.#low, high: this.#high };
  }

  /** Whether a set of blocks can be divided into legal parts. Where parts are counted, those of all pieces have to add up. */
  #divide(low: number, high: number, parts: number): boolean {
    if ((low | high) === 0) return !this.#counted || parts === 0;
    const piece = this.#piece(low, high);
    if (this.#counted) return parts > 0 && this.#divideSet(low, high, piece, parts);
    return this.#divideSet(piece.low, piece.high, piece, 0) && this.#divide(low ^ piece.low, high ^ piece.high, 0);
  }

  /** Whether the set, of which the piece comes first, can be divided. */
  #divideSet(low: number, high: number, piece: Part, parts: number): boolean {
    const key = high + parts * HIGH_RADIX;
    let known = this.#known.get(key);
    if (!known) {
      known = new Map();
      this.#known.set(key, known);
    }
    const answer = known.get(low);
    if (answer !== undefined) return answer !== null;
    const part = this.#mayHold(piece.low, piece.high) ? this.#firstPart({ low, high, piece, parts }) : null;
    if (this.#stepsLeft >= 0) known.set(low, part);
    return part !== null;
  }

  #firstPart(task: Task): Part | null {
    const seed = this.#hardestOf(task.piece);
    return this.#grow(task, bitLow(seed), bitHigh(seed), 0, 0, this.#households[seed] as number, this.#persons[seed] as number);
  }

  /** A part of the piece that holds `low, high` and none of `outLow, outHigh`, such that the rest can be divided. */
  #grow(task: Task, low: number, high: number, outLow: number, outHigh: number, households: number, persons: number): Part | null {
    if (--this.#stepsLeft < 0 || this.#isAbove(households, persons)) return null;
    const { piece } = task;
    const [nearLow, nearHigh] = this.#around(low, high);
    let nextLow = nearLow & piece.low & ~outLow;
    let nextHigh = nearHigh & piece.high & ~outHigh;
    if (!this.#isHopeful(task, low, high, outLow, outHigh, nextLow, nextHigh)) return null;
    if (sizeBreach({ households, population: persons }, this.#rule) === null) {
      if (this.#divide(task.low ^ low, task.high ^ high, task.parts - 1)) return { low, high };
    }
    while ((nextLow | nextHigh) !== 0) {
      const block = lowest(nextLow, nextHigh);
      const [bitL, bitH] = [bitLow(block), bitHigh(block)];
      const sumHouseholds = households + (this.#households[block] as number);
      const sumPersons = persons + (this.#persons[block] as number);
      const part = this.#grow(task, low | bitL, high | bitH, outLow, outHigh, sumHouseholds, sumPersons);
      if (part) return part;
      nextLow ^= bitL;
      nextHigh ^= bitH;
      outLow |= bitL;
      outHigh |= bitH;
      if (!this.#isHopeful(task, low, high, outLow, outHigh, nextLow, nextHigh)) return null;
    }
    return null;
  }

  /**
   * Whether the part may still become large enough, and what it leaves out may hold parts of its own. What no further growth can
   * reach is divided at once.
   */
  #isHopeful(
    { piece, parts }: Task,
    low: number,
    high: number,
    outLow: number,
    outHigh: number,
    nextLow: number,
    nextHigh: number,
  ): boolean {
    this.#flood(lowest(low, high), piece.low & ~outLow, piece.high & ~outHigh);
    if (this.#isBelow(this.#low, this.#high)) return false;
    let [leftLow, leftHigh] = [outLow, outHigh];
    while ((leftLow | leftHigh) !== 0) {
      this.#flood(lowest(leftLow, leftHigh), piece.low & ~low, piece.high & ~high);
      const [pocketLow, pocketHigh] = [this.#low, this.#high];
      if (this.#isBelow(pocketLow, pocketHigh)) return false;
      const isClosed = ((pocketLow & nextLow) | (pocketHigh & nextHigh)) === 0;
      if (isClosed && !this.#counted && !this.#divideSet(pocketLow, pocketHigh, { low: pocketLow, high: pocketHigh }, parts)) return false;
      leftLow &= ~pocketLow;
      leftHigh &= ~pocketHigh;
    }
    return true;
  }

  /** The block of the piece that the fewest parts can hold: large, with few neighbours there. */
  #hardestOf({ low, high }: Part): number {
    let [hardest, least] = [0, Infinity];
    for (let i = 0; i < this.#size; i++) {
      if (!has(low, high, i)) continue;
      const near = ones((this.#nearLow[i] as number) & low) + ones((this.#nearHigh[i] as number) & high);
      const room = near - (2 * (this.#households[i] as number)) / this.#bounds.households.high;
      if (room < least) [hardest, least] = [i, room];
    }
    return hardest;
  }

  #around(low: number, high: number): [number, number] {
    let [nearLow, nearHigh] = [0, 0];
    for (let i = 0; i < this.#size; i++) {
      if (!has(low, high, i)) continue;
      nearLow |= this.#nearLow[i] as number;
      nearHigh |= this.#nearHigh[i] as number;
    }
    return [nearLow & ~low, nearHigh & ~high];
  }

  /** All of `withinLow, withinHigh` that hangs together with the block: left in #low, #high. */
  #flood(block: number, withinLow: number, withinHigh: number): void {
    let [low, high] = [bitLow(block), bitHigh(block)];
    let [newLow, newHigh] = [low, high];
    while ((newLow | newHigh) !== 0) {
      const next = lowest(newLow, newHigh);
      newLow &= ~bitLow(next);
      newHigh &= ~bitHigh(next);
      const foundLow = (this.#nearLow[next] as number) & withinLow & ~low;
      const foundHigh = (this.#nearHigh[next] as number) & withinHigh & ~high;
      low |= foundLow;
      high |= foundHigh;
      newLow |= foundLow;
      newHigh |= foundHigh;
    }
    this.#low = low;
    this.#high = high;
  }

  #isAbove(households: number, persons: number): boolean {
    return households > this.#bounds.households.high && (this.#bounds.persons === null || persons > this.#bounds.persons.high);
  }

  #isBelow(low: number, high: number): boolean {
    const { households, persons } = this.#sums(low, high);
    return households < this.#bounds.households.low && (this.#bounds.persons === null || persons < this.#bounds.persons.low);
  }

  /**
   * Whether some number of legal parts may make up these blocks, as far as sums tell: blocks of more than half the upper bound lie in
   * different parts, which are at least as large as they.
   */
  #mayHold(low: number, high: number): boolean {
    const { households: bounds, persons } = this.#bounds;
    if (persons !== null || bounds.low === 0) return !this.#isBelow(low, high);
    let [sum, spare, heavy] = [0, 0, 0];
    for (let i = 0; i < this.#size; i++) {
      if (!has(low, high, i)) continue;
      const households = this.#households[i] as number;
      sum += households;
      if (households <= bounds.high / 2) continue;
      heavy++;
      spare += Math.max(0, households - bounds.low);
    }
    const most = Math.floor((sum - spare) / bounds.low);
    return most >= heavy && sum <= most * bounds.high;
  }

  #sums(low: number, high: number): Sums {
    let [households, persons] = [0, 0];
    for (let i = 0; i < this.#size; i++) {
      if (!has(low, high, i)) continue;
      households += this.#households[i] as number;
      persons += this.#persons[i] as number;
    }
    return { households, persons };
  }
}

interface Part {
  readonly low: number;
  readonly high: number;
}

/** A set to divide, the connected piece of it that comes first, and into how many parts (0: not counted). */
interface Task extends Part {
  readonly piece: Part;
  readonly parts: number;
}

const bitLow = (block: number): number => (block < HALF ? 1 << block : 0);
const bitHigh = (block: number): number => (block < HALF ? 0 : 1 << (block - HALF));
const has = (low: number, high: number, block: number): boolean => ((block < HALF ? low >> block : high >> (block - HALF)) & 1) === 1;
const lowest = (low: number, high: number): number => (low !== 0 ? 31 - Math.clz32(low & -low) : HALF + 31 - Math.clz32(high & -high));

function ones(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count++;
  return count;
}
