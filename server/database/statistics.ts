// Statistics of the planner on the embedded engine, which has no autovacuum: a server looks after its own.
import type { Database } from './open.ts';
import { inTransaction, SYSTEM } from './transaction.ts';

/**
 * To be called when much has changed: after an import, after many divisions, at the start. Takes some tenths of a second. Never throws:
 * what was done before is stored, and older statistics make questions slower, not wrong.
 */
export async function refreshStatistics(database: Database): Promise<void> {
  if (database.engine === 'server') return;
  await inTransaction(database, SYSTEM, (db) => db.query('select refresh_statistics()')).catch((error: unknown) =>
    console.error('statistics:', error),
  );
}
