// Whom data have to be attributed to comes in with their files and stands on every map of the place and in what leaves it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SourceChoice } from '../../core/api/import-messages.ts';
import type { Layout } from '../../core/export/layout.ts';
import { OSM_ATTRIBUTION } from '../../core/import/osm.ts';
import { call, PlanClient } from './client.ts';
import { COMMUNITIES, NEIGHBOUR, ownerOf, seedCounty, seedNeighbour, seedPlan, startTestServer, type TestServer } from './harness.ts';
import { Office } from './office.ts';

const [EAST_STREET] = COMMUNITIES;

let server: TestServer;
let plan: PlanClient;
let neighbour: PlanClient;

beforeAll(async () => {
  server = await startTestServer();
  await seedCounty(server.database);
  await seedNeighbour(server.database);
  plan = new PlanClient(server.address, await seedPlan(server.database));
  neighbour = new PlanClient(server.address, await seedPlan(server.database, NEIGHBOUR));
});
afterAll(() => server?.close());

async function bring(name: string, content: object, change: Partial<SourceChoice>): Promise<void> {
  const office = await Office.open(server.address);
  const { missing } = await office.bring(name, JSON.stringify(content), change);
  expect(missing).toEqual([]);
  expect((await office.run()).problem).toBeNull();
}

interface StoredBuilding {
  readonly id: number;
  readonly households: number;
  readonly lon: number;
  readonly lat: number;
}

async function firstBuilding(): Promise<StoredBuilding> {
  const { rows } = await ownerOf(server.database).query<StoredBuilding>(
    `select id, households, ST_X(point) as lon, ST_Y(point) as lat from building where community = $1 order by id limit 1`,
    [EAST_STREET],
  );
  return rows[0] as StoredBuilding;
}

const attributionsOf = async ({ address, plan: id }: PlanClient) => ({
  map: (await new PlanClient(address, id).detail()).attributions,
  file: (await call<Layout>(address, `/api/plans/${id}/export`)).body.onegrid.attributions,
});

test('nobody is named where nobody has to be', async () => {
  expect(await attributionsOf(plan)).toEqual({ map: [], file: undefined });
});

test('an open map names its makers, once however often it comes, and only where it lies', async () => {
  const { lon, lat } = await firstBuilding();
  const nodes = [0, 1e-4].map((step, i) => ({ type: 'node', id: i + 1, lon: lon + step, lat: lat + step }));
  const road = { type: 'way', id: 11, nodes: [1, 2], tags: { highway: 'residential' } };
  const extract = { version: 0.6, generator: 'Overpass API', osm3s: {}, elements: [...nodes, road] };
  // Whoever empties the field does not free the data of their licence.
  const answers: SourceChoice['settings'][] = [{ attribution: OSM_ATTRIBUTION }, {}];
  for (const settings of answers) {
    await bring('道路.json', extract, { layer: 'roads', crs: 'EPSG:4326', settings });
    expect(await attributionsOf(plan)).toEqual({ map: [OSM_ATTRIBUTION], file: [OSM_ATTRIBUTION] });
  }
  expect(await ownerOf(server.database).query('select count(*)::int as count from attribution')).toMatchObject({ rows: [{ count: 1 }] });
  expect(await attributionsOf(neighbour)).toEqual({ map: [], file: undefined });
});

test('a list of the office’s own that names its source keeps its own households', async () => {
  const { id, households, lon, lat } = await firstBuilding();
  await ownerOf(server.database).query(`update building set source_id = 'B1' where id = $1`, [id]);
  const building = {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: { id: 'B1', name: '一号楼', use: 'residential', households: households + 3, population: 50 },
  };
  const settings = { attribution: '县统计局' };
  await bring('楼栋.geojson', { type: 'FeatureCollection', features: [building] }, { kind: 'buildings', crs: 'EPSG:4490', settings });
  expect(await firstBuilding()).toMatchObject({ id, households: households + 3 });
  expect((await attributionsOf(plan)).map).toEqual([OSM_ATTRIBUTION, '县统计局']);
});
