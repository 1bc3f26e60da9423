// The communities that a division is about, in SQL.
import { REACHING_SHARE } from '../../core/one-net/start.ts';
import type { Queryable } from '../database/queryable.ts';

export interface CommunityToDivide {
  code: string;
  name: string;
}

/**
 * Communities of the plan within the region, in the order of their codes. `onlyEmpty`: those where no block is in a grid. `department`:
 * those that have its old grids, or that others of them reach into.
 */
export async function listCommunities(
  db: Queryable,
  plan: number,
  { region, onlyEmpty, department }: { region: string; onlyEmpty: boolean; department?: string | undefined },
): Promise<CommunityToDivide[]> {
  const { rows } = await db.query<CommunityToDivide>(
    `select region.code, region.name from plan_community join region on region.code = plan_community.community
     where plan_community.plan = $1 and starts_with(region.code, $2)
       and not ($3 and exists (
         select from grid_block where grid_block.plan = plan_community.plan and grid_block.community = plan_community.community))
       and ($4::text is null or exists (
         select from department_grid where department_grid.department = $4 and department_grid.area && region.outline
           and (department_grid.home = region.code or ST_Area(ST_Intersection(department_grid.area, region.outline))
             >= $5 * least(ST_Area(department_grid.area), ST_Area(region.outline)))))
     order by region.code`,
    [plan, region, onlyEmpty, department ?? null, REACHING_SHARE],
  );
  return rows;
}

/** Those of the grids that the community does not have, in their order. */
export async function unknownGrids(db: Queryable, plan: number, community: string, grids: readonly number[]): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select wanted.id from unnest($3::integer[]) with ordinality as wanted (id, position)
     where not exists (select from grid where grid.plan = $1 and grid.community = $2 and grid.id = wanted.id and grid.living)
     order by wanted.position`,
    [plan, community, grids],
  );
  return rows.map(({ id }) => id);
}

/** Newest revision of each of these communities. */
export async function readRevisions(db: Queryable, plan: number, communities: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await db.query<{ community: string; revision: number }>(
    `select community, revision from plan_community where plan = $1 and community = any($2::text[])`,
    [plan, communities],
  );
  return new Map(rows.map(({ community, revision }) => [community, revision]));
}
