// Looks for a block that no legal grid can hold, from the sums that lie behind it: one kind of proof.
import type { SizeRule } from '../rules/profile.ts';
import { type Bounds, sizeBounds } from './bounds.ts';
import type { Certificate } from './certificate.ts';
import { componentsOf } from './components.ts';
import { cutBlocksOf } from './cut-blocks.ts';
import type { BlockGraph } from './graph.ts';
import { type Sums, sumsOf } from './sums.ts';

/** A pocket that may leave over more different sums than this proves nothing. */
const MAX_LEFTOVERS = 2_000;

type Bottleneck = Extract<Certificate, { kind: 'bottleneck' }>;

/** The first block of a connected region that no legal grid can hold; null: none is known. */
export function bottleneckOf(graph: BlockGraph, rule: SizeRule, region: readonly number[]): Bottleneck | null {
  const sums = new PocketSums(graph, rule);
  const { high } = sizeBounds(rule).households;
  // Behind other blocks lies the whole region: little can be said about it unless the block itself leaves little room.
  const heavy = region.filter((block) => 2 * (graph.households[block] as number) > high);
  for (const block of new Set([...cutBlocksOf(graph, region), ...heavy])) {
    const pockets = sums.pocketsBehind(block, region);
    if (pockets) return { kind: 'bottleneck', block, pockets, ...sumsOf(graph, [block, ...pockets.flat()]) };
  }
  return null;
}

/** Sums by what identifies them. */
type SumSet = Map<number, Sums>;

/** Above the persons of any pocket. */
const PERSONS_RADIX = 67_108_864;

class PocketSums {
  readonly #graph: BlockGraph;
  readonly #households: Bounds;
  readonly #persons: Bounds | null;

  constructor(graph: BlockGraph, rule: SizeRule) {
    this.#graph = graph;
    const { households, persons } = sizeBounds(rule);
    this.#households = households;
    this.#persons = persons;
  }

  /** The pockets behind the block whose leftovers make no legal grid with it, in whatever way they are combined; null: some may. */
  pocketsBehind(block: number, region: readonly number[]): number[][] | null {
    const inside = new Set(region);
    inside.delete(block);
    const pockets: number[][] = [];
    let combined = this.#setOf([sumsOf(this.#graph, [block])]);
    let open = false;
    for (const pocket of componentsOf(this.#graph, (other) => inside.has(other))) {
      const leftovers = this.#leftovers(block, pocket);
      const sums = leftovers && this.#everySum(combined, leftovers);
      if (sums) {
        pockets.push(pocket);
        combined = sums;
      } else open = true;
    }
    const fits = (sums: Sums): boolean => (open ? !this.#isAbove(sums) : this.#isLegal(sums));
    return [...combined.values()].some(fits) ? null : pockets;
  }

  /** What the pocket can leave over to the block in front of it, the rest being legal grids as far as sums tell; null: too much to list. */
  #leftovers(front: number, pocket: readonly number[]): SumSet | null {
    const region = [front, ...pocket];
    const inside = new Set(region);
    const behind = new Map<number, number[][]>();
    const hidden = new Set<number>();
    for (const cut of cutBlocksOf(this.#graph, region)) {
      if (cut === front) continue;
      const away = componentsOf(this.#graph, (other) => other !== cut && inside.has(other)).filter((part) => !part.includes(front));
      behind.set(cut, away);
      for (const block of away.flat()) hidden.add(block);
    }
    let sums: SumSet | null = this.#setOf([{ households: 0, persons: 0 }]);
    for (const block of pocket) {
      if (hidden.has(block)) continue;
      const own = this.#with(block, behind.get(block) ?? []);
      sums = own && this.#everySum(sums, new Map([...own, [0, { households: 0, persons: 0 }]]));
      if (!sums) return null;
    }
    const all = sumsOf(this.#graph, pocket);
    for (const [key, left] of sums) {
      if (!this.#mayBeGrids({ households: all.households - left.households, persons: all.persons - left.persons })) sums.delete(key);
    }
    return sums;
  }

  /** What the block brings along when it joins the grid in front of it. */
  #with(block: number, pockets: readonly (readonly number[])[]): SumSet | null {
    let sums: SumSet | null = this.#setOf([sumsOf(this.#graph, [block])]);
    for (const pocket of pockets) {
      const leftovers = this.#leftovers(block, pocket);
      sums = leftovers && this.#everySum(sums, leftovers);
      if (!sums) return null;
    }
    return sums;
  }

  #setOf(sums: Iterable<Sums>): SumSet {
    const set: SumSet = new Map();
    for (const one of sums) if (!this.#isAbove(one)) set.set(this.#keyOf(one), one);
    return set;
  }

  /** Each of the one with each of the other, without those that are too large for any grid; null: too many. */
  #everySum(one: SumSet, other: SumSet): SumSet | null {
    const sums: SumSet = new Map();
    for (const a of one.values()) {
      for (const b of other.values()) {
        const sum = { households: a.households + b.households, persons: a.persons + b.persons };
        if (!this.#isAbove(sum)) sums.set(this.#keyOf(sum), sum);
      }
      if (sums.size > MAX_LEFTOVERS) return null;
    }
    return sums;
  }

  #keyOf({ households, persons }: Sums): number {
    return this.#persons === null ? households : households * PERSONS_RADIX + persons;
  }

  #isAbove({ households, persons }: Sums): boolean {
    return households > this.#households.high && (this.#persons === null || persons > this.#persons.high);
  }

  #isLegal({ households, persons }: Sums): boolean {
    return isWithin(households, this.#households) || (this.#persons !== null && isWithin(persons, this.#persons));
  }

  /** Whether grids may make up this sum. Where some comply by households and some by persons, only lower bounds are known. */
  #mayBeGrids({ households, persons }: Sums): boolean {
    if (isMultiple(households, this.#households)) return true;
    if (this.#persons === null) return false;
    return isMultiple(persons, this.#persons) || (households >= this.#households.low && persons >= this.#persons.low);
  }
}

const isWithin = (sum: number, { low, high }: Bounds): boolean => sum >= low && sum <= high;

/** Whether some number of grids, none included, may hold that many. */
const isMultiple = (sum: number, { low, high }: Bounds): boolean => low === 0 || sum === 0 || sum <= Math.floor(sum / low) * high;
