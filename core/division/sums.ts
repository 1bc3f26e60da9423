// Households and persons of some blocks.
import type { BlockGraph } from './graph.ts';

export interface Sums {
  readonly households: number;
  readonly persons: number;
}

export function sumsOf({ households, persons }: BlockGraph, blocks: Iterable<number>): Sums {
  let [sumHouseholds, sumPersons] = [0, 0];
  for (const block of blocks) {
    sumHouseholds += households[block] as number;
    sumPersons += persons[block] as number;
  }
  return { households: sumHouseholds, persons: sumPersons };
}
