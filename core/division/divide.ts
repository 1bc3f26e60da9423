// Divides the blocks of one community into grids: the entry to this room.
import type { SizeRule } from '../rules/profile.ts';
import type { Certificate } from './certificate.ts';
import { componentsOf } from './components.ts';
import { divideComponent } from './divide-component.ts';
import type { BlockGraph } from './graph.ts';
import { type DivisionScore, scoreOf } from './score.ts';
import type { Pair, Wishes } from './terrain.ts';

export interface DivisionTask {
  /** Code of the community; part of the seed, so that no result depends on another community or on who computes it. */
  readonly community: string;
  readonly graph: BlockGraph;
  readonly rule: SizeRule;
  /** 1: the block belongs to a locked grid and stays there. */
  readonly locked?: Uint8Array | undefined;
  /** Pairs of blocks that belong into one grid, or into two. Legal sizes come first; what could not be kept is in the answer. */
  readonly together?: readonly Pair[] | undefined;
  readonly apart?: readonly Pair[] | undefined;
  readonly keepClose?: Wishes['keepClose'];
  readonly groups?: Wishes['groups'];
}

export interface DivisionOptions {
  readonly seed: number;
  readonly effort: 'normal' | 'deep';
  /** 0: the shortest borders, hence compact grids; 1: borders where the streets are. */
  readonly streets: number;
  /** So many grids in each connected part, as equal as can be; null: as many as suit. */
  readonly parts: number | null;
}

export interface Division {
  /** Grid of each block, numbered from 0 in the order of their first blocks; −1: locked. */
  readonly gridOf: Int32Array;
  readonly grids: number;
  readonly score: DivisionScore;
  /** Wishes that the layout does not keep. */
  readonly broken: readonly Pair[];
  /** Why not every grid is legal; empty when all are. */
  readonly certificates: readonly Certificate[];
}

export const DEFAULT_DIVISION: DivisionOptions = { seed: 1, effort: 'normal', streets: 1, parts: null };

/** Divides what is not locked. Pure: the same task and options give the same answer everywhere. */
export function divideCommunity(task: DivisionTask, options: DivisionOptions): Division {
  const { graph, rule, locked, together = [], apart = [] } = task;
  const layout = new Int32Array(graph.size).fill(-1);
  const certificates: Certificate[] = [];
  let parts = 0;
  for (const component of componentsOf(graph, (block) => locked?.[block] !== 1)) {
    const found = divideComponent(task, options, Int32Array.from(component));
    for (const [i, block] of component.entries()) layout[block] = parts + (found.partOf[i] as number);
    parts += found.parts;
    certificates.push(...found.certificates);
  }
  const gridOf = numberedInOrder(layout, parts);
  const areTogether = ([a, b]: Pair): boolean => gridOf[a] === gridOf[b];
  return {
    gridOf,
    grids: parts,
    score: scoreOf(graph, rule, gridOf, parts),
    broken: [...together.filter((pair) => !areTogether(pair)), ...apart.filter(areTogether)],
    certificates,
  };
}

/** The same layout with its parts numbered in the order of their first blocks. */
function numberedInOrder(layout: Int32Array, parts: number): Int32Array {
  const numbers = new Int32Array(parts).fill(-1);
  let next = 0;
  return layout.map((part) => {
    if (part === -1) return -1;
    if (numbers[part] === -1) numbers[part] = next++;
    return numbers[part] as number;
  });
}
