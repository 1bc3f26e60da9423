// A server that others can reach does not start before somebody has an account: there would be nobody to let in, or everybody.
import type { Database } from '../database/open.ts';
import { SYSTEM, scoped } from '../database/transaction.ts';
import { type Settings, StartFailure } from '../settings.ts';
import { isLoopback } from './loopback.ts';
import { hasAccounts } from './store.ts';

/** Throws StartFailure. */
export async function refuseOpenDoor(database: Database, { host }: Pick<Settings, 'host'>): Promise<void> {
  if (isLoopback(host) || (await hasAccounts(scoped(database, SYSTEM)))) return;
  throw new StartFailure(
    `HOST ${host} can be reached by others, and there are no accounts yet. Make one first (onegrid account add --help), ` +
      'or leave HOST at 127.0.0.1 for a demo.',
  );
}
