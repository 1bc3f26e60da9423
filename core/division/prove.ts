// Looks for proofs that blocks cannot be divided legally; verify.ts checks them on its own.
import type { SizeRule } from '../rules/profile.ts';
import { bottleneckOf } from './bottleneck.ts';
import { type Bounds, sizeBounds } from './bounds.ts';
import type { Certificate, Refutation } from './certificate.ts';
import { componentsOf } from './components.ts';
import type { BlockGraph } from './graph.ts';
import { type Sums, sumsOf } from './sums.ts';

/**
 * Why the free blocks cannot all lie in legal grids; empty: no proof was found. A whole community below the band is no reason where
 * the rule allows it.
 */
export function proveInfeasible(graph: BlockGraph, rule: SizeRule, isFree: (block: number) => boolean): Certificate[] {
  return componentsOf(graph, isFree).flatMap((blocks): Certificate[] => {
    const whole = blocks.length === graph.size;
    const oversize = blocks.filter((block) => isAbove(rule, sumsOf(graph, [block])));
    if (oversize.length > 0) {
      const units = oversize.map((block): Certificate => ({ kind: 'oversize-unit', block, ...sumsOf(graph, [block]) }));
      return [...units, ...stranded(graph, rule, blocks, oversize)];
    }
    if (whole && rule.wholeCommunityMayBeSmaller && isBelow(rule, sumsOf(graph, blocks))) return [];
    const gap = gapOf(graph, rule, blocks);
    return gap ? [{ kind: whole ? 'total-gap' : 'component-gap', ...gap }] : bottleneck(graph, rule, blocks);
  });
}

function stranded(graph: BlockGraph, rule: SizeRule, blocks: readonly number[], oversize: readonly number[]): Certificate[] {
  const open = new Set(blocks);
  for (const block of oversize) open.delete(block);
  return componentsOf(graph, (block) => open.has(block)).flatMap((rest): Certificate[] => {
    const { households, persons } = sumsOf(graph, rest);
    // Where nobody lives, no grid is missing: it belongs to the exception.
    if (households === 0 && persons === 0) return [];
    const gap = gapOf(graph, rule, rest);
    return gap ? [{ kind: 'stranded', around: oversize, ...gap }] : bottleneck(graph, rule, rest);
  });
}

/** Too large by every measure, so that adding blocks cannot help. */
function isAbove(rule: SizeRule, { households, persons }: Sums): boolean {
  const bounds = sizeBounds(rule);
  return households > bounds.households.high && (bounds.persons === null || persons > bounds.persons.high);
}

/** Too small by every measure, so that taking blocks away cannot help. */
function isBelow(rule: SizeRule, { households, persons }: Sums): boolean {
  const bounds = sizeBounds(rule);
  return households < bounds.households.low && (bounds.persons === null || persons < bounds.persons.low);
}

/** null: some number of legal grids may make up these blocks. */
function gapOf(graph: BlockGraph, rule: SizeRule, blocks: readonly number[]) {
  const bounds = sizeBounds(rule);
  const { households, persons } = sumsOf(graph, blocks);
  const refutations: Refutation[] = [];
  const most = (sum: number, { low }: Bounds): number => (low === 0 ? blocks.length : Math.floor(sum / low));
  const mostByPersons = bounds.persons === null ? 0 : most(persons, bounds.persons);
  for (let byHouseholds = most(households, bounds.households); byHouseholds >= 0; byHouseholds--) {
    for (let byPersons = byHouseholds === 0 ? 1 : 0; byPersons <= mostByPersons; byPersons++) {
      const across = separation(graph, blocks, bounds, byHouseholds, byPersons);
      if (!across) return null;
      refutations.push({ byHouseholds, byPersons, across });
    }
  }
  return { blocks, households, persons, ...toFit(households, bounds.households), refutations };
}

/**
 * Let the first parts hold x households and the others y persons. The blocks, even if they could be shared out in fractions, give
 * a convex set of (x, y); the bounds ask for a rectangle. A direction along which the two lie apart, null where they meet.
 */
function separation(
  graph: BlockGraph,
  blocks: readonly number[],
  { households, persons }: ReturnType<typeof sizeBounds>,
  byHouseholds: number,
  byPersons: number,
): Refutation['across'] | null {
  const all = sumsOf(graph, blocks);
  if (byPersons === 0) return beyond(all.households, households, byHouseholds, [1, 0]);
  if (persons === null) return null;
  if (byHouseholds === 0) return beyond(all.persons, persons, byPersons, [0, 1]);
  const x = { low: byHouseholds * households.low, high: byHouseholds * households.high };
  const y = { low: byPersons * persons.low, high: byPersons * persons.high };
  for (const block of blocks) {
    const [h, p] = [graph.households[block] as number, graph.persons[block] as number];
    if (liesApart(graph, blocks, x, y, p, h)) return [p, h];
    if (liesApart(graph, blocks, x, y, -p, -h)) return [-p, -h];
  }
  return null;
}

/** All blocks go to parts of one measure. */
function beyond(sum: number, { low, high }: Bounds, parts: number, [u, v]: Refutation['across']): Refutation['across'] | null {
  if (sum < parts * low) return [u, v];
  return sum > parts * high ? [-u, -v] : null;
}

/** Whether u·x + v·y of the rectangle exceeds what the blocks can give: each gives u·households to the first or v·persons to the second. */
function liesApart({ households, persons }: BlockGraph, blocks: readonly number[], x: Bounds, y: Bounds, u: number, v: number): boolean {
  let most = 0;
  for (const block of blocks) most += Math.max(u * (households[block] as number), v * (persons[block] as number));
  const least = (u > 0 ? u * x.low : u === 0 ? 0 : u * x.high) + (v > 0 ? v * y.low : v === 0 ? 0 : v * y.high);
  return least > most;
}

/** Households to add to make room for one grid more, and to remove to make do with the grids there can be. */
function toFit(sum: number, { low, high }: Bounds): { add: number | null; remove: number | null } {
  if (low === 0) return { add: null, remove: null };
  const grids = Math.floor(sum / low);
  return { add: (grids + 1) * low - sum, remove: grids === 0 ? null : sum - grids * high };
}

function bottleneck(graph: BlockGraph, rule: SizeRule, blocks: readonly number[]): Certificate[] {
  const found = bottleneckOf(graph, rule, blocks);
  return found ? [found] : [];
}
