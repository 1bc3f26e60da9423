// Degrees to lattice steps and back: rounded once, then stable (I4).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geojsonMultiPolygon, geojsonPolygon, latticeLine, latticePolygon, toDegrees, toLattice } from '../../../core/coverage/lattice.ts';

describe('the lattice', () => {
  it('rounds to the nearest step and knows no negative nought', () => {
    expect(toLattice(99.81234564999)).toBe(998_123_456);
    expect(toLattice(99.81234565001)).toBe(998_123_457);
    expect(Object.is(toLattice(-1e-9), 0)).toBe(true);
  });

  it('comes back from degrees, and from their text, unchanged', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }), (steps) => {
        expect(toLattice(toDegrees(steps))).toBe(steps);
        expect(toLattice(Number(toDegrees(steps).toFixed(7)))).toBe(steps);
        expect(String(toDegrees(steps))).not.toMatch(/\.\d{8}/);
      }),
    );
  });

  it('drops points of a line that fall on their predecessor, and heights', () => {
    expect(
      latticeLine([
        [1, 2, 300],
        [1.00000001, 2],
        [1.1, 2],
      ]),
    ).toEqual([10_000_000, 20_000_000, 11_000_000, 20_000_000]);
  });

  it('turns rings the right way, whether closed or not, and back into GeoJSON', () => {
    const outer = [
      [0, 0],
      [0, 4],
      [4, 4],
      [4, 0],
      [0, 0],
    ];
    const hole = [
      [1, 1],
      [2, 1],
      [2, 2],
      [1, 2],
    ];
    const polygon = latticePolygon([outer, hole]);
    expect(polygon.map((ring) => ring.map(toDegrees))).toEqual([
      [4, 0, 4, 4, 0, 4, 0, 0],
      [1, 2, 2, 2, 2, 1, 1, 1],
    ]);
    const back = geojsonPolygon(polygon);
    expect(back.every((ring) => String(ring[0]) === String(ring.at(-1)))).toBe(true);
    expect(latticePolygon(back)).toEqual(polygon);
    expect(geojsonMultiPolygon([polygon, polygon])).toEqual([back, back]);
  });

  it('drops holes that vanish, and a polygon without area altogether', () => {
    const speck = [
      [1, 1],
      [1.00000001, 1],
      [1, 1.00000001],
      [1, 1],
    ];
    expect(
      latticePolygon([
        [
          [0, 0],
          [4, 0],
          [4, 4],
          [0, 0],
        ],
        speck,
      ]).length,
    ).toBe(1);
    expect(latticePolygon([speck])).toEqual([]);
    expect(
      latticePolygon([
        [
          [0, 0],
          [4, 0],
          [8, 0],
          [0, 0],
        ],
      ]),
    ).toEqual([]);
    expect(latticePolygon([])).toEqual([]);
  });
});
