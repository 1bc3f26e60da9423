// Blocks that hold a region together: without one of them it falls apart (articulation points, Hopcroft and Tarjan 1973).
import type { BlockGraph } from './graph.ts';

/** The cut blocks of a connected region, ascending. */
export function cutBlocksOf({ size, starts, neighbours }: BlockGraph, region: readonly number[]): number[] {
  const first = region[0];
  if (first === undefined) return [];
  const inside = new Uint8Array(size);
  for (const block of region) inside[block] = 1;
  const depths = new Int32Array(size).fill(-1);
  const lows = new Int32Array(size);
  const parents = new Int32Array(size).fill(-1);
  const next = starts.slice(0, size);
  const cuts = new Set<number>();
  let branchesOfFirst = 0;
  const stack = [first];
  depths[first] = 0;
  while (stack.length > 0) {
    const block = stack[stack.length - 1] as number;
    const at = next[block] as number;
    if (at < (starts[block + 1] as number)) {
      next[block] = at + 1;
      const other = neighbours[at] as number;
      if (inside[other] === 0 || other === parents[block]) continue;
      if (depths[other] === -1) {
        depths[other] = (depths[block] as number) + 1;
        lows[other] = depths[other] as number;
        parents[other] = block;
        stack.push(other);
      } else lows[block] = Math.min(lows[block] as number, depths[other] as number);
      continue;
    }
    stack.pop();
    const parent = parents[block] as number;
    if (parent === -1) continue;
    lows[parent] = Math.min(lows[parent] as number, lows[block] as number);
    if (parent === first) branchesOfFirst++;
    else if ((lows[block] as number) >= (depths[parent] as number)) cuts.add(parent);
  }
  if (branchesOfFirst > 1) cuts.add(first);
  return [...cuts].sort((a, b) => a - b);
}
