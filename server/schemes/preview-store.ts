// Grids for the preview of a code scheme, in SQL.
import type { GridKind } from '../../core/plan/state.ts';
import type { Queryable } from '../database/queryable.ts';

export interface PreviewedGrid {
  id: number;
  community: string;
  kind: GridKind;
  name: string;
  code: string | null;
  outline: Buffer;
}

/** All grids of the first communities of the plan, as many as make up that number of grids. */
export async function readPreviewed(db: Queryable, plan: number, grids: number): Promise<PreviewedGrid[]> {
  const { rows } = await db.query<PreviewedGrid>(
    `with counted as (
       select community, coalesce(sum(count(*)) over (order by community rows between unbounded preceding and 1 preceding), 0) as before
       from grid where plan = $1 and living group by community
     )
     select grid.id, grid.community, grid.kind, grid.name, grid.code, ST_AsBinary(grid.outline) as outline
     from grid join counted on counted.community = grid.community and counted.before < $2
     where grid.plan = $1 and grid.living order by grid.community, grid.id`,
    [plan, grids],
  );
  return rows;
}

/** Living grids of the plan by community and kind. */
export async function readKindCounts(db: Queryable, plan: number): Promise<{ community: string; kind: GridKind; grids: number }[]> {
  const { rows } = await db.query<{ community: string; kind: GridKind; grids: number }>(
    `select community, kind, count(*)::int as grids from grid where plan = $1 and living group by community, kind order by community, kind`,
    [plan],
  );
  return rows;
}
