// One grid for each residents' group (组网合一): the blocks of each group, and what lies between groups by the cheapest border.
import { sizeBreach } from '../rules/band.ts';
import type { SizeRule } from '../rules/profile.ts';
import { componentsOf } from './components.ts';
import type { BlockGraph } from './graph.ts';
import { type Sums, sumsOf } from './sums.ts';

/** A group that cannot be one grid, because its blocks do not hang together. */
export interface ScatteredGroup extends Sums {
  readonly kind: 'scattered-group';
  /** Number of the group. */
  readonly group: number;
  /** All its blocks. */
  readonly blocks: readonly number[];
}

/** Blocks that hang together and belong to one group. */
export interface GroupPiece {
  readonly group: number;
  readonly blocks: readonly number[];
  /** Above the band: to be divided further. */
  readonly tooLarge: boolean;
}

export interface GroupGrids {
  /** In the order of their first blocks. */
  readonly pieces: readonly GroupPiece[];
  readonly scattered: readonly ScatteredGroup[];
}

/** The pieces of the groups on the free blocks. null: no group is known there. Free blocks out of reach of any group are in no piece. */
export function groupGrids(graph: BlockGraph, groups: Int32Array, rule: SizeRule, isFree: (block: number) => boolean): GroupGrids | null {
  const spread = spreadGroups(
    graph,
    groups.map((group, block) => (isFree(block) ? group : UNKNOWN)),
    isFree,
  );
  const known = [...new Set(spread)].filter((group) => group !== UNKNOWN);
  if (known.length === 0) return null;
  const scattered: ScatteredGroup[] = [];
  const pieces = known.flatMap((group) => {
    const own = componentsOf(graph, (block) => spread[block] === group);
    if (own.length > 1) {
      const blocks = own.flat().sort((a, b) => a - b);
      scattered.push({ kind: 'scattered-group', group, blocks, ...sumsOf(graph, blocks) });
    }
    return own.map((blocks): GroupPiece => ({ group, blocks, tooLarge: isTooLarge(sumsOf(graph, blocks), rule) }));
  });
  return { pieces: pieces.sort((a, b) => (a.blocks[0] as number) - (b.blocks[0] as number)), scattered };
}

const UNKNOWN = -1;

const isTooLarge = ({ households, persons }: Sums, rule: SizeRule): boolean =>
  sizeBreach({ households, population: persons }, rule)?.side === 'above';

/** Gives blocks without a group, one by one, to the group beside them with which the dearest border disappears. */
function spreadGroups(graph: BlockGraph, groups: Int32Array, isFree: (block: number) => boolean): Int32Array {
  const spread = groups.slice();
  const open = new Set(Array.from(spread.keys()).filter((block) => spread[block] === UNKNOWN && isFree(block)));
  while (open.size > 0) {
    let best: { block: number; group: number; cost: number } | null = null;
    for (const block of open) {
      for (const [group, cost] of bordersWithGroups(graph, spread, block)) {
        if (best === null || cost > best.cost) best = { block, group, cost };
      }
    }
    if (best === null) break;
    spread[best.block] = best.group;
    open.delete(best.block);
  }
  return spread;
}

function bordersWithGroups({ starts, neighbours, cost }: BlockGraph, groups: Int32Array, block: number): Map<number, number> {
  const borders = new Map<number, number>();
  for (let at = starts[block] as number; at < (starts[block + 1] as number); at++) {
    const group = groups[neighbours[at] as number] as number;
    if (group !== UNKNOWN) borders.set(group, (borders.get(group) ?? 0) + (cost[at] as number));
  }
  return borders;
}
