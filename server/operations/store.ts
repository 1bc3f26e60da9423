// Reading a community for editing and writing what an operation did: one transaction, in SQL.
import type { OperationRecord } from '../../core/api/messages.ts';
import type { Change } from '../../core/plan/change.ts';
import type { Operation, RecordedOperation } from '../../core/plan/operation.ts';
import type { Grid, GridKind, StaffMember } from '../../core/plan/state.ts';
import type { Issue, IssuedCode } from '../../core/rules/rule.ts';
import type { Queryable } from '../database/queryable.ts';

export interface LockedCommunity {
  editable: boolean;
  profile: string;
  profileVersion: number;
  revision: number;
  undo_stack: number[];
  redo_stack: number[];
}

/** Locks the community of the plan until the transaction ends; null where the plan has no such community. */
export async function lockCommunity(db: Queryable, plan: number, community: string): Promise<LockedCommunity | null> {
  // The plan first: whoever issues codes holds it before the communities, and nobody waits for the other in a circle.
  await db.query(`select from plan where id = $1 for share`, [plan]);
  const { rows } = await db.query<LockedCommunity>(
    `select plan.editable, plan.profile, plan.profile_version as "profileVersion", plan_community.revision, plan_community.undo_stack, plan_community.redo_stack
     from plan_community join plan on plan.id = plan_community.plan
     where plan_community.plan = $1 and plan_community.community = $2
     for update of plan_community`,
    [plan, community],
  );
  return rows[0] ?? null;
}

/** Holds off whoever cuts these blocks, in another plan or from a community beside it; any number of other operations hold them at once. */
export async function holdGeometry(db: Queryable, community: string): Promise<void> {
  await db.query(`select from region where code = $1 for share`, [community]);
}

/** For the rest of the transaction the communities around this one are in reach, too: a cut puts vertices on the common border. */
export async function reachNeighbours(db: Queryable, community: string): Promise<void> {
  await db.query(`select set_config('onegrid.beside', array_to_string(communities_beside($1), ','), true)`, [community]);
}

/** Locks the blocks of the community and of those that touch it, in the order of their codes, so that two cuts never wait for each other. */
export async function lockGeometry(db: Queryable, community: string): Promise<void> {
  await db.query(
    `select code from region where code in (
       select other.code from region as own join region as other on other.level = 'community' and other.outline && own.outline
       where own.code = $1)
     order by code for update`,
    [community],
  );
}

export async function readCommunity(db: Queryable, community: string): Promise<{ code: string; name: string; kind: 'urban' | 'rural' }> {
  const { rows } = await db.query(`select code, name, kind from region where code = $1`, [community]);
  return rows[0];
}

/** What tells whether a community is still what it was. */
export interface Standing {
  editable: boolean;
  profile: string;
  profileVersion: number;
  revision: number;
  /** Revision of its blocks, which another plan may refine. */
  blocks: number;
}

/** From here on the transaction sees one moment, and writes nothing. Has to be its first statement. */
export async function freezeView(db: Queryable): Promise<void> {
  await db.query('set transaction isolation level repeatable read, read only');
}

/** null: the plan has no such community. */
export async function readStanding(db: Queryable, plan: number, community: string): Promise<Standing | null> {
  const { rows } = await db.query<Standing>(
    `select plan.editable, plan.profile, plan.profile_version as "profileVersion", plan_community.revision,
            region.block_revision as blocks
     from plan_community join plan on plan.id = plan_community.plan join region on region.code = plan_community.community
     where plan_community.plan = $1 and plan_community.community = $2`,
    [plan, community],
  );
  return rows[0] ?? null;
}

export interface NeighbourRow {
  id: number;
  community: string;
  households: number;
  population: number;
  buildings: number;
  shape: Buffer;
}

/** Living blocks of other communities whose box meets the community's outline. */
export async function readNeighbours(db: Queryable, community: string): Promise<NeighbourRow[]> {
  const { rows } = await db.query<NeighbourRow>(
    `select block.id, block.community, block.households, block.population, block.buildings, ST_AsBinary(block.shape) as shape
     from region join block on block.shape && region.outline
     join region as home on home.code = block.community and (home.valid_to is null) = (region.valid_to is null)
     where region.code = $1 and block.living and block.community <> $1 and ST_Intersects(block.shape, region.outline)
     order by block.id`,
    [community],
  );
  return rows;
}

export interface EditedGridRow {
  id: number;
  kind: GridKind;
  name: string;
  reason: string;
  party: string;
  staff: StaffMember[];
  locked: boolean;
  outline: Buffer | null;
}

/** Living grids of the community; `outline` for thematic grids only. */
export async function readGrids(db: Queryable, plan: number, community: string): Promise<EditedGridRow[]> {
  const { rows } = await db.query<EditedGridRow>(
    `select id, kind, name, reason, party, staff, locked, case when kind = 'thematic' then ST_AsBinary(outline) end as outline
     from grid where plan = $1 and community = $2 and living order by id`,
    [plan, community],
  );
  return rows;
}

/** Living descendants of blocks that were split since the caller saw them. */
export async function readDescendants(db: Queryable, blocks: readonly number[]): Promise<{ ancestor: number; id: number }[]> {
  const { rows } = await db.query<{ ancestor: number; id: number }>(
    `with recursive line as (
       select id as ancestor, id, living from block where id = any($1::integer[])
       union all
       select line.ancestor, block.id, block.living from line join block on block.parent = line.id
     )
     select ancestor, id from line where living order by id`,
    [blocks],
  );
  return rows;
}

/** Ids for so many new blocks and grids. */
export async function reserveIds(db: Queryable, counts: { blocks: number; grids: number }): Promise<{ blocks: number[]; grids: number[] }> {
  if (counts.blocks + counts.grids === 0) return { blocks: [], grids: [] };
  const { rows } = await db.query<{ blocks: number[]; grids: number[] }>(
    // The names are looked up once: that takes longer than counting.
    `with sequence as materialized (
       select pg_get_serial_sequence('block', 'id')::regclass as block, pg_get_serial_sequence('grid', 'id')::regclass as grid
     )
     select array(select nextval(block)::int from generate_series(1, $1)) as blocks,
            array(select nextval(grid)::int from generate_series(1, $2)) as grids
     from sequence`,
    [counts.blocks, counts.grids],
  );
  return rows[0] as { blocks: number[]; grids: number[] };
}

export interface NewBlock {
  id: number;
  parent: number;
  community: string;
  households: number;
  population: number;
  buildings: number;
  shape: Buffer;
}

/** Blocks refined: children in, parents retired, every draft plan's assignments handed down (I5). */
export async function writeSplits(db: Queryable, children: readonly NewBlock[]): Promise<void> {
  if (children.length === 0) return;
  const parents = [...new Set(children.map((child) => child.parent))];
  await db.query(`update block set living = false where id = any($1::integer[])`, [parents]);
  await db.query(
    `insert into block (id, parent, community, households, population, buildings, shape)
     select id, parent, community, households, population, buildings, ST_GeomFromWKB(shape, 4490)
     from unnest($1::integer[], $2::integer[], $3::text[], $4::integer[], $5::integer[], $6::integer[], $7::bytea[])
       as child (id, parent, community, households, population, buildings, shape)`,
    [
      children.map((child) => child.id),
      children.map((child) => child.parent),
      children.map((child) => child.community),
      children.map((child) => child.households),
      children.map((child) => child.population),
      children.map((child) => child.buildings),
      children.map((child) => child.shape),
    ],
  );
  await db.query(
    `with former as (
       delete from grid_block using plan
       where grid_block.block = any($1::integer[]) and plan.id = grid_block.plan and plan.editable
       returning grid_block.plan, grid_block.community, grid_block.block, grid_block.grid, grid_block.cell
     )
     insert into grid_block (plan, community, block, grid, cell)
     select former.plan, former.community, child.id, former.grid, former.cell
     from former join unnest($2::integer[], $3::integer[]) as child (id, parent) on child.parent = former.block`,
    [parents, children.map((child) => child.id), children.map((child) => child.parent)],
  );
}

export async function writeShapes(db: Queryable, shapes: readonly { block: number; shape: Buffer }[]): Promise<void> {
  if (shapes.length === 0) return;
  await db.query(
    `update block set shape = ST_GeomFromWKB(given.shape, 4490)
     from unnest($1::integer[], $2::bytea[]) as given (id, shape) where block.id = given.id`,
    [shapes.map(({ block }) => block), shapes.map(({ shape }) => shape)],
  );
}

export async function writeHomes(db: Queryable, homes: Change['rehoused']): Promise<void> {
  if (homes.length === 0) return;
  await db.query(
    `update building set block = given.block
     from unnest($1::integer[], $2::integer[]) as given (id, block) where building.id = given.id`,
    [homes.map(([building]) => building), homes.map(([, block]) => block)],
  );
}

/** Shapes of all living blocks of the communities. */
export async function readShapes(db: Queryable, communities: readonly string[]): Promise<{ community: string; shape: Buffer }[]> {
  if (communities.length === 0) return [];
  const { rows } = await db.query<{ community: string; shape: Buffer }>(
    `select community, ST_AsBinary(shape) as shape from block where community = any($1::text[]) and living`,
    [communities],
  );
  return rows;
}

/** Writes the outlines of communities whose blocks changed and raises their block revisions. */
export async function writeRegionOutlines(db: Queryable, outlines: ReadonlyMap<string, Buffer>): Promise<void> {
  await db.query(
    `update region set outline = ST_GeomFromWKB(given.outline, 4490), block_revision = block_revision + 1
     from unnest($1::text[], $2::bytea[]) as given (code, outline) where region.code = given.code`,
    [[...outlines.keys()], [...outlines.values()]],
  );
}

export interface StoredGrid {
  grid: Grid;
  outline: Buffer;
  households: number;
  population: number;
  buildings: number;
  area_m2: number;
}

/** Inserts or rewrites grids; a grid that comes back by undo lives again. */
export async function writeGrids(db: Queryable, plan: number, grids: readonly StoredGrid[]): Promise<void> {
  if (grids.length === 0) return;
  await db.query(
    `insert into grid (id, plan, community, kind, name, reason, party, staff, locked, living, outline,
                       households, population, buildings, area_m2)
     select id, $1, community, kind, name, reason, party, staff::jsonb, locked, true, ST_GeomFromWKB(outline, 4490),
            households, population, buildings, area_m2
     from unnest($2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::boolean[], $10::bytea[],
                 $11::integer[], $12::integer[], $13::integer[], $14::float8[])
       as given (id, community, kind, name, reason, party, staff, locked, outline, households, population, buildings, area_m2)
     on conflict (id) do update set
       kind = excluded.kind, name = excluded.name, reason = excluded.reason, party = excluded.party, staff = excluded.staff,
       locked = excluded.locked, living = true, outline = excluded.outline, households = excluded.households,
       population = excluded.population, buildings = excluded.buildings, area_m2 = excluded.area_m2`,
    [
      plan,
      grids.map(({ grid }) => grid.id),
      grids.map(({ grid }) => grid.community),
      grids.map(({ grid }) => grid.kind),
      grids.map(({ grid }) => grid.name),
      grids.map(({ grid }) => grid.reason),
      grids.map(({ grid }) => grid.party),
      grids.map(({ grid }) => JSON.stringify(grid.staff)),
      grids.map(({ grid }) => grid.locked),
      grids.map(({ outline }) => outline),
      grids.map(({ households }) => households),
      grids.map(({ population }) => population),
      grids.map(({ buildings }) => buildings),
      grids.map(({ area_m2 }) => area_m2),
    ],
  );
}

/** Removed grids stay for history, undo and their codes. */
export async function retireGrids(db: Queryable, grids: readonly number[]): Promise<void> {
  if (grids.length === 0) return;
  await db.query(`update grid set living = false where id = any($1::integer[])`, [grids]);
}

export async function writeAssignments(db: Queryable, plan: number, community: string, assignments: Change['assignments']): Promise<void> {
  if (assignments.length === 0) return;
  const drawn = assignments.filter(({ to }) => to !== null);
  const emptied = assignments.filter(({ to }) => to === null);
  if (emptied.length > 0) {
    await db.query(`delete from grid_block where plan = $1 and block = any($2::integer[])`, [plan, emptied.map(({ block }) => block)]);
  }
  if (drawn.length > 0) {
    await db.query(
      `insert into grid_block (plan, community, block, grid)
       select $1, $2, block, grid from unnest($3::integer[], $4::integer[]) as given (block, grid)
       on conflict (plan, block) do update set grid = excluded.grid`,
      [plan, community, drawn.map(({ block }) => block), drawn.map(({ to }) => to)],
    );
  }
}

/** After the assignments: a block that is in no grid is in no cell. */
export async function writeCells(db: Queryable, plan: number, cells: Change['cells']): Promise<void> {
  if (cells.length === 0) return;
  await db.query(
    `update grid_block set cell = given.cell
     from unnest($2::integer[], $3::smallint[]) as given (block, cell)
     where grid_block.plan = $1 and grid_block.block = given.block and grid_block.cell <> given.cell`,
    [plan, cells.map(({ block }) => block), cells.map(({ to }) => to)],
  );
}

/** Other draft plans' grids and neighbouring communities' grids that hold any of the blocks. */
export async function readHolders(
  db: Queryable,
  blocks: readonly number[],
  except: readonly number[],
): Promise<{ plan: number; grid: number; community: string }[]> {
  if (blocks.length === 0) return [];
  const { rows } = await db.query<{ plan: number; grid: number; community: string }>(
    `select distinct grid_block.plan, grid_block.grid, grid_block.community
     from grid_block join plan on plan.id = grid_block.plan
     where grid_block.block = any($1::integer[]) and plan.editable and grid_block.grid <> all($2::integer[])
     order by grid_block.grid`,
    [blocks, except],
  );
  return rows;
}

export async function readGridShapes(db: Queryable, grids: readonly number[]): Promise<{ grid: number; shape: Buffer }[]> {
  const { rows } = await db.query<{ grid: number; shape: Buffer }>(
    `select grid_block.grid, ST_AsBinary(block.shape) as shape
     from grid_block join block on block.id = grid_block.block where grid_block.grid = any($1::integer[])`,
    [grids],
  );
  return rows;
}

/** New vertices on the outlines of grids whose borders did not move. */
export async function writeGridOutlines(db: Queryable, outlines: readonly { grid: number; outline: Buffer }[]): Promise<void> {
  if (outlines.length === 0) return;
  await db.query(
    `update grid set outline = ST_GeomFromWKB(given.outline, 4490)
     from unnest($1::integer[], $2::bytea[]) as given (id, outline) where grid.id = given.id`,
    [outlines.map(({ grid }) => grid), outlines.map(({ outline }) => outline)],
  );
}

/** Names of the living grids of the town in the plan, with how often each occurs. */
export async function readTownNames(db: Queryable, plan: number, town: string): Promise<Map<string, number>> {
  const { rows } = await db.query<{ name: string; times: number }>(
    `select name, count(*)::int as times from grid where plan = $1 and living and starts_with(community, $2) group by name`,
    [plan, town],
  );
  return new Map(rows.map((row) => [row.name, row.times]));
}

/** Waits for whoever else gives or gives up names in the town, so that each sees the other's. */
export async function lockTownNames(db: Queryable, plan: number, town: string): Promise<void> {
  await db.query(`select pg_advisory_xact_lock($1, hashtext($2))`, [plan, town]);
}

/** Other communities of the same town with living grids of these names. */
export async function readBearers(db: Queryable, plan: number, community: string, names: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ community: string }>(
    `select distinct community from grid
     where plan = $1 and living and starts_with(community, left($2, 9)) and community <> $2 and name = any($3::text[])
     order by community`,
    [plan, community, names],
  );
  return rows.map((row) => row.community);
}

export interface Register {
  households: number;
  population: number;
  buildings: number;
}

/** What the building list of the community adds up to (I6). */
export async function readRegister(db: Queryable, community: string): Promise<Register> {
  const { rows } = await db.query<Register>(
    `select coalesce(sum(households), 0)::int as households, coalesce(sum(population), 0)::int as population,
            count(*)::int as buildings from building where community = $1`,
    [community],
  );
  return rows[0] as Register;
}

export interface Coding {
  planCoded: boolean;
  communityEnded: boolean;
  codes: (IssuedCode & { grid: number })[];
}

/** Whether any grid of the plan bears a code, whether the community still is, and the codes of its living grids. */
export async function readCoding(db: Queryable, plan: number, community: string): Promise<Coding> {
  const { rows } = await db.query<Coding>(
    `select exists (select from grid where grid.plan = plan.id and grid.code is not null) as "planCoded",
            exists (select from region where region.code = $2 and valid_to is not null) as "communityEnded",
            coalesce((
              select jsonb_agg(jsonb_build_object('grid', grid.id, 'code', grid.code, 'state', event.state) order by grid.id)
              from grid cross join lateral (
                select state from grid_code_event where grid_code_event.code = grid.code order by id desc limit 1
              ) as event
              where grid.plan = plan.id and grid.community = $2 and grid.living), '[]') as codes
     from plan where plan.id = $1`,
    [plan, community],
  );
  return rows[0] as Coding;
}

export interface DepartmentGridRow {
  id: number;
  department: string;
  name: string;
  outsideShare: number;
  area: Buffer;
}

/** Departments' old grids whose box meets the community's box. What lies in no community counts where most of the grid lies. */
export async function readDepartmentGrids(db: Queryable, community: string): Promise<DepartmentGridRow[]> {
  const { rows } = await db.query<DepartmentGridRow>(
    `select department_grid.id, department_grid.department, department_grid.name, ST_AsBinary(department_grid.area) as area,
            case when department_grid.home = region.code then department_grid.outside_share else 0 end as "outsideShare"
     from department_grid join region on department_grid.area && region.outline
     where region.code = $1 order by department_grid.id`,
    [community],
  );
  return rows;
}

export async function writeIssues(db: Queryable, plan: number, community: string, issues: readonly Issue[]): Promise<void> {
  await db.query(`update plan_community set issues = $3, errors = $4, warnings = $5, excused = $6 where plan = $1 and community = $2`, [
    plan,
    community,
    ...issueColumns(issues),
  ]);
}

function issueColumns(issues: readonly Issue[]): [issues: string, errors: number, warnings: number, excused: number] {
  const open = issues.filter((issue) => !issue.excused);
  return [
    JSON.stringify(issues),
    open.filter((issue) => issue.severity === 'error').length,
    open.filter((issue) => issue.severity === 'warning').length,
    issues.filter((issue) => issue.excused).length,
  ];
}

export async function insertOperation(
  db: Queryable,
  row: { plan: number; community: string; revision: number; actor: string; request: RecordedOperation; change: Change; reason: string },
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `insert into operation (plan, community, revision, actor, type, request, change, reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [
      row.plan,
      row.community,
      row.revision,
      row.actor,
      row.request.type,
      JSON.stringify(row.request),
      JSON.stringify(row.change),
      row.reason,
    ],
  );
  return (rows[0] as { id: number }).id;
}

/** What an operation makes of the community's row. */
export async function writeRevision(
  db: Queryable,
  plan: number,
  community: string,
  next: { revision: number; undo: readonly number[]; redo: readonly number[]; issues: readonly Issue[] },
): Promise<void> {
  await db.query(
    `update plan_community
     set issues = $3, errors = $4, warnings = $5, excused = $6, revision = $7, undo_stack = $8, redo_stack = $9
     where plan = $1 and community = $2`,
    [plan, community, ...issueColumns(next.issues), next.revision, next.undo, next.redo],
  );
}

export async function readChange(db: Queryable, operation: number): Promise<{ request: Operation; change: Change }> {
  const { rows } = await db.query<{ request: Operation; change: Change }>(`select request, change from operation where id = $1`, [
    operation,
  ]);
  return rows[0] as { request: Operation; change: Change };
}

/** Grids that were touched and blocks that were moved, or came into another cell, in the community after the revision. */
export async function readTouchedSince(
  db: Queryable,
  plan: number,
  community: string,
  revision: number,
): Promise<{ grids: number[]; blocks: number[] }> {
  const { rows } = await db.query<{ grids: number[]; blocks: number[] }>(
    `with recent as (
       select change from operation where plan = $1 and community = $2 and revision > $3
     ), move as (
       select (item ->> 'block')::integer as block, (item ->> 'from')::integer as former, (item ->> 'to')::integer as latter
       from recent, jsonb_array_elements(change -> 'assignments') as item
     ), cell as (
       select (item ->> 'block')::integer as block from recent, jsonb_array_elements(change -> 'cells') as item
     ), touched as (
       select former as grid from move union select latter from move
       union select (item #>> '{before,id}')::integer from recent, jsonb_array_elements(change -> 'grids') as item
       union select (item #>> '{after,id}')::integer from recent, jsonb_array_elements(change -> 'grids') as item
     )
     select array(select grid from touched where grid is not null) as grids, array(select block from move union select block from cell) as blocks`,
    [plan, community, revision],
  );
  return rows[0] as { grids: number[]; blocks: number[] };
}

/** Draft plans other than this one that hold the community. */
export async function readOtherPlans(
  db: Queryable,
  plan: number,
  communities: readonly string[],
): Promise<{ plan: number; community: string }[]> {
  const { rows } = await db.query<{ plan: number; community: string }>(
    `select plan_community.plan, plan_community.community from plan_community join plan on plan.id = plan_community.plan
     where plan.editable and plan_community.community = any($2::text[])
       and (plan_community.plan, plan_community.community) <> ($1, $3) order by 1, 2`,
    [plan, communities, communities[0]],
  );
  return rows;
}

/** History, newest first. */
export async function readHistory(
  db: Queryable,
  plan: number,
  filter: { community?: string | undefined; before?: number | undefined; limit: number },
): Promise<OperationRecord[]> {
  const { rows } = await db.query<OperationRecord>(
    `select id, community, revision, at, actor, request as operation, reason from operation
     where plan = $1 and ($2::text is null or community = $2) and ($3::integer is null or id < $3)
     order by id desc limit $4`,
    [plan, filter.community ?? null, filter.before ?? null, filter.limit],
  );
  return rows;
}
