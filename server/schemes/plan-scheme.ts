// The code scheme that a plan follows: one version out of the database, which never changes and is therefore read once.
import { type Scheme, schemeSchema } from '../../core/codes/scheme.ts';
import { schemeOf } from '../../core/codes/schemes.ts';
import type { Queryable } from '../database/queryable.ts';
import { readVersion } from '../versions/store.ts';
import { readPlanScheme } from './store.ts';

/** By id and version. A process serves one database. */
const known = new Map<string, Scheme>();

/** Throws where there is no such plan, or its scheme was written by a newer program. */
export async function planScheme(db: Queryable, plan: number): Promise<Scheme> {
  const followed = await readPlanScheme(db, plan);
  const scheme = followed && (await schemeVersion(db, followed.scheme, followed.version));
  if (!scheme) throw new Error(`the code scheme of plan ${plan} cannot be read`);
  return scheme;
}

/** `version` null: a shipped scheme, perhaps with a check character, that has no versions of its own. */
export async function schemeVersion(db: Queryable, id: string, version: number | null): Promise<Scheme | null> {
  if (version === null) return schemeOf(id) ?? null;
  const key = `${id} ${version}`;
  const before = known.get(key);
  if (before) return before;
  const { data } = schemeSchema.safeParse((await readVersion(db, 'scheme', id, version))?.content);
  if (data) known.set(key, data);
  return data ?? null;
}
