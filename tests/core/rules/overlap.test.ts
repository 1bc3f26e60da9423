// What two areas share: the same whatever way it is worked out, with holes, nested areas and common borders.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { facesBetween } from '../../../core/coverage/faces.ts';
import type { Polygon } from '../../../core/coverage/geometry.ts';
import { interiorPoint, locate } from '../../../core/coverage/locate.ts';
import { polygonAreaM2 } from '../../../core/geo/measure.ts';
import { overlapM2 } from '../../../core/rules/overlap.ts';
import { closedRings } from '../../../core/rules/pieces.ts';
import { square } from './town.ts';

const [X, Y] = [998_000_000, 394_000_000];
const star = fc
  .tuple(
    fc.integer({ min: -9_000, max: 9_000 }),
    fc.integer({ min: -9_000, max: 9_000 }),
    fc.array(fc.integer({ min: 1_500, max: 12_000 }), { minLength: 5, maxLength: 40 }),
    fc.boolean(),
  )
  .map(([dx, dy, radii, withHole]): Polygon => {
    const corners = (share: number): number[][] =>
      radii.map((radius, i) => {
        const angle = (i * 2 * Math.PI) / radii.length;
        return [Math.round(X + dx + share * radius * Math.cos(angle)), Math.round(Y + dy + share * radius * Math.sin(angle))];
      });
    return withHole ? [corners(1).flat(), corners(0.4).reverse().flat()] : [corners(1).flat()];
  });

/** Every face between all the borders, one by one. */
const plainly = (a: Polygon, b: Polygon): number =>
  facesBetween([...closedRings(a), ...closedRings(b)])
    .filter((face) => [a, b].every((area) => locate(interiorPoint(face), area) === 'inside'))
    .reduce((sum, face) => sum + polygonAreaM2(face), 0);

test('stars of any shape, with and without holes', () => {
  fc.assert(
    fc.property(star, star, (a, b) => {
      expect(overlapM2([a], b)).toBeCloseTo(plainly(a, b), -1);
      expect(overlapM2([b], a)).toBeCloseTo(overlapM2([a], b), -1);
    }),
    { numRuns: 1_000 },
  );
});

test('a common border, the very same area, one within the other, one within the hole of the other', () => {
  const whole = square(0, 0);
  expect(overlapM2([whole], whole)).toBeCloseTo(polygonAreaM2(whole), 3);
  expect(overlapM2([whole], square(1, 0))).toBe(0);
  expect(overlapM2([whole], square(5, 5))).toBe(0);
  const [x, y] = [whole[0]?.[0] as number, whole[0]?.[1] as number];
  const inner: Polygon = [[x + 3_000, y + 3_000, x + 6_000, y + 3_000, x + 6_000, y + 6_000, x + 3_000, y + 6_000]];
  expect(overlapM2([whole], inner)).toBeCloseTo(polygonAreaM2(inner), 3);
  expect(overlapM2([inner], whole)).toBeCloseTo(polygonAreaM2(inner), 3);
  const hole = [x + 2_000, y + 2_000, x + 2_000, y + 7_000, x + 7_000, y + 7_000, x + 7_000, y + 2_000];
  expect(overlapM2([[whole[0] as number[], hole]], inner)).toBe(0);
});
