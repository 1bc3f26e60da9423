// Reading order: rows north to south, within a row west to east, whatever the order of the input.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Placed, readingOrder } from '../../../core/codes/order.ts';
import type { Scheme } from '../../../core/codes/scheme.ts';
import { schemeOf } from '../../../core/codes/schemes.ts';

const scheme = schemeOf('gb15') as Scheme;
const METRE = 1 / 111_133;
const at = (id: number, eastMetres: number, northMetres: number): Placed => ({
  id,
  point: [99.8 + eastMetres * METRE, 39.4 + northMetres * METRE],
});

test('reads like a page', () => {
  const page = [at(4, 0, -500), at(3, 900, 0), at(1, 0, 0), at(2, 450, 0), at(5, 450, -500)];
  expect(readingOrder(scheme, page)).toEqual([1, 2, 3, 4, 5]);
});

test('a little higher or lower is still the same row, 100 metres and more is not', () => {
  expect(readingOrder(scheme, [at(2, 300, 95), at(1, 0, 0)])).toEqual([1, 2]);
  expect(readingOrder(scheme, [at(2, 300, 105), at(1, 0, 0)])).toEqual([2, 1]);
});

test('a slope of small steps does not run together into one row', () => {
  const slope = Array.from({ length: 6 }, (_, i) => at(i, -i * 200, -i * 60));
  expect(readingOrder(scheme, slope)).toEqual([1, 0, 3, 2, 5, 4]);
});

const items = fc
  .uniqueArray(fc.record({ id: fc.nat(), east: fc.integer({ min: 0, max: 3000 }), north: fc.integer({ min: 0, max: 3000 }) }), {
    selector: ({ id }) => id,
  })
  .map((list) => list.map(({ id, east, north }) => at(id, east, north)));

test('the order of the input plays no part, and everyone has exactly one place', () => {
  fc.assert(
    fc.property(items, fc.infiniteStream(fc.nat()), (list, keys) => {
      const shuffled = list
        .map((item) => ({ item, key: keys.next().value }))
        .sort((a, b) => a.key - b.key)
        .map(({ item }) => item);
      const order = readingOrder(scheme, shuffled);
      expect(order).toEqual(readingOrder(scheme, list));
      expect([...order].sort((a, b) => a - b)).toEqual(list.map(({ id }) => id).sort((a, b) => a - b));
    }),
  );
});

test('nothing follows that lies more than the tolerance further north', () => {
  fc.assert(
    fc.property(items, (list) => {
      const place = new Map(list.map(({ id, point }) => [id, point]));
      const north = readingOrder(scheme, list).map((id) => place.get(id)?.[1] ?? 0);
      return north.every((latitude, i) => north.slice(i + 1).every((later) => later - latitude < 100.5 * METRE));
    }),
  );
});
