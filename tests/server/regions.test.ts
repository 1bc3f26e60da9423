// The region tree over HTTP: order, sums and outlines.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Region } from '../../core/api/messages.ts';
import { seedCounty, startTestServer, type TestServer } from './harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await seedCounty(server.database);
});
afterAll(() => server?.close());

const get = async <T>(path: string): Promise<T> => (await (await fetch(server.address + path)).json()) as T;

test('each level sums what lies below it', async () => {
  const [county, ...others] = await get<Region[]>('/api/regions');
  expect(others).toEqual([]);
  expect(county).toMatchObject({
    code: '620724',
    level: 'county',
    parent: null,
    kind: null,
    households: 900,
    population: 2250,
    buildings: 30,
  });
  expect(county?.bounds).toEqual([99.8, 39.4, 99.805, 39.403]);
  const towns = await get<Region[]>('/api/regions?parent=620724');
  expect(towns.map(({ code, households }) => [code, households])).toEqual([
    ['620724100', 600],
    ['620724101', 300],
  ]);
  const communities = await get<Region[]>('/api/regions?parent=620724100');
  expect(communities.map(({ name, kind, households }) => [name, kind, households])).toEqual([
    ['东街社区', 'urban', 360],
    ['西街社区', 'urban', 240],
  ]);
});

test('one region comes with its outline', async () => {
  const region = await get<Region>('/api/regions/620724101201');
  expect(region).toMatchObject({ name: '渠口村', level: 'community', kind: 'rural', population: 750 });
  expect(region.outline?.type).toBe('MultiPolygon');
  expect(region.outline?.coordinates[0]?.[0]?.[0]).toEqual([99.8, 39.402]);
});

test('a parent that cannot be a code is refused; one without children has none', async () => {
  expect((await fetch(`${server.address}/api/regions?parent=62x`)).status).toBe(400);
  expect(await get('/api/regions?parent=620724101201')).toEqual([]);
});
