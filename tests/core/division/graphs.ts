// Small communities for the tests of the division.
import fc from 'fast-check';
import { barrierIndex } from '../../../core/division/barrier-index.ts';
import { type BlockGraph, blockGraph } from '../../../core/division/graph.ts';
import { profiles } from '../../../core/rules/profiles.ts';
import { randomOf } from '../../../fixtures/random.ts';
import { lotsCommunity } from '../../bench/lots-city.ts';

export const URBAN = (profiles.get('gansu-2023') as NonNullable<ReturnType<typeof profiles.get>>).size.urban;

/** A town of lots with about that many households, ten to a lot. */
export function town(seed: number, households: number): BlockGraph {
  const { blocks, barriers } = lotsCommunity(seed, households, randomOf(seed));
  return blockGraph(blocks, barrierIndex(barriers));
}

/** Blocks of those counts; pairs of neighbours share a border of 100 m. Persons are 2.5 to a household unless given. */
export function graphOf(
  households: readonly number[],
  pairs: readonly (readonly [number, number])[],
  persons?: readonly number[],
): BlockGraph {
  const lists = households.map((): number[] => []);
  for (const [a, b] of pairs) {
    lists[a]?.push(b);
    lists[b]?.push(a);
  }
  const starts = new Int32Array(households.length + 1);
  lists.forEach((list, i) => {
    starts[i + 1] = (starts[i] as number) + list.length;
  });
  const borderM = new Float64Array(2 * pairs.length).fill(100);
  return {
    size: households.length,
    households: Float64Array.from(households),
    persons: Float64Array.from(persons ?? households.map((count) => Math.round(2.5 * count))),
    areaM2: new Float64Array(households.length).fill(10_000),
    outerM: new Float64Array(households.length),
    starts,
    neighbours: Int32Array.from(lists.flat()),
    borderM,
    barrierM: borderM.map(() => 0),
    cost: borderM,
  };
}

/** A row of blocks. */
export const chain = (count: number): [number, number][] => Array.from({ length: count - 1 }, (_, i) => [i, i + 1]);

const COARSE_BLOCKS = [3, 12] as const;

/** A few large blocks on a lattice with gaps, some of them empty: often divisible in one way or in none. */
export function coarseTown(seed: number): BlockGraph {
  const random = randomOf(seed);
  const size = random.whole(...COARSE_BLOCKS);
  const columns = random.whole(2, 4);
  const pairs: [number, number][] = [];
  for (let block = 1; block < size; block++) {
    if (block % columns > 0 && (block < columns || random.chance(0.8))) pairs.push([block - 1, block]);
    if (block >= columns) pairs.push([block - columns, block]);
  }
  const [empty, large, most] = [random.between(0, 0.5), random.between(0, 0.5), random.whole(20, 140)];
  const households = Array.from({ length: size }, () => {
    if (random.chance(empty)) return 0;
    return random.chance(large) ? random.whole(100, 480) : random.whole(1, most);
  });
  return graphOf(
    households,
    pairs,
    households.map((count) => Math.round(count * random.between(1.5, 4))),
  );
}

/** Connected graphs of at most that many blocks, some of them large: legal and hopeless ones alike. */
export const anyGraph = (maxBlocks: number): fc.Arbitrary<BlockGraph> =>
  fc
    .record({
      households: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 140 }), fc.integer({ min: 100, max: 620 })), {
        minLength: 1,
        maxLength: maxBlocks,
      }),
      parents: fc.array(fc.nat(), { minLength: maxBlocks, maxLength: maxBlocks }),
      more: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 6 }),
      perHousehold: fc.array(fc.double({ min: 1.5, max: 4, noNaN: true }), { minLength: maxBlocks, maxLength: maxBlocks }),
    })
    .map(({ households, parents, more, perHousehold }) => {
      const size = households.length;
      const tree = households.slice(1).map((_, i): [number, number] => [(parents[i] as number) % (i + 1), i + 1]);
      const pairs = new Map<string, [number, number]>();
      for (const [a, b] of [...tree, ...more.map(([a, b]): [number, number] => [a % size, b % size])]) {
        if (a !== b) pairs.set(`${Math.min(a, b)} ${Math.max(a, b)}`, [Math.min(a, b), Math.max(a, b)]);
      }
      const persons = households.map((count, i) => Math.round(count * (perHousehold[i] as number)));
      return graphOf(households, [...pairs.values()], persons);
    });
