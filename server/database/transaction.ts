// One transaction: everything or nothing, and nothing beyond the region of whoever asked for it.
import type { PoolClient } from 'pg';
import type { Database } from './open.ts';
import type { Queryable } from './queryable.ts';

/** How far work reaches: the prefix of a region code, or `*` for everything (sql/009). */
export interface Reach {
  readonly region: string;
}

/** Work that nobody asked for: the start, the command line. */
export const SYSTEM: Reach = { region: '*' };

/** deadlock_detected, serialization_failure: another transaction was in the way; the same work succeeds when it runs again. */
const IN_THE_WAY = new Set(['40P01', '40001']);
const ATTEMPTS = 4;

/**
 * Runs `work` in a transaction and commits it, deferred constraints included; an error rolls everything back and is thrown.
 * The work may run again after a deadlock, so it has no effects outside the database. Inside, use the given client only:
 * on the embedded engine a query through the pool would wait for this very transaction.
 */
export async function inTransaction<T>(database: Database, reach: Reach, work: (client: PoolClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(database, reach, work);
    } catch (error) {
      if (attempt === ATTEMPTS || !IN_THE_WAY.has(sqlState(error))) throw error;
    }
  }
}

/** For single queries: each sees what the reach allows, in a transaction of its own. */
export function scoped(database: Database, reach: Reach): Queryable {
  return { query: (text: string, values?: unknown[]) => inTransaction(database, reach, (db) => db.query(text, values)) } as Queryable;
}

/** One round trip: the setting ends with the transaction. */
function beginning({ region }: Reach): string {
  if (!/^(\*|\d{2,12})$/.test(region)) throw new Error(`“${region}” is no reach`);
  return `begin; set local onegrid.reach = '${region}'`;
}

async function runOnce<T>(database: Database, reach: Reach, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const begin = beginning(reach);
  const client = await database.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** The five-character SQLSTATE of an error of the database; empty for any other error. */
export function sqlState(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
