// The proof itself: a sound coverage has no fault, and each way to break one is found.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Polygon, Ring } from '../../../core/coverage/geometry.ts';
import { coverageFaults } from '../../../core/coverage/invariants.ts';
import { outlineOf } from '../../../core/coverage/outline.ts';
import { recipeOf, tilingOf } from './random-coverage.ts';

const WEST: Ring = [0, 0, 100, 0, 100, 50, 100, 100, 0, 100];
const SOUTH_EAST: Ring = [100, 0, 200, 0, 200, 50, 100, 50];
const NORTH_EAST: Ring = [100, 50, 200, 50, 200, 100, 100, 100];
const AREA = outlineOf([[WEST], [SOUTH_EAST], [NORTH_EAST]]);
const kinds = (polygons: readonly Polygon[], area?: readonly Polygon[]) => [
  ...new Set(
    coverageFaults(
      polygons.map((polygon, id) => ({ id, polygon })),
      area,
    ).map((fault) => fault.kind),
  ),
];

describe('coverageFaults', () => {
  it('has nothing to say about a sound coverage, nor about none', () => {
    expect(kinds([[WEST], [SOUTH_EAST], [NORTH_EAST]], AREA)).toEqual([]);
    expect(kinds([], [])).toEqual([]);
  });

  it('names blocks and place', () => {
    const blocks = [
      { id: 7, polygon: [WEST] },
      { id: 8, polygon: [WEST] },
    ];
    expect(coverageFaults(blocks)[0]).toEqual({ kind: 'overlap', blocks: [7, 8], at: [0, 100] });
  });

  it.each<[string, string[], Polygon[]]>([
    ['a T-junction', ['crossing', 'unmatched'], [[[0, 0, 100, 0, 100, 100, 0, 100]], [SOUTH_EAST], [NORTH_EAST]]],
    ['a gap', ['unmatched', 'uncovered'], [[WEST], [SOUTH_EAST]]],
    ['a sliver', ['unmatched'], [[[0, 0, 100, 0, 99, 50, 100, 100, 0, 100]], [SOUTH_EAST], [NORTH_EAST]]],
    ['an overlap by a step', ['crossing', 'unmatched'], [[[0, 0, 100, 0, 101, 50, 100, 100, 0, 100]], [SOUTH_EAST], [NORTH_EAST]]],
    ['blocks that cross', ['crossing', 'unmatched'], [[WEST], [SOUTH_EAST], [[90, 40, 200, 50, 200, 100, 100, 100]]]],
    ['a block that is there twice', ['overlap'], [[WEST], [SOUTH_EAST], [NORTH_EAST], [NORTH_EAST]]],
    ['a block upon another', ['unmatched'], [[WEST], [SOUTH_EAST], [NORTH_EAST], [[10, 10, 20, 10, 20, 20, 10, 20]]]],
    ['a ring the wrong way round', ['bad-ring'], [[[0, 0, 0, 100, 100, 100, 100, 0]]]],
    ['a ring without area', ['bad-ring'], [[[0, 0, 50, 0, 100, 0]]]],
    ['a ring of two points', ['bad-ring'], [[[0, 0, 50, 0]]]],
    ['no ring', ['bad-ring'], [[]]],
    ['a ring that passes a point twice', ['bad-ring'], [[[0, 0, 50, 50, 100, 0, 100, 100, 50, 50, 0, 100]]]],
    ['a closed ring', ['bad-ring'], [[[0, 0, 100, 0, 100, 100, 0, 0]]]],
    ['a coordinate between two steps', ['off-lattice'], [[[0, 0, 100.5, 0, 100, 100]]]],
  ])('finds %s', (_, expected, polygons) => {
    expect(kinds(polygons, AREA)).toEqual(expected);
  });

  it.each<[string, string[], Polygon[]]>([
    ['a bow tie', ['crossing'], [[[0, 0, 100, 100, 100, 0, 0, 110]]]],
    ['a block upon another', ['overlap'], [[WEST], [[10, 10, 20, 10, 20, 20, 10, 20]]]],
    ['a hole outside its ring', ['bad-hole'], [[NORTH_EAST, [10, 10, 10, 20, 20, 20, 20, 10]]]],
    ['a hole in a hole', ['bad-hole'], [[WEST, [10, 10, 10, 90, 90, 90, 90, 10], [20, 20, 20, 30, 30, 30, 30, 20]]]],
    [
      'a hole that cuts its block in two',
      ['bad-hole'],
      [
        [
          [0, 0, 50, 0, 100, 0, 100, 100, 50, 100, 0, 100],
          [50, 0, 40, 50, 50, 100, 60, 50],
        ],
      ],
    ],
  ])('finds %s without being told the area', (_, expected, polygons) => {
    expect(kinds(polygons)).toEqual(expected);
  });
});

describe('in any tiling', () => {
  it('a vertex moved by one step, left out or put in is found', () => {
    fc.assert(
      fc.property(recipeOf(500), fc.nat(), fc.nat(), fc.integer({ min: 0, max: 2 }), (recipe, blockSeed, vertexSeed, harm) => {
        const blocks = tilingOf(recipe);
        fc.pre(blocks.length > 1);
        const area = outlineOf(blocks.map((block) => block.polygon));
        expect(coverageFaults(blocks, area)).toEqual([]);
        const victim = blockSeed % blocks.length;
        const broken = blocks.map((block, i) => (i === victim ? { ...block, polygon: harmed(block.polygon, vertexSeed, harm) } : block));
        expect(coverageFaults(broken, area)).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

function harmed([outer = [], ...holes]: Polygon, seed: number, harm: number): Polygon {
  const at = 2 * (seed % (outer.length / 2));
  const [x, y] = [outer[at] as number, outer[at + 1] as number];
  const instead = [[x + 1, y], [], [x, y, x, y + 1]][harm] as number[];
  return [[...outer.slice(0, at), ...instead, ...outer.slice(at + 2)], ...holes];
}
