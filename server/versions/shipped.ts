// The profiles and code schemes that are shipped, brought into the database at every start.
import { schemes } from '../../core/codes/schemes.ts';
import { shippedProfiles } from '../../core/rules/profiles.ts';
import type { Queryable } from '../database/queryable.ts';
import { insertShipped } from './store.ts';

/** Who wrote the versions that came with the program. */
export const SHIPPED = 'shipped';

/**
 * Everything shipped is there, at first as version 1. A shipped file that has changed since becomes the next version as long as nobody has
 * edited the document; no plan follows it until somebody says so.
 */
export async function storeShipped(db: Queryable): Promise<void> {
  for (const content of shippedProfiles) await insertShipped(db, 'profile', content.id, content, SHIPPED);
  for (const [id, content] of schemes) await insertShipped(db, 'scheme', id, content, SHIPPED);
}
