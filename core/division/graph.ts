// The blocks of one community as a graph in flat arrays: what the division works on, cheap to hand to a thread.
import type { BarrierClass } from '../api/messages.ts';
import { boxOf } from '../coverage/box.ts';
import type { Polygon } from '../coverage/geometry.ts';
import { lineLengthM, polygonAreaM2 } from '../geo/measure.ts';
import { borderEdges, connectedGroups } from '../plan/adjacency.ts';

/** Border cost of a metre by the class of the barrier it runs along (DESIGN §4). */
const CLASS_FACTOR: Readonly<Record<BarrierClass, number>> = {
  river: 0.1,
  railway: 0.1,
  'main-road': 0.2,
  secondary: 0.3,
  street: 0.4,
  lane: 0.7,
  wall: 0.7,
};
const NO_BARRIER_FACTOR = 1;
/** Lengths are rounded to this many parts of a metre, so that the last bit of a cosine cannot change a division. */
const PARTS_OF_METRE = 1_000;

export interface BlockGraph {
  /** Number of blocks; a block is known by its position. */
  readonly size: number;
  readonly households: Float64Array;
  readonly persons: Float64Array;
  readonly areaM2: Float64Array;
  /** Border with what lies outside these blocks, metres. */
  readonly outerM: Float64Array;
  /** Neighbours of block i are at starts[i] to starts[i + 1] − 1 of the arrays below. */
  readonly starts: Int32Array;
  readonly neighbours: Int32Array;
  /** Shared border in metres; 0: no border, but a link between parts of the community that do not touch (exclaves). */
  readonly borderM: Float64Array;
  /** How much of it runs along a barrier, metres. */
  readonly barrierM: Float64Array;
  /** Border cost: metres times class factor. */
  readonly cost: Float64Array;
}

export interface DivisionBlock {
  readonly polygon: Polygon;
  readonly households: number;
  readonly population: number;
}

/** Finds the class of barrier that a straight piece of border runs along; null: none. */
export type BarrierClassAt = (ax: number, ay: number, bx: number, by: number) => BarrierClass | null;

interface Shared {
  readonly a: number;
  readonly b: number;
  borderM: number;
  barrierM: number;
  cost: number;
}

/** The graph of the blocks of one community, edge-matched (I2). */
export function blockGraph(blocks: readonly DivisionBlock[], classAt: BarrierClassAt): BlockGraph {
  const size = blocks.length;
  const outerM = new Float64Array(size);
  const edges = borderEdges(
    blocks.map(({ polygon, households, population }, id) => ({ id, polygon, households, population, community: '', buildings: 0 })),
  );
  const shared = new Map<number, Shared>();
  for (const { left, right, ax, ay, bx, by } of edges) {
    const length = rounded(lineLengthM([ax, ay, bx, by]));
    if (right === null) outerM[left] = (outerM[left] as number) + length;
    else {
      const [a, b] = left < right ? [left, right] : [right, left];
      let border = shared.get(a * size + b);
      if (!border) {
        border = { a, b, borderM: 0, barrierM: 0, cost: 0 };
        shared.set(a * size + b, border);
      }
      const along = classAt(ax, ay, bx, by);
      border.borderM += length;
      border.barrierM += along === null ? 0 : length;
      border.cost += rounded(length * (along === null ? NO_BARRIER_FACTOR : CLASS_FACTOR[along]));
    }
  }
  const groups = connectedGroups(blocks.keys(), edges);
  const links = linksBetween(groups, blocks);
  return {
    size,
    households: Float64Array.from(blocks, ({ households }) => households),
    persons: Float64Array.from(blocks, ({ population }) => population),
    areaM2: Float64Array.from(blocks, ({ polygon }) => rounded(polygonAreaM2(polygon))),
    outerM,
    ...adjacency(size, [...shared.values(), ...links]),
  };
}

const rounded = (value: number): number => Math.round(value * PARTS_OF_METRE) / PARTS_OF_METRE;

type Adjacency = Pick<BlockGraph, 'starts' | 'neighbours' | 'borderM' | 'barrierM' | 'cost'>;

function adjacency(size: number, shared: readonly Shared[]): Adjacency {
  const starts = new Int32Array(size + 1);
  for (const { a, b } of shared) {
    starts[a + 1] = (starts[a + 1] as number) + 1;
    starts[b + 1] = (starts[b + 1] as number) + 1;
  }
  for (let i = 0; i < size; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
  const next = starts.slice();
  const count = 2 * shared.length;
  const neighbours = new Int32Array(count);
  const [borderM, barrierM, cost] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  const add = (from: number, to: number, border: Shared): void => {
    const at = next[from] as number;
    next[from] = at + 1;
    neighbours[at] = to;
    borderM[at] = border.borderM;
    barrierM[at] = border.barrierM;
    cost[at] = border.cost;
  };
  for (const border of shared) {
    add(border.a, border.b, border);
    add(border.b, border.a, border);
  }
  return { starts, neighbours, borderM, barrierM, cost };
}

/**
 * One link from each part of the community to the nearest block of the largest part. A grid that holds a link has one piece in each
 * part, which is as contiguous as an exclave can be.
 */
function linksBetween(groups: readonly (readonly number[])[], blocks: readonly DivisionBlock[]): Shared[] {
  if (groups.length < 2) return [];
  const centres = blocks.map(({ polygon }) => {
    const { minX, minY, maxX, maxY } = boxOf(polygon);
    return [(minX + maxX) / 2, (minY + maxY) / 2] as const;
  });
  const main = groups.reduce((a, b) => (b.length > a.length ? b : a));
  return groups.flatMap((group) => {
    if (group === main) return [];
    let [nearest, from, to] = [Infinity, 0, 0];
    for (const a of group) {
      const [ax, ay] = centres[a] as readonly [number, number];
      for (const b of main) {
        const [bx, by] = centres[b] as readonly [number, number];
        const distance = (ax - bx) * (ax - bx) + (ay - by) * (ay - by);
        if (distance < nearest) [nearest, from, to] = [distance, a, b];
      }
    }
    return [{ a: from, b: to, borderM: 0, barrierM: 0, cost: 0 }];
  });
}
