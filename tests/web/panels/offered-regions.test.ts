// Which regions a new plan is offered, and which first.
import { expect, test } from 'vitest';
import { offeredRegions } from '../../../web/panels/offered-regions.ts';

const A = { code: '620723', name: '临泽县' };
const B = { code: '620724', name: '高台县' };
const C = { code: '620725', name: '山丹县' };

test('what was just imported comes first, and all else can be chosen, too', () => {
  expect(offeredRegions([A, B, C], [B])).toEqual([B, A, C]);
});

test('an import that brought no county leaves the others', () => {
  expect(offeredRegions([A, B], [])).toEqual([A, B]);
});

test('while nothing is known the import tells', () => {
  expect(offeredRegions([], [B])).toEqual([B]);
  expect(offeredRegions([], [])).toEqual([]);
});

test('a county of the import that whoever is signed in may not divide is not offered', () => {
  expect(offeredRegions([A], [B])).toEqual([A]);
});
