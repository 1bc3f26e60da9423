// Outlines of blocks: what touches, what is enclosed, what lies apart.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Polygon } from '../../../core/coverage/geometry.ts';
import { coverageFaults } from '../../../core/coverage/invariants.ts';
import { outlineOf } from '../../../core/coverage/outline.ts';
import { doubledArea } from '../../../core/coverage/ring.ts';
import { recipeOf, tilingOf } from './random-coverage.ts';

const square = (x: number, y: number): Polygon => [[x, y, x + 10, y, x + 10, y + 10, x, y + 10]];
/** Squares of a raster, one letter each; dots are left out. First line north. */
const raster = (...rows: string[]): Polygon[] =>
  rows.toReversed().flatMap((row, y) => [...row].flatMap((cell, x) => (cell === '.' ? [] : [square(x * 10, y * 10)])));

describe('an outline', () => {
  it('of nothing is empty', () => {
    expect(outlineOf([])).toEqual([]);
  });

  it('of two neighbours loses the border between them', () => {
    expect(outlineOf(raster('xx'))).toEqual([[[0, 0, 10, 0, 20, 0, 20, 10, 10, 10, 0, 10]]]);
  });

  it('of blocks that touch in a corner has two parts', () => {
    expect(outlineOf(raster('.x', 'x.'))).toEqual([square(0, 0), square(10, 10)]);
  });

  it('has a hole around what is left out, and a part for what stands in it', () => {
    const outline = outlineOf(raster('xxxxx', 'x...x', 'x.x.x', 'x...x', 'xxxxx'));
    expect(outline.map((part) => part.length)).toEqual([2, 1]);
  });

  it('keeps holes apart that touch in a corner, and one that touches the border', () => {
    expect(outlineOf(raster('xxxx', 'x.xx', 'xx.x', 'xxxx')).map((part) => part.length)).toEqual([3]);
    expect(outlineOf(raster('.xx', 'x.x', 'xxx')).map((part) => part.length)).toEqual([2]);
  });

  it('refuses polygons that overlap in part of an edge', () => {
    expect(() => outlineOf([square(0, 0), square(0, 0)])).toThrow('edges do not close');
  });

  it('of any blocks of a tiling consists of valid polygons and has their area', () => {
    fc.assert(
      fc.property(recipeOf(2_000), fc.infiniteStream(fc.boolean()), (recipe, chosen) => {
        const blocks = tilingOf(recipe).filter(() => chosen.next().value);
        const polygons = blocks.map((block) => block.polygon);
        const outline = outlineOf(polygons);
        expect(coverageFaults(outline.map((polygon, id) => ({ id, polygon })))).toEqual([]);
        const area = (list: readonly Polygon[]) => list.reduce((sum, polygon) => sum + doubledArea(polygon), 0);
        expect(area(outline)).toBe(area(polygons));
      }),
      { numRuns: 500 },
    );
  });
});
