// What an import meets in the database, and the rows that it changes there: in the transaction of the caller.
import type { Box, MultiPolygon } from '../../core/coverage/geometry.ts';
import { communityKind } from '../../core/geo/region.ts';
import type { BuildingEntry } from '../../core/import/buildings.ts';
import type { AddedBlock, AddedBuilding, ChangedBuilding, Reimport } from '../../core/import/reimport/reimport.ts';
import type { Stored, StoredBlock, StoredBuilding, StoredCommunity } from '../../core/import/reimport/stored.ts';
import type { Queryable } from '../database/queryable.ts';
import { lineToWkb, multiPolygonToWkb, pointToWkb, polygonToWkb, wkbToLine, wkbToPoint, wkbToPolygon } from '../database/wkb.ts';
import { corners, insertBarriers, insertBuildings, insertInstitutions } from './store.ts';

/**
 * Those of the communities that are stored, and all that touch their stored area or the box (lattice steps; of all that the files
 * bring), with what lies in them; barriers that meet `barriersIn`. Nothing stored there: the import meets nothing. Read with the reach of
 * the system: the communities beside may belong to others.
 */
export async function readStored(db: Queryable, codes: readonly string[], box: Box, barriersIn: Box = box): Promise<Stored> {
  const communities = await readCommunities(db, codes, box);
  const loaded = communities.map(({ code }) => code);
  const blocks = await readBlocks(db, loaded);
  const buildings = await readBuildings(db, loaded);
  return { communities, blocks, buildings, ...(await readPlaces(db, box, barriersIn)) };
}

async function readCommunities(db: Queryable, codes: readonly string[], box: Box): Promise<StoredCommunity[]> {
  const { rows } = await db.query<StoredCommunity>(
    `select code, name, block_revision as revision from region
     where level = 'community' and valid_to is null and (
       code = any($1::text[]) or outline && ST_MakeEnvelope($2, $3, $4, $5, 4490)
       or exists (select from region as own where own.code = any($1::text[]) and own.outline && region.outline))
     order by code`,
    [codes, ...corners(box)],
  );
  return rows;
}

async function readBlocks(db: Queryable, communities: readonly string[]): Promise<StoredBlock[]> {
  const { rows } = await db.query<Omit<StoredBlock, 'polygon'> & { shape: Buffer }>(
    `select id, community, households, population, buildings, ST_AsBinary(shape) as shape from block
     where living and community = any($1::text[]) order by id`,
    [communities],
  );
  return rows.map(({ shape, ...block }) => ({ ...block, polygon: wkbToPolygon(shape) }));
}

async function readBuildings(db: Queryable, communities: readonly string[]): Promise<StoredBuilding[]> {
  const { rows } = await db.query<Omit<StoredBuilding, 'point' | 'footprint'> & { point: Buffer; footprint: Buffer | null }>(
    `select id, community, block, source_id as "sourceId", name, address, use, "group", households, population,
            ST_AsBinary(point) as point, ST_AsBinary(footprint) as footprint
     from building where community = any($1::text[]) order by id`,
    [communities],
  );
  return rows.map((row) => ({ ...row, point: wkbToPoint(row.point), footprint: row.footprint && wkbToPolygon(row.footprint) }));
}

async function readPlaces(db: Queryable, box: Box, barriersIn: Box): Promise<Pick<Stored, 'barriers' | 'institutions'>> {
  const barriers = await db.query<Omit<Stored['barriers'][number], 'line'> & { line: Buffer }>(
    `select class, name, ST_AsBinary(line) as line from barrier where line && ST_MakeEnvelope($1, $2, $3, $4, 4490) order by id`,
    corners(barriersIn),
  );
  const institutions = await db.query<Omit<Stored['institutions'][number], 'area'> & { area: Buffer }>(
    `select name, use, staff, ST_AsBinary(area) as area from institution where area && ST_MakeEnvelope($1, $2, $3, $4, 4490) order by id`,
    corners(box),
  );
  return {
    barriers: barriers.rows.map((row) => ({ ...row, line: wkbToLine(row.line) })),
    institutions: institutions.rows.map((row) => ({ ...row, area: wkbToPolygon(row.area) })),
  };
}

export interface ConcernedPlan {
  plan: number;
  name: string;
  state: string;
  editable: boolean;
  community: string;
}

/** Plans that divide any of the communities, and what they may be; open ones are held, with the communities, until the transaction ends. */
export async function lockPlans(db: Queryable, communities: readonly string[]): Promise<ConcernedPlan[]> {
  // In the order of an operation, so that nobody waits for the other in a circle: plans, their communities, blocks.
  await db.query(`select from plan where id in (select plan from plan_community where community = any($1::text[])) order by id for share`, [
    communities,
  ]);
  const { rows } = await db.query<ConcernedPlan>(
    `select plan.id as plan, plan.name, plan.state, plan.editable, plan_community.community
     from plan_community join plan on plan.id = plan_community.plan
     where plan_community.community = any($1::text[]) order by plan.id, plan_community.community for update of plan_community`,
    [communities],
  );
  return rows;
}

/** Nobody cuts the blocks of the communities until the transaction ends. Answers the revisions of their blocks. */
export async function lockBlocks(db: Queryable, communities: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await db.query<{ code: string; revision: number }>(
    `select code, block_revision as revision from region where code = any($1::text[]) order by code for update`,
    [communities],
  );
  return new Map(rows.map(({ code, revision }) => [code, revision]));
}

export async function writeNames(db: Queryable, { renamed, newCommunities }: Pick<Reimport, 'renamed' | 'newCommunities'>): Promise<void> {
  if (renamed.length > 0) {
    await db.query(
      `update region set name = given.name from unnest($1::text[], $2::text[]) as given (code, name) where region.code = given.code`,
      [renamed.map(({ code }) => code), renamed.map(({ to }) => to)],
    );
  }
  if (newCommunities.length === 0) return;
  await db.query(
    `insert into region (code, name, kind, parent, outline)
     select code, name, kind, left(code, 9), ST_GeomFromText('MULTIPOLYGON EMPTY', 4490)
     from unnest($1::text[], $2::text[], $3::text[]) as given (code, name, kind)`,
    [newCommunities.map(({ code }) => code), newCommunities.map(({ name }) => name), newCommunities.map(({ code }) => communityKind(code))],
  );
}

/** Blocks that give up their place, and with it their grid in every open plan; answers which those were. */
export async function retireBlocks(
  db: Queryable,
  blocks: readonly number[],
): Promise<{ plan: number; community: string; block: number; grid: number }[]> {
  if (blocks.length === 0) return [];
  const { rows } = await db.query<{ plan: number; community: string; block: number; grid: number }>(
    `delete from grid_block using plan
     where grid_block.block = any($1::integer[]) and plan.id = grid_block.plan and plan.editable
     returning grid_block.plan, grid_block.community, grid_block.block, grid_block.grid`,
    [blocks],
  );
  await db.query(`update block set living = false where id = any($1::integer[])`, [blocks]);
  return rows;
}

export async function insertBlocks(db: Queryable, blocks: readonly AddedBlock[]): Promise<void> {
  await db.query(
    `insert into block (id, community, households, population, buildings, shape)
     select id, community, 0, 0, 0, ST_GeomFromWKB(shape, 4490) from unnest($1::integer[], $2::text[], $3::bytea[]) as given (id, community, shape)`,
    [blocks.map(({ id }) => id), blocks.map(({ community }) => community), blocks.map(({ polygon }) => polygonToWkb(polygon))],
  );
}

export async function addBuildings(db: Queryable, buildings: readonly AddedBuilding[]): Promise<void> {
  await insertBuildings(db, buildingColumns(buildings));
}

export async function updateBuildings(db: Queryable, buildings: readonly ChangedBuilding[]): Promise<void> {
  await db.query(
    `update building set community = given.community, block = given.block, source_id = given.source_id, name = given.name, address = given.address,
       use = given.use,
       "group" = given."group", households = given.households, population = given.population,
       point = ST_GeomFromWKB(given.point, 4490), footprint = ST_GeomFromWKB(given.footprint, 4490)
     from unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::integer[],
                 $9::integer[], $10::bytea[], $11::bytea[], $12::integer[])
       as given (community, block, source_id, name, address, use, "group", households, population, point, footprint, id)
     where building.id = given.id`,
    [...buildingColumns(buildings), buildings.map(({ id }) => id)],
  );
}

function buildingColumns(buildings: readonly AddedBuilding[]): unknown[][] {
  const texts = (['sourceId', 'name', 'address', 'use', 'group', 'households', 'population'] satisfies (keyof BuildingEntry)[]).map((key) =>
    buildings.map(({ entry }) => entry[key]),
  );
  return [
    buildings.map(({ community }) => community),
    buildings.map(({ block }) => block),
    ...texts,
    buildings.map(({ entry }) => pointToWkb(entry.point)),
    buildings.map(({ entry }) => entry.footprint && polygonToWkb(entry.footprint)),
  ];
}

export async function removeBuildings(db: Queryable, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await db.query(`delete from building where id = any($1::integer[])`, [ids]);
}

export async function writeCounts(db: Queryable, counts: Reimport['counts']): Promise<void> {
  await db.query(
    `update block set households = given.households, population = given.population, buildings = given.buildings
     from unnest($1::integer[], $2::integer[], $3::integer[], $4::integer[]) as given (id, households, population, buildings)
     where block.id = given.id`,
    [
      counts.map(({ block }) => block),
      counts.map(({ households }) => households),
      counts.map(({ population }) => population),
      counts.map(({ buildings }) => buildings),
    ],
  );
}

/** Of communities whose blocks count otherwise but keep their shapes: checks and divisions worked out before do not hold any more. */
export async function raiseBlockRevisions(db: Queryable, communities: readonly string[]): Promise<void> {
  if (communities.length === 0) return;
  await db.query(`update region set block_revision = block_revision + 1 where code = any($1::text[])`, [communities]);
}

export async function addBarriers(db: Queryable, barriers: Reimport['barriers']): Promise<void> {
  await insertBarriers(db, [
    barriers.map((barrier) => barrier.class),
    barriers.map(({ name }) => name),
    barriers.map(({ line }) => lineToWkb(line)),
  ]);
}

export async function addInstitutions(db: Queryable, institutions: Reimport['institutions']): Promise<void> {
  await insertInstitutions(db, [
    institutions.map(({ name }) => name),
    institutions.map(({ use }) => use),
    institutions.map(({ staff }) => staff),
    institutions.map(({ area }) => polygonToWkb(area)),
  ]);
}

/** Open plans of a whole region divide its new communities, too; an adjustment keeps to those that it was made for. Answers the plans. */
export async function joinOpenPlans(db: Queryable, communities: readonly string[]): Promise<number[]> {
  const { rows } = await db.query<{ plan: number }>(
    `insert into plan_community (plan, community)
     select plan.id, code from plan join unnest($1::text[]) as given (code) on starts_with(code, plan.region)
     where plan.editable and plan.parent is null order by plan.id, code on conflict do nothing returning plan`,
    [communities],
  );
  return [...new Set(rows.map(({ plan }) => plan))];
}

/** What thematic grids count, which follow no blocks. */
export async function refreshThematicGrids(db: Queryable, plan: number, community: string): Promise<void> {
  await db.query(
    `update grid set households = counted.households, population = counted.population, buildings = counted.buildings
     from (
       select grid.id, coalesce(sum(building.households), 0)::int as households, coalesce(sum(building.population), 0)::int as population,
              count(building.id)::int as buildings
       from grid left join building on building.community = grid.community and ST_Covers(grid.outline, building.point)
       where grid.plan = $1 and grid.community = $2 and grid.living and grid.kind = 'thematic' group by grid.id
     ) as counted
     where grid.id = counted.id`,
    [plan, community],
  );
}

/** The next revision of a community of a plan; what was done before cannot be undone any more. */
export async function nextRevision(db: Queryable, plan: number, community: string): Promise<number> {
  const { rows } = await db.query<{ revision: number }>(
    `update plan_community set revision = revision + 1, undo_stack = '{}', redo_stack = '{}'
     where plan = $1 and community = $2 returning revision`,
    [plan, community],
  );
  return (rows[0] as { revision: number }).revision;
}

/** How many of the blocks are in a grid, by open plan. */
export async function countAssigned(db: Queryable, blocks: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await db.query<{ plan: number; assigned: number }>(
    `select plan, count(*)::int as assigned from grid_block where block = any($1::integer[]) group by plan`,
    [blocks],
  );
  return new Map(rows.map(({ plan, assigned }) => [plan, assigned]));
}

/** As `writeRegionOutlines` takes them. */
export const outlineBytes = (outlines: Readonly<Record<string, MultiPolygon>>): Map<string, Buffer> =>
  new Map(Object.entries(outlines).map(([code, outline]) => [code, multiPolygonToWkb(outline)]));
