// Searches the best division of a connected terrain: divides it, then merges and redivides neighbours and moves single blocks.
import type { Random } from './random.ts';
import type { SizeCost } from './size-cost.ts';
import type { Terrain } from './terrain.ts';
import { TreeSplitter } from './tree-splitter.ts';

/** How much is tried. */
export interface Effort {
  /** First divisions, of which the best is worked on. */
  readonly starts: number;
  /** Random trees for each cut of a first division. */
  readonly firstTrees: number;
  /** Redivisions of two or three neighbours, per part. */
  readonly rounds: number;
  /** Random trees for each cut of a redivision. */
  readonly trees: number;
}

/** A better layout is better by more than this, metres: rounding must not make the search run in circles. */
const LEAST_GAIN = 1e-6;
/** Parts that are redivided together at most; one more may come out. */
const MAX_MERGED = 3;
/** How seldom a part is divided alone, and neighbours into more or fewer parts than they are. */
const ALONE_ONCE_IN = 16;
const OTHER_COUNT_ONCE_IN = 4;
const NONE = -1;

export class LayoutSearch {
  /** Part of each block of the terrain. */
  readonly partOf: Int32Array;
  /** Parts are numbered 0 … parts − 1. */
  parts = 0;

  readonly #terrain: Terrain;
  readonly #size: SizeCost;
  readonly #random: Random;
  readonly #splitter: TreeSplitter;
  /** null: the search is free to choose. */
  readonly #fixedParts: number | null;
  readonly #households: Float64Array;
  readonly #persons: Float64Array;
  readonly #blocksIn: Int32Array;
  /** The parts that are being redivided, their blocks, and the part that each block would get. */
  readonly #merged = new Int32Array(MAX_MERGED + 1);
  #mergedCount = 0;
  readonly #region: Int32Array;
  #regionSize = 0;
  readonly #proposed: Int32Array;
  #proposedParts = 0;
  /** Walking. */
  readonly #queue: Int32Array;
  readonly #seen: Int32Array;
  #walk = 0;
  readonly #best: Int32Array;

  constructor(terrain: Terrain, size: SizeCost, random: Random, fixedParts: number | null) {
    this.#terrain = terrain;
    this.#size = size;
    this.#random = random;
    this.#fixedParts = fixedParts;
    this.#splitter = new TreeSplitter(terrain, size, random);
    const blocks = terrain.size;
    this.partOf = new Int32Array(blocks);
    this.#households = new Float64Array(blocks);
    this.#persons = new Float64Array(blocks);
    this.#blocksIn = new Int32Array(blocks);
    this.#region = new Int32Array(blocks);
    this.#proposed = new Int32Array(blocks);
    this.#queue = new Int32Array(blocks);
    this.#seen = new Int32Array(blocks);
    this.#best = new Int32Array(blocks);
  }

  /** Leaves the best layout found in partOf; returns its cost. `more`: parts to begin with beyond the likely number. */
  run(effort: Effort, more = 0): number {
    return this.#work(this.#start(effort, more), effort);
  }

  /** The same from a given layout. */
  improve(layout: Int32Array, parts: number, effort: Effort): number {
    this.partOf.set(layout);
    this.#count(parts);
    this.#polish();
    return this.#work(this.#cost(), effort);
  }

  #work(begin: number, effort: Effort): number {
    let cost = begin;
    const rounds = this.parts > 1 || this.#fixedParts === null ? effort.rounds * this.parts : 0;
    for (let round = 0; round < rounds; round++) cost = this.#redivide(cost, effort.trees);
    return cost;
  }

  /** Number of parts outside the band. */
  illegal(): number {
    let illegal = 0;
    for (let part = 0; part < this.parts; part++) {
      if (!this.#size.isLegal(this.#households[part] as number, this.#persons[part] as number)) illegal++;
    }
    return illegal;
  }

  #start({ starts, firstTrees }: Effort, more: number): number {
    let best = Infinity;
    let bestParts = 0;
    const parts = this.#fixedParts ?? Math.max(1, this.#likelyParts() + more);
    for (let start = 0; start < starts; start++) {
      for (let i = 0; i < this.#terrain.size; i++) this.#region[i] = i;
      this.#regionSize = this.#terrain.size;
      this.#propose(parts, firstTrees);
      this.partOf.set(this.#proposed);
      this.#count(this.#proposedParts);
      this.#polish();
      const cost = this.#cost();
      if (cost >= best) continue;
      best = cost;
      bestParts = this.parts;
      this.#best.set(this.partOf);
    }
    this.partOf.set(this.#best);
    this.#count(bestParts);
    return best;
  }

  /** Number of parts whose sizes cost least. */
  #likelyParts(): number {
    const { households, persons, size } = this.#terrain;
    let [sumHouseholds, sumPersons] = [0, 0];
    for (let i = 0; i < size; i++) {
      sumHouseholds += households[i] as number;
      sumPersons += persons[i] as number;
    }
    let best = 1;
    for (let parts = 2; parts <= size; parts++) {
      if (this.#size.parts(sumHouseholds, sumPersons, parts) < this.#size.parts(sumHouseholds, sumPersons, best)) best = parts;
    }
    return best;
  }

  /** Counts what is in the parts. */
  #count(parts: number): void {
    this.parts = parts;
    this.#households.fill(0, 0, parts);
    this.#persons.fill(0, 0, parts);
    this.#blocksIn.fill(0, 0, parts);
    for (let i = 0; i < this.#terrain.size; i++) this.#add(i, this.partOf[i] as number, 1);
  }

  #add(block: number, part: number, sign: 1 | -1): void {
    this.#households[part] = (this.#households[part] as number) + sign * (this.#terrain.households[block] as number);
    this.#persons[part] = (this.#persons[part] as number) + sign * (this.#terrain.persons[block] as number);
    this.#blocksIn[part] = (this.#blocksIn[part] as number) + sign;
  }

  #partCost(part: number): number {
    return this.#size.part(this.#households[part] as number, this.#persons[part] as number);
  }

  #cost(): number {
    const { size, starts, neighbours, weights } = this.#terrain;
    let cost = 0;
    for (let part = 0; part < this.parts; part++) cost += this.#partCost(part);
    for (let i = 0; i < size; i++) {
      for (let at = starts[i] as number; at < (starts[i + 1] as number); at++) {
        const other = neighbours[at] as number;
        if (other > i && this.partOf[other] !== this.partOf[i]) cost += weights[at] as number;
      }
    }
    return cost;
  }

  /** Divides #region into that many parts by trees; the answer is in #proposed and #proposedParts. */
  #propose(parts: number, trees: number): void {
    this.#proposedParts = 0;
    this.#proposeRange(0, this.#regionSize, parts, trees);
  }

  #proposeRange(begin: number, end: number, parts: number, trees: number): void {
    const region = this.#region;
    if (parts === 1 || end - begin === 1) {
      const part = this.#proposedParts++;
      for (let i = begin; i < end; i++) this.#proposed[region[i] as number] = part;
      return;
    }
    const splitter = this.#splitter;
    splitter.split(region, begin, end, parts, trees);
    const second = splitter.secondParts;
    const side = splitter.side;
    let middle = begin;
    for (let i = begin; i < end; i++) {
      if (side[i - begin] === 1) continue;
      const block = region[i] as number;
      region[i] = region[middle] as number;
      side[i - begin] = side[middle - begin] as number;
      region[middle] = block;
      side[middle - begin] = 0;
      middle++;
    }
    this.#proposeRange(begin, middle, parts - second, trees);
    this.#proposeRange(middle, end, second, trees);
  }

  /** Merges two or three neighbouring parts and divides them again; returns the cost of the whole afterwards. */
  #redivide(cost: number, trees: number): number {
    this.#chooseNeighbours();
    const present = this.#collect();
    const parts = this.#chooseParts();
    if (parts === 0) return cost;
    this.#propose(parts, trees);
    const gain = present - this.#proposedRegionCost();
    if (gain <= LEAST_GAIN) return cost;
    this.#accept();
    this.#polish();
    return this.#cost();
  }

  #chooseNeighbours(): void {
    this.#merged[0] = this.#random.below(this.parts);
    this.#mergedCount = 1;
    const wanted = Math.min(this.parts, this.#random.below(ALONE_ONCE_IN) === 0 ? 1 : 2 + this.#random.below(MAX_MERGED - 1));
    while (this.#mergedCount < wanted) {
      const next = this.#randomNeighbour();
      if (next === NONE) return;
      this.#merged[this.#mergedCount++] = next;
    }
  }

  #isMerged(part: number): boolean {
    for (let i = 0; i < this.#mergedCount; i++) if (this.#merged[i] === part) return true;
    return false;
  }

  /** The part over a random border of the merged ones; NONE: there is no other. */
  #randomNeighbour(): number {
    const { size, starts, neighbours, touches } = this.#terrain;
    let found = NONE;
    let count = 0;
    for (let i = 0; i < size; i++) {
      if (!this.#isMerged(this.partOf[i] as number)) continue;
      for (let at = starts[i] as number; at < (starts[i + 1] as number); at++) {
        const part = this.partOf[neighbours[at] as number] as number;
        if (touches[at] === 0 || this.#isMerged(part)) continue;
        if (this.#random.below(++count) === 0) found = part;
      }
    }
    return found;
  }

  /** Puts the blocks of the merged parts into #region; returns what these parts cost now. */
  #collect(): number {
    this.#regionSize = 0;
    for (let i = 0; i < this.#terrain.size; i++) {
      if (this.#isMerged(this.partOf[i] as number)) this.#region[this.#regionSize++] = i;
    }
    let cost = this.#cutWithin(this.partOf);
    for (let i = 0; i < this.#mergedCount; i++) cost += this.#partCost(this.#merged[i] as number);
    return cost;
  }

  /** Weight of the borders within #region between different labels. */
  #cutWithin(labels: Int32Array): number {
    const { starts, neighbours, weights } = this.#terrain;
    let cut = 0;
    for (let k = 0; k < this.#regionSize; k++) {
      const block = this.#region[k] as number;
      for (let at = starts[block] as number; at < (starts[block + 1] as number); at++) {
        const other = neighbours[at] as number;
        if (other > block && labels[other] !== labels[block] && this.#isMerged(this.partOf[other] as number)) cut += weights[at] as number;
      }
    }
    return cut;
  }

  /** Into how many parts the merged ones are divided this time; 0: not at all. */
  #chooseParts(): number {
    const count = this.#mergedCount;
    if (this.#fixedParts !== null) return count > 1 ? count : 0;
    const change = count === 1 ? 1 : this.#random.below(OTHER_COUNT_ONCE_IN) > 0 ? 0 : this.#random.below(2) === 0 ? 1 : -1;
    const parts = Math.min(count + change, this.#regionSize);
    // Parts that comply by different measures may be legal although the sums say no.
    return change === 0 || this.#mayHold(parts) || this.#random.below(OTHER_COUNT_ONCE_IN) === 0 ? parts : count > 1 ? count : 0;
  }

  #mayHold(parts: number): boolean {
    let [households, persons] = [0, 0];
    for (let i = 0; i < this.#mergedCount; i++) {
      households += this.#households[this.#merged[i] as number] as number;
      persons += this.#persons[this.#merged[i] as number] as number;
    }
    return this.#size.isLegal(households, persons, parts);
  }

  #proposedRegionCost(): number {
    const { households, persons } = this.#terrain;
    let cost = this.#cutWithin(this.#proposed);
    for (let part = 0; part < this.#proposedParts; part++) {
      let [sumHouseholds, sumPersons] = [0, 0];
      for (let k = 0; k < this.#regionSize; k++) {
        const block = this.#region[k] as number;
        if (this.#proposed[block] !== part) continue;
        sumHouseholds += households[block] as number;
        sumPersons += persons[block] as number;
      }
      cost += this.#size.part(sumHouseholds, sumPersons);
    }
    return cost;
  }

  /** Makes the proposal the layout. */
  #accept(): void {
    let parts = this.parts;
    while (this.#mergedCount < this.#proposedParts) this.#merged[this.#mergedCount++] = parts++;
    // Ascending, so that the last part of all is never one that is still to be closed.
    this.#merged.subarray(0, this.#mergedCount).sort();
    for (let k = 0; k < this.#regionSize; k++) {
      const block = this.#region[k] as number;
      this.partOf[block] = this.#merged[this.#proposed[block] as number] as number;
    }
    for (let i = this.#mergedCount - 1; i >= this.#proposedParts; i--) this.#renumber(--parts, this.#merged[i] as number);
    this.#count(parts);
  }

  #renumber(from: number, to: number): void {
    for (let i = 0; i < this.#terrain.size; i++) if (this.partOf[i] === from) this.partOf[i] = to;
  }

  /** Moves single blocks over the border as long as that saves anything. */
  #polish(): void {
    let moved = true;
    while (moved) {
      moved = false;
      for (let block = 0; block < this.#terrain.size; block++) {
        if (this.#moveBest(block)) moved = true;
      }
    }
  }

  /** Moves the block to the neighbouring part where it saves most; false: nowhere. */
  #moveBest(block: number): boolean {
    const { starts, neighbours, touches, households, persons } = this.#terrain;
    const from = this.partOf[block] as number;
    if (this.#blocksIn[from] === 1) return false;
    let best = NONE;
    let bestGain = LEAST_GAIN;
    let leaving = NaN;
    for (let at = starts[block] as number; at < (starts[block + 1] as number); at++) {
      const to = this.partOf[neighbours[at] as number] as number;
      if (to === from || to === best || touches[at] === 0) continue;
      if (Number.isNaN(leaving)) {
        leaving =
          this.#partCost(from) -
          this.#size.part(
            (this.#households[from] as number) - (households[block] as number),
            (this.#persons[from] as number) - (persons[block] as number),
          ) -
          this.#weightTo(block, from);
      }
      const entering =
        this.#partCost(to) -
        this.#size.part(
          (this.#households[to] as number) + (households[block] as number),
          (this.#persons[to] as number) + (persons[block] as number),
        );
      const gain = leaving + entering + this.#weightTo(block, to);
      if (gain <= bestGain) continue;
      bestGain = gain;
      best = to;
    }
    if (best === NONE || !this.#hangsTogetherWithout(block)) return false;
    this.#add(block, from, -1);
    this.#add(block, best, 1);
    this.partOf[block] = best;
    return true;
  }

  #weightTo(block: number, part: number): number {
    const { starts, neighbours, weights } = this.#terrain;
    let sum = 0;
    for (let at = starts[block] as number; at < (starts[block + 1] as number); at++) {
      if (this.partOf[neighbours[at] as number] === part) sum += weights[at] as number;
    }
    return sum;
  }

  /** Whether the part of the block stays in one piece when the block leaves: its neighbours there must reach each other. */
  #hangsTogetherWithout(block: number): boolean {
    const { starts, neighbours, touches } = this.#terrain;
    const part = this.partOf[block] as number;
    const walk = ++this.#walk;
    const seen = this.#seen;
    const queue = this.#queue;
    let waiting = 0;
    let first = NONE;
    for (let at = starts[block] as number; at < (starts[block + 1] as number); at++) {
      const other = neighbours[at] as number;
      if (touches[at] === 0 || this.partOf[other] !== part) continue;
      waiting++;
      first = other;
    }
    if (waiting === 0) return false;
    seen[block] = walk;
    seen[first] = walk;
    queue[0] = first;
    for (let done = 0, found = 1; done < found; done++) {
      const at = queue[done] as number;
      for (let k = starts[at] as number; k < (starts[at + 1] as number); k++) {
        const next = neighbours[k] as number;
        if (touches[k] === 0) continue;
        if (next === block) {
          if (--waiting === 0) return true;
          continue;
        }
        if (this.partOf[next] !== part || seen[next] === walk) continue;
        seen[next] = walk;
        queue[found++] = next;
      }
    }
    return false;
  }
}
