// Versions of the profiles and of the code schemes, in SQL: rows are added and never changed.
import type { ProfileHead, ProfileVersion, SchemeHead, SchemeVersion } from '../../core/api/messages.ts';
import type { Queryable } from '../database/queryable.ts';

/** What is kept in versions. The name is that of its table, its id and its column in `plan`, too. */
export type Versioned = 'profile' | 'scheme';

export interface Heads {
  profile: ProfileHead;
  scheme: SchemeHead;
}
export interface Versions {
  profile: ProfileVersion;
  scheme: SchemeVersion;
}

const head = (kind: Versioned): string => `${kind}, version, content -> 'name' as name, content -> 'source' as source, note, at, actor`;

/** Every document of the kind with its newest version. */
export async function listNewest<Kind extends Versioned>(db: Queryable, kind: Kind): Promise<Heads[Kind][]> {
  const { rows } = await db.query<Heads[Kind]>(
    `select distinct on (${kind}) ${head(kind)} from ${kind}_version order by ${kind}, version desc`,
  );
  return rows;
}

/** Every version of one document, newest first. */
export async function listVersions<Kind extends Versioned>(db: Queryable, kind: Kind, id: string): Promise<Heads[Kind][]> {
  const { rows } = await db.query<Heads[Kind]>(`select ${head(kind)} from ${kind}_version where ${kind} = $1 order by version desc`, [id]);
  return rows;
}

/** The contents of the newest version of every document. */
export async function readNewestContents(db: Queryable, kind: Versioned): Promise<unknown[]> {
  const { rows } = await db.query<{ content: unknown }>(
    `select distinct on (${kind}) content from ${kind}_version order by ${kind}, version desc`,
  );
  return rows.map(({ content }) => content);
}

/** That version, or the newest; null where there is none. */
export async function readVersion<Kind extends Versioned>(
  db: Queryable,
  kind: Kind,
  id: string,
  version?: number,
): Promise<Versions[Kind] | null> {
  const { rows } = await db.query<Versions[Kind]>(
    `select ${head(kind)}, content from ${kind}_version
     where ${kind} = $1 and ($2::integer is null or version = $2) order by version desc limit 1`,
    [id, version ?? null],
  );
  return rows[0] ?? null;
}

export interface NewVersion {
  readonly id: string;
  readonly version: number;
  readonly content: object;
  readonly note: string;
  readonly actor: string;
}

/** False where that version is there already. */
export async function insertVersion(db: Queryable, kind: Versioned, { id, version, content, note, actor }: NewVersion): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into ${kind}_version (${kind}, version, content, note, actor) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [id, version, JSON.stringify(content), note, actor],
  );
  return rowCount === 1;
}

/** Adds what is shipped as the next version, unless some version has that content or the newest is not from the same actor. */
export async function insertShipped(db: Queryable, kind: Versioned, id: string, content: object, actor: string): Promise<void> {
  await db.query(
    `with newest as (
       select version, actor from ${kind}_version where ${kind} = $1 order by version desc limit 1
     )
     insert into ${kind}_version (${kind}, version, content, actor)
     select $1, coalesce((select version from newest), 0) + 1, $2::jsonb, $3
     where coalesce((select actor from newest), $3) = $3
       and not exists (select from ${kind}_version where ${kind} = $1 and content = $2::jsonb)
     on conflict do nothing`,
    [id, JSON.stringify(content), actor],
  );
}

/** Makes a plan follow that version where it may still change; null where there is none that lies wholly within reach. */
export async function writeFollowed(
  db: Queryable,
  kind: Versioned,
  plan: number,
  { id, version }: { id: string; version: number },
): Promise<'editable' | 'frozen' | null> {
  const { rows } = await db.query<{ editable: boolean }>(`select editable from plan where id = $1 and in_reach(region) for update`, [plan]);
  const [found] = rows;
  if (found?.editable) await db.query(`update plan set ${kind} = $2, ${kind}_version = $3 where id = $1`, [plan, id, version]);
  return found ? (found.editable ? 'editable' : 'frozen') : null;
}
