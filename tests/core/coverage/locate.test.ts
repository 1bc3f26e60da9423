// Where points lie, exactly; and points that lie inside for sure.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Polygon } from '../../../core/coverage/geometry.ts';
import { interiorPoint, locate } from '../../../core/coverage/locate.ts';
import { outlineOf } from '../../../core/coverage/outline.ts';
import { patchworkOf, recipeOf, tilingOf } from './random-coverage.ts';

const WITH_HOLE: Polygon = [
  [0, 0, 100, 0, 100, 100, 50, 60, 0, 100],
  [20, 20, 20, 40, 40, 40, 40, 20],
];

describe('locate', () => {
  it.each<[number, number, string]>([
    [10, 10, 'inside'],
    [50, 59, 'inside'],
    [50, 61, 'outside'],
    [50, 60, 'border'],
    [0, 0, 'border'],
    [50, 0, 'border'],
    [25, 80, 'border'],
    [25, 80.0000001, 'outside'],
    [25, 79.9999999, 'inside'],
    [30, 30, 'outside'],
    [20, 30, 'border'],
    [30, 40, 'border'],
    [-1, 0, 'outside'],
    [101, 100, 'outside'],
    [120, 20, 'outside'],
    [-5, 20, 'outside'],
  ])('puts %s, %s %s', (x, y, place) => {
    expect(locate([x, y], WITH_HOLE)).toBe(place);
  });

  it('decides exactly beside a long slanted border', () => {
    const wedge: Polygon = [[0, 0, 30_000_001, 1, 30_000_001, 10_000_000]];
    expect(locate([15_000_000, 0], wedge)).toBe('outside');
    expect(locate([15_000_000, 1], wedge)).toBe('inside');
  });

  it('finds nothing in an empty polygon', () => {
    expect(locate([0, 0], [])).toBe('outside');
  });
});

describe('in any tiling', () => {
  it('a point is in exactly one block, or on a border', () => {
    fc.assert(
      fc.property(recipeOf(200), fc.integer({ min: 1, max: 198 }), fc.integer({ min: 1, max: 198 }), (recipe, x, y) => {
        const places = tilingOf(recipe).map((block) => locate([998_000_000 + x, 394_000_000 + y], block.polygon));
        const inside = places.filter((place) => place === 'inside').length;
        const border = places.filter((place) => place === 'border').length;
        expect(inside === 1 ? border === 0 : inside === 0 && border >= 2).toBe(true);
      }),
    );
  });

  it.each([50, 20_000, 5_000_000])('the interior point of a polygon lies inside (%s steps)', (size) => {
    fc.assert(
      fc.property(recipeOf(size), (recipe) => {
        const blocks = patchworkOf(recipe).map((block) => block.polygon);
        for (const polygon of [...blocks, ...outlineOf(blocks)]) expect(locate(interiorPoint(polygon), polygon)).toBe('inside');
      }),
      { numRuns: 200 },
    );
  });

  it('has no interior point to offer for an empty polygon', () => {
    expect(() => interiorPoint([])).toThrow(RangeError);
  });
});
