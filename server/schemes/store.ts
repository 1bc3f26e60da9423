// Which code scheme a plan follows, in SQL.
import type { Queryable } from '../database/queryable.ts';

/** What a plan says of its scheme; null where there is no such plan. */
export async function readPlanScheme(db: Queryable, plan: number): Promise<{ scheme: string; version: number | null } | null> {
  const { rows } = await db.query<{ scheme: string; version: number | null }>(
    `select scheme, scheme_version as version from plan where id = $1`,
    [plan],
  );
  return rows[0] ?? null;
}
