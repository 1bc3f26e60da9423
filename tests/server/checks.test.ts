// Checks on a real database: what they need to know beyond the blocks is read from its tables.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CheckId, Issue } from '../../core/rules/rule.ts';
import { lineToWkb, multiPolygonToWkb, polygonToWkb } from '../../server/database/wkb.ts';
import { idsOf, PlanClient } from './client.ts';
import { BLOCK_STEPS, COMMUNITIES, ownerOf, seedCounty, seedPlan, square, startTestServer, type TestServer } from './harness.ts';

const [EAST, WEST] = COMMUNITIES;
let server: TestServer;
let client: PlanClient;

beforeAll(async () => {
  server = await startTestServer();
  await seedCounty(server.database);
  const pool = ownerOf(server.database);
  await pool.query(`insert into department_grid (department, name, area) values ('城管', '一片', ST_GeomFromWKB($1, 4490))`, [
    multiPolygonToWkb([square(0, 0, 2, 1)]),
  ]);
  const [x, y] = square(1, 0)[0] as readonly number[] as [number, number];
  await pool.query(`insert into barrier (class, name, line) values ('main-road', '解放路', ST_GeomFromWKB($1, 4490))`, [
    lineToWkb([x, y - BLOCK_STEPS, x, y + 2 * BLOCK_STEPS]),
  ]);
  await pool.query(`insert into institution (name, use, area) values ('第一中学', 'school', ST_GeomFromWKB($1, 4490))`, [
    polygonToWkb(square(4, 0)),
  ]);
});
afterAll(() => server.close());
beforeEach(async () => {
  client = new PlanClient(server.address, await seedPlan(server.database));
});

/** Blocks of the community by their place in its list, into a new grid. Answers its id. */
async function draw(community: string, base: number, places: readonly number[], kind?: 'dedicated'): Promise<number> {
  const blocks = idsOf((await client.blocks(community)).features);
  const chosen = places.map((place) => blocks[place] as number);
  const known = new Set((await client.grids(community)).features.map(({ properties }) => properties.id));
  const { body } = await client.operate(community, base, { type: 'assign', blocks: chosen, to: 'new', ...(kind && { kind }) });
  return body.grids.map(({ properties }) => properties.id).find((id) => !known.has(id)) as number;
}

const found = async (check: CheckId): Promise<Issue[]> => (await client.checks()).issues.filter((issue) => issue.check === check);

test('an old department grid that is left out in part is found, and merged when its blocks are drawn', async () => {
  expect(await found('one-net')).toEqual([]);
  await draw(EAST, 0, [0, 3, 4, 5]);
  expect(await found('one-net')).toMatchObject([
    { community: EAST, severity: 'note', values: { department: '城管', old: '一片', percent: 50, households: 60 } },
  ]);
  await draw(EAST, 1, [1, 2]);
  expect(await found('one-net')).toEqual([]);
});

test('a road through a grid is found, and an institution makes a dedicated grid right', async () => {
  await draw(WEST, 0, [0, 2]);
  await draw(WEST, 1, [1], 'dedicated');
  await draw(EAST, 0, [0, 3]);
  await draw(EAST, 1, [1, 4]);
  await draw(EAST, 2, [2, 5], 'dedicated');
  expect((await found('kind')).map(({ community, message }) => [community, message])).toEqual([[EAST, 'kind-dedicated']]);
  expect(await found('barrier')).toEqual([]);
  await draw(EAST, 3, [0, 1, 3, 4]);
  expect(await found('barrier')).toMatchObject([{ community: EAST, message: 'barrier-named', values: { barrier: '解放路' } }]);
});

test('grids without a code are counted once the plan has any', async () => {
  await draw(EAST, 0, [0, 1, 2]);
  await draw(WEST, 0, [0, 1]);
  await draw(WEST, 1, [2, 3]);
  expect(await found('code')).toEqual([]);
  expect((await client.issueCodes(EAST)).status).toBe(200);
  expect(await found('code')).toMatchObject([{ community: WEST, message: 'code-missing-several', severity: 'note', values: { grids: 2 } }]);
  await client.issueCodes(WEST);
  expect(await found('code')).toEqual([]);
});
