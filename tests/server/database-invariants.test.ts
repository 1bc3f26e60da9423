// Tries to break every invariant behind the application's back; each attempt has to be refused and to leave nothing behind.
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Polygon } from '../../core/coverage/geometry.ts';
import { outlineOf } from '../../core/coverage/outline.ts';
import { inTransaction, SYSTEM, sqlState } from '../../server/database/transaction.ts';
import { multiPolygonToWkb, polygonToWkb } from '../../server/database/wkb.ts';
import { openTestDatabase, ownerOf, type SeededCounty, seedCounty, seedGrid, seedPlan, square, type TestDatabase } from './harness.ts';

const EAST = '620724100001';
const WEST = '620724100002';
const BROKEN = 'OG002';
const SETTLED = 'OG001';
const CHECK = '23514';
const FOREIGN_KEY = '23503';
const UNIQUE = '23505';

let test_: TestDatabase;
let county: SeededCounty;
let plan: number;
let settled: number;
let grid: number;

beforeAll(async () => {
  test_ = await openTestDatabase();
  county = await seedCounty(test_.database);
  plan = await seedPlan(test_.database);
  settled = await seedPlan(test_.database);
  for (const [community, blocks] of Object.entries(county.blocks)) await seedGrid(test_.database, settled, community, blocks);
  await ownerOf(test_.database).query(`update plan set state = 'submitted' where id = $1`, [settled]);
  grid = await seedGrid(test_.database, plan, EAST, east(0, 1), '第一网格');
  await seedGrid(test_.database, plan, EAST, east(2));
});

afterAll(() => test_?.close());

const east = (...places: number[]): number[] => places.map((place) => county.blocks[EAST]?.[place] as number);

/** Everything that the tables hold, as one value. */
async function everything(): Promise<string> {
  const { rows } = await ownerOf(test_.database).query<{ all: string }>(
    `select md5(concat(
       (select string_agg(t::text, ';' order by t.id) from block t), (select string_agg(t::text, ';' order by t.id) from building t),
       (select string_agg(t::text, ';' order by t.code) from region t), (select string_agg(t::text, ';' order by t.id) from plan t),
       (select string_agg(t::text, ';' order by t.id) from grid t), (select string_agg(t::text, ';' order by t.plan, t.block) from grid_block t),
       (select string_agg(t::text, ';' order by t.plan, t.community) from plan_community t), (select count(*) from pending_check),
       (select count(*) from touched_shape), (select count(*) from touched_home))) as all`,
  );
  return rows[0]?.all as string;
}

/** The attempt is refused with that SQLSTATE, by the statement or at commit, and nothing has changed. */
async function refused(state: string, attempt: (client: PoolClient) => Promise<unknown>): Promise<string> {
  const before = await everything();
  const error = await inTransaction(test_.database, SYSTEM, attempt).then(
    () => null,
    (failure: Error) => failure,
  );
  expect(error, 'the attempt went through').not.toBeNull();
  expect(`${sqlState(error)} ${error?.message}`).toContain(state);
  expect(await everything()).toBe(before);
  return error?.message ?? '';
}

const sql =
  (text: string, ...values: unknown[]) =>
  (client: PoolClient) =>
    client.query(text, values);

const insertBlock = (shape: Polygon, community = EAST) =>
  sql(
    'insert into block (community, households, population, buildings, shape) values ($1, 0, 0, 0, ST_GeomFromWKB($2, 4490))',
    community,
    polygonToWkb(shape),
  );

/** The same area with one more vertex, in the middle of its southern side. */
const withVertex = ([ring]: Polygon): Polygon => {
  const [x, y, ...rest] = ring as readonly number[] as [number, number, number, number];
  return [[x, y, (x + rest[0]) / 2, y, ...rest]];
};

/** Halves the block at that place of the eastern community; each half holds one of its two buildings. */
const split = (place: number) => async (client: PoolClient) => {
  const [column, row] = [place % 3, Math.floor(place / 3)];
  const [block] = east(place);
  await client.query('update block set living = false where id = $1', [block]);
  const parts: number[] = [];
  for (const [shift, households, population] of [
    [0, 40, 100],
    [0.5, 20, 50],
  ] as const) {
    const { rows } = await client.query<{ id: number }>(
      `insert into block (community, parent, households, population, buildings, shape)
       values ($1, $2, $3, $4, 1, ST_GeomFromWKB($5, 4490)) returning id`,
      [EAST, block, households, population, polygonToWkb(square(column + shift, row, 0.5, 1))],
    );
    const id = rows[0]?.id as number;
    parts.push(id);
    await client.query('update building set block = $3 where block = $1 and households = $2', [block, households, id]);
  }
  return parts;
};

describe('blocks tile their community', () => {
  test('a block over living blocks is refused', () => refused(BROKEN, insertBlock(square(0, 0))));
  test('a block across the border of two communities is refused', () => refused(BROKEN, insertBlock(square(2.5, 0))));
  test('a block outside its community is refused', () => refused(BROKEN, insertBlock(square(-2, 0))));
  test('a block that is taken away is refused', async () => {
    await refused('23', sql('delete from block where id = $1', east(5)[0]));
    await refused('', sql('truncate block cascade'));
  });
  test('a block that dies without finer ones is refused', () =>
    refused(BROKEN, sql('update block set living = false where id = $1', east(5)[0])));
  test('a block that grows into its neighbour is refused', () =>
    refused(BROKEN, sql(`update block set shape = ST_ForcePolygonCCW(ST_Expand(shape, 0.0001)) where id = $1`, east(5)[0])));
  test('a border that moves on both sides is refused', () =>
    refused(BROKEN, async (client) => {
      const moved = { 3: square(0, 1, 1.1, 1), 4: square(1.1, 1, 0.9, 1) };
      for (const [place, shape] of Object.entries(moved)) {
        await client.query('update block set shape = ST_GeomFromWKB($2, 4490) where id = $1', [
          east(Number(place))[0],
          polygonToWkb(shape),
        ]);
      }
    }));
  test('a vertex on one side of a border only is refused (I2)', () =>
    refused(
      BROKEN,
      sql('update block set shape = ST_GeomFromWKB($2, 4490) where id = $1', east(4)[0], polygonToWkb(withVertex(square(1, 1)))),
    ));
  test('two blocks on top of a third, whose borders cancel with each other, are refused', () =>
    refused(BROKEN, async (client) => {
      await insertBlock(square(1, 1))(client);
      await insertBlock(square(1, 1))(client);
    }));
  test('an outline that runs twice around, and blocks that lie double, are refused', () =>
    refused(BROKEN, async (client) => {
      await client.query(
        `insert into block (community, households, population, buildings, shape)
         select community, 0, 0, 0, shape from block where community = $1 and living`,
        [EAST],
      );
      await client.query(
        `update region set outline = (select ST_Collect(part.geom) from ST_Dump(outline) as part, generate_series(1, 2)) where code = $1`,
        [EAST],
      );
    }));
  test('an outline that takes in what another community has is refused', () =>
    refused(BROKEN, async (client) => {
      await insertBlock(square(3, 0))(client);
      await client.query('update region set outline = ST_GeomFromWKB($2, 4490) where code = $1', [
        EAST,
        multiPolygonToWkb(outlineOf([square(0, 0, 3, 2), square(3, 0)])),
      ]);
    }));
  test('a gap that a split leaves, and what lies double beside it, are refused', () =>
    refused(BROKEN, async (client) => {
      const parts = await split(5)(client);
      await matchNeighbours(client, east(5)[0] as number, parts);
      await client.query('update block set shape = (select shape from block where id = $2) where id = $1', parts);
    }));
  test('a new border that ends on a neighbour without a vertex is refused (I2)', () => refused(BROKEN, split(5)));
  test('a vertex that only the blocks receive, or only the outline, is refused (I2)', async () => {
    await refused(
      BROKEN,
      sql('update block set shape = ST_GeomFromWKB($2, 4490) where id = $1', east(0)[0], polygonToWkb(withVertex(square(0, 0)))),
    );
    await refused(
      BROKEN,
      sql(
        'update region set outline = ST_GeomFromWKB($2, 4490) where code = $1',
        EAST,
        multiPolygonToWkb([withVertex(outlineOf([square(0, 0, 3, 2)])[0] as Polygon)]),
      ),
    );
  });
  test('a vertex moved by a step, on one side of a border only, is refused', () =>
    refused(BROKEN, async (client) => {
      const block = east(4)[0];
      await client.query('update block set shape = ST_GeomFromWKB($2, 4490) where id = $1', [
        block,
        polygonToWkb(square(1, 1).map(([x, y, ...rest]) => [(x as number) + 1, y as number, ...rest])),
      ]);
    }));
  test('what is broken once in a transaction is refused even where it was asked before', () =>
    refused(BROKEN, async (client) => {
      await matchNeighbours(client, east(5)[0] as number, await split(5)(client));
      await client.query('set constraints all immediate');
      await client.query('set constraints all deferred');
      await insertBlock(square(0, 0))(client);
    }));
  test('a shape and a building changed in one statement hide nothing', () =>
    refused(
      BROKEN,
      sql(
        `with furnished as (update building set name = 'x' where block = $1 returning block)
         update block set shape = ST_GeomFromWKB($2, 4490) where id = $1`,
        east(4)[0],
        polygonToWkb(withVertex(square(1, 1))),
      ),
    ));
  test('notes on what a transaction changed cannot be forged or taken away', async () => {
    const vertex = sql(
      'update block set shape = ST_GeomFromWKB($2, 4490) where id = $1',
      east(4)[0],
      polygonToWkb(withVertex(square(1, 1))),
    );
    for (const statement of ['delete from touched_shape', 'update touched_shape set former = null', 'truncate touched_shape']) {
      await refused(BROKEN, async (client) => {
        await vertex(client);
        await client.query(statement);
      });
    }
    await refused(BROKEN, sql('insert into touched_shape (community, block) values ($1, $2)', EAST, east(4)[0]));
    await refused(BROKEN, sql('insert into pending_check (plan, community) values (0, $1)', EAST));
  });
  test('an outline that is not that of its blocks is refused', async () => {
    await refused(BROKEN, sql('update region set outline = ST_Multi(ST_Expand(outline, 0.001)) where code = $1', EAST));
    await refused(
      BROKEN,
      sql('update region set outline = ST_GeomFromWKB($2, 4490) where code = $1', EAST, multiPolygonToWkb([square(0, 0, 3, 2)])),
    );
  });
  test('a coordinate off the lattice is refused (I4)', () =>
    refused(CHECK, insertBlock(square(0, 5).map((ring) => ring.map((step, i) => (i === 2 ? step + 0.4 : step))))));
  test('a shape that crosses itself or runs clockwise is refused', async () => {
    const insert = `insert into block (community, households, population, buildings, shape) values ($1, 0, 0, 0, ST_GeomFromText($2, 4490))`;
    await refused(CHECK, sql(insert, EAST, 'POLYGON((99.8 39.5, 99.81 39.51, 99.81 39.5, 99.8 39.51, 99.8 39.5))'));
    await refused(CHECK, sql(insert, EAST, 'POLYGON((99.8 39.5, 99.8 39.51, 99.81 39.51, 99.81 39.5, 99.8 39.5))'));
  });
  test('a block that changes community is refused', () =>
    refused(BROKEN, sql('update block set community = $2 where id = $1', east(5)[0], WEST)));
});

describe('blocks are only refined', () => {
  test('finer blocks of another block are refused', () =>
    refused(BROKEN, async (client) => {
      const parts = await split(5)(client);
      await client.query('update block set parent = $2 where id = any($1::integer[])', [parts, east(4)[0]]);
    }));
  test('one finer block that claims another parent is refused', () =>
    refused(BROKEN, async (client) => {
      await client.query('update block set living = false where id = any($1::integer[])', [east(4, 5)]);
      await client.query(
        `insert into block (community, parent, households, population, buildings, shape)
         select community, case id when $1 then $2 else $1 end::integer, households, population, buildings, shape
         from block where id in ($1, $2)`,
        east(4, 5),
      );
    }));
  test('a split that is honest on all sides goes through, and never comes back', async () => {
    const block = east(5)[0] as number;
    const parts = await inTransaction(test_.database, SYSTEM, async (client) => {
      const made = await split(5)(client);
      await matchNeighbours(client, block, made);
      return made;
    });
    expect(parts).toHaveLength(2);
    await refused(BROKEN, sql('update block set living = true where id = $1', block));
    await refused(BROKEN, sql('update building set block = $2 where block = $1', parts[0], block));
  });
});

/** Puts the ends of the new border into the blocks and outlines that it ends on. */
async function matchNeighbours(client: PoolClient, parent: number, parts: readonly number[]): Promise<void> {
  const { rows } = await client.query<{ x: number; south: number; north: number }>(
    `select ST_XMax(part.shape) as x, ST_YMin(parent.shape) as south, ST_YMax(parent.shape) as north
     from block as part, block as parent where part.id = $1 and parent.id = $2`,
    [parts[0], parent],
  );
  const { x, south, north } = rows[0] as { x: number; south: number; north: number };
  for (const y of [south, north]) {
    await client.query(
      `update block set shape = ST_ForcePolygonCCW(ST_Snap(shape, ST_SetSRID(ST_MakePoint($1, $2), 4490), 1e-9))
       where living and id <> all($3::integer[]) and ST_DWithin(shape, ST_SetSRID(ST_MakePoint($1, $2), 4490), 1e-9)`,
      [x, y, parts],
    );
  }
  await client.query(
    `update region set outline = (select ST_Multi(ST_Union(shape)) from block where community = region.code and living)
     where level = 'community' and ST_DWithin(outline, (select shape from block where id = $1), 1e-9)`,
    [parts[0]],
  );
}

describe('what is counted (I6)', () => {
  test('a count of a block that its buildings do not have is refused', () =>
    refused(BROKEN, sql('update block set households = households + 1 where id = $1', east(3)[0])));
  test('a building that appears, disappears or changes without its block is refused', async () => {
    await refused(BROKEN, sql('delete from building where block = $1', east(3)[0]));
    await refused(BROKEN, sql('update building set households = 41 where block = $1 and households = 40', east(3)[0]));
    await refused(BROKEN, sql('update building set population = 99 where block = $1 and households = 40', east(3)[0]));
  });
  test('a building in a block where it does not stand is refused', () =>
    refused(BROKEN, async (client) => {
      await client.query('update building set block = $2 where block = $1 and households = 40', east(3, 4));
      await client.query('update block set households = 20, population = 50, buildings = 1 where id = $1', east(3));
      await client.query('update block set households = 100, population = 250, buildings = 3 where id = $1', east(4));
    }));
  test('a building in a block of another community is refused', () =>
    refused(FOREIGN_KEY, sql('update building set block = $2 where block = $1', east(3)[0], county.blocks[WEST]?.[0])));
  test('negative counts are refused', async () => {
    await refused(CHECK, sql('update block set households = -1 where id = $1', east(3)[0]));
    await refused(CHECK, sql('update building set population = -1 where block = $1', east(3)[0]));
    await refused(CHECK, sql('update grid set households = -1 where id = $1', grid));
  });
  test('a count of a grid that its blocks do not have is refused', () =>
    refused(BROKEN, sql('update grid set population = population + 1 where id = $1', grid)));
  test('a block that leaves or joins a grid without its count is refused', async () => {
    await refused(BROKEN, sql('delete from grid_block where plan = $1 and block = $2', plan, east(0)[0]));
    await refused(
      BROKEN,
      sql('insert into grid_block (plan, community, block, grid) values ($1, $2, $3, $4)', plan, EAST, east(3)[0], grid),
    );
  });
  test('an outline that is not that of its blocks is refused', () =>
    refused(BROKEN, sql('update grid set outline = ST_Multi(ST_Expand(outline, 0.0001)) where id = $1', grid)));
});

describe('grids are sets of living blocks of one community', () => {
  const assign = 'insert into grid_block (plan, community, block, grid) values ($1, $2, $3, $4)';
  test('a block in two grids of a plan is refused (I3)', () => refused(UNIQUE, sql(assign, plan, EAST, east(2)[0], grid)));
  test('a block of another community is refused', () => refused(FOREIGN_KEY, sql(assign, plan, EAST, county.blocks[WEST]?.[0], grid)));
  test('a grid of another plan is refused', async () => {
    const other = await seedPlan(test_.database);
    await refused(FOREIGN_KEY, sql(assign, other, EAST, east(3)[0], grid));
  });
  test('a draft grid of a block that was split is refused', () =>
    refused(BROKEN, async (client) => {
      const parts = await split(0)(client);
      await matchNeighbours(client, east(0)[0] as number, parts);
    }));
  test('a removed grid that keeps its blocks is refused', () => refused(BROKEN, sql('update grid set living = false where id = $1', grid)));
  test('a grid that changes plan or community, or vanishes, is refused', async () => {
    await refused(BROKEN, sql('update grid set community = $2 where id = $1', grid, WEST));
    await refused('23', sql('delete from grid where id = $1', grid));
  });
});

describe('a settled plan never changes', () => {
  test.each([
    ['a grid described', `update grid set name = 'x' where plan = $1`],
    [
      'a grid added',
      `insert into grid (plan, community, kind, outline, households, population, buildings, area_m2)
       select plan, community, kind, outline, 0, 0, 0, 1 from grid where plan = $1 limit 1`,
    ],
    ['a block taken out', 'delete from grid_block where plan = $1'],
    ['a block given away', 'update grid_block set grid = grid where plan = $1'],
    ['a revision raised', 'update plan_community set revision = revision + 1 where plan = $1'],
    [
      'an operation added',
      `insert into operation (plan, community, revision, actor, type, request, change)
       values ($1, '620724100001', 1, 'x', 'lock', '{}', '{}')`,
    ],
    ['a new state', `update plan set state = 'draft' where id = $1`],
    ['a new name', `update plan set name = 'x' where id = $1`],
  ])('%s: refused', async (_, statement) => {
    await refused(SETTLED, sql(statement, settled));
  });
  test('it keeps what it was settled with when a draft goes on to split its blocks', async () => {
    const { rows } = await ownerOf(test_.database).query<{ blocks: number }>(
      'select count(*)::int as blocks from grid_block where plan = $1 and block = $2',
      [settled, east(5)[0]],
    );
    expect(rows[0]?.blocks).toBe(1);
  });
  test('a plan with blocks that no grid holds cannot be settled', () =>
    refused(BROKEN, sql(`update plan set state = 'submitted' where id = $1`, plan)));
});

describe('what is only ever added', () => {
  test('operations stay as they were written', async () => {
    await ownerOf(test_.database).query(
      `insert into operation (plan, community, revision, actor, type, request, change) values ($1, $2, 1, 'x', 'lock', '{}', '{}')`,
      [plan, EAST],
    );
    await refused('23', sql(`update operation set actor = 'y'`));
    await refused('23', sql('delete from operation'));
    await refused('23', sql('truncate operation cascade'));
    await refused(
      UNIQUE,
      sql(
        `insert into operation (plan, community, revision, actor, type, request, change) values ($1, $2, 1, 'x', 'lock', '{}', '{}')`,
        plan,
        EAST,
      ),
    );
  });
  test('codes are issued once and for ever', async () => {
    const issue = `insert into grid_code (code, scheme, community, sequence) values ($1, 'gb15', $2, $3)`;
    await ownerOf(test_.database).query(issue, [`${EAST}001`, EAST, 1]);
    await ownerOf(test_.database).query(`insert into grid_code_event (code, state, actor) values ($1, 'provisional', 'x')`, [`${EAST}001`]);
    const bear = 'update grid set code = $1 where id = $2';
    await ownerOf(test_.database).query(bear, [`${EAST}001`, grid]);
    const { rows } = await ownerOf(test_.database).query<{ id: number }>('select id from grid where plan = $1 and id <> $2', [plan, grid]);
    await refused(UNIQUE, sql(bear, `${EAST}001`, rows[0]?.id));
    await refused(UNIQUE, sql(issue, `${EAST}001`, EAST, 2));
    await refused(UNIQUE, sql(issue, `${EAST}002`, EAST, 1));
    await refused(CHECK, sql(issue, `${EAST}-02`, EAST, 2));
    for (const table of ['grid_code', 'grid_code_event']) {
      await refused('23', sql(`update ${table} set code = code`));
      await refused('23', sql(`delete from ${table}`));
      await refused('23', sql(`truncate ${table} cascade`));
    }
  });
});

describe('regions', () => {
  const insert = `insert into region (code, name, parent, kind, outline)
    select $1, $2, $3, $4, ST_Multi(ST_Translate(outline, 1, 1)) from region where code = '620724'`;
  test.each([
    ['a code of another length', '6207241', 'x', null, null],
    ['a code with letters', '62072A', 'x', null, null],
    ['no name', '620725', '', null, null],
    ['a community without kind', '620724100009', 'x', '620724100', null],
    ['a town with kind', '620724102', 'x', '620724', 'urban'],
    ['a parent that the code denies', '620725100', 'x', '620724', null],
  ])('%s: refused', async (_, ...values) => {
    await refused(CHECK, sql(insert, ...values));
  });
  test('the same code twice: refused', () => refused(UNIQUE, sql(insert, '620724', 'x', null, null)));
});
