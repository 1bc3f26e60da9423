// Boxes: the cheap test must never say no where the exact one says yes.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boxesMeet, boxOf, boxOfLine, grow, segmentMeetsBox } from '../../../core/coverage/box.ts';

const BOX = { minX: 0, minY: 0, maxX: 10, maxY: 20 };

it('bounds polygons and lines', () => {
  expect(boxOf([[0, 0, 10, 5, 3, 20]])).toEqual(BOX);
  expect(boxesMeet(boxOfLine([]), BOX)).toBe(false);
  expect(grow(BOX, 2)).toEqual({ minX: -2, minY: -2, maxX: 12, maxY: 22 });
});

it('meets what it touches', () => {
  expect(boxesMeet(BOX, { minX: 10, minY: 20, maxX: 30, maxY: 30 })).toBe(true);
  expect(boxesMeet(BOX, { minX: 11, minY: 0, maxX: 30, maxY: 30 })).toBe(false);
  expect(segmentMeetsBox(5, 30, 15, 10, BOX)).toBe(true);
  expect(segmentMeetsBox(6, 30, 16, 10, BOX)).toBe(false);
  expect(segmentMeetsBox(-5, 5, 15, 5, BOX)).toBe(true);
});

it('meets every segment that runs through one of its points', () => {
  const near = fc.integer({ min: -40, max: 40 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 20 }), near, near, fc.nat(5), (x, y, dx, dy, reach) => {
      expect(segmentMeetsBox(x - dx, y - dy, x + reach * dx, y + reach * dy, BOX)).toBe(true);
    }),
  );
});
