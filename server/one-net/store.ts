// Departments' old grids, in SQL: written by imports, read for the overlap with a plan.
import { reaches } from '../../core/accounts/reach.ts';
import type { DepartmentGridChange } from '../../core/api/import-messages.ts';
import type { OneNetDepartment } from '../../core/api/one-net-messages.ts';
import type { ReadDepartmentGrid } from '../../core/one-net/read-department-grids.ts';
import type { Actor } from '../audit/audit.ts';
import { inChunks } from '../database/in-chunks.ts';
import type { Queryable } from '../database/queryable.ts';
import { multiPolygonToWkb } from '../database/wkb.ts';
import { inheritedAssignments } from '../layout/store.ts';
import { IN_ITS_PLACE } from '../regions/store.ts';

const COUNTY_DIGITS = 6;

export interface WrittenDepartmentGrids {
  /** By department and county. */
  readonly changes: readonly DepartmentGridChange[];
  /** Row numbers of those that lie in no community within the writer's reach: they are not stored. */
  readonly outside: readonly number[];
}

/**
 * Stores old grids in the caller's transaction, after its communities. They take the place of all that the same department had in the
 * same counties, as far as the writer reaches; those that are there already just like this stay, so that the same file changes nothing. Says what became of them.
 */
export async function writeDepartmentGrids(
  db: Queryable,
  by: Pick<Actor, 'region'>,
  rows: readonly ReadDepartmentGrid[],
): Promise<WrittenDepartmentGrids> {
  const ids = await insertGrids(db, rows);
  await settleDepartmentGrids(db, ids);
  const feature = new Map(ids.map((id, i) => [id, (rows[i] as ReadDepartmentGrid).feature]));
  const stored = await readRivals(db, ids);
  const isNew = ({ id }: Rival): boolean => feature.has(id);
  const outside = stored.filter((grid) => isNew(grid) && (grid.home === null || !reaches(by.region, grid.home)));
  const placed = stored.filter((grid) => isNew(grid) && !outside.includes(grid));
  const tallies = new Map<string, Tally>();
  for (const grid of placed) tallyOf(tallies, grid).fresh.push(grid);
  const isOwn = ({ home }: Rival): boolean => home !== null && reaches(by.region, home);
  for (const grid of stored) if (!isNew(grid) && isOwn(grid)) tallies.get(scopeOf(grid))?.former.push(grid);
  const settled = [...tallies.values()].map((tally) => ({ ...tally, ...comparison(tally) }));
  await deleteGrids(
    db,
    [...outside, ...settled.flatMap(({ doubles, gone }) => [...doubles, ...gone])].map(({ id }) => id),
  );
  const names = await regionNames(db, [...new Set(settled.map(({ county }) => county))]);
  const changes = settled.map(({ department, county, fresh, doubles, gone }) => ({
    department,
    county: { code: county, name: names.get(county) ?? county },
    added: fresh.length - doubles.length,
    unchanged: doubles.length,
    removed: gone.length,
  }));
  return { changes, outside: outside.map(({ id }) => feature.get(id) as number).sort((a, b) => a - b) };
}

/** Works out anew in which community the grids lie, and how much of each lies in none; after communities came or changed, for all in them. */
export async function settleDepartmentGrids(db: Queryable, grids: readonly number[]): Promise<void> {
  await db.query(
    `with held as (
       select department_grid.id, region.code,
              case when ST_Covers(region.outline, department_grid.area) then ST_Area(department_grid.area)
                   else ST_Area(ST_Intersection(department_grid.area, region.outline)) end as shared
       from department_grid join region on region.level = 'community' and region.outline && department_grid.area and ${IN_ITS_PLACE}
       where department_grid.id = any($1::integer[])
     ), settled as (
       select wanted.id, (array_agg(held.code order by held.shared desc, held.code) filter (where held.shared > 0))[1] as home,
              coalesce(sum(held.shared), 0) as shared
       from unnest($1::integer[]) as wanted (id) left join held on held.id = wanted.id
       group by wanted.id
     )
     update department_grid set home = settled.home, outside_share = greatest(0, 1 - settled.shared / ST_Area(department_grid.area))
     from settled where settled.id = department_grid.id`,
    [grids],
  );
}

/** Old grids that meet the communities: they have to be settled again when those changed. */
export async function departmentGridsAround(db: Queryable, communities: readonly string[]): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select distinct department_grid.id from department_grid join region on region.outline && department_grid.area
     where region.code = any($1::text[]) or department_grid.home = any($1::text[]) order by department_grid.id`,
    [communities],
  );
  return rows.map(({ id }) => id);
}

async function insertGrids(db: Queryable, rows: readonly ReadDepartmentGrid[]): Promise<number[]> {
  const ids: number[] = [];
  await inChunks(rows, async (part) => {
    const inserted = await db.query<{ id: number }>(
      `insert into department_grid (department, code, name, area)
       select department, code, name, ST_GeomFromWKB(area, 4490)
       from unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) with ordinality as given (department, code, name, area, position)
       order by position returning id`,
      [
        part.map(({ department }) => department),
        part.map(({ code }) => code),
        part.map(({ name }) => name),
        part.map(({ area }) => multiPolygonToWkb(area)),
      ],
    );
    ids.push(...inserted.rows.map(({ id }) => id));
  });
  return ids.sort((a, b) => a - b);
}

interface Rival {
  readonly id: number;
  readonly department: string;
  readonly home: string | null;
  /** Equal where code, name and area are. */
  readonly content: string;
}

/** The grids, and all others of their departments. */
async function readRivals(db: Queryable, grids: readonly number[]): Promise<Rival[]> {
  const { rows } = await db.query<Rival>(
    `select id, department, home, md5(row(code, name)::text || encode(ST_AsBinary(area), 'hex')) as content
     from department_grid
     where department in (select department from department_grid where id = any($1::integer[]))
     order by id`,
    [grids],
  );
  return rows;
}

interface Tally {
  readonly department: string;
  readonly county: string;
  readonly fresh: Rival[];
  readonly former: Rival[];
}

const countyOf = ({ home }: Rival): string => (home ?? '').slice(0, COUNTY_DIGITS);
const scopeOf = (grid: Rival): string => JSON.stringify([grid.department, countyOf(grid)]);

function tallyOf(tallies: Map<string, Tally>, grid: Rival): Tally {
  const scope = scopeOf(grid);
  const known = tallies.get(scope) ?? { department: grid.department, county: countyOf(grid), fresh: [], former: [] };
  tallies.set(scope, known);
  return known;
}

/** New ones that were there already, and former ones that are there no longer. */
function comparison({ fresh, former }: Tally): { doubles: Rival[]; gone: Rival[] } {
  const left = new Map<string, Rival[]>();
  for (const grid of former) left.set(grid.content, [...(left.get(grid.content) ?? []), grid]);
  const doubles = fresh.filter(({ content }) => left.get(content)?.pop() !== undefined);
  return { doubles, gone: [...left.values()].flat() };
}

async function deleteGrids(db: Queryable, grids: readonly number[]): Promise<void> {
  await db.query(`delete from department_grid where id = any($1::integer[])`, [grids]);
}

async function regionNames(db: Queryable, codes: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ code: string; name: string }>(`select code, name from region where code = any($1::text[])`, [codes]);
  return new Map(rows.map(({ code, name }) => [code, name]));
}

/** Departments with old grids in the communities of the plan. */
export async function listDepartments(db: Queryable, plan: number): Promise<OneNetDepartment[]> {
  const { rows } = await db.query<OneNetDepartment>(
    `select department_grid.department, count(*)::int as grids
     from department_grid join plan_community on plan_community.plan = $1 and plan_community.community = department_grid.home
     group by 1 order by 1`,
    [plan],
  );
  return rows;
}

export interface OldGridRow {
  id: number;
  department: string;
  code: string;
  name: string;
  home: string;
  homeName: string;
  outsideShare: number;
  area: Buffer;
}

const OLD_GRID = `department_grid.id, department_grid.department, department_grid.code, department_grid.name,
  department_grid.home, region.name as "homeName", department_grid.outside_share as "outsideShare", ST_AsBinary(department_grid.area) as area`;

/** Old grids of a department, or of all, that lie for the most part in communities of the plan. */
export async function readOldGrids(db: Queryable, plan: number, department: string | null): Promise<OldGridRow[]> {
  const { rows } = await db.query<OldGridRow>(
    `select ${OLD_GRID}
     from department_grid join plan_community on plan_community.plan = $1 and plan_community.community = department_grid.home
     join region on region.code = department_grid.home
     where $2::text is null or department_grid.department = $2
     order by department_grid.department, department_grid.code, department_grid.name, department_grid.id`,
    [plan, department],
  );
  return rows;
}

/** Old grids of a department that meet a community. */
export async function readOldGridsOf(db: Queryable, community: string, department: string): Promise<OldGridRow[]> {
  const { rows } = await db.query<OldGridRow>(
    `select ${OLD_GRID}
     from department_grid join region on department_grid.area && region.outline and ST_Intersects(department_grid.area, region.outline)
     where region.code = $1 and department_grid.department = $2 order by department_grid.id`,
    [community, department],
  );
  return rows;
}

/** Names that the other communities of the town bear in the plan, or that the department's old grids bear which lie there. */
export async function readNamesElsewhere(db: Queryable, plan: number, community: string, department: string): Promise<Set<string>> {
  const { rows } = await db.query<{ name: string }>(
    `select name from grid where plan = $1 and living and left(community, 9) = left($2, 9) and community <> $2
     union
     select name from department_grid where department = $3 and left(home, 9) = left($2, 9) and home <> $2`,
    [plan, community, department],
  );
  return new Set(rows.map(({ name }) => name.trim()));
}

export interface NewGridRow {
  id: number;
  name: string;
  code: string | null;
  communityName: string;
  outline: Buffer;
}

/** Living grids of the plan that hold blocks. */
export async function readNewGrids(db: Queryable, plan: number): Promise<NewGridRow[]> {
  const { rows } = await db.query<NewGridRow>(
    `select grid.id, grid.name, grid.code, region.name as "communityName", ST_AsBinary(grid.outline) as outline
     from grid join region on region.code = grid.community
     where grid.plan = $1 and grid.living and grid.kind <> 'thematic' order by grid.id`,
    [plan],
  );
  return rows;
}

export interface HomeRow {
  /** Degrees. */
  x: number;
  y: number;
  households: number;
  grid: number | null;
}

/** Buildings with households in the communities of the plan, with the grid of their block. */
export async function readHomes(db: Queryable, plan: number): Promise<HomeRow[]> {
  const { rows } = await db.query<HomeRow>(
    `with recursive ${inheritedAssignments('block.community in (select community from plan_community where plan = $1)')}
     select ST_X(building.point) as x, ST_Y(building.point) as y, building.households,
            coalesce(grid_block.grid, inherited.grid) as grid
     from plan_community join building on building.community = plan_community.community
     left join grid_block on grid_block.plan = $1 and grid_block.block = building.block
     left join inherited on inherited.block = building.block
     where plan_community.plan = $1 and building.households > 0`,
    [plan],
  );
  return rows;
}
