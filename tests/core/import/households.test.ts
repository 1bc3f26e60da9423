// Household lists as offices keep them: by building, by home, by place, by community; what fits nothing or several is said.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LatticePoint, Polygon } from '../../../core/coverage/geometry.ts';
import { toLattice } from '../../../core/coverage/lattice.ts';
import { Findings } from '../../../core/import/findings.ts';
import { compareRegisters } from '../../../core/import/households/compare-registers.ts';
import { type CountedHouseholds, countHouseholds } from '../../../core/import/households/count-households.ts';
import { readHouseholdRows } from '../../../core/import/households/household-rows.ts';
import type { KnownBuilding } from '../../../core/import/households/match-households.ts';
import { placeText } from '../../../core/import/households/place-words.ts';
import type { RowCollection } from '../../../core/import/read-features.ts';

const EAST = { code: '620724100001', name: '新建东村居民委员会' };
const WEST = { code: '620724100006', name: '人民西路居民委员会' };
const at = (x: number, y: number): LatticePoint => [toLattice(x), toLattice(y)];
const square = (x: number, y: number): Polygon => [[...at(x, y), ...at(x + 0.001, y), ...at(x + 0.001, y + 0.001), ...at(x, y + 0.001)]];

const building = (given: Partial<KnownBuilding>): KnownBuilding => ({
  ...{ sourceId: '', name: '', address: '', community: EAST.code, communityName: EAST.name, point: at(99.81, 39.37), footprint: null },
  ...given,
});
const BUILDINGS = [
  building({ sourceId: 'L-1', name: '1号楼', address: '东街12号1幢', footprint: square(99.81, 39.37), point: at(99.8105, 39.3705) }),
  building({ sourceId: 'L-2', name: '2号楼', address: '东街12号2幢', point: at(99.82, 39.37) }),
  building({ sourceId: 'L-3', name: '1号楼', address: '西街5号', community: WEST.code, communityName: WEST.name, point: at(99.9, 39.4) }),
  building({ sourceId: 'L-4', name: '平房', address: '东街1', point: at(99.83, 39.37) }),
];

interface Told extends CountedHouseholds {
  readonly refused: string[];
  readonly mended: string[];
}

type Rows = readonly Record<string, unknown>[];
type Points = readonly (readonly [number, number] | null)[];

const list = (source: string, rows: Rows, points: Points = []): RowCollection => ({
  source,
  features: rows.map((properties, i) => ({
    type: 'Feature',
    properties,
    geometry: points[i] ? { type: 'Point', coordinates: points[i] } : null,
  })),
  numbers: rows.map((_, i) => i + 2),
  synthetic: false,
});
const count = (rows: Rows, points: Points = [], buildings: readonly KnownBuilding[] = BUILDINGS): Told =>
  countLists([list('户数.xlsx', rows, points)], buildings);

function countLists(lists: readonly RowCollection[], buildings: readonly KnownBuilding[] = BUILDINGS): Told {
  const findings = new Findings();
  const counted = countHouseholds(readHouseholdRows(lists, findings), buildings, [EAST, WEST], findings);
  const said = (verdict: string) =>
    findings.list.filter((finding) => finding.verdict === verdict).map(({ source, feature, message }) => `${source} ${feature} ${message}`);
  return { ...counted, refused: said('refused'), mended: said('mended') };
}
const households = ({ counts }: CountedHouseholds) => Object.fromEntries([...counts].map(([i, { households: sum }]) => [i, sum]));

describe('a row finds its building', () => {
  test.each([
    ['its identifier', { building: 'L-2', households: 30 }, { 1: 30 }],
    ['its address, however written', { address: '东街12号 2栋', households: '30' }, { 1: 30 }],
    ['the address of a home in it', { address: '东街12号2号楼3单元501室', households: 1 }, { 1: 1 }],
    ['the address of a home by dashes', { address: '东街12号1幢2-301', households: 1 }, { 0: 1 }],
    ['its name within the community named', { name: '1号楼', community: '人民西路社区', households: 8 }, { 2: 8 }],
    ['its name within the community of that code', { name: '1号楼', communityCode: EAST.code, households: 8 }, { 0: 8 }],
  ])('by %s', (_, row, expected) => {
    const told = count([row]);
    expect(households(told)).toEqual(expected);
    expect(told.refused).toEqual([]);
  });

  test('by its place: inside a footprint, or beside a building that is a point', () => {
    const told = count(
      [{ households: 4 }, { households: 5 }],
      [
        [99.8102, 39.3702],
        [99.82005, 39.37],
      ],
    );
    expect(households(told)).toEqual({ 0: 4, 1: 5 });
  });

  describe('where an address has several', () => {
    const street = [1, 2, 3].map((number) =>
      building({ sourceId: `X-${number}`, name: `${number}栋`, address: '幸福路3号', point: at(99.81 + number / 100_000, 39.37) }),
    );
    test.each<[string, Record<string, unknown>, [number, number] | null, Record<number, number>]>([
      ['by the name beside it', { address: '幸福路3号', name: '2栋' }, null, { 1: 7 }],
      ['by the name beside it, however written', { address: '幸福路 3号', name: '3号楼' }, null, { 2: 7 }],
      ['by the place beside it', { address: '幸福路3号' }, [99.81001, 39.37], { 0: 7 }],
      ['by the name, whatever the place says', { address: '幸福路3号', name: '2栋' }, [99.81001, 39.37], { 1: 7 }],
    ])('%s', (_, row, place, expected) => {
      const told = count([{ ...row, households: 7 }], [place], street);
      expect(households(told)).toEqual(expected);
      expect(told.refused).toEqual([]);
    });

    test('and not at all where nothing beside it fits one of them', () => {
      const told = count([{ address: '幸福路3号', name: '9栋', households: 7 }], [[99.9, 39.4]], street);
      expect(households(told)).toEqual({});
      expect(told.refused).toEqual(['户数.xlsx 2 household-row-several']);
    });
  });

  test('by its place: exactly that of one building, with others a few steps away', () => {
    const row = [1, 2, 3].map((number) => building({ sourceId: `Y-${number}`, point: at(99.81 + number / 50_000, 39.37) }));
    expect(households(count([{ households: 6 }], [[99.81004, 39.37]], row))).toEqual({ 1: 6 });
    expect(count([{ households: 6 }], [[99.81003, 39.37]], row).refused).toEqual(['户数.xlsx 2 household-row-several']);
  });

  test('by its place only within the community named', () => {
    const pair = [
      building({ sourceId: 'Z-1', point: at(99.81, 39.37) }),
      building({ sourceId: 'Z-2', community: WEST.code, communityName: WEST.name, point: at(99.81003, 39.37) }),
    ];
    expect(households(count([{ households: 6, community: '人民西路' }], [[99.81001, 39.37]], pair))).toEqual({ 1: 6 });
  });

  test('rows of one building add up, persons too', () => {
    const told = count([
      { building: 'L-1', households: 10, population: 26 },
      { address: '东街12号1幢', households: 2, population: 3 },
    ]);
    expect(told.counts).toEqual(new Map([[0, { households: 12, population: 29 }]]));
  });
});

describe('what fits nothing or several', () => {
  test('is refused by its row in the sheet, and counted nowhere', () => {
    const told = count([
      { building: 'L-9', households: 30 },
      { name: '1号楼', households: 8 },
      { building: 'L-1', households: -3 },
      { building: 'L-1', population: 7 },
      { building: 'L-1', households: 5 },
    ]);
    expect(households(told)).toEqual({ 0: 5 });
    expect(told.refused).toEqual([
      '户数.xlsx 4 count-negative',
      '户数.xlsx 5 households-row-empty',
      '户数.xlsx 2 household-row-unmatched',
      '户数.xlsx 3 household-row-several',
    ]);
  });

  test('never takes 东街12号 for 东街1', () => {
    expect(count([{ address: '东街12号9幢501', households: 1 }]).refused).toEqual(['户数.xlsx 2 household-row-unmatched']);
    expect(households(count([{ address: '东街1-2', households: 1 }]))).toEqual({ 3: 1 });
  });
});

test('a list without numbers has a row for each household', () => {
  const told = count([{ address: '东街12号2幢101' }, { address: '东街12号2幢102' }, { address: '东街12号1幢101' }]);
  expect(households(told)).toEqual({ 1: 2, 0: 1 });
  expect(told.mended).toContain('户数.xlsx 2 row-is-household');
});

test('beside a register of communities, a list without numbers still has a row for each household', () => {
  const roster = list('花名册.xlsx', [{ address: '东街12号2幢101' }, { address: '东街12号2幢102' }]);
  const register = list('登记.xlsx', [{ community: '新建东村', households: 410 }, { community: '人民西路' }]);
  const told = countLists([roster, register]);
  expect(households(told)).toEqual({ 1: 2 });
  expect(told.registers).toEqual(new Map([[EAST.code, 410]]));
  expect(told.refused).toEqual(['登记.xlsx 3 households-row-empty']);
  expect(told.mended).toEqual(['花名册.xlsx 2 row-is-household', '花名册.xlsx 2 household-persons-estimated']);
});

test('rows of whole communities are their registers, compared with the sums over the buildings', () => {
  const told = count([
    { community: '新建东村', households: 410 },
    { communityCode: WEST.code, households: 220 },
    { community: '没有的社区', households: 5 },
  ]);
  expect(told.registers).toEqual(
    new Map([
      [EAST.code, 410],
      [WEST.code, 220],
    ]),
  );
  expect(told.refused).toEqual(['户数.xlsx 4 register-row-unmatched']);
  const counted = [
    { ...WEST, households: 220, register: null, before: 220 },
    { ...EAST, households: 400, register: 410, before: null },
  ];
  expect(compareRegisters(counted)).toEqual([{ community: EAST.code, name: EAST.name, households: 400, register: 410, before: null }]);
});

test('every household of a list is counted once, or its row is refused', () => {
  const row = fc.record(
    {
      building: fc.constantFrom('', 'L-1', 'L-2', 'L-9'),
      address: fc.constantFrom('', '东街12号1幢', '东街12号2幢3-401', '西街5号', '北街'),
      name: fc.constantFrom('', '1号楼', '平房', '礼堂'),
      community: fc.constantFrom('', '新建东村', '人民西路'),
      households: fc.oneof(fc.nat(50), fc.constantFrom(-1, '三户', '12')),
    },
    { requiredKeys: ['households'] },
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) => {
      const told = count(rows);
      const refused = new Set(told.refused.map((said) => Number(said.split(' ')[1]) - 2));
      const expected = rows.reduce((sum, { households: given }, i) => sum + (refused.has(i) ? 0 : Number(given)), 0);
      const inBuildings = [...told.counts.values()].reduce((sum, { households: counted }) => sum + counted, 0);
      const inRegisters = [...told.registers.values()].reduce((sum, counted) => sum + counted, 0);
      expect(inBuildings + inRegisters).toBe(expected);
    }),
  );
});

test('the form of an address does not change when it is brought into it twice', () => {
  const written = fc
    .array(fc.constantFrom('东街', '12', '号', '号楼', '#', '3#楼', '幢', '栋', '座', '—', '-', ' ', '(', ')', 'B', '2', '单元'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(written, (text) => {
      expect(placeText(placeText(text))).toBe(placeText(text));
    }),
  );
});
