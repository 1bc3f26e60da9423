// Brings a database to the newest schema: the numbered files of sql/, each once, in order, each in its own transaction.
import { fileURLToPath } from 'node:url';
import type { ClientBase } from 'pg';
import { migrate as applyMigrations } from 'postgres-migrations';
import { StartFailure } from '../settings.ts';

const MIGRATIONS = fileURLToPath(new URL('../../sql', import.meta.url));

/**
 * Safe when several processes start at once: the runner holds an advisory lock. Throws when a file that was applied has changed since,
 * and StartFailure where a statement says what an administrator has to do first.
 */
export async function migrate(client: ClientBase): Promise<void> {
  try {
    // The runner's types are those of another copy of `pg`; it only calls `query`.
    await applyMigrations({ client: client as never }, MIGRATIONS);
  } catch (error) {
    // The runner passes on what a statement said as the last of its reasons.
    const [asked] = /Let an administrator of the database .*/s.exec(error instanceof Error ? error.message : '') ?? [];
    throw asked === undefined ? error : new StartFailure(`The database cannot be set up. ${asked}`);
  }
}
