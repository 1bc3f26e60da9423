// Every scheme that this installation knows, for taking apart codes of whatever origin.
import { type Scheme, schemeSchema } from '../../core/codes/scheme.ts';
import { schemeOf, withChecks } from '../../core/codes/schemes.ts';
import type { Queryable } from '../database/queryable.ts';
import { listVersions, readNewestContents } from '../versions/store.ts';
import { schemeVersion } from './plan-scheme.ts';

/** The newest version of each; what a newer program wrote is left out. */
export async function knownSchemes(db: Queryable): Promise<Scheme[]> {
  return (await readNewestContents(db, 'scheme')).flatMap((content) => schemeSchema.safeParse(content).data ?? []);
}

/** Each of them with and without a check character. */
export async function possibleSchemes(db: Queryable): Promise<Scheme[]> {
  return (await knownSchemes(db)).flatMap(withChecks);
}

/** Every version of a scheme that codes may have been made by, the newest first. */
export async function versionsOf(db: Queryable, id: string): Promise<Scheme[]> {
  const versions = await Promise.all((await listVersions(db, 'scheme', id)).map(({ version }) => schemeVersion(db, id, version)));
  return [...versions, schemeOf(id)].flatMap((scheme) => scheme ?? []);
}
