// Nobody reaches another region, whatever the program above asks: the policies of the database themselves, table by table.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction, SYSTEM, scoped } from '../../server/database/transaction.ts';
import { call, PlanClient, post } from './client.ts';
import {
  COMMUNITIES,
  COUNTY,
  NEIGHBOUR,
  NEIGHBOURS,
  ownerOf,
  seedCounty,
  seedGrid,
  seedNeighbour,
  seedPlan,
  startTestServer,
  type TestServer,
} from './harness.ts';

/** Without policies: the same for everybody, or read only by the server for itself. */
const OPEN = [
  'barrier',
  'profile_version',
  'scheme_version',
  'migrations',
  'spatial_ref_sys',
  'pending_check',
  'touched_shape',
  'touched_home',
];

let server: TestServer;
let own: number;
let theirs: number;
let theirGrid: number;

beforeAll(async () => {
  server = await startTestServer();
  const here = await seedCounty(server.database);
  const there = await seedNeighbour(server.database);
  [own, theirs] = [await seedPlan(server.database), await seedPlan(server.database, NEIGHBOUR)];
  await seedGrid(server.database, own, COMMUNITIES[0], here.blocks[COMMUNITIES[0]] as number[], '第一网格');
  theirGrid = await seedGrid(server.database, theirs, NEIGHBOURS[0], there.blocks[NEIGHBOURS[0]] as number[], '邻网格');
  const client = new PlanClient(server.address, theirs);
  await client.operate(NEIGHBOURS[0], 0, { type: 'describe', grid: theirGrid, set: { name: '邻村第一网格' } });
  expect((await post(server.address, `/api/plans/${theirs}/codes`, {})).status).toBe(200);
  await ownerOf(server.database).query(
    `insert into institution (name, use, area) select '邻校', 'school', ST_Buffer(ST_PointOnSurface(outline), 0.0001) from region where code = $1`,
    [NEIGHBOURS[0]],
  );
  await ownerOf(server.database).query(
    `insert into attribution (text, area) select '邻县统计局', ST_Buffer(ST_PointOnSurface(outline), 0.0001) from region where code = $1`,
    [NEIGHBOURS[0]],
  );
});
afterAll(() => server?.close());

const as = (region: string) => scoped(server.database, { region });
const count = async (region: string, table: string, where = 'true'): Promise<number> =>
  Number((await as(region).query(`select count(*) as n from ${table} where ${where}`)).rows[0].n);

describe('the role of the server', () => {
  test('owns nothing and bypasses nothing', async () => {
    const { rows } = await as('62').query(
      `select current_user as name, rolsuper, rolbypassrls, (select count(*) from pg_class where relowner = pg_roles.oid) as owned
       from pg_roles where rolname = current_user`,
    );
    expect(rows).toEqual([{ name: 'onegrid_app', rolsuper: false, rolbypassrls: false, owned: 0 }]);
  });

  test('sees nothing where the transaction does not say how far it reaches', async () => {
    const client = await server.database.pool.connect();
    try {
      for (const table of ['region', 'block', 'plan', 'grid', 'operation', 'grid_code', 'account']) {
        expect((await client.query(`select count(*) as n from ${table}`)).rows, table).toEqual([{ n: 0 }]);
      }
    } finally {
      client.release();
    }
  });

  test('a reach that is none is refused before it gets near the database', async () => {
    for (const region of ['', '%', "62'; reset role; --", '6', '*2']) {
      await expect(
        inTransaction(server.database, { region }, async () => 1),
        region,
      ).rejects.toThrow('no reach');
    }
  });
});

describe('policies', () => {
  test('every table is below one, or is named here as common', async () => {
    const { rows } = await ownerOf(server.database).query<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity order by 1`,
    );
    expect(rows.map(({ name }) => name).filter((name) => !OPEN.includes(name))).toEqual([]);
  });

  test.each([
    ['block', 4],
    ['building', 8],
    ['institution', 1],
    ['attribution', 1],
    ['plan_community', 1],
    ['grid', 1],
    ['grid_block', 4],
    ['operation', 1],
    ['grid_code', 1],
    ['grid_code_event', 1],
  ])('%s: the neighbour sees his %i rows, we see none of them', async (table, rows) => {
    expect(await count(NEIGHBOUR, table)).toBe(rows);
    expect((await count(SYSTEM.region, table)) - (await count(NEIGHBOUR, table))).toBe(await count(COUNTY, table));
  });

  test('of regions and plans one sees those above, below and at one’s own', async () => {
    const codes = async (region: string) => (await as(region).query('select code from region order by code')).rows.map(({ code }) => code);
    expect(await codes('620724101')).toEqual([COUNTY, '620724101', COMMUNITIES[2]]);
    expect(await codes(NEIGHBOUR)).toEqual([NEIGHBOUR, '500114001', NEIGHBOURS[0]]);
    expect((await as('620724101').query('select id from plan')).rows).toEqual([{ id: own }]);
    expect(await count('620724101', 'plan_community')).toBe(1);
  });

  test('nothing of the neighbour is changed, removed or added to, and nothing is moved over to him', async () => {
    const before = await ownerOf(server.database).query('select md5(string_agg(grid::text, chr(10) order by id)) as grids from grid');
    for (const statement of [
      `update grid set name = 'x' where id = ${theirGrid}`,
      `delete from grid_block where grid = ${theirGrid}`,
      `update plan set name = 'x' where id = ${theirs}`,
      `update plan_community set revision = 9 where plan = ${theirs}`,
      `update region set name = 'x' where code = '${NEIGHBOURS[0]}'`,
      `update block set living = living where community = '${NEIGHBOURS[0]}'`,
    ]) {
      expect((await as(COUNTY).query(statement)).rowCount, statement).toBe(0);
    }
    for (const statement of [
      `insert into plan_community (plan, community) values (${theirs}, '500114001001')`,
      `insert into grid_code (code, scheme, community, sequence) values ('500114001001999', 'gb15', '500114001001', 999)`,
      `update plan_community set community = '500114001001' where plan = ${own}`,
    ]) {
      await expect(as(COUNTY).query(statement), statement).rejects.toMatchObject({ code: '42501' });
    }
    expect(
      await ownerOf(server.database).query('select md5(string_agg(grid::text, chr(10) order by id)) as grids from grid'),
    ).toMatchObject({
      rows: before.rows,
    });
  });
});

test('a cut along the common border puts its vertices on both sides, and nothing else of the neighbour is touched', async () => {
  const client = new PlanClient(server.address, own);
  const { features } = await client.grids(COMMUNITIES[1]);
  expect(features).toEqual([]);
  const line = [
    [99.8035, 39.4005],
    [99.8055, 39.4005],
  ] as [number, number][];
  const before = await count(NEIGHBOUR, 'block', 'living');
  const { status, body } = await client.operate(COMMUNITIES[1], 0, { type: 'cut', line });
  expect(body).toMatchObject({ community: COMMUNITIES[1] });
  expect(status).toBe(200);
  expect(await count(NEIGHBOUR, 'block', 'living')).toBe(before);
  await expect(call(server.address, `/api/plans/${theirs}/checks`)).resolves.toMatchObject({ status: 200, body: { counts: { error: 0 } } });
});
