// Whom data have to be attributed to, and where, in SQL.

import { toDegrees } from '../../core/coverage/lattice.ts';
import type { Attribution } from '../../core/import/attribution.ts';
import type { Queryable } from '../database/queryable.ts';

/** What is there already stays once. */
export async function writeAttributions(db: Queryable, attributions: readonly Attribution[]): Promise<void> {
  for (const { text, box } of attributions) {
    await db.query(`insert into attribution (text, area) values ($1, ST_MakeEnvelope($2, $3, $4, $5, 4490)) on conflict do nothing`, [
      text,
      ...[box.minX, box.minY, box.maxX, box.maxY].map(toDegrees),
    ]);
  }
}

/** Of all data that reach into communities of the plans, in the order of the texts. */
export async function readAttributions(db: Queryable, plans: readonly number[]): Promise<string[]> {
  const { rows } = await db.query<{ text: string }>(
    `select distinct text from attribution
     where exists (select from plan_community join region on region.code = plan_community.community
                   where plan_community.plan = any ($1) and region.outline && attribution.area)
     order by text`,
    [plans],
  );
  return rows.map(({ text }) => text);
}
