// Divides the blocks of one community into grids: the entry to this room.
import { sizeBreach } from '../rules/band.ts';
import type { SizeRule } from '../rules/profile.ts';
import { middleOf, sizeBounds } from './bounds.ts';
import type { Certificate } from './certificate.ts';
import { componentsOf } from './components.ts';
import type { BlockGraph } from './graph.ts';
import { type Effort, LayoutSearch } from './layout-search.ts';
import { proveInfeasible } from './prove.ts';
import { Random } from './random.ts';
import { type DivisionScore, scoreOf } from './score.ts';
import { SizeCost } from './size-cost.ts';
import { sumsOf } from './sums.ts';
import { type Pair, terrainOf, type Wishes } from './terrain.ts';

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
}

export interface DivisionOptions {
  readonly seed: number;
  readonly effort: keyof typeof EFFORTS;
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

const EFFORTS = {
  normal: { starts: 2, firstTrees: 8, rounds: 24, trees: 2 },
  deep: { starts: 4, firstTrees: 12, rounds: 90, trees: 3 },
} satisfies Record<string, Effort>;
/** When a layout is not legal and no proof says why: more starts, from so many parts more than is likely. */
const RESCUE: Effort = { starts: 12, firstTrees: 16, rounds: 100, trees: 8 };
const RESCUES = [0, 1, -1, 2, 0, 1, -1];

/** What sizes cost, in sides of an average part: at the edge of the band, and when equal parts are wanted. */
const BALANCE = 0.1;
const EQUAL_BALANCE = 3;
/** Cost of a broken wish, in sides of an average part: less than an illegal part, more than any border. */
const TIE = 10;

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

interface ComponentDivision {
  readonly partOf: Int32Array;
  readonly parts: number;
  readonly certificates: readonly Certificate[];
}

interface Found {
  readonly cost: number;
  readonly partOf: Int32Array;
  readonly parts: number;
  readonly illegal: number;
}

function divideComponent(task: DivisionTask, options: DivisionOptions, blocks: Int32Array): ComponentDivision {
  const { graph, rule, community } = task;
  const { streets, parts } = options;
  const sums = sumsOf(graph, blocks);
  if (parts === null && staysWhole(task, blocks)) return { partOf: new Int32Array(blocks.length), parts: 1, certificates: [] };
  const aim = parts === null ? middleOf(sizeBounds(rule).households) : Math.max(1, sums.households / parts);
  const unit = sideOf(graph, blocks, streets, sums.households / aim);
  const terrain = terrainOf(graph, blocks, { ...task, streets }, TIE * unit);
  const size = new SizeCost(rule, { unit, balance: parts === null ? BALANCE : EQUAL_BALANCE, aim });
  const search = new LayoutSearch(terrain, size, new Random(options.seed, `${community}/${blocks[0]}`), parts);
  const run = (effort: Effort, more: number): Found => {
    const cost = search.run(effort, more);
    return { cost, partOf: search.partOf.slice(), parts: search.parts, illegal: search.illegal() };
  };
  let best = run(EFFORTS[options.effort], 0);
  if (best.illegal === 0) return { ...best, certificates: [] };
  const inside = new Set(blocks);
  const certificates = proveInfeasible(graph, rule, (block) => inside.has(block));
  const hopeful = certificates.length === 0 && (parts === null || size.isLegal(sums.households, sums.persons, parts));
  for (let rescue = 0; hopeful && rescue < RESCUES.length && best.illegal > 0; rescue++) {
    const other = run(RESCUE, RESCUES[rescue] as number);
    if (other.cost < best.cost) best = other;
  }
  return { ...best, certificates };
}

/** A village that fits, and a community below the band where the rule lets it be. */
function staysWhole({ graph, rule }: DivisionTask, blocks: Int32Array): boolean {
  const { households, persons } = sumsOf(graph, blocks);
  const breach = sizeBreach({ households, population: persons }, rule);
  if (breach === null) return sizeBounds(rule).households.low === 0;
  return breach.side === 'below' && rule.wholeCommunityMayBeSmaller && blocks.length === graph.size;
}

/** Side of an average part, in border cost. */
function sideOf(graph: BlockGraph, blocks: Int32Array, streets: number, parts: number): number {
  let [areaM2, borderM, cost] = [0, 0, 0];
  for (const block of blocks) {
    areaM2 += graph.areaM2[block] as number;
    for (let at = graph.starts[block] as number; at < (graph.starts[block + 1] as number); at++) {
      borderM += graph.borderM[at] as number;
      cost += graph.cost[at] as number;
    }
  }
  const factor = borderM === 0 ? 1 : 1 - streets + (streets * cost) / borderM;
  return factor * Math.sqrt(areaM2 / Math.max(1, parts));
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
