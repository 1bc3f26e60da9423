// Versions of the profiles, in SQL: rows are added and never changed.
import type { ProfileHead, ProfileVersion } from '../../core/api/messages.ts';
import type { Queryable } from '../database/queryable.ts';

const HEAD = `profile, version, content -> 'name' as name, content -> 'source' as source, note, at, actor`;

/** Every profile with its newest version. */
export async function listProfiles(db: Queryable): Promise<ProfileHead[]> {
  const { rows } = await db.query<ProfileHead>(`select distinct on (profile) ${HEAD} from profile_version order by profile, version desc`);
  return rows;
}

/** Every version of one profile, newest first. */
export async function listVersions(db: Queryable, profile: string): Promise<ProfileHead[]> {
  const { rows } = await db.query<ProfileHead>(`select ${HEAD} from profile_version where profile = $1 order by version desc`, [profile]);
  return rows;
}

/** That version, or the newest; null where there is none. */
export async function readVersion(db: Queryable, profile: string, version?: number): Promise<ProfileVersion | null> {
  const { rows } = await db.query<ProfileVersion>(
    `select ${HEAD}, content from profile_version
     where profile = $1 and ($2::integer is null or version = $2) order by version desc limit 1`,
    [profile, version ?? null],
  );
  return rows[0] ?? null;
}

export interface NewVersion {
  profile: string;
  version: number;
  content: object;
  note: string;
  actor: string;
}

/** False where that version is there already. */
export async function insertVersion(db: Queryable, { profile, version, content, note, actor }: NewVersion): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into profile_version (profile, version, content, note, actor) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [profile, version, JSON.stringify(content), note, actor],
  );
  return rowCount === 1;
}

/** Adds what is shipped as the next version, unless some version has that content or the newest is not from the same actor. */
export async function insertShipped(db: Queryable, profile: string, content: object, actor: string): Promise<void> {
  await db.query(
    `with newest as (
       select version, actor from profile_version where profile = $1 order by version desc limit 1
     )
     insert into profile_version (profile, version, content, actor)
     select $1, coalesce((select version from newest), 0) + 1, $2::jsonb, $3
     where coalesce((select actor from newest), $3) = $3
       and not exists (select from profile_version where profile = $1 and content = $2::jsonb)
     on conflict do nothing`,
    [profile, JSON.stringify(content), actor],
  );
}

/** Makes a plan follow that version where it may still change; null where there is no such plan. */
export async function writePlanProfile(
  db: Queryable,
  plan: number,
  { profile, version }: { profile: string; version: number },
): Promise<'editable' | 'frozen' | null> {
  const { rows } = await db.query<{ editable: boolean }>(`select editable from plan where id = $1 for update`, [plan]);
  const [found] = rows;
  if (found?.editable) {
    await db.query(`update plan set profile = $2, profile_version = $3 where id = $1`, [plan, profile, version]);
  }
  return found ? (found.editable ? 'editable' : 'frozen') : null;
}
