// Splits parts further where a search ended with fewer than were asked for.
import { sizeBreach } from '../rules/band.ts';
import type { SizeRule } from '../rules/profile.ts';
import { componentsOf } from './components.ts';
import type { BlockGraph } from './graph.ts';
import { sumsOf } from './sums.ts';

interface Parts {
  readonly partOf: Int32Array;
  readonly parts: number;
  /** Parts outside the band. */
  readonly illegal: number;
}

/**
 * The same layout in so many parts, or in as many as there are blocks: the part with the most households gives away one block after
 * the other, each time the one nearest to half of them that may leave without tearing the part.
 */
export function withMoreParts(graph: BlockGraph, rule: SizeRule, blocks: Int32Array, layout: Parts, wanted: number): Parts {
  const { partOf, parts } = layout;
  if (parts >= Math.min(wanted, blocks.length)) return layout;
  const members = Array.from({ length: parts }, (): number[] => []);
  blocks.forEach((block, i) => {
    members[partOf[i] as number]?.push(block);
  });
  while (members.length < Math.min(wanted, blocks.length)) {
    const largest = largestDivisible(graph, members);
    const given = blockToGive(graph, members[largest] as number[]);
    members[largest] = (members[largest] as number[]).filter((block) => block !== given);
    members.push([given]);
  }
  const partOfBlock = new Map(members.flatMap((own, part) => own.map((block) => [block, part])));
  const sums = members.map((own) => sumsOf(graph, own));
  return {
    partOf: blocks.map((block) => partOfBlock.get(block) as number),
    parts: members.length,
    illegal: sums.filter(({ households, persons }) => sizeBreach({ households, population: persons }, rule) !== null).length,
  };
}

function largestDivisible(graph: BlockGraph, members: readonly (readonly number[])[]): number {
  const sizes = members.map((own) => (own.length > 1 ? sumsOf(graph, own).households : -1));
  return sizes.indexOf(Math.max(...sizes));
}

function blockToGive(graph: BlockGraph, own: readonly number[]): number {
  const inside = new Set(own);
  const half = sumsOf(graph, own).households / 2;
  const mayLeave = (block: number): boolean => componentsOf(graph, (other) => other !== block && inside.has(other)).length === 1;
  const off = (block: number): number => Math.abs((graph.households[block] as number) - half);
  return own.filter(mayLeave).reduce((best, block) => (off(block) < off(best) ? block : best));
}
