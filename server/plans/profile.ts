// The profile that a plan follows: one version out of the database, which never changes and is therefore read once.
import { type Profile, profileSchema } from '../../core/rules/profile.ts';
import type { Queryable } from '../database/queryable.ts';
import { readVersion } from '../versions/store.ts';

/** By id and version. A process serves one database. */
const known = new Map<string, Profile>();

/** Throws where the version was written by a newer program, whose profiles hold what this one does not know. */
export async function planProfile(
  db: Queryable,
  { profile, profileVersion }: { profile: string; profileVersion: number },
): Promise<Profile> {
  const key = `${profile} ${profileVersion}`;
  const before = known.get(key);
  if (before) return before;
  const { data, error } = profileSchema.safeParse((await readVersion(db, 'profile', profile, profileVersion))?.content);
  if (!data) throw new Error(`version ${profileVersion} of the profile ${profile} cannot be read: ${error.message}`);
  known.set(key, data);
  return data;
}
