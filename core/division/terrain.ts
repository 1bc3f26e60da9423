// What the search sees: blocks with weighted borders. Every wish (streets, keep close, together, apart) is a weight.
import type { BlockGraph } from './graph.ts';

export interface Terrain {
  readonly size: number;
  /** Position of each block in the graph of the community. */
  readonly blocks: Int32Array;
  readonly households: Float64Array;
  readonly persons: Float64Array;
  readonly starts: Int32Array;
  readonly neighbours: Int32Array;
  /** Cost when a border runs between the two. */
  readonly weights: Float64Array;
  /** 1: the two touch, so a part may go from one to the other. */
  readonly touches: Uint8Array;
}

/** A pair of blocks by position. */
export type Pair = readonly [number, number];

export interface Wishes {
  /** 0: the shortest borders (compact), 1: borders where the streets are (DESIGN §4). */
  readonly streets: number;
  /** Today's grids (any number per block, −1: none) and how much more a border inside one of them costs: 0 nothing, 1 twice. */
  readonly keepClose?: { readonly present: Int32Array; readonly weight: number } | undefined;
  /** Residents' group of each block (any number, −1: not known): borders run between groups rather than through them. */
  readonly groups?: Int32Array | undefined;
  readonly together?: readonly Pair[] | undefined;
  readonly apart?: readonly Pair[] | undefined;
}

/** A border through a group costs so many times what it costs between groups. */
const THROUGH_GROUP = 25;
/** Least weight of a border, metres: a link to an exclave costs something too. */
const LEAST_WEIGHT = 1;

/** The terrain of some blocks of a community. `tie`: cost of a broken wish of two blocks. */
export function terrainOf(graph: BlockGraph, blocks: Int32Array, wishes: Wishes, tie: number): Terrain {
  const local = new Int32Array(graph.size).fill(-1);
  for (let i = 0; i < blocks.length; i++) local[blocks[i] as number] = i;
  const ties: [number, number, number][] = [];
  const addTies = (pairs: readonly Pair[], weight: number): void => {
    for (const [a, b] of pairs) {
      const [from, to] = [local[a] as number, local[b] as number];
      if (from >= 0 && to >= 0 && from !== to) ties.push([from, to, weight], [to, from, weight]);
    }
  };
  addTies(wishes.together ?? [], tie);
  addTies(wishes.apart ?? [], -tie);
  const starts = new Int32Array(blocks.length + 1);
  const neighbours: number[] = [];
  const weights: number[] = [];
  const touches: number[] = [];
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i] as number;
    for (let at = graph.starts[block] as number; at < (graph.starts[block + 1] as number); at++) {
      const other = local[graph.neighbours[at] as number] as number;
      if (other < 0) continue;
      neighbours.push(other);
      weights.push(weightOf(graph, block, at, wishes));
      touches.push(1);
    }
    for (const [from, to, weight] of ties) {
      if (from !== i) continue;
      neighbours.push(to);
      weights.push(weight);
      touches.push(0);
    }
    starts[i + 1] = neighbours.length;
  }
  return {
    size: blocks.length,
    blocks,
    households: Float64Array.from(blocks, (block) => graph.households[block] as number),
    persons: Float64Array.from(blocks, (block) => graph.persons[block] as number),
    starts,
    neighbours: Int32Array.from(neighbours),
    weights: Float64Array.from(weights),
    touches: Uint8Array.from(touches),
  };
}

function weightOf(graph: BlockGraph, block: number, at: number, { streets, keepClose, groups }: Wishes): number {
  const other = graph.neighbours[at] as number;
  const plain = (1 - streets) * (graph.borderM[at] as number) + streets * (graph.cost[at] as number);
  const kept = keepClose && inOne(keepClose.present, block, other) ? 1 + keepClose.weight : 1;
  return Math.max(LEAST_WEIGHT, plain) * kept * (groups && inOne(groups, block, other) ? THROUGH_GROUP : 1);
}

const inOne = (label: Int32Array, block: number, other: number): boolean => label[block] === label[other] && label[block] !== -1;
