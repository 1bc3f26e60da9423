// A database of its own for each test file, on whichever engine the tests run, and a small county to put into it.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { lock } from 'proper-lockfile';
import type { Polygon } from '../../core/coverage/geometry.ts';
import { outlineOf } from '../../core/coverage/outline.ts';
import { shippedProfiles } from '../../core/rules/profiles.ts';
import { type Database, openDatabase } from '../../server/database/open.ts';
import type { Queryable } from '../../server/database/queryable.ts';
import { inTransaction, SYSTEM, sqlState } from '../../server/database/transaction.ts';
import { multiPolygonToWkb, pointToWkb, polygonToWkb } from '../../server/database/wkb.ts';
import type { Context } from '../../server/http/context.ts';
import { startServer } from '../../server/serve.ts';
import { readSettings, type Settings } from '../../server/settings.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/onegrid');

export interface TestDatabase {
  readonly database: Database;
  readonly settings: Settings;
  /** Closes it and leaves nothing behind. */
  close(): Promise<void>;
}

/** With DATABASE_URL a new database on that server, else a new embedded engine. Open it in `beforeAll`, close it in `afterAll`. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const place = await freshPlace();
  const database = await openDatabase(place.settings);
  return {
    database,
    settings: place.settings,
    async close() {
      await database.close();
      await place.remove();
    },
  };
}

/** The database as its owner sees it, past the policies of sql/009: for looking in, and for what the server itself never does. */
export function ownerOf(database: Database): Queryable {
  return {
    query: (text: string, values?: unknown[]) =>
      inTransaction(database, SYSTEM, async (db) => {
        await db.query('set local role none');
        return db.query(text, values);
      }),
  } as Queryable;
}

export interface TestServer extends TestDatabase {
  readonly context: Context;
  /** http://127.0.0.1:port */
  readonly address: string;
}

/** The whole application, listening on a free port. */
export async function startTestServer(): Promise<TestServer> {
  const place = await freshPlace();
  const running = await startServer(place.settings);
  return {
    database: running.context.database,
    settings: place.settings,
    context: running.context,
    address: running.address,
    async close() {
      await running.stop();
      await place.remove();
    },
  };
}

/** Settings of an empty, migrated database that nobody has opened yet. */
export interface Place {
  readonly variables: Readonly<Record<string, string>>;
  readonly settings: Settings;
  remove(): Promise<void>;
}

/** For tests that start processes of their own: hand them `variables`. */
export async function freshPlace(): Promise<Place> {
  const { variables, remove } = process.env.DATABASE_URL ? await serverDatabase(process.env.DATABASE_URL) : await embeddedFolder();
  return { variables, settings: readSettings({ PORT: '0', REQUESTS_PER_MINUTE: '1000000', ...variables }), remove };
}

async function serverDatabase(url: string): Promise<Omit<Place, 'settings'>> {
  const name = `onegrid_test_${randomBytes(6).toString('hex')}`;
  const own = new URL(url);
  own.pathname = `/${name}`;
  await administer(url, `create database ${name}`);
  return {
    variables: { DATABASE_URL: own.href },
    remove: () => administer(url, `drop database ${name} with (force)`),
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** A copy of a folder that was prepared once: making a cluster with PostGIS takes long, copying one does not. */
async function embeddedFolder(): Promise<Omit<Place, 'settings'>> {
  const prepared = join(CACHE, `database-${await schemaVersion()}`);
  await prepareOnce(prepared);
  const folder = await mkdtemp(join(tmpdir(), 'onegrid-'));
  await cp(prepared, folder, { recursive: true });
  return {
    variables: { DATA_DIR: folder },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The first test file makes the folder, those that run beside it wait; one that stands still loses its turn to another. */
async function prepareOnce(prepared: string): Promise<void> {
  if (existsSync(prepared)) return;
  await mkdir(CACHE, { recursive: true });
  const unlock = await lock(CACHE, {
    stale: 30_000,
    retries: { retries: 600, minTimeout: 500, maxTimeout: 500 },
    onCompromised: () => undefined,
  });
  try {
    if (!existsSync(prepared)) await prepare(prepared);
  } finally {
    await unlock().catch(() => undefined);
  }
}

async function prepare(prepared: string): Promise<void> {
  const folder = await mkdtemp(join(CACHE, 'preparing-'));
  const database = await openDatabase({ dataDir: folder, databaseUrl: undefined });
  await database.close();
  await rename(folder, prepared).catch(async (error: unknown) => {
    if (!['ENOTEMPTY', 'EEXIST'].includes(sqlState(error))) throw error;
    // Another made it meanwhile.
    await rm(folder, { recursive: true, force: true });
  });
}

/** What the prepared folder depends on: schema, shipped profiles, engine and how it is started. */
async function schemaVersion(): Promise<string> {
  const sql = join(ROOT, 'sql');
  const files = [
    ...(await readdir(sql)).sort().map((name) => join(sql, name)),
    join(ROOT, 'server/database/engine.ts'),
    join(ROOT, 'server/database/slim-postgis.ts'),
    join(ROOT, 'node_modules/@electric-sql/pglite/package.json'),
    join(ROOT, 'node_modules/@electric-sql/pglite-postgis/package.json'),
  ];
  const hash = createHash('sha256').update(JSON.stringify(shippedProfiles));
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

/** Side of a block: 0.001°, about 86 × 111 m. */
export const BLOCK_STEPS = 10_000;
const ORIGIN = [998_000_000, 394_000_000] as const;

/** The block of the given column (east) and row (north) of the test county. */
export function square(column: number, row: number, width = 1, height = 1): Polygon {
  const x = ORIGIN[0] + column * BLOCK_STEPS;
  const y = ORIGIN[1] + row * BLOCK_STEPS;
  const [w, h] = [width * BLOCK_STEPS, height * BLOCK_STEPS];
  return [[x, y, x + w, y, x + w, y + h, x, y + h]];
}

export const COUNTY = '620724';
/** Urban, 3 × 2 blocks; east of it urban, 2 × 2; north of both and in another town rural, 5 × 1. */
export const COMMUNITIES = ['620724100001', '620724100002', '620724101201'] as const;
/** A county of another province, which here lies east of it: one community of 2 × 2 blocks along the common border. */
export const NEIGHBOUR = '500114';
export const NEIGHBOURS = ['500114001001'] as const;

interface CountyToSeed<Community extends string> {
  readonly code: string;
  readonly name: string;
  readonly towns: Readonly<Record<string, string>>;
  readonly places: Readonly<Record<Community, { name: string; kind: string; cells: readonly (readonly [number, number])[] }>>;
}

const OWN: CountyToSeed<(typeof COMMUNITIES)[number]> = {
  code: COUNTY,
  name: '高台县',
  towns: { '620724100': '城关镇', '620724101': '渠口镇' },
  places: {
    '620724100001': { name: '东街社区', kind: 'urban', cells: cells(0, 0, 3, 2) },
    '620724100002': { name: '西街社区', kind: 'urban', cells: cells(3, 0, 2, 2) },
    '620724101201': { name: '渠口村', kind: 'rural', cells: cells(0, 2, 5, 1) },
  },
};
const BESIDE: CountyToSeed<(typeof NEIGHBOURS)[number]> = {
  code: NEIGHBOUR,
  name: '邻县',
  towns: { '500114001': '邻镇' },
  places: { '500114001001': { name: '邻村', kind: 'rural', cells: cells(5, 0, 2, 2) } },
};

function cells(column: number, row: number, width: number, height: number): [number, number][] {
  return Array.from({ length: width * height }, (_, i) => [column + (i % width), row + Math.floor(i / width)]);
}

export interface SeededCounty {
  readonly county: string;
  /** Block ids by community, row by row from the south-west. */
  readonly blocks: Readonly<Record<string, readonly number[]>>;
}

/**
 * Two towns, three communities, 15 square blocks of 0.001°. Each block holds two buildings: 40 households with 100 persons left of its
 * middle, 20 with 50 right of it.
 */
export const seedCounty = (database: Database): Promise<SeededCounty> => seed(database, OWN);

/** The county beside it, likewise. */
export const seedNeighbour = (database: Database): Promise<SeededCounty> => seed(database, BESIDE);

async function seed(database: Database, county: CountyToSeed<string>): Promise<SeededCounty> {
  const blocks: Record<string, number[]> = {};
  await inTransaction(database, SYSTEM, async (client) => {
    const region = (
      code: string,
      name: string,
      parent: string | null,
      kind: string | null,
      places: readonly (readonly [number, number])[],
    ) =>
      client.query('insert into region (code, name, parent, kind, outline) values ($1, $2, $3, $4, ST_GeomFromWKB($5, 4490))', [
        code,
        name,
        parent,
        kind,
        multiPolygonToWkb(outlineOf(places.map(([column, row]) => square(column, row)))),
      ]);
    const all = Object.values(county.places).flatMap((place) => place.cells);
    await region(county.code, county.name, null, null, all);
    for (const [town, name] of Object.entries(county.towns)) {
      const within = Object.entries(county.places).filter(([code]) => code.startsWith(town));
      await region(
        town,
        name,
        county.code,
        null,
        within.flatMap(([, place]) => place.cells),
      );
    }
    for (const [code, place] of Object.entries(county.places)) {
      await region(code, place.name, code.slice(0, 9), place.kind, place.cells);
      blocks[code] = [];
      for (const [column, row] of place.cells) {
        const { rows } = await client.query<{ id: number }>(
          `insert into block (community, households, population, buildings, shape)
           values ($1, 60, 150, 2, ST_GeomFromWKB($2, 4490)) returning id`,
          [code, polygonToWkb(square(column, row))],
        );
        const block = (rows[0] as { id: number }).id;
        blocks[code].push(block);
        for (const [share, households, population] of [
          [0.25, 40, 100],
          [0.75, 20, 50],
        ] as const) {
          const point = [ORIGIN[0] + (column + share) * BLOCK_STEPS, ORIGIN[1] + (row + 0.5) * BLOCK_STEPS] as const;
          await client.query(
            `insert into building (community, block, name, use, households, population, point)
             values ($1, $2, '', 'residential', $3, $4, ST_GeomFromWKB($5, 4490))`,
            [code, block, households, population, pointToWkb(point)],
          );
        }
      }
    }
  });
  return { county: county.code, blocks };
}

/** A draft plan of the county in which nothing is drawn yet. */
export async function seedPlan(database: Database, region: string = COUNTY): Promise<number> {
  return inTransaction(database, SYSTEM, async (client) => {
    const { rows } = await client.query<{ id: number }>(
      `insert into plan (name, region, profile, profile_version, scheme)
       select '试划方案', $1, profile, max(version), 'gb15' from profile_version where profile = 'gansu-2023' group by profile returning id`,
      [region],
    );
    const plan = (rows[0] as { id: number }).id;
    await client.query(
      `insert into plan_community (plan, community) select $1, code from region where level = 'community' and starts_with(code, $2)`,
      [plan, region],
    );
    return plan;
  });
}

/** A grid of the given blocks, with outline and counts as they have to be. Returns its id. */
export async function seedGrid(database: Database, plan: number, community: string, blocks: readonly number[], name = ''): Promise<number> {
  return inTransaction(database, SYSTEM, async (client) => {
    const { rows } = await client.query<{ id: number }>(
      `insert into grid (plan, community, kind, name, outline, households, population, buildings, area_m2)
       select $1, $2, region.kind, $4, ST_Multi(ST_Union(shape)), sum(households), sum(population), sum(buildings),
              ST_Area(ST_Union(shape)::geography)
       from block join region on region.code = block.community
       where block.id = any($3::integer[]) and block.community = $2 group by region.kind returning id`,
      [plan, community, blocks, name],
    );
    const grid = (rows[0] as { id: number }).id;
    await client.query('insert into grid_block (plan, community, block, grid) select $1, $2, unnest($3::integer[]), $4', [
      plan,
      community,
      blocks,
      grid,
    ]);
    return grid;
  });
}
