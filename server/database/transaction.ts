// One transaction: everything or nothing.
import type { PoolClient } from 'pg';
import type { Database } from './open.ts';

/** deadlock_detected, serialization_failure: another transaction was in the way; the same work succeeds when it runs again. */
const IN_THE_WAY = new Set(['40P01', '40001']);
const ATTEMPTS = 4;

/**
 * Runs `work` in a transaction and commits it, deferred constraints included; an error rolls everything back and is thrown.
 * The work may run again after a deadlock, so it has no effects outside the database. Inside, use the given client only:
 * on the embedded engine a query through the pool would wait for this very transaction.
 */
export async function inTransaction<T>(database: Database, work: (client: PoolClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(database, work);
    } catch (error) {
      if (attempt === ATTEMPTS || !IN_THE_WAY.has(sqlState(error))) throw error;
    }
  }
}

async function runOnce<T>(database: Database, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await database.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
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
