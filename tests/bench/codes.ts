// How long 100,000 grids take to be coded in one call on the embedded engine, and how often its progress moves.
import { issueCodes } from '../../server/codes/issue.ts';
import { issueProgress } from '../../server/codes/progress.ts';
import { inTransaction, SYSTEM } from '../../server/database/transaction.ts';
import { systemIdentity } from '../../server/http/identity.ts';
import { startTestServer, type TestServer } from '../server/harness.ts';
import { type Figures, rounded } from './figures.ts';

const COMMUNITIES = 1_000;
/** Side of a community in blocks, each of which is a grid. */
const SIDE = 10;
/** Degrees: about 86 × 111 m. */
const BLOCK = 0.001;
/** Communities side by side. */
const ROW = 40;
/** Communities that are made in one transaction. */
const AT_ONCE = 100;
const ASKED_EVERY_MS = 50;

export async function benchCodes(): Promise<Figures> {
  const server = await startTestServer();
  try {
    const plan = await makePlan(server);
    const seen = new Set<number>();
    const asking = setInterval(() => seen.add(issueProgress(server.database, plan)?.done ?? 0), ASKED_EVERY_MS);
    const begun = performance.now();
    const { total } = await issueCodes(server.context, plan, systemIdentity('bench'));
    const seconds = rounded((performance.now() - begun) / 1000);
    clearInterval(asking);
    return { 'all grids of a city coded': { communities: COMMUNITIES, grids: total, seconds, progressSteps: seen.size } };
  } finally {
    await server.close();
  }
}

/** A plan of one county in which every block is a grid. */
async function makePlan({ database }: TestServer): Promise<number> {
  const plan = await inTransaction(database, SYSTEM, async (db) => {
    await db.query(`insert into region (code, name, outline) values ('620724', '高台县', ${outline('0', '0', '1', '1')})`);
    await db.query(
      `insert into region (code, name, parent, outline) values ('620724100', '城关镇', '620724', ${outline('0', '0', '1', '1')})`,
    );
    const { rows } = await db.query<{ id: number }>(
      `insert into plan (name, region, profile, profile_version, scheme, scheme_version)
       values ('编码', '620724', 'gansu-2023', 1, 'gb15', 1) returning id`,
    );
    return rows[0]?.id as number;
  });
  for (let first = 0; first < COMMUNITIES; first += AT_ONCE) {
    await inTransaction(database, SYSTEM, (db) => db.query(COMMUNITY_SQL, [first, Math.min(COMMUNITIES, first + AT_ONCE), plan]));
  }
  return plan;
}

const outline = (x: string, y: string, width: string, height: string): string =>
  `ST_Multi(ST_ForcePolygonCCW(ST_MakeEnvelope(${x}, ${y}, ${x} + ${width}, ${y} + ${height}, 4490)))`;

/** $1–$2: communities. $3: the plan. */
const COMMUNITY_SQL = `
  with community as (
    select number, '620724100' || lpad(number::text, 3, '0') as code,
           (number % ${ROW}) * ${SIDE} as x, (number / ${ROW}) * ${SIDE} as y
    from generate_series($1::integer, $2::integer - 1) as number
  ), square as (
    select code, x + i as x, y + j as y
    from community, generate_series(0, ${SIDE - 1}) as i, generate_series(0, ${SIDE - 1}) as j
  ), shaped as (
    select code, ST_ForcePolygonCCW(ST_MakeEnvelope(
      round((99 + x * ${BLOCK}) * 1e7) / 1e7, round((39 + y * ${BLOCK}) * 1e7) / 1e7,
      round((99 + (x + 1) * ${BLOCK}) * 1e7) / 1e7, round((39 + (y + 1) * ${BLOCK}) * 1e7) / 1e7, 4490)) as shape
    from square
  ), regions as (
    insert into region (code, name, parent, kind, outline)
    select code, '社区' || code, '620724100', 'urban', ST_Multi(ST_Union(shape)) from shaped group by code
  ), blocks as (
    insert into block (community, households, population, buildings, shape) select code, 0, 0, 0, shape from shaped
    returning id, community, shape
  ), parts as (
    insert into plan_community (plan, community) select $3, code from community
  ), grids as (
    insert into grid (plan, community, kind, name, outline, households, population, buildings, area_m2)
    select $3, community, 'urban', '网格' || id, ST_Multi(shape), 0, 0, 0, ST_Area(shape::geography) from blocks
    returning id, community, name
  )
  insert into grid_block (plan, community, block, grid)
  select $3, grids.community, blocks.id, grids.id from grids join blocks on grids.name = '网格' || blocks.id`;
