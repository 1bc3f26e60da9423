// Plans and the progress of their communities, in SQL.
import type { CommunityProgress, PlanDetail, PlanSummary } from '../../core/api/messages.ts';
import type { Queryable } from '../database/queryable.ts';
import { inheritedAssignments } from '../layout/store.ts';

/** A place within the region, also where its middle is not: for its name. */
const INSIDE = `(select array[ST_X(point), ST_Y(point)] from ST_PointOnSurface(region.outline) as point)`;

const SUMMARY = `
  select plan.id, plan.name, plan.region, region.name as "regionName", plan.profile,
         plan.profile_version as "profileVersion", plan.scheme, plan.state, plan.editable, plan.parent,
         plan.created_at as "createdAt"
  from plan join region on region.code = plan.region`;

export async function listPlans(db: Queryable): Promise<PlanSummary[]> {
  const { rows } = await db.query<PlanSummary>(`${SUMMARY} order by plan.id`);
  return rows;
}

export async function readPlan(db: Queryable, plan: number): Promise<PlanSummary | null> {
  const { rows } = await db.query<PlanSummary>(`${SUMMARY} where plan.id = $1`, [plan]);
  return rows[0] ?? null;
}

/**
 * Makes a draft plan under the newest versions of its profile and code scheme, with one row per community of the region; null where the
 * region has no communities with a boundary, or is larger than the reach. The profile is one that exists.
 */
export async function insertPlan(
  db: Queryable,
  plan: { name: string; region: string; profile: string; scheme: string },
): Promise<number | null> {
  const communities = await db.query(
    `select code from region where level = 'community' and starts_with(code, $1) and valid_to is null and not ST_IsEmpty(outline)
       and in_reach($1) and exists (select from region as whole where whole.code = $1) order by code`,
    [plan.region],
  );
  if (communities.rows.length === 0) return null;
  const { rows } = await db.query<{ id: number }>(
    `insert into plan (name, region, profile, profile_version, scheme, scheme_version)
     values ($1, $2, $3, (select max(version) from profile_version where profile = $3),
             $4, (select max(version) from scheme_version where scheme = $4)) returning id`,
    [plan.name, plan.region, plan.profile, plan.scheme],
  );
  const id = (rows[0] as { id: number }).id;
  await db.query(
    `insert into plan_community (plan, community)
     select $1, code from region
     where level = 'community' and starts_with(code, $2) and valid_to is null and not ST_IsEmpty(outline) order by code`,
    [id, plan.region],
  );
  return id;
}

/** Those that hold and have a boundary, and those that have ended while the plan divides communities of theirs. */
export async function readTowns(db: Queryable, plan: number, region: string): Promise<PlanDetail['towns']> {
  const { rows } = await db.query<PlanDetail['towns'][number]>(
    `select code, name, ${INSIDE} as inside from region
     where level = 'town' and (starts_with(code, $2) or starts_with($2, code)) and not ST_IsEmpty(outline)
       and (valid_to is null or exists (select from plan_community where plan = $1 and starts_with(community, code))) order by code`,
    [plan, region],
  );
  return rows;
}

/** Drawn, checked and coded so far: all communities of the plan, or the one given. */
export async function readProgress(db: Queryable, plan: number, community?: string): Promise<CommunityProgress[]> {
  const { rows } = await db.query<CommunityProgress & Record<'west' | 'south' | 'east' | 'north', number>>(
    `with recursive chosen as (
       select * from plan_community where plan = $1 and ($2::text is null or community = $2)
     ), ${inheritedAssignments('block.community in (select community from chosen)')}, drawn as (
       select block.community, count(*)::int as blocks, coalesce(sum(block.households), 0)::int as households,
              count(coalesce(grid_block.grid, inherited.grid))::int as blocks_assigned,
              coalesce(sum(block.households) filter (where coalesce(grid_block.grid, inherited.grid) is not null), 0)::int
                as households_assigned
       from block left join grid_block on grid_block.plan = $1 and grid_block.block = block.id
       left join inherited on inherited.block = block.id
       where block.living and block.community in (select community from chosen)
       group by block.community
     ), made as (
       select grid.community, count(*)::int as grids, count(grid.code)::int as coded
       from grid
       where grid.plan = $1 and grid.living and grid.community in (select community from chosen)
       group by grid.community
     )
     select region.code, region.name, left(region.code, 9) as town, region.kind, chosen.revision,
            coalesce(drawn.blocks, 0) as blocks, coalesce(drawn.blocks_assigned, 0) as "blocksAssigned",
            coalesce(drawn.households, 0) as households, coalesce(drawn.households_assigned, 0) as "householdsAssigned",
            coalesce(made.grids, 0) as grids, coalesce(made.coded, 0) as "gridsCoded",
            chosen.errors, chosen.warnings, chosen.excused,
            ${INSIDE} as inside,
            ST_XMin(region.outline) as west, ST_YMin(region.outline) as south,
            ST_XMax(region.outline) as east, ST_YMax(region.outline) as north
     from chosen
     join region on region.code = chosen.community
     left join drawn on drawn.community = chosen.community
     left join made on made.community = chosen.community
     order by region.code`,
    [plan, community ?? null],
  );
  return rows.map(({ west, south, east, north, ...progress }) => ({ ...progress, bounds: [west, south, east, north] }));
}

export async function readPlanCommunities(db: Queryable, plan: number): Promise<string[]> {
  const { rows } = await db.query<{ community: string }>(`select community from plan_community where plan = $1 order by community`, [plan]);
  return rows.map(({ community }) => community);
}

/** Removes grids that were left without a block; answers their ids. Thematic grids hold none. */
export async function retireEmptyGrids(db: Queryable, plan: number, community: string): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `update grid set living = false
     where plan = $1 and community = $2 and living and kind <> 'thematic' and not exists (select from grid_block where grid_block.grid = grid.id)
     returning id`,
    [plan, community],
  );
  return rows.map(({ id }) => id);
}

/** Every block of the community with its grid in the plan. */
export async function readGridBlocks(db: Queryable, plan: number, community: string): Promise<{ grid: number; shape: Buffer }[]> {
  const { rows } = await db.query<{ grid: number; shape: Buffer }>(
    `select grid_block.grid, ST_AsBinary(block.shape) as shape from grid_block join block on block.id = grid_block.block
     where grid_block.plan = $1 and grid_block.community = $2`,
    [plan, community],
  );
  return rows;
}

/** New outlines and areas, and what the blocks count; grids that have all of it already are not touched. */
export async function writeGridMeasures(
  db: Queryable,
  measures: readonly { grid: number; outline: Buffer; area_m2: number }[],
): Promise<void> {
  if (measures.length === 0) return;
  await db.query(
    `with counted as (
       select grid_block.grid, sum(block.households)::int as households, sum(block.population)::int as population,
              sum(block.buildings)::int as buildings
       from grid_block join block on block.id = grid_block.block where grid_block.grid = any($1::integer[]) group by grid_block.grid
     )
     update grid set outline = ST_GeomFromWKB(given.outline, 4490), area_m2 = given.area_m2,
       households = counted.households, population = counted.population, buildings = counted.buildings
     from unnest($1::integer[], $2::bytea[], $3::float8[]) as given (id, outline, area_m2) join counted on counted.grid = given.id
     where grid.id = given.id and (ST_AsBinary(grid.outline, 'NDR') <> given.outline
       or (grid.households, grid.population, grid.buildings) <> (counted.households, counted.population, counted.buildings))`,
    [measures.map(({ grid }) => grid), measures.map(({ outline }) => outline), measures.map(({ area_m2 }) => area_m2)],
  );
}
