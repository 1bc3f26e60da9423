// How good a division is: border cost, size, shape, borders on roads.

import { sizeBreach } from '../rules/band.ts';
import type { SizeRule } from '../rules/profile.ts';
import type { BlockGraph } from './graph.ts';

export interface PartScore {
  readonly blocks: number;
  readonly households: number;
  readonly persons: number;
  readonly areaM2: number;
  /** Polsby–Popper: 4π · area / perimeter²; 1 is a circle. */
  readonly compactness: number;
  /** Within the band, or the whole community where the rule lets that be smaller. */
  readonly legal: boolean;
}

export interface DivisionScore {
  readonly parts: readonly PartScore[];
  /** Borders between grids: metres times class factor (DESIGN §4). */
  readonly borderCost: number;
  readonly borderM: number;
  /** Share of them along barriers; 1 where there are none. */
  readonly onBarriers: number;
  readonly legal: number;
  /** Mean over the grids. */
  readonly compactness: number;
}

/** Scores a layout. Blocks with −1 belong to none of the parts, the border with them counts as well. */
export function scoreOf(graph: BlockGraph, rule: SizeRule, partOf: Int32Array, parts: number): DivisionScore {
  const [blocks, households, persons, areaM2, perimeterM] = [0, 0, 0, 0, 0].map(() => new Float64Array(parts)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let [borderCost, borderM, barrierM] = [0, 0, 0];
  const add = (sums: Float64Array, part: number, value: number): void => {
    sums[part] = (sums[part] as number) + value;
  };
  for (let block = 0; block < graph.size; block++) {
    const part = partOf[block] as number;
    if (part < 0) continue;
    add(blocks, part, 1);
    add(households, part, graph.households[block] as number);
    add(persons, part, graph.persons[block] as number);
    add(areaM2, part, graph.areaM2[block] as number);
    add(perimeterM, part, graph.outerM[block] as number);
    for (let at = graph.starts[block] as number; at < (graph.starts[block + 1] as number); at++) {
      const other = graph.neighbours[at] as number;
      if (partOf[other] === part) continue;
      add(perimeterM, part, graph.borderM[at] as number);
      if (other < block && (partOf[other] as number) >= 0) continue;
      borderCost += graph.cost[at] as number;
      borderM += graph.borderM[at] as number;
      barrierM += graph.barrierM[at] as number;
    }
  }
  const scores = Array.from({ length: parts }, (_, i): PartScore => {
    const counts = { households: households[i] as number, persons: persons[i] as number };
    const breach = sizeBreach({ households: counts.households, population: counts.persons }, rule);
    const mayBeSmaller = rule.wholeCommunityMayBeSmaller && blocks[i] === graph.size;
    const perimeter = perimeterM[i] as number;
    return {
      blocks: blocks[i] as number,
      ...counts,
      areaM2: areaM2[i] as number,
      compactness: perimeter === 0 ? 0 : (4 * Math.PI * (areaM2[i] as number)) / (perimeter * perimeter),
      legal: breach === null || (breach.side === 'below' && mayBeSmaller),
    };
  });
  return {
    parts: scores,
    borderCost,
    borderM,
    onBarriers: borderM === 0 ? 1 : barrierM / borderM,
    legal: scores.filter(({ legal }) => legal).length,
    compactness: scores.reduce((sum, { compactness }) => sum + compactness, 0) / Math.max(1, parts),
  };
}
