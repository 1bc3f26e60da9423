// What the tree says of a region after tables of codes were taken in.
import { expect, test } from 'vitest';
import type { Region } from '../../../core/api/messages.ts';
import { standingsOf } from '../../../core/regions/standing.ts';

const region = (code: string, more: Partial<Region> = {}): Region => ({
  ...{ code, name: `村${code}`, level: 'community', parent: null, kind: 'rural', households: 0, population: 0, buildings: 0 },
  ...{ bounds: [0, 0, 1, 1], validFrom: null, validTo: null, successor: null, formerName: null },
  ...more,
});

test('ended, new, renamed, known by name only, made up; of the others nothing is said', () => {
  const standings = standingsOf([
    region('1'),
    region('2', { validTo: '2023-12-31' }),
    region('3', { validFrom: '2023-12-31' }),
    region('4', { validFrom: '2023-12-31', formerName: '旧村' }),
    region('5', { validFrom: '2022-12-31', bounds: null }),
    region('6', { bounds: null, name: '开发区虚拟社区' }),
    region('7', { bounds: null, level: 'town' }),
  ]);
  expect([...standings]).toEqual([
    ['2', 'ended'],
    ['3', 'new'],
    ['4', 'renamed'],
    ['5', 'name-only'],
    ['6', 'virtual'],
  ]);
});

test('of a county that was loaded for the first time nothing is new', () => {
  const first = { validFrom: '2022-12-31' };
  expect(standingsOf([region('1', first), region('2', first)]).size).toBe(0);
});
