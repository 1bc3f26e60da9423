// Tries every division of a few blocks: slow and certain.
import type { BlockGraph } from '../../../core/division/graph.ts';
import { sizeBreach } from '../../../core/rules/band.ts';
import type { SizeRule } from '../../../core/rules/profile.ts';

/** Whether the blocks, sixteen at most, can be divided into connected parts that all comply. */
export function canBeLegal(graph: BlockGraph, rule: SizeRule): boolean {
  const all = 2 ** graph.size - 1;
  const reach = Array.from({ length: graph.size }, (_, block) =>
    graph.neighbours.subarray(graph.starts[block], graph.starts[block + 1]).reduce((mask, other) => mask | (1 << other), 0),
  );
  const isPart = new Uint8Array(all + 1);
  for (let mask = 1; mask <= all; mask++) isPart[mask] = isConnected(mask, reach) && isLegal(graph, rule, mask, all) ? 1 : 0;
  const known = new Int8Array(all + 1).fill(-1);
  known[0] = 1;
  const canBe = (mask: number): boolean => {
    if (known[mask] !== -1) return known[mask] === 1;
    const lowest = mask & -mask;
    known[mask] = 0;
    for (let part = mask; part > 0; part = (part - 1) & mask) {
      if ((part & lowest) === 0 || isPart[part] === 0 || !canBe(mask ^ part)) continue;
      known[mask] = 1;
      break;
    }
    return known[mask] === 1;
  };
  return canBe(all);
}

function isConnected(mask: number, reach: readonly number[]): boolean {
  let seen = mask & -mask;
  for (let before = 0; before !== seen; ) {
    before = seen;
    for (const [block, others] of reach.entries()) if (seen & (1 << block)) seen |= others & mask;
  }
  return seen === mask;
}

function isLegal(graph: BlockGraph, rule: SizeRule, mask: number, all: number): boolean {
  let [households, population] = [0, 0];
  for (let block = 0; block < graph.size; block++) {
    if ((mask & (1 << block)) === 0) continue;
    households += graph.households[block] as number;
    population += graph.persons[block] as number;
  }
  const breach = sizeBreach({ households, population }, rule);
  return breach === null || (mask === all && rule.wholeCommunityMayBeSmaller && breach.side === 'below');
}
