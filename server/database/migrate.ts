// Brings a database to the newest schema: the numbered files of sql/, each once, in order, each in its own transaction.
import { fileURLToPath } from 'node:url';
import type { ClientBase } from 'pg';
import { migrate as applyMigrations } from 'postgres-migrations';

const MIGRATIONS = fileURLToPath(new URL('../../sql', import.meta.url));

/** Safe when several processes start at once: the runner holds an advisory lock. Throws when a file that was applied has changed since. */
export async function migrate(client: ClientBase): Promise<void> {
  // The runner's types are those of another copy of `pg`; it only calls `query`.
  await applyMigrations({ client: client as never }, MIGRATIONS);
}
