// What became of old grids: households by buildings, areas on the ellipsoid, and nothing counted twice or lost.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MultiPolygon } from '../../../core/coverage/geometry.ts';
import { multiPolygonAreaM2 } from '../../../core/geo/measure.ts';
import { type Home, isLeftOver, OverlapIndex } from '../../../core/one-net/overlap.ts';
import { corner, SIDE } from '../rules/town.ts';

/** A rectangle in columns and rows of blocks; rows count from the north. */
function rectangle(column: number, row: number, width: number, height: number): MultiPolygon {
  const [west, north] = corner(column, row).map(Math.round) as [number, number];
  const [east, south] = [west + Math.round(width * SIDE), north - Math.round(height * SIDE)];
  return [[[west, south, east, south, east, north, west, north]]];
}
const home = (column: number, households: number, grid: number | null): Home => {
  const [x, y] = corner(column, 0.5).map(Math.round) as [number, number];
  return { point: [x, y], households, grid };
};
const ROW = [1, 2, 3].map((id) => ({ id, outline: rectangle(id - 1, 0, 1, 1) }));

describe('overlap', () => {
  test('an old grid over two new ones, with homes', () => {
    const index = new OverlapIndex(ROW, [home(0.5, 30, 1), home(1.4, 70, 2), home(2.5, 9, 3)]);
    const found = index.overlapOf({ area: rectangle(0, 0, 1.5, 1) });
    expect(found).toMatchObject({ households: 100, verdict: 'split', left: { households: 0 } });
    expect(found.to.map(({ grid, households, share }) => [grid, households, share])).toEqual([
      [2, 70, 0.7],
      [1, 30, 0.3],
    ]);
    expect(found.to[1]?.areaM2).toBeCloseTo(multiPolygonAreaM2(rectangle(0, 0, 1, 1)), 2);
    expect(isLeftOver(found)).toBe(false);
  });

  test('where nobody lives the area decides, and a slip of the hand along a border splits nothing', () => {
    const index = new OverlapIndex(ROW, []);
    expect(index.overlapOf({ area: rectangle(0.02, 0, 1, 1) })).toMatchObject({ verdict: 'mapped', to: [{ grid: 1 }, { grid: 2 }] });
    const beside = index.overlapOf({ area: rectangle(2.5, 0, 1, 1) });
    expect(beside).toMatchObject({ verdict: 'mapped', to: [{ grid: 3 }] });
    expect(beside.left.share).toBeCloseTo(0.5, 3);
    expect(isLeftOver(beside)).toBe(true);
    expect(index.overlapOf({ area: rectangle(9, 9, 1, 1) })).toMatchObject({ verdict: 'left-out', to: [] });
  });

  test('a household in a block without a grid is left over however small its place', () => {
    const index = new OverlapIndex(ROW, [home(0.5, 999, 1), home(3.01, 1, null)]);
    const found = index.overlapOf({ area: rectangle(0, 0, 3.02, 1) });
    expect(found).toMatchObject({ verdict: 'mapped', left: { households: 1 } });
    expect(isLeftOver(found)).toBe(true);
  });

  test('the parts and what is left make up the whole, however the grids lie', () => {
    const side = fc.double({ min: 0.2, max: 3, noNaN: true });
    const at = fc.double({ min: -2, max: 4, noNaN: true });
    const homes = [...Array(40).keys()].map(
      (i): Home => home((i * 3.7) / 40, i, i % 3 === 0 ? null : Math.min(3, 1 + Math.floor((i * 3.7) / 40))),
    );
    const index = new OverlapIndex(ROW, homes);
    fc.assert(
      fc.property(at, side, fc.double({ min: -0.5, max: 0.5, noNaN: true }), side, (column, width, row, height) => {
        const area = rectangle(column, row, width, height);
        const { households, areaM2, to, left } = index.overlapOf({ area });
        expect(to.reduce((sum, one) => sum + one.areaM2, left.areaM2)).toBeCloseTo(areaM2, 1);
        expect(to.reduce((sum, one) => sum + one.households, left.households)).toBe(households);
        expect(to.reduce((sum, one) => sum + one.share, left.share)).toBeCloseTo(1, 4);
      }),
      { numRuns: 60 },
    );
  });
});
