// Rows as their choice says: our fields, degrees, codes that are exact, nothing about persons.
import type { Feature, Geometry, MultiPolygon, Point } from 'geojson';
import { describe, expect, it, test } from 'vitest';
import type { ImportKind, SourceChoice } from '../../../core/api/import-messages.ts';
import { fromCgcs2000 } from '../../../core/geo/crs/transform.ts';
import { rowsOf } from '../../../core/import/fields/apply-choice.ts';
import { validateRows } from '../../../core/import/validate.ts';

type Row = Readonly<Record<string, unknown>>;

const choice = (kind: ImportKind | null, fields: Record<string, string>, more: Partial<SourceChoice> = {}): SourceChoice => ({
  kind,
  layer: 'layer',
  encoding: null,
  crs: 'EPSG:4490',
  swapAxes: false,
  fields,
  settings: {},
  ...more,
});
const table = (...rows: Row[]): Feature<Geometry | null>[] =>
  rows.map((properties) => ({ type: 'Feature', properties: { ...properties }, geometry: null }));
function apply(features: Feature<Geometry | null>[], chosen: SourceChoice) {
  const { rows, dropped } = rowsOf({ features, numbers: undefined, synthetic: false }, chosen, 'list.xlsx');
  const read = rows.features as Feature<Geometry | null>[];
  return { rows, read, dropped, properties: read.map(({ properties }) => properties) };
}

describe('fields', () => {
  it('come under our names, the others stay behind; source, numbers and ids are kept', () => {
    const features = table({ LDMC: '1号楼', HS: 24, bz: 'x' });
    const { rows } = rowsOf(
      { features: [{ ...(features[0] as Feature), id: 7 }], numbers: [4], synthetic: true },
      choice('buildings', { name: 'LDMC', households: 'HS' }),
      'a.zip',
    );
    expect(rows).toEqual({
      source: 'a.zip',
      numbers: [4],
      synthetic: true,
      features: [{ type: 'Feature', id: 7, properties: { name: '1号楼', households: 24 }, geometry: null }],
    });
  });

  it('are texts where they are formulas, objects or dates; nothing is worked out', () => {
    const { properties } = apply(
      table({ a: '=1+1', b: { richText: [] }, c: new Date('2024-05-01') }),
      choice('buildings', { name: 'a', use: 'b', address: 'c' }),
    );
    expect(properties).toEqual([{ name: '=1+1', use: '{"richText":[]}', address: '2024-05-01' }]);
  });

  it('without a kind there are places only', () => {
    const point: Feature<Geometry | null> = { type: 'Feature', properties: { a: 1 }, geometry: { type: 'Point', coordinates: [99, 39] } };
    expect(apply([point], choice(null, {})).read).toEqual([{ ...point, properties: {} }]);
  });
});

describe('numbers of persons', () => {
  it('do not come through as numbers or as identifiers of features either', () => {
    const [first, second] = table({ a: 13800138000, b: '东楼' }, { a: 7, b: '西楼' }) as [
      Feature<Geometry | null>,
      Feature<Geometry | null>,
    ];
    const features = [
      { ...first, id: '11010519491231002X' },
      { ...second, id: 'way/7' },
    ];
    const { read, dropped } = apply(features, choice('buildings', { name: 'a', address: 'b' }));
    expect(read.map(({ id, properties }) => [id, properties])).toEqual([
      [undefined, { address: '东楼' }],
      ['way/7', { name: 7, address: '西楼' }],
    ]);
    expect(dropped).toEqual([{ source: 'list.xlsx', field: 'a', personal: 'phone' }]);
  });
});

describe('codes', () => {
  it.each([
    [620724100001, '620724100001'],
    ['620724100001', '620724100001'],
    ["'620724100001", '620724100001'],
    ['620724100001.0', '620724100001'],
    ['６２０７２４１００００１', '620724100001'],
    ['6207241000010000000', '620724100001'],
    ['6.20724E+11', '6.20724E+11'],
    [620724100001.5, '620724100001.5'],
    ['6207241000010000001', '6207241000010000001'],
    ['', ''],
  ])('%s is read as %s', (cell, code) => {
    expect(apply(table({ c: cell }), choice('communities', { code: 'c' })).properties).toEqual([{ code }]);
  });

  it('a number of a building stays the number it is, as text', () => {
    expect(apply(table({ c: 12 }, { c: '012' }), choice('buildings', { id: 'c' })).properties).toEqual([{ id: '12' }, { id: '012' }]);
  });
});

describe('places', () => {
  it.each([
    ['EPSG:4521', false],
    ['EPSG:4521', true],
    ['EPSG:4542', false],
    ['GCJ-02', false],
    ['BD-09', false],
  ])('of %s (swapped axes: %s) come in degrees, heights and holes kept', (crs, swapAxes) => {
    const to = fromCgcs2000(crs, swapAxes);
    const ring: [number, number][] = [
      [99.8, 39.3],
      [99.9, 39.3],
      [99.9, 39.4],
      [99.8, 39.3],
    ];
    const polygon = (positions: readonly (readonly number[])[]): Geometry => ({
      type: 'MultiPolygon',
      coordinates: [[positions.map((one) => [...one])]],
    });
    const feature: Feature = { type: 'Feature', properties: {}, geometry: polygon(ring.map(([x, y]) => [...to(x, y), 1450])) };
    const [read] = apply([feature], choice('communities', {}, { crs, swapAxes })).read;
    const positions = (read as Feature<MultiPolygon>).geometry.coordinates[0]?.[0] as number[][];
    positions.forEach(([x, y, height], i) => {
      expect(x).toBeCloseTo(ring[i]?.[0] as number, 6);
      expect(y).toBeCloseTo(ring[i]?.[1] as number, 6);
      expect(height).toBe(1450);
    });
  });

  it.each([
    ['numbers', 99.82, 39.38],
    ['texts', '99.82', ' 39.38 '],
    ['full-width digits', '９９．８２', '３９．３８'],
    ['degrees, minutes and seconds', '99°49′12″E', '39°22′48″N'],
    ['degrees, minutes and seconds in Chinese', '99度49分12秒', '39度22分48秒'],
  ])('of a table are points: %s', (_what, lon, lat) => {
    const [read] = apply(table({ 经度: lon, 纬度: lat }), choice('buildings', { lon: '经度', lat: '纬度' })).read;
    const [x, y] = (read as Feature<Point>).geometry.coordinates as [number, number];
    expect([x, y].map((value) => value.toFixed(6))).toEqual(['99.820000', '39.380000']);
    expect(read?.properties).toEqual({});
  });

  it('of a table in metres of a zone come in degrees', () => {
    const [x, y] = fromCgcs2000('EPSG:4521')(99.82, 39.38);
    const [read] = apply(table({ X: y, Y: x }), choice('buildings', { lon: 'Y', lat: 'X' }, { crs: 'EPSG:4521' })).read;
    expect((read as Feature<Point>).geometry.coordinates[0]).toBeCloseTo(99.82, 7);
  });

  it.each([
    ['', '39.38'],
    ['九十九', '39.38'],
    [null, null],
    ['99°75′', '39°'],
  ])('that cannot be read (%s, %s) are none', (lon, lat) => {
    expect(apply(table({ a: lon, b: lat }), choice('buildings', { lon: 'a', lat: 'b' })).read[0]?.geometry).toBeNull();
  });

  it('that no one confirmed, or in a system of nobody, are refused', () => {
    const point: Feature = { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [99, 39] } };
    expect(() => apply([point], choice('buildings', {}, { crs: null }))).toThrow(RangeError);
    expect(() => apply([point], choice('buildings', {}, { crs: 'EPSG:27700' }))).toThrow(RangeError);
    expect(() => apply(table({ a: 1, b: 2 }), choice('buildings', { lon: 'a', lat: 'b' }, { crs: null }))).toThrow(RangeError);
    expect(apply(table({ a: 1 }), choice('households', { households: 'a' }, { crs: null })).read).toHaveLength(1);
  });

  it('that are damaged stay damaged, and the judge says so', () => {
    const damaged = [
      { type: 'Point', coordinates: [Number.NaN, 39] },
      { type: 'Polygon', coordinates: 'x' },
      { type: 'Polygon' },
      { type: 'LineString', coordinates: [[1], null] },
    ].map((geometry) => ({ type: 'Feature', properties: { HS: 1 }, geometry }) as unknown as Feature);
    const { rows } = apply(damaged, choice('buildings', { households: 'HS' }, { crs: 'EPSG:4521' }));
    const { findings } = validateRows({ buildings: [rows] });
    expect(findings.list.filter(({ verdict }) => verdict === 'refused')).toHaveLength(damaged.length);
  });
});

describe('classes of barriers', () => {
  it.each([
    ['主干道', 'main-road'],
    ['城市次干路(规划)', 'secondary'],
    ['国道', 'main-road'],
    ['支路', 'street'],
    ['小区道路', 'lane'],
    ['河流', 'river'],
    ['高速铁路', 'railway'],
    ['围墙', 'wall'],
    ['motorway_link', 'main-road'],
    ['residential', 'street'],
    ['Light Rail', 'railway'],
    ['footway', 'lane'],
    ['main-road', 'main-road'],
    ['未知等级', '未知等级'],
  ])('%s is %s', (word, expected) => {
    expect(apply(table({ lx: word }), choice('barriers', { class: 'lx' })).properties).toEqual([{ class: expected }]);
  });

  it('one class for a whole file fills what is empty', () => {
    const { properties } = apply(
      table({ lx: '河流' }, { lx: null }, {}),
      choice('barriers', { class: 'lx' }, { settings: { class: 'wall' } }),
    );
    expect(properties.map((row) => row?.class)).toEqual(['river', 'wall', 'wall']);
  });
});

describe('the name of the county', () => {
  const rows = table({ dm: '620724100001', xmc: '高台县' }, { dm: '620724100002', xmc: null });
  const settings = { county: '临泽县' };
  const counties = (fields: Record<string, string>) =>
    apply(rows, choice('communities', fields, { settings })).properties.map((row) => row?.county);

  it('is given once for a file without a column for it', () => {
    expect(counties({ code: 'dm' })).toEqual(['临泽县', '临泽县']);
  });

  it('is what the column says, where there is one', () => {
    expect(counties({ code: 'dm', county: 'xmc' })).toEqual(['高台县', undefined]);
  });
});

describe('persons', () => {
  const person = { 户主: '王小明', 身份证号: '11010519491231002X', 手机: '13800138000', 地址: '西大街 1 号', 户数: 1 };

  it('are dropped with a notice, mapped or not', () => {
    const { properties, dropped } = apply(
      table(person),
      choice('households', { address: '地址', households: '户数', name: '户主', building: '身份证号' }),
    );
    expect(properties).toEqual([{ address: '西大街 1 号', households: 1 }]);
    expect(dropped).toEqual([
      { source: 'list.xlsx', field: '户主', personal: 'person-name' },
      { source: 'list.xlsx', field: '身份证号', personal: 'id-number' },
      { source: 'list.xlsx', field: '手机', personal: 'phone' },
    ]);
  });

  it('of staff bring their names and phones, never their identity numbers or births', () => {
    const worker = { 姓名: '李红', 电话: '13900139000', 身份证号: '11010519491231002X', 出生日期: '1949-12-31', 网格: '第一网格' };
    const fields = { name: '姓名', phone: '电话', gridName: '网格', post: '身份证号', role: '出生日期' };
    const { properties, dropped } = apply(table(worker), choice('staff', fields));
    expect(properties).toEqual([{ name: '李红', phone: '13900139000', gridName: '第一网格' }]);
    expect(dropped.map(({ field }) => field)).toEqual(['身份证号', '出生日期']);
  });

  it('in single cells of another column are left out with a notice', () => {
    const { properties, dropped } = apply(
      table(
        { dz: '西大街 1 号' },
        { dz: '王小明 11010519491231002X' },
        { dz: '西大街 2 号 13800138000' },
        { dz: '西大街 3 号' },
        { dz: '东大街' },
        { dz: '北街' },
      ),
      choice('buildings', { address: 'dz' }),
    );
    expect(properties.map((row) => row?.address)).toEqual(['西大街 1 号', undefined, undefined, '西大街 3 号', '东大街', '北街']);
    expect(dropped).toMatchObject([{ field: 'dz' }]);
    expect(JSON.stringify(properties)).not.toMatch(/11010519491231002X|13800138000|王小明/);
  });

  it('a column that only its later rows give away is dropped as a whole', () => {
    const rows = Array.from({ length: 3000 }, (_, i) => ({ bz: i < 900 ? '' : '11010519491231002X', hs: 1 }));
    const { properties, dropped } = apply(table(...rows), choice('buildings', { name: 'bz', households: 'hs' }));
    expect(properties.every((row) => row?.name === undefined)).toBe(true);
    expect(dropped).toEqual([{ source: 'list.xlsx', field: 'bz', personal: 'id-number' }]);
  });
});

test('a file of communities in a zone with numbers as codes passes the judge', () => {
  const to = fromCgcs2000('EPSG:4521');
  const square = (west: number): Geometry => ({
    type: 'Polygon',
    coordinates: [
      [
        [west, 39.3],
        [west + 0.01, 39.3],
        [west + 0.01, 39.31],
        [west, 39.31],
        [west, 39.3],
      ].map(([x = 0, y = 0]) => to(x, y)),
    ],
  });
  const features: Feature[] = [99.8, 99.81].map((west, i) => ({
    type: 'Feature',
    properties: { XZQDM: 620724100001 + i, XZQMC: `村${i}` },
    geometry: square(west),
  }));
  const { rows } = apply(features, choice('communities', { code: 'XZQDM', name: 'XZQMC' }, { crs: 'EPSG:4521' }));
  const { communities, findings } = validateRows({ communities: [rows] });
  expect(communities.map(({ code }) => code)).toEqual(['620724100001', '620724100002']);
  expect(findings.list.filter(({ verdict }) => verdict === 'refused')).toEqual([]);
});
