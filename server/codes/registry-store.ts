// What happens to codes after they were issued, in SQL: events and lineage, only ever added.
import type { CodeLineage, CodeState } from '../../core/api/messages.ts';
import type { Queryable } from '../database/queryable.ts';

export interface CodeStanding {
  code: string;
  state: CodeState;
}

/** State of a code by its last event, for a query that names the code `CODE`. */
const stateOf = (code: string): string =>
  `(select state from grid_code_event where grid_code_event.code = ${code} order by id desc limit 1)`;

/** Codes of the plan's living grids, or of those in one community. */
export async function readPlanCodes(db: Queryable, plan: number, community?: string): Promise<CodeStanding[]> {
  const { rows } = await db.query<CodeStanding>(
    `select grid.code, ${stateOf('grid.code')} as state from grid
     where grid.plan = $1 and ($2::text is null or grid.community = $2) and grid.living and grid.code is not null order by grid.code`,
    [plan, community ?? null],
  );
  return rows;
}

/** Living grids without a code. */
export async function countUncoded(db: Queryable, plan: number): Promise<number> {
  const { rows } = await db.query<{ grids: number }>(
    `select count(*)::int as grids from grid where plan = $1 and living and code is null`,
    [plan],
  );
  return rows[0]?.grids ?? 0;
}

/** Provisional codes of grids of the plan that were removed, which no living grid bears. */
export async function readUnused(db: Queryable, plan: number): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(
    `select distinct grid.code from grid
     where grid.plan = $1 and not grid.living and grid.code is not null and ${stateOf('grid.code')} = 'provisional'
       and not exists (select from grid as bearer where bearer.code = grid.code and bearer.living) order by grid.code`,
    [plan],
  );
  return rows.map(({ code }) => code);
}

export async function readStandings(db: Queryable, codes: readonly string[]): Promise<Map<string, CodeState>> {
  const { rows } = await db.query<CodeStanding>(
    `select code, ${stateOf('grid_code.code')} as state from grid_code where code = any($1::text[])`,
    [codes],
  );
  return new Map(rows.map(({ code, state }) => [code, state]));
}

/** `endings`: for retired codes without a successor, why; one for all, or one for each. */
export async function insertEvents(
  db: Queryable,
  codes: readonly string[],
  state: CodeState,
  actor: string,
  endings: string | readonly string[] = '',
): Promise<void> {
  if (codes.length === 0) return;
  const notes = typeof endings === 'string' ? codes.map(() => endings) : endings;
  await db.query(
    `insert into grid_code_event (code, state, actor, note)
     select code, $2, $3, note from unnest($1::text[], $4::text[]) as given (code, note) order by code`,
    [codes, state, actor, notes],
  );
}

export async function insertLineage(
  db: Queryable,
  lineage: readonly { code: string; successor: string; kind: CodeLineage['kind'] }[],
): Promise<void> {
  if (lineage.length === 0) return;
  await db.query(
    `insert into grid_code_lineage (code, successor, kind)
     select * from unnest($1::text[], $2::text[], $3::text[]) as given (code, successor, kind) on conflict do nothing`,
    [lineage.map(({ code }) => code), lineage.map(({ successor }) => successor), lineage.map(({ kind }) => kind)],
  );
}

export interface ForeignRow {
  code: string;
  community: string;
  sequence: number;
  name: string;
}

/** Codes that are not in the books yet, from a package of another installation. Answers those that could not be entered. */
export async function insertForeign(db: Queryable, scheme: string, codes: readonly ForeignRow[]): Promise<Set<string>> {
  const { rows } = await db.query<{ code: string }>(
    `insert into grid_code (code, scheme, community, sequence, foreign_name)
     select code, $1, community, sequence, name from unnest($2::text[], $3::text[], $4::integer[], $5::text[])
       as given (code, community, sequence, name)
     on conflict do nothing returning code`,
    [
      scheme,
      codes.map(({ code }) => code),
      codes.map(({ community }) => community),
      codes.map(({ sequence }) => sequence),
      codes.map(({ name }) => name),
    ],
  );
  const entered = new Set(rows.map(({ code }) => code));
  return new Set(codes.flatMap(({ code }) => (entered.has(code) ? [] : [code])));
}

/** Numbers that other codes of the scheme bear in these communities: community and number → code. */
export async function readNumbered(db: Queryable, scheme: string, communities: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ code: string; community: string; sequence: number }>(
    `select code, community, sequence from grid_code where scheme = $1 and community = any($2::text[])`,
    [scheme, communities],
  );
  return new Map(rows.map(({ code, community, sequence }) => [`${community} ${sequence}`, code]));
}
