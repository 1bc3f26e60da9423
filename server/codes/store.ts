// Issued codes and what happened to them, in SQL. Rows are only ever added.
import type { CodeState } from '../../core/api/messages.ts';
import type { TakenNumbers } from '../../core/codes/numbering.ts';
import type { GridKind } from '../../core/plan/state.ts';
import type { Queryable } from '../database/queryable.ts';

export interface LockedPlan {
  id: number;
  editable: boolean;
  parent: number | null;
  profile: string;
  profileVersion: number;
}

/** Holds other issuers off the plan until the transaction ends. */
export async function lockPlan(db: Queryable, plan: number): Promise<LockedPlan | null> {
  const { rows } = await db.query<LockedPlan>(
    `select id, editable, parent, profile, profile_version as "profileVersion" from plan where id = $1 for update`,
    [plan],
  );
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

/** Communities of the plan that have grids, in the order of their codes, or the one given. */
export async function listCommunities(db: Queryable, plan: number, community?: string): Promise<{ community: string; grids: number }[]> {
  const { rows } = await db.query<{ community: string; grids: number }>(
    `select community, count(*)::int as grids from grid
     where plan = $1 and living and ($2::text is null or community = $2) group by community order by community`,
    [plan, community ?? null],
  );
  return rows;
}

export interface CodedGrid {
  id: number;
  community: string;
  kind: GridKind;
  code: string | null;
  state: CodeState | null;
}

/** Living grids and the codes that they bear, held against removal until the transaction ends. */
export async function readCodedGrids(db: Queryable, plan: number, communities: readonly string[]): Promise<CodedGrid[]> {
  const { rows } = await db.query<CodedGrid>(
    `select grid.id, grid.community, grid.kind, grid.code,
            (select state from grid_code_event where grid_code_event.code = grid.code order by id desc limit 1) as state
     from grid where grid.plan = $1 and grid.living and grid.community = any($2::text[])
     order by grid.community, grid.id for share of grid`,
    [plan, communities],
  );
  return rows;
}

export async function readOutlines(db: Queryable, plan: number, grids: readonly number[]): Promise<{ id: number; outline: Buffer }[]> {
  const { rows } = await db.query<{ id: number; outline: Buffer }>(
    `select id, ST_AsBinary(outline) as outline from grid where plan = $1 and id = any($2::integer[]) order by id`,
    [plan, grids],
  );
  return rows;
}

/** Every number ever given out by that scheme and every code by any, by community. */
export async function readTaken(db: Queryable, scheme: string, communities: readonly string[]): Promise<Map<string, TakenNumbers>> {
  const { rows } = await db.query<{ community: string; numbers: number[]; codes: string[] }>(
    `select community, coalesce(array_agg(sequence) filter (where scheme = $1), '{}') as numbers, array_agg(code) as codes
     from grid_code where community = any($2::text[]) group by community`,
    [scheme, communities],
  );
  return new Map(rows.map(({ community, numbers, codes }) => [community, { numbers, codes: new Set(codes) }]));
}

export interface NewCode {
  code: string;
  community: string;
  sequence: number;
  grid: number;
}

/** Into the books, where no scheme has made the same text before; answers the codes that are new. */
export async function insertCodes(db: Queryable, scheme: string, codes: readonly NewCode[]): Promise<Set<string>> {
  const { rows } = await db.query<{ code: string }>(
    `insert into grid_code (code, scheme, community, sequence)
     select code, $1, community, sequence from unnest($2::text[], $3::text[], $4::integer[]) as given (code, community, sequence)
     on conflict do nothing returning code`,
    [scheme, codes.map(({ code }) => code), codes.map(({ community }) => community), codes.map(({ sequence }) => sequence)],
  );
  return new Set(rows.map(({ code }) => code));
}

/** The grids bear these codes from now on; removed grids of the plan give them up, so that an undo brings no code back twice. */
export async function assignCodes(db: Queryable, plan: number, bearers: readonly { grid: number; code: string }[]): Promise<void> {
  const grids = bearers.map(({ grid }) => grid);
  const codes = bearers.map(({ code }) => code);
  await db.query(
    `update grid set code = null
     where plan = $1 and code is not null and (id = any($2::integer[]) or not living and code = any($3::text[]))`,
    [plan, grids, codes],
  );
  await db.query(
    `update grid set code = given.code from unnest($2::integer[], $3::text[]) as given (grid, code)
     where grid.plan = $1 and grid.id = given.grid`,
    [plan, grids, codes],
  );
}

/** Provisional codes among these that no grid bears any more. */
export async function readAbandoned(db: Queryable, codes: readonly string[]): Promise<string[]> {
  if (codes.length === 0) return [];
  const { rows } = await db.query<{ code: string }>(
    `select code from unnest($1::text[]) as given (code)
     where not exists (select from grid where grid.code = given.code)
       and (select state from grid_code_event where grid_code_event.code = given.code order by id desc limit 1) = 'provisional'`,
    [codes],
  );
  return rows.map(({ code }) => code);
}

/** Communities under the same towns share no numbers; issuers of two plans over one community wait for each other here. */
export async function lockNumbers(db: Queryable, communities: readonly string[]): Promise<void> {
  await db.query(`select code from region where code = any($1::text[]) order by code for no key update`, [communities]);
}
