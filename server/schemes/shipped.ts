// The code schemes that are shipped, brought into the database at every start.
import { schemes } from '../../core/codes/schemes.ts';
import type { Queryable } from '../database/queryable.ts';
import { insertShippedScheme } from './store.ts';

/** Who wrote the versions that came with the program. */
const SHIPPED = 'shipped';

/** Every shipped scheme is there; a shipped file that has changed since becomes the next version as long as nobody has edited the scheme. */
export async function storeShippedSchemes(db: Queryable): Promise<void> {
  for (const [id, content] of schemes) await insertShippedScheme(db, id, content, SHIPPED);
}
