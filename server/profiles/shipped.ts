// The profiles that are shipped, brought into the database at every start.
import { shippedProfiles } from '../../core/rules/profiles.ts';
import type { Queryable } from '../database/queryable.ts';
import { insertShipped } from './store.ts';

/** Who wrote the versions that came with the program. */
export const SHIPPED = 'shipped';

/**
 * Every shipped profile is there, the first as version 1. A shipped file that has changed since becomes the next version as long as
 * nobody has edited the profile; no plan follows it until somebody says so.
 */
export async function storeShippedProfiles(db: Queryable): Promise<void> {
  for (const content of shippedProfiles) await insertShipped(db, content.id, content, SHIPPED);
}
