// Issued codes and what happened to them, in SQL. Rows are only ever added.
import type { CodeRecord } from '../../core/api/messages.ts';
import type { GridKind } from '../../core/plan/state.ts';
import type { Queryable } from '../database/queryable.ts';

/** Holds other issuers off the plan until the transaction ends. */
export async function lockPlan(db: Queryable, plan: number): Promise<{ scheme: string; editable: boolean } | null> {
  const { rows } = await db.query<{ scheme: string; editable: boolean }>(`select scheme, editable from plan where id = $1 for update`, [
    plan,
  ]);
  return rows[0] ?? null;
}

/** Open errors of the plan, or of one community of it. */
export async function countErrors(db: Queryable, plan: number, community?: string): Promise<number> {
  const { rows } = await db.query<{ errors: number }>(
    `select coalesce(sum(errors), 0)::int as errors from plan_community
     where plan = $1 and ($2::text is null or community = $2)`,
    [plan, community ?? null],
  );
  return (rows[0] as { errors: number }).errors;
}

export interface UncodedGrid {
  id: number;
  community: string;
  kind: GridKind;
  outline: Buffer;
}

/** Living grids of the plan without a code, held against removal until the transaction ends. */
export async function readUncoded(db: Queryable, plan: number, community?: string): Promise<UncodedGrid[]> {
  const { rows } = await db.query<UncodedGrid>(
    `select grid.id, grid.community, grid.kind, ST_AsBinary(grid.outline) as outline
     from grid
     where grid.plan = $1 and grid.living and ($2::text is null or grid.community = $2)
       and grid.code is null
     order by grid.community, grid.id for share of grid`,
    [plan, community ?? null],
  );
  return rows;
}

/** Highest number ever given out, by community. */
export async function readLastSequences(db: Queryable, scheme: string, communities: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await db.query<{ community: string; last: number }>(
    `select community, max(sequence)::int as last from grid_code where scheme = $1 and community = any($2::text[]) group by community`,
    [scheme, communities],
  );
  return new Map(rows.map((row) => [row.community, row.last]));
}

export interface NewCode {
  code: string;
  community: string;
  sequence: number;
  grid: number;
}

export async function insertCodes(db: Queryable, scheme: string, actor: string, codes: readonly NewCode[]): Promise<void> {
  await db.query(
    `with issued as (
       insert into grid_code (code, scheme, community, sequence)
       select code, $1, community, sequence from unnest($2::text[], $3::text[], $4::integer[]) as given (code, community, sequence)
     )
     update grid set code = given.code from unnest($2::text[], $5::integer[]) as given (code, grid) where grid.id = given.grid`,
    [
      scheme,
      codes.map(({ code }) => code),
      codes.map(({ community }) => community),
      codes.map(({ sequence }) => sequence),
      codes.map(({ grid }) => grid),
    ],
  );
  await db.query(
    `insert into grid_code_event (code, state, actor) select code, 'provisional', $1 from unnest($2::text[]) as given (code)`,
    [actor, codes.map(({ code }) => code)],
  );
}

/** Communities under the same towns share no numbers; issuers of two plans over one community wait for each other here. */
export async function lockNumbers(db: Queryable, communities: readonly string[]): Promise<void> {
  await db.query(`select code from region where code = any($1::text[]) order by code for no key update`, [communities]);
}

export type CodeRow = Omit<CodeRecord, 'segments' | 'predecessors' | 'successors' | 'ending'>;

/** A code whose grid was removed or merged into another is out of use, until an undo brings the grid back. */
export async function readCode(db: Queryable, code: string): Promise<CodeRow | null> {
  const { rows } = await db.query<CodeRow>(
    `select grid_code.code, grid_code.scheme, bearer.plan, bearer.id as grid, grid_code.community, grid_code.issued_at as "issuedAt",
            case when bearer.id is not null
              then (select state from grid_code_event where grid_code_event.code = grid_code.code order by id desc limit 1)
              else 'retired' end as state
     from grid_code left join lateral (
       select id, plan from grid where grid.code = grid_code.code and grid.living order by id desc limit 1
     ) as bearer on true
     where grid_code.code = $1`,
    [code],
  );
  return rows[0] ?? null;
}

/** Whether the grid has a cell of that number. */
export async function hasCell(db: Queryable, grid: number, cell: number): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>(`select exists (select from grid_block where grid = $1 and cell = $2) as found`, [
    grid,
    cell,
  ]);
  return rows[0]?.found ?? false;
}
