// Divides connected blocks: searches, and where that ends in no legal layout, proves that there is none or goes on.
import { sizeBreach } from '../rules/band.ts';
import { middleOf, sizeBounds } from './bounds.ts';
import type { Certificate } from './certificate.ts';
import { componentsOf } from './components.ts';
import type { DivisionOptions, DivisionTask } from './divide.ts';
import { withoutEmptyParts } from './empty-parts.ts';
import { divideExactly, MAX_EXACT_BLOCKS } from './exact-division.ts';
import type { BlockGraph } from './graph.ts';
import { type Effort, LayoutSearch } from './layout-search.ts';
import { withMoreParts } from './more-parts.ts';
import { proveInfeasible } from './prove.ts';
import { Random } from './random.ts';
import { SizeCost } from './size-cost.ts';
import { sumsOf } from './sums.ts';
import { terrainOf } from './terrain.ts';

const EFFORTS = {
  normal: { starts: 2, firstTrees: 8, rounds: 24, trees: 2 },
  deep: { starts: 4, firstTrees: 12, rounds: 90, trees: 3 },
} satisfies Record<DivisionOptions['effort'], Effort>;
/** When a layout of few blocks is not legal and no proof says why: so many parts are tried before all divisions count as too many. */
const EXACT_STEPS = { normal: 1_000_000, deep: 10_000_000 };
/** The same for many blocks: more starts, from so many parts more than is likely. */
const RESCUE: Effort = { starts: 12, firstTrees: 16, rounds: 100, trees: 8 };
const RESCUES = [0, 1, -1, 2, 0, 1, -1];

/** What sizes cost, in sides of an average part: at the edge of the band, and when equal parts are wanted. */
const BALANCE = 0.1;
const EQUAL_BALANCE = 3;
/** Cost of a broken wish, in sides of an average part: less than an illegal part, more than any border. */
const TIE = 10;

interface ComponentDivision {
  /** By position in the blocks of the component. */
  readonly partOf: Int32Array;
  readonly parts: number;
  /** Parts outside the band. */
  readonly illegal: number;
  readonly certificates: readonly Certificate[];
}

interface Found {
  readonly cost: number;
  readonly partOf: Int32Array;
  readonly parts: number;
  readonly illegal: number;
}

/** Divides blocks that hang together, all of them free. */
export function divideComponent(task: DivisionTask, options: DivisionOptions, blocks: Int32Array): ComponentDivision {
  const { graph, rule } = task;
  if (options.parts === null && staysWhole(task, blocks)) {
    return { partOf: new Int32Array(blocks.length), parts: 1, illegal: 0, certificates: [] };
  }
  const search = new ComponentSearch(task, options, blocks);
  const found = search.run(EFFORTS[options.effort]);
  if (found.illegal === 0) return { ...found, certificates: [] };
  const inside = new Set(blocks);
  const certificates = proveInfeasible(graph, rule, (block) => inside.has(block));
  if (certificates.length === 0) return search.mayBeLegal() ? insist(task, options, blocks, search, found) : { ...found, certificates };
  if (options.parts !== null || found.illegal <= certificates.length) return { ...found, certificates };
  return besideExceptions(task, options, blocks, { ...found, certificates });
}

/** Goes on until a legal layout is found, or all there are were tried, or it has been enough. */
function insist(
  { graph, rule }: DivisionTask,
  { effort, parts }: DivisionOptions,
  blocks: Int32Array,
  search: ComponentSearch,
  found: Found,
): ComponentDivision {
  if (blocks.length <= MAX_EXACT_BLOCKS) {
    const exact = divideExactly(graph, rule, blocks, { parts, steps: EXACT_STEPS[effort] });
    if (exact.kind === 'found') {
      const improved = search.improve(exact, EFFORTS[effort]);
      return { ...(improved.illegal === 0 ? improved : { ...exact, illegal: 0 }), certificates: [] };
    }
    if (exact.kind === 'none') {
      const proof: Certificate = { kind: 'exhausted', blocks: [...blocks], ...sumsOf(graph, blocks) };
      return { ...found, certificates: parts === null ? [proof] : [] };
    }
  }
  let best = found;
  for (let rescue = 0; rescue < RESCUES.length && best.illegal > 0; rescue++) {
    const other = search.run(RESCUE, RESCUES[rescue]);
    if (other.cost < best.cost) best = other;
  }
  return { ...best, certificates: [] };
}

/** Where more is illegal than has a proof: blocks that are exceptions alone, and what lies around them on its own. */
function besideExceptions(task: DivisionTask, options: DivisionOptions, blocks: Int32Array, found: ComponentDivision): ComponentDivision {
  const alone = new Set(found.certificates.flatMap((one) => (one.kind === 'oversize-unit' ? [one.block] : [])));
  if (alone.size === 0) return found;
  const positions = new Map(Array.from(blocks, (block, i) => [block, i]));
  const partOf = new Int32Array(blocks.length);
  let parts = 0;
  for (const block of alone) partOf[positions.get(block) as number] = parts++;
  const certificates = [...found.certificates];
  for (const rest of componentsOf(task.graph, (block) => positions.has(block) && !alone.has(block))) {
    const division = divideComponent(task, options, Int32Array.from(rest));
    for (const [i, block] of rest.entries()) partOf[positions.get(block) as number] = parts + (division.partOf[i] as number);
    parts += division.parts;
    certificates.push(...division.certificates.filter(({ kind }) => kind === 'exhausted'));
  }
  const beside = withoutEmptyParts(task.graph, task.rule, blocks, partOf, parts);
  return beside.illegal < found.illegal ? { ...beside, certificates } : { ...found, certificates };
}

/** The search on one component. */
class ComponentSearch {
  readonly #search: LayoutSearch;
  readonly #mayBeLegal: boolean;
  /** Where the number of parts is free, none is without anybody in it; where it is not, there are as many. */
  readonly #tidied: (layout: Omit<Found, 'cost'>) => Omit<Found, 'cost'>;

  constructor(task: DivisionTask, options: DivisionOptions, blocks: Int32Array) {
    const { graph, rule, community } = task;
    const { streets, parts, seed } = options;
    const { households, persons } = sumsOf(graph, blocks);
    const aim = parts === null ? middleOf(sizeBounds(rule).households) : Math.max(1, households / parts);
    const unit = sideOf(graph, blocks, streets, households / aim);
    const terrain = terrainOf(graph, blocks, { ...task, streets }, TIE * unit);
    const size = new SizeCost(rule, { unit, balance: parts === null ? BALANCE : EQUAL_BALANCE, aim });
    this.#search = new LayoutSearch(terrain, size, new Random(seed, `${community}/${blocks[0]}`), parts);
    this.#tidied = (layout) =>
      parts === null
        ? withoutEmptyParts(graph, rule, blocks, layout.partOf, layout.parts)
        : withMoreParts(graph, rule, blocks, layout, parts);
    this.#mayBeLegal = parts === null || size.isLegal(households, persons, parts);
  }

  /** Whether the number of parts that is asked for does not rule out that they are legal. */
  mayBeLegal(): boolean {
    return this.#mayBeLegal;
  }

  run(effort: Effort, more = 0): Found {
    return this.#found(this.#search.run(effort, more));
  }

  improve({ partOf, parts }: Pick<Found, 'partOf' | 'parts'>, effort: Effort): Found {
    return this.#found(this.#search.improve(partOf, parts, effort));
  }

  #found(cost: number): Found {
    const { partOf, parts } = this.#search;
    return { cost, ...this.#tidied({ partOf: partOf.slice(), parts, illegal: this.#search.illegal() }) };
  }
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
