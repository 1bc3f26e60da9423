// Background tiles: the right things, in the right place, at the right zoom.
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownerOf, seedCounty, startTestServer, type TestServer } from './harness.ts';

/** A place in the first block of the test county. */
const PLACE = [99.8002, 39.4002] as const;
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await seedCounty(server.database);
  await ownerOf(server.database).query(`insert into barrier (class, name, line) values
    ('main-road', '解放路', ST_GeomFromText('LINESTRING(99.79 39.4, 99.82 39.4)', 4490)),
    ('lane', '', ST_GeomFromText('LINESTRING(99.8 39.39, 99.8 39.41)', 4490)),
    ('river', '黑河', ST_GeomFromText('LINESTRING(100.79 39.4, 100.82 39.4)', 4490))`);
  await ownerOf(server.database).query(`insert into region (code, name, outline)
    values ('62', '甘肃省', ST_GeomFromText('MULTIPOLYGON(((93 33, 108 33, 108 42, 93 42, 93 33)))', 4490))`);
  await ownerOf(server.database).query(`insert into institution (name, use, area) values
    ('县第一中学', 'school', ST_GeomFromText('POLYGON((99.8 39.4, 99.801 39.4, 99.801 39.401, 99.8 39.401, 99.8 39.4))', 4490))`);
});
afterAll(() => server?.close());

const column = (longitude: number, z: number) => Math.floor(((longitude + 180) / 360) * 2 ** z);
const row = (latitude: number, z: number) => Math.floor(((1 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z);
const address = (layer: string, z: number, [longitude, latitude]: readonly [number, number] = PLACE) =>
  `/tiles/${layer}/${z}/${column(longitude, z)}/${row(latitude, z)}`;

async function features(layer: string, z: number) {
  const response = await fetch(server.address + address(layer, z));
  if (response.status === 204) return [];
  expect(response.headers.get('content-type')).toContain('application/vnd.mapbox-vector-tile');
  const tile = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer()))).layers[layer];
  return Array.from({ length: tile?.length ?? 0 }, (_, i) => {
    const feature = tile?.feature(i);
    return { properties: feature?.properties ?? {}, shape: feature?.toGeoJSON(column(PLACE[0], z), row(PLACE[1], z), z).geometry };
  });
}
const names = async (layer: string, z: number) =>
  (await features(layer, z)).map(({ properties }) => properties.name ?? properties.id).sort();

describe('what a tile holds', () => {
  test('regions by level', async () => {
    expect(await names('regions', 3)).toEqual([]);
    expect(await names('regions', 5)).toEqual(['甘肃省']);
    expect(await names('regions', 12)).toEqual(['东街社区', '城关镇', '渠口村', '渠口镇', '甘肃省', '西街社区', '高台县']);
    const [community] = (await features('regions', 14)).filter(({ properties }) => properties.name === '东街社区');
    expect(community?.properties).toMatchObject({ code: '620724100001', level: 'community', kind: 'urban' });
  });
  test('barriers by class, only those that pass', async () => {
    expect(await names('barriers', 5)).toEqual([]);
    expect(await names('barriers', 7)).toEqual(['黑河']);
    expect(await names('barriers', 10)).toEqual(['解放路']);
    expect((await features('barriers', 14)).map(({ properties }) => properties.class).sort()).toEqual(['lane', 'main-road']);
  });
  test('buildings and institutions near by', async () => {
    expect(await features('buildings', 13)).toEqual([]);
    const buildings = await features('buildings', 14);
    expect(buildings).toHaveLength(30);
    const large = buildings.find(({ properties }) => properties.households === 40);
    expect(large?.properties).toMatchObject({ households: 40, use: 'residential' });
    expect(await names('institutions', 12)).toEqual(['县第一中学']);
  });
  test('places are kept to within half a metre', async () => {
    const points = (await features('buildings', 14)).map(
      ({ shape }) => (shape as { coordinates: number[] }).coordinates as [number, number],
    );
    const nearest = Math.min(...points.map(([x, y]) => Math.hypot(x - 99.80025, y - 39.4005)));
    expect(nearest).toBeLessThan(6e-6);
  });
});

describe('asking for tiles', () => {
  test('an unchanged map answers 304, a changed one does not', async () => {
    const path = server.address + address('institutions', 14);
    const first = await fetch(path);
    const etag = first.headers.get('etag') ?? '';
    await first.arrayBuffer();
    const again = await fetch(path, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } });
    expect(again.status).toBe(304);
    await ownerOf(server.database).query(`insert into institution (name, use, area) select '公园', 'park', area from institution`);
    const changed = await fetch(path, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } });
    expect(changed.status).toBe(200);
    await changed.arrayBuffer();
  });
  test.each([
    ['/tiles/regions/3/8/0', 400],
    ['/tiles/regions/3/0/8', 400],
    ['/tiles/regions/23/0/0', 400],
    ['/tiles/regions/-1/0/0', 400],
    ['/tiles/regions/1.5/0/0', 400],
    ['/tiles/regions/a/b/c', 400],
    ['/tiles/regions/3/1e0/0', 400],
    ['/tiles/grids/3/0/0', 404],
    ['/tiles/constructor/3/0/0', 404],
    ['/tiles/regions/3/0', 404],
  ])('%s: %i', async (path, status) => {
    expect((await fetch(server.address + path)).status).toBe(status);
  });
});
