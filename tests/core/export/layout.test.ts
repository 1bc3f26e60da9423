// The layout file: valid GeoJSON by RFC 7946, complete, in order, and read back without a loss.
import type { Feature, MultiPolygon, Position } from 'geojson';
import { isFeatureCollection } from 'geojson-validation';
import { describe, expect, test } from 'vitest';
import type { Polygon } from '../../../core/coverage/geometry.ts';
import { geojsonMultiPolygon, latticePolygon } from '../../../core/coverage/lattice.ts';
import { type Layout, type LayoutGrid, layoutGeojson } from '../../../core/export/layout.ts';
import { square } from '../rules/town.ts';

const plan = { name: '2026 年划分方案', region: '620724', regionName: '高台县', profile: 'gansu-2023', scheme: 'gb15' };

const grid = (properties: Partial<LayoutGrid>, polygons: readonly Polygon[]): Feature<MultiPolygon, LayoutGrid> => ({
  type: 'Feature',
  geometry: { type: 'MultiPolygon', coordinates: geojsonMultiPolygon(polygons) },
  properties: {
    code: null,
    name: '第一网格',
    kind: 'urban',
    community: '620724100001',
    households: 400,
    population: 1000,
    buildings: 20,
    area_m2: 85_734.123456,
    reason: '',
    cells: [],
    ...properties,
  },
});
const withHole: Polygon = [
  [0, 0, 90, 0, 90, 90, 0, 90].map((step) => 998_000_000 + step),
  [30, 30, 30, 60, 60, 60, 60, 30].map((step) => 998_000_000 + step),
].map((ring) => ring.map((step, i) => (i % 2 === 0 ? step : step - 604_000_000)));
const grids = [
  grid({ code: '620724100001002', name: '第二网格' }, [square(1, 0), square(5, 5)]),
  grid({ name: '未编码' }, [square(2, 0)]),
  grid({ code: '620724100001001', kind: 'dedicated', reason: '园区' }, [withHole]),
  grid({ code: '620724100001003', kind: 'thematic' }, [square(0, 0)]),
];

const area = (ring: readonly Position[]): number =>
  ring.slice(1).reduce((sum, [x = 0, y = 0], i) => {
    const [px = 0, py = 0] = ring[i] ?? [];
    return sum + (px - 99) * (y - 39) - (x - 99) * (py - 39);
  }, 0);

describe('RFC 7946', () => {
  const layout = layoutGeojson(grids, plan);

  test('is valid GeoJSON', () => {
    expect(isFeatureCollection(JSON.parse(JSON.stringify(layout)))).toBe(true);
  });

  test.each([
    ['as they come', grids],
    [
      'the wrong way round',
      grids.map((one) => ({
        ...one,
        geometry: { ...one.geometry, coordinates: one.geometry.coordinates.map((polygon) => polygon.map((ring) => ring.toReversed())) },
      })),
    ],
  ])('outer rings run counter-clockwise, holes clockwise: rings %s', (_how, given) => {
    for (const { geometry } of layoutGeojson(given, plan).features) {
      for (const [outer = [], ...holes] of geometry.coordinates) {
        expect(area(outer)).toBeGreaterThan(0);
        for (const hole of holes) expect(area(hole)).toBeLessThan(0);
      }
    }
  });

  test('boxes hold every vertex and are no larger', () => {
    const every = layout.features.flatMap(({ geometry }) => geometry.coordinates.flat(2));
    const xs = every.map(([x = 0]) => x);
    const ys = every.map(([, y = 0]) => y);
    expect(layout.bbox).toEqual([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]);
  });
});

test('what is read back is what was written, to the last lattice step', () => {
  const read = JSON.parse(JSON.stringify(layoutGeojson(grids, plan))) as Layout;
  const second = read.features.find(({ id }) => id === '620724100001002');
  expect(second?.geometry.coordinates.map(latticePolygon)).toEqual([square(1, 0), square(5, 5)]);
  const first = read.features.find(({ id }) => id === '620724100001001');
  expect(first?.geometry.coordinates.map(latticePolygon)).toEqual([withHole]);
});

test('features stand in the order of their codes, as text, those without one last', () => {
  const codes = layoutGeojson(grids, plan).features.map(({ properties }) => properties.code);
  expect(codes).toEqual(['620724100001001', '620724100001002', '620724100001003', null]);
});

test('a feature carries the published fields and nothing else', () => {
  const [first] = layoutGeojson([grid({ code: '620724100001001' }, [square(0, 0)])], plan).features;
  expect(first?.properties).toEqual({
    code: '620724100001001',
    name: '第一网格',
    kind: 'urban',
    community: '620724100001',
    households: 400,
    population: 1000,
    buildings: 20,
    area_m2: 85_734.12,
    reason: '',
    cells: [],
  });
});

test('the foreign member names profile and scheme; totals leave thematic grids out', () => {
  expect(layoutGeojson(grids, plan).onegrid).toMatchObject({
    ...plan,
    datum: 'CGCS2000',
    totals: { communities: 1, grids: 3, thematic: 1, coded: 3, households: 1200, population: 3000, buildings: 60 },
  });
});

test('whom the data have to be attributed to, where there is anybody', () => {
  expect(layoutGeojson(grids, plan).onegrid).not.toHaveProperty('attributions');
  expect(layoutGeojson(grids, plan, { attributions: ['县统计局'] }).onegrid.attributions).toEqual(['县统计局']);
});

test('on request only grids with a code', () => {
  expect(layoutGeojson(grids, plan, { codedOnly: true }).features).toHaveLength(3);
});

test('a plan without grids is a valid, empty layout', () => {
  const empty = layoutGeojson([], plan);
  expect(isFeatureCollection(JSON.parse(JSON.stringify(empty)))).toBe(true);
  expect(empty).not.toHaveProperty('bbox');
});
