// Grids, blocks, buildings and barriers of a plan as rows, geometry as WKB.

import type { BarrierClass, Clearance, StepLabel } from '../../core/api/messages.ts';
import type { GridKind, StaffMember } from '../../core/plan/state.ts';
import type { Queryable } from '../database/queryable.ts';

export interface GridRow {
  id: number;
  community: string;
  kind: GridKind;
  name: string;
  reason: string;
  party: string;
  staff: StaffMember[];
  clearances: Clearance[];
  locked: boolean;
  households: number;
  population: number;
  buildings: number;
  blocks: number;
  cells: number;
  area_m2: number;
  code: string | null;
  code_state: 'provisional' | 'filed' | 'official' | 'retired' | null;
  whole_community: boolean;
  outline: Buffer;
}

/** Living grids of the plan, or of one community of it. */
export async function readGridRows(db: Queryable, plan: number, community?: string): Promise<GridRow[]> {
  const { rows } = await db.query<GridRow>(
    `with counted as (
       select grid, count(*)::int as blocks, (count(distinct cell) filter (where cell > 0))::int as cells from grid_block
       where plan = $1 and ($2::text is null or community = $2) group by grid
     ), whole as (
       select community, count(*)::int as blocks from block
       where living and ($2::text is null or community = $2) group by community
     )
     select grid.id, grid.community, grid.kind, grid.name, grid.reason, grid.party, grid.staff, grid.locked,
            coalesce(cleared.list, '[]') as clearances,
            grid.households, grid.population, grid.buildings, coalesce(counted.blocks, 0) as blocks,
            coalesce(counted.cells, 0) as cells, grid.area_m2,
            grid.code, event.state as code_state,
            -- A frozen plan is complete, whatever became of its blocks since.
            case when plan.editable then coalesce(counted.blocks = whole.blocks, false)
              else grid.kind <> 'thematic' and 1 = count(*) filter (where grid.kind <> 'thematic') over (partition by grid.community)
            end as whole_community,
            ST_AsBinary(grid.outline) as outline
     from grid join plan on plan.id = grid.plan
     left join counted on counted.grid = grid.id
     left join whole on whole.community = grid.community
     left join lateral (
       select state from grid_code_event where grid_code_event.code = grid.code order by id desc limit 1
     ) as event on true
     left join lateral (
       select jsonb_agg(jsonb_build_object('role', role, 'name', name, 'organ', organ, 'person', person,
         'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by id) as list
       from (select distinct on (role, name) * from clearance where clearance.grid = grid.id order by role, name, id desc) as latest
       where latest.cleared
     ) as cleared on true
     where grid.plan = $1 and grid.living and ($2::text is null or grid.community = $2)
     order by grid.id`,
    [plan, community ?? null],
  );
  return rows;
}

export interface CellRow {
  grid: number;
  number: number;
  households: number;
  population: number;
  buildings: number;
}

/** Cells of all grids of the plan, by number. */
export async function readCellRows(db: Queryable, plan: number): Promise<CellRow[]> {
  const { rows } = await db.query<CellRow>(
    `select grid_block.grid, grid_block.cell as number, sum(block.households)::int as households,
            sum(block.population)::int as population, sum(block.buildings)::int as buildings
     from grid_block join block on block.id = grid_block.block
     where grid_block.plan = $1 and grid_block.cell > 0 group by 1, 2 order by 1, 2`,
    [plan],
  );
  return rows;
}

export interface BlockRow {
  id: number;
  community: string;
  grid: number | null;
  cell: number;
  households: number;
  population: number;
  buildings: number;
  shape: Buffer;
}

/**
 * Common table expression `inherited` (block, grid, cell), to follow `with recursive`: living blocks that were cut out of those of a frozen
 * plan have the grid and cell of the block that they came from. Empty for plans that can be edited: theirs are handed down at once.
 * `which` chooses among the rows of block; $1 is the plan.
 */
export const inheritedAssignments = (which: string): string => `
  line as (
    select block.id as block, block.parent as ancestor from block
    where not (select editable from plan where id = $1) and block.living and block.parent is not null and ${which}
      and not exists (select from grid_block where grid_block.plan = $1 and grid_block.block = block.id)
    union all
    select line.block, whole.parent from line join block as whole on whole.id = line.ancestor
    where not exists (select from grid_block where grid_block.plan = $1 and grid_block.block = whole.id) and whole.parent is not null
  ), inherited as (
    select line.block, held.grid, held.cell from line join grid_block as held on held.plan = $1 and held.block = line.ancestor
  )`;

/** Living blocks of a community, or the living ones of the ids given, with their grid in the plan. */
export async function readBlockRows(
  db: Queryable,
  plan: number,
  which: { community: string } | { ids: readonly number[] },
): Promise<BlockRow[]> {
  const chosen = 'community' in which ? 'block.community = $2' : 'block.id = any($2::integer[])';
  const { rows } = await db.query<BlockRow>(
    `with recursive ${inheritedAssignments(chosen)}
     select block.id, block.community, coalesce(grid_block.grid, inherited.grid) as grid,
            coalesce(grid_block.cell, inherited.cell, 0) as cell,
            block.households, block.population, block.buildings,
            ST_AsBinary(block.shape) as shape
     from block left join grid_block on grid_block.plan = $1 and grid_block.block = block.id
     left join inherited on inherited.block = block.id
     where block.living and ${chosen}
     order by block.id`,
    [plan, 'community' in which ? which.community : which.ids],
  );
  return rows;
}

export interface BuildingRow {
  id: number;
  block: number;
  name: string;
  use: string;
  group: string;
  households: number;
  population: number;
  x: number;
  y: number;
  footprint: Buffer | null;
}

export async function readBuildingRows(db: Queryable, community: string): Promise<BuildingRow[]> {
  const { rows } = await db.query<BuildingRow>(
    `select id, block, name, use, "group", households, population, ST_X(point) as x, ST_Y(point) as y, ST_AsBinary(footprint) as footprint
     from building where community = $1 order by id`,
    [community],
  );
  return rows;
}

export interface BarrierRow {
  id: number;
  class: BarrierClass;
  name: string;
  line: Buffer;
}

/** Barriers whose box meets the community's box. */
export async function readBarrierRows(db: Queryable, community: string): Promise<BarrierRow[]> {
  const { rows } = await db.query<BarrierRow>(
    `select barrier.id, barrier.class, barrier.name, ST_AsBinary(barrier.line) as line
     from barrier join region on barrier.line && region.outline
     where region.code = $1 order by barrier.id`,
    [community],
  );
  return rows;
}

export interface InstitutionRow {
  id: number;
  name: string;
  use: string;
  staff: number | null;
  area: Buffer;
}

/** Institutions whose box meets the community's box. */
export async function readInstitutionRows(db: Queryable, community: string): Promise<InstitutionRow[]> {
  const { rows } = await db.query<InstitutionRow>(
    `select institution.id, institution.name, institution.use, institution.staff, ST_AsBinary(institution.area) as area
     from institution join region on institution.area && region.outline
     where region.code = $1 order by institution.id`,
    [community],
  );
  return rows;
}

export interface EditingRow {
  revision: number;
  undo_stack: number[];
  redo_stack: number[];
}

export async function readEditing(db: Queryable, plan: number, community: string): Promise<EditingRow | null> {
  const { rows } = await db.query<EditingRow>(
    `select revision, undo_stack, redo_stack from plan_community where plan = $1 and community = $2`,
    [plan, community],
  );
  return rows[0] ?? null;
}

/** What an operation was, and the grid it named (or whose cells it changed) or else the first one it made or changed. */
export async function readStep(db: Queryable, operation: number): Promise<StepLabel | null> {
  const { rows } = await db.query<StepLabel>(
    `select case when operation.request #>> '{options,level}' = 'cells' then 'divide-cells' else operation.type end as operation,
            coalesce(grid.name, change #>> '{grids,0,before,name}', change #>> '{grids,0,after,name}') as grid
     from operation
     left join grid on grid.id = case
       when jsonb_typeof(request -> 'grid') = 'number' then (request ->> 'grid')::integer
       when jsonb_typeof(request -> 'into') = 'number' then (request ->> 'into')::integer
       when operation.type = 'cell' then (
         select grid_block.grid from grid_block
         where grid_block.plan = operation.plan and grid_block.block = (request #>> '{blocks,0}')::integer)
       when jsonb_typeof(request -> 'to') = 'number' then (request ->> 'to')::integer
       when jsonb_array_length(case jsonb_typeof(request -> 'grids') when 'array' then request -> 'grids' end) = 1
         then (request #>> '{grids,0}')::integer end
     where operation.id = $1`,
    [operation],
  );
  return rows[0] ?? null;
}
