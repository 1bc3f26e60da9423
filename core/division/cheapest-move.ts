// The cheapest blocks to move over the border from one grid to another: a narrow search, block by block.
import type { BlockGraph } from './graph.ts';
import { type Sums, sumsOf } from './sums.ts';

/** Price of a household moved, in metres of border cost: people who get another grid worker weigh more than a straight border. */
export const HOUSEHOLD_PRICE = 5;
/** Price of a household outside the band: above what any border saves. */
const OUTSIDE_PRICE = 1_000;
/** How many beginnings are followed at a time: as many as suits so many blocks together, but never fewer than this. */
const WIDTH_FOR_BLOCKS = 600;
const LEAST_WIDTH = 6;
/** So many steps at most, and so many after the first that would do. */
const MAX_STEPS = 60;
const MORE_STEPS = 3;
/** Steps without anything better before giving up. */
const PATIENCE = 6;

export interface Move {
  readonly blocks: readonly number[];
  readonly sums: Sums;
}

interface Step {
  /** Positions, ascending. */
  readonly moved: readonly number[];
  readonly sums: Sums;
  /** Households outside the band on both sides afterwards. */
  readonly outside: number;
  readonly price: number;
}

/** From whom blocks are taken: a grid has to stay in one piece and its people are used to it; blocks in no grid may fall apart. */
export type Giver = 'grid' | 'no-grid';

/**
 * Moves connected blocks from the giving side to the taking grid, both grids in one piece before and after. `outsideAfter`: households
 * outside the band, both sides together, when so many are moved. null: nothing makes them fewer than now.
 */
export function cheapestMove(
  graph: BlockGraph,
  giving: readonly number[],
  taking: readonly number[],
  outsideAfter: (moved: Sums) => number,
  giver: Giver = 'grid',
): Move | null {
  const border = new Border(graph, giving, taking, giver);
  const householdPrice = giver === 'grid' ? HOUSEHOLD_PRICE : 0;
  const now = outsideAfter({ households: 0, persons: 0 });
  const stepOf = (moved: readonly number[]): Step => {
    const sums = sumsOf(graph, border.blocksAt(moved));
    const outside = outsideAfter(sums);
    return { moved, sums, outside, price: border.costOf(moved) + householdPrice * sums.households + OUTSIDE_PRICE * outside };
  };
  const width = Math.max(LEAST_WIDTH, Math.round(WIDTH_FOR_BLOCKS / giving.length));
  let best: Step | null = null;
  let beam: readonly Step[] = [stepOf([])];
  let last = MAX_STEPS;
  for (let step = 0, idle = 0; step < last && idle < PATIENCE && beam.length > 0; step++, idle++) {
    beam = cheapest(width, beam.flatMap(({ moved }) => border.larger(moved)).map(stepOf));
    for (const one of beam) {
      if (one.outside >= now || (best && one.price >= best.price)) continue;
      best = one;
      idle = 0;
      if (one.outside === 0) last = Math.min(last, step + 1 + MORE_STEPS);
    }
  }
  return best && { blocks: border.blocksAt(best.moved), sums: best.sums };
}

/** The cheapest different steps. */
function cheapest(width: number, steps: readonly Step[]): Step[] {
  const different = new Map(steps.map((step) => [step.moved.join(), step]));
  return [...different.values()].sort((a, b) => a.price - b.price || compare(a.moved, b.moved)).slice(0, width);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((block, i) => block !== b[i]);
  return at === -1 ? a.length - b.length : (a[at] as number) - (b[at] ?? -1);
}

const [GIVING, TAKING, GONE] = [0, 1, 2];

/** The two grids, by themselves, while blocks go over their border. */
class Border {
  readonly #blocks: readonly number[];
  readonly #givers: number;
  readonly #giver: Giver;
  /** By position in #blocks; those of the giving grid come first. */
  readonly #near: readonly (readonly number[])[];
  readonly #costs: readonly (readonly number[])[];
  readonly #households: Float64Array;
  readonly #sides: Uint8Array;
  readonly #seen: Uint8Array;

  constructor(graph: BlockGraph, giving: readonly number[], taking: readonly number[], giver: Giver) {
    this.#giver = giver;
    this.#blocks = [...giving, ...taking];
    this.#givers = giving.length;
    const positions = new Map(this.#blocks.map((block, i) => [block, i]));
    const inside = this.#blocks.map((block) => {
      const borders = Array.from(
        { length: (graph.starts[block + 1] as number) - (graph.starts[block] as number) },
        (_, i) => (graph.starts[block] as number) + i,
      );
      return borders.filter((at) => positions.has(graph.neighbours[at] as number));
    });
    this.#near = inside.map((borders) => borders.map((at) => positions.get(graph.neighbours[at] as number) as number));
    this.#costs = inside.map((borders) => borders.map((at) => graph.cost[at] as number));
    this.#households = Float64Array.from(this.#blocks, (block) => graph.households[block] as number);
    this.#sides = new Uint8Array(this.#blocks.length);
    this.#seen = new Uint8Array(this.#blocks.length);
  }

  blocksAt(positions: readonly number[]): number[] {
    return positions.map((at) => this.#blocks[at] as number);
  }

  /** What the border costs more once these have been moved. */
  costOf(moved: readonly number[]): number {
    this.#set(moved);
    let more = 0;
    for (const at of moved) {
      for (const [i, other] of (this.#near[at] as readonly number[]).entries()) {
        const cost = (this.#costs[at] as readonly number[])[i] as number;
        if (this.#sides[other] === TAKING) more -= cost;
        else if (this.#sides[other] === GIVING) more += cost;
      }
    }
    return more;
  }

  /** The moved ones with one more from the border each, and what that cuts off; ascending. */
  larger(moved: readonly number[]): number[][] {
    this.#set(moved);
    const found: number[][] = [];
    for (let at = 0; at < this.#givers; at++) {
      if (this.#sides[at] !== GIVING || !(this.#near[at] as readonly number[]).some((other) => this.#sides[other] !== GIVING)) continue;
      if (this.#giver === 'no-grid') {
        found.push([...moved, at].sort((a, b) => a - b));
        continue;
      }
      this.#sides[at] = GONE;
      const pieces = this.#pieces();
      this.#sides[at] = GIVING;
      if (pieces.length === 0) continue;
      const cutOff = pieces.length === 1 ? [] : this.#withoutLargest(pieces).flat();
      found.push([...moved, at, ...cutOff].sort((a, b) => a - b));
    }
    return found;
  }

  #set(moved: readonly number[]): void {
    this.#sides.fill(GIVING, 0, this.#givers).fill(TAKING, this.#givers);
    for (const at of moved) this.#sides[at] = GONE;
  }

  /** What is left of the giving grid. */
  #pieces(): number[][] {
    this.#seen.fill(0);
    const pieces: number[][] = [];
    for (let first = 0; first < this.#givers; first++) {
      if (this.#sides[first] !== GIVING || this.#seen[first] === 1) continue;
      const piece = [first];
      this.#seen[first] = 1;
      for (const at of piece) {
        for (const other of this.#near[at] as readonly number[]) {
          if (this.#sides[other] !== GIVING || this.#seen[other] === 1) continue;
          this.#seen[other] = 1;
          piece.push(other);
        }
      }
      pieces.push(piece);
    }
    return pieces;
  }

  #withoutLargest(pieces: readonly number[][]): number[][] {
    const households = pieces.map((piece) => piece.reduce((sum, at) => sum + (this.#households[at] as number), 0));
    const largest = households.indexOf(Math.max(...households));
    return pieces.filter((_, i) => i !== largest);
  }
}
