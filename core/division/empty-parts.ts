// Parts in which nobody lives are no grids of their own: each joins a neighbour that it does not make worse.
import { sizeBreach } from '../rules/band.ts';
import type { SizeRule } from '../rules/profile.ts';
import type { BlockGraph } from './graph.ts';
import { SizeCost } from './size-cost.ts';
import { type Sums, sumsOf } from './sums.ts';

/** Parts of some blocks, by position in them. */
interface Parts {
  readonly partOf: Int32Array;
  readonly parts: number;
  /** Parts outside the band. */
  readonly illegal: number;
}

/**
 * The same layout without parts that have no household and are outside the band, or have nobody at all. Each joins the neighbour with
 * which the dearest border disappears, of those that come no further outside the band; where there is none it stays.
 */
export function withoutEmptyParts(graph: BlockGraph, rule: SizeRule, blocks: Int32Array, partOf: Int32Array, parts: number): Parts {
  const size = new SizeCost(rule, { unit: 0, balance: 0, aim: 1 });
  const outside = ({ households, persons }: Sums): number => size.outside(households, persons);
  const members = Array.from({ length: parts }, (): number[] => []);
  blocks.forEach((block, i) => {
    members[partOf[i] as number]?.push(block);
  });
  const owner = new Map(Array.from(blocks, (block, i) => [block, partOf[i] as number]));
  const sumsOfPart = (part: number): Sums => sumsOf(graph, members[part] ?? []);
  // What an empty part joined may be empty as well.
  for (let move = nextMove(); move; move = nextMove()) {
    const { part, into } = move;
    for (const block of members[part] ?? []) owner.set(block, into);
    members[into]?.push(...(members[part] ?? []));
    members[part] = [];
  }
  const kept = [...members.keys()].filter((part) => members[part]?.length !== 0);
  const numbers = new Map(kept.map((part, number) => [part, number]));
  return {
    partOf: blocks.map((block) => numbers.get(owner.get(block) as number) as number),
    parts: kept.length,
    illegal: kept.map(sumsOfPart).filter(({ households, persons }) => sizeBreach({ households, population: persons }, rule) !== null)
      .length,
  };

  function nextMove(): { part: number; into: number } | null {
    for (let part = 0; part < parts; part++) {
      const into = isEmpty(part) ? hostOf(part) : null;
      if (into !== null) return { part, into };
    }
    return null;
  }

  function isEmpty(part: number): boolean {
    if (members[part]?.length === 0) return false;
    const sums = sumsOfPart(part);
    return sums.households === 0 && (sums.persons === 0 || outside(sums) > 0);
  }

  function hostOf(part: number): number | null {
    const own = sumsOfPart(part);
    const borders = bordersOf(graph, members[part] ?? [], owner);
    borders.delete(part);
    const hosts = [...borders].filter(([other]) => {
      const before = sumsOfPart(other);
      const after = { households: before.households, persons: before.persons + own.persons };
      return outside(after) <= outside(before);
    });
    hosts.sort(([a, costA], [b, costB]) => costB - costA || a - b);
    return hosts[0]?.[0] ?? null;
  }
}

/** Border cost of the blocks with each part they touch. */
function bordersOf({ starts, neighbours, cost }: BlockGraph, blocks: readonly number[], owner: ReadonlyMap<number, number>) {
  const borders = new Map<number, number>();
  for (const block of blocks) {
    for (let at = starts[block] as number; at < (starts[block + 1] as number); at++) {
      const other = owner.get(neighbours[at] as number);
      if (other !== undefined) borders.set(other, (borders.get(other) ?? 0) + (cost[at] as number));
    }
  }
  return borders;
}
