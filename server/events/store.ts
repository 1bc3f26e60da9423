// What the live updates ask the database.
import type { Database } from '../database/open.ts';

export async function planExists({ pool }: Database, plan: number): Promise<boolean> {
  const { rowCount } = await pool.query('select from plan where id = $1', [plan]);
  return rowCount === 1;
}
