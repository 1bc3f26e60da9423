// Copying an official plan, or some communities of it, in SQL.
import type { PlanState } from '../../core/lifecycle/state.ts';
import type { Queryable } from '../database/queryable.ts';

export interface Branching {
  readonly state: PlanState;
  readonly region: string;
  /** Those of the communities that the plan divides → the plan that is official there now; null: none is. */
  readonly official: ReadonlyMap<string, number | null>;
}

/** Held, so that no other layout turns official in its place meanwhile; null: there is no such plan. */
export async function readBranching(db: Queryable, plan: number, communities: readonly string[]): Promise<Branching | null> {
  const { rows } = await db.query<{ state: PlanState; region: string }>(`select state, region from plan where id = $1 for share`, [plan]);
  if (!rows[0]) return null;
  const divided = await db.query<{ community: string; plan: number | null }>(
    `select plan_community.community, official_layout.plan
     from plan_community left join official_layout
       on official_layout.community = plan_community.community and official_layout.valid_to is null
     where plan_community.plan = $1 and plan_community.community = any($2::text[])`,
    [plan, communities],
  );
  return { ...rows[0], official: new Map(divided.rows.map((row) => [row.community, row.plan])) };
}

/** Nobody cuts blocks in the communities until the transaction ends. */
export async function holdCommunities(db: Queryable, communities: readonly string[]): Promise<void> {
  await db.query(`select from region where code = any($1::text[]) order by code for share`, [communities]);
}

/** The smallest region above communities that holds all of these. */
export async function findCommonRegion(db: Queryable, communities: readonly string[]): Promise<string | null> {
  const { rows } = await db.query<{ code: string }>(
    `select code from region
     where level <> 'community' and (select bool_and(starts_with(community, code)) from unnest($1::text[]) as given (community))
     order by length(code) desc limit 1`,
    [communities],
  );
  return rows[0]?.code ?? null;
}

/** A draft of those communities by the same rules and codes; answers its id. */
export async function copyPlan(
  db: Queryable,
  parent: number,
  { name, region, communities }: { name: string; region: string; communities: readonly string[] },
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `insert into plan (name, region, profile, profile_version, scheme, scheme_version, parent)
     select $2, $3, profile, profile_version, scheme, scheme_version, id from plan where id = $1 returning id`,
    [parent, name, region],
  );
  const { id } = rows[0] as { id: number };
  await db.query(`insert into plan_community (plan, community) select $1, unnest($2::text[])`, [id, communities]);
  return id;
}

/**
 * Every living grid of the parent in the communities of the new plan, with its code, and its blocks: where one was split since, its
 * living descendants, in the same grid and cell.
 */
export async function copyGrids(db: Queryable, parent: number, plan: number): Promise<void> {
  await db.query(
    `insert into grid (plan, community, kind, name, reason, party, staff, locked, code, origin, outline,
                       households, population, buildings, area_m2)
     select $2, community, kind, name, reason, party, staff, locked, code, id, outline, households, population, buildings, area_m2
     from grid where plan = $1 and living and community in (select community from plan_community where plan = $2) order by id`,
    [parent, plan],
  );
  await db.query(
    `with recursive line as (
       select copy.id as grid, grid_block.community, grid_block.cell, block.id, block.living
       from grid as copy join grid_block on grid_block.grid = copy.origin join block on block.id = grid_block.block
       where copy.plan = $1
       union all
       select line.grid, line.community, line.cell, child.id, child.living from line join block as child on child.parent = line.id
     )
     insert into grid_block (plan, community, block, grid, cell) select $1, community, id, grid, cell from line where living`,
    [plan],
  );
}
