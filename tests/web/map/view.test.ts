import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tileAddress } from '../../../web/map/base-map.ts';
import { labelPoint } from '../../../web/map/label-point.ts';
import { FILL_OPACITY, gridColour, KINDS, SHADE_NUMBERS } from '../../../web/map/palette.ts';
import { pixelsPerDegree, placeAt, screenPoint, type View } from '../../../web/map/view.ts';
import { isInside } from '../../../web/tools/community-index.ts';

const view: View = { longitude: 99.82, latitude: 39.37, zoom: 15.3, width: 880, height: 700 };

describe('view', () => {
  it('finds the place of a pixel and the pixel of a place', () => {
    fc.assert(
      fc.property(fc.double({ min: -2000, max: 2000, noNaN: true }), fc.double({ min: -2000, max: 2000, noNaN: true }), (x, y) => {
        const [backX, backY] = screenPoint(view, placeAt(view, [x, y]));
        expect(backX).toBeCloseTo(x, 3);
        expect(backY).toBeCloseTo(y, 3);
      }),
    );
  });

  it('has the centre in the middle and north up', () => {
    expect(screenPoint(view, [view.longitude, view.latitude])).toEqual([440, 350]);
    expect(screenPoint(view, [view.longitude, view.latitude + 0.001])[1]).toBeLessThan(350);
  });

  it('measures degrees in pixels as the map draws them', () => {
    const [scaleX, scaleY] = pixelsPerDegree(view);
    const [x, y] = screenPoint(view, [view.longitude + 0.0001, view.latitude + 0.0001]);
    expect(x - 440).toBeCloseTo(0.0001 * scaleX, 1);
    expect(350 - y).toBeCloseTo(0.0001 * scaleY, 1);
  });
});

describe('label point', () => {
  it('stands inside the area, in its widest part, not in its hole', () => {
    const boot = [
      [
        [0, 0],
        [10, 0],
        [10, 2],
        [3, 2],
        [3, 9],
        [0, 9],
        [0, 0],
      ],
    ];
    const point = labelPoint([
      boot,
      [
        [
          [20, 20],
          [21, 20],
          [21, 21],
          [20, 20],
        ],
      ],
    ]);
    expect(point !== null && isInside(point, boot)).toBe(true);
    const ring = [
      [
        [0, 0],
        [10, 0],
        [10, 10],
        [0, 10],
        [0, 0],
      ],
      [
        [2, 2],
        [2, 8],
        [8, 8],
        [8, 2],
        [2, 2],
      ],
    ];
    const beside = labelPoint([ring]);
    expect(beside !== null && isInside(beside, ring)).toBe(true);
  });

  it('is nowhere in an empty area', () => {
    expect(labelPoint([])).toBeNull();
  });
});

describe('palette', () => {
  it('tells every two shades of a kind apart, on screen and in grey', () => {
    for (const kind of KINDS) {
      const colours = SHADE_NUMBERS.map((shade) => gridColour(kind, shade));
      expect(new Set(colours).size).toBe(colours.length);
    }
    expect(FILL_OPACITY).toBeGreaterThanOrEqual(0.12);
    expect(FILL_OPACITY).toBeLessThanOrEqual(0.18);
  });
});

describe('base map', () => {
  it('fills the names of WMTS with those of the map', () => {
    const url = 'https://t0.tianditu.gov.cn/vec_w/wmts?TILEMATRIX={TileMatrix}&TILEROW={TileRow}&TILECOL={TileCol}';
    expect(tileAddress({ url })).toBe('https://t0.tianditu.gov.cn/vec_w/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}');
  });
});
