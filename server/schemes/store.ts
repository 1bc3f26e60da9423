// Versions of the code schemes, in SQL: rows are added and never changed.
import type { SchemeHead, SchemeVersion } from '../../core/api/messages.ts';
import type { Queryable } from '../database/queryable.ts';

const HEAD = `scheme, version, content -> 'name' as name, content -> 'source' as source, note, at, actor`;

/** Every scheme with its newest version. */
export async function listSchemes(db: Queryable): Promise<SchemeHead[]> {
  const { rows } = await db.query<SchemeHead>(`select distinct on (scheme) ${HEAD} from scheme_version order by scheme, version desc`);
  return rows;
}

/** Every version of one scheme, newest first. */
export async function listSchemeVersions(db: Queryable, scheme: string): Promise<SchemeHead[]> {
  const { rows } = await db.query<SchemeHead>(`select ${HEAD} from scheme_version where scheme = $1 order by version desc`, [scheme]);
  return rows;
}

/** The contents of the newest version of every scheme. */
export async function readNewestContents(db: Queryable): Promise<unknown[]> {
  const { rows } = await db.query<{ content: unknown }>(
    `select distinct on (scheme) content from scheme_version order by scheme, version desc`,
  );
  return rows.map(({ content }) => content);
}

/** That version, or the newest; null where there is none. */
export async function readSchemeVersion(db: Queryable, scheme: string, version?: number): Promise<SchemeVersion | null> {
  const { rows } = await db.query<SchemeVersion>(
    `select ${HEAD}, content from scheme_version
     where scheme = $1 and ($2::integer is null or version = $2) order by version desc limit 1`,
    [scheme, version ?? null],
  );
  return rows[0] ?? null;
}

export interface NewSchemeVersion {
  scheme: string;
  version: number;
  content: object;
  note: string;
  actor: string;
}

/** False where that version is there already. */
export async function insertSchemeVersion(db: Queryable, { scheme, version, content, note, actor }: NewSchemeVersion): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into scheme_version (scheme, version, content, note, actor) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [scheme, version, JSON.stringify(content), note, actor],
  );
  return rowCount === 1;
}

/** Adds what is shipped as the next version, unless some version has that content or the newest is not from the same actor. */
export async function insertShippedScheme(db: Queryable, scheme: string, content: object, actor: string): Promise<void> {
  await db.query(
    `with newest as (
       select version, actor from scheme_version where scheme = $1 order by version desc limit 1
     )
     insert into scheme_version (scheme, version, content, actor)
     select $1, coalesce((select version from newest), 0) + 1, $2::jsonb, $3
     where coalesce((select actor from newest), $3) = $3
       and not exists (select from scheme_version where scheme = $1 and content = $2::jsonb)
     on conflict do nothing`,
    [scheme, JSON.stringify(content), actor],
  );
}

/** What a plan says of its scheme; null where there is no such plan. */
export async function readPlanScheme(db: Queryable, plan: number): Promise<{ scheme: string; version: number | null } | null> {
  const { rows } = await db.query<{ scheme: string; version: number | null }>(
    `select scheme, scheme_version as version from plan where id = $1`,
    [plan],
  );
  return rows[0] ?? null;
}

/** Makes a plan follow that version where it may still change; null where there is none that lies wholly within reach. */
export async function writePlanScheme(
  db: Queryable,
  plan: number,
  { scheme, version }: { scheme: string; version: number },
): Promise<'editable' | 'frozen' | null> {
  const { rows } = await db.query<{ editable: boolean }>(`select editable from plan where id = $1 and in_reach(region) for update`, [plan]);
  const [found] = rows;
  if (found?.editable) await db.query(`update plan set scheme = $2, scheme_version = $3 where id = $1`, [plan, scheme, version]);
  return found ? (found.editable ? 'editable' : 'frozen') : null;
}
