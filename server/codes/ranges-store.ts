// Ranges of numbers that were handed out, in SQL: rows are added and never changed.
import type { CodeRange } from '../../core/api/messages.ts';
import type { Queryable } from '../database/queryable.ts';

/** Of one scheme, or of all. */
export async function readRanges(db: Queryable, scheme?: string): Promise<CodeRange[]> {
  const { rows } = await db.query<CodeRange>(
    `select id, scheme, region, first, last, note, at, actor from code_range where $1::text is null or scheme = $1
     order by scheme, region, first, id`,
    [scheme ?? null],
  );
  return rows;
}

export async function insertRange(db: Queryable, range: Omit<CodeRange, 'id' | 'at'>): Promise<CodeRange> {
  const { rows } = await db.query<CodeRange>(
    `insert into code_range (scheme, region, first, last, note, actor) values ($1, $2, $3, $4, $5, $6)
     returning id, scheme, region, first, last, note, at, actor`,
    [range.scheme, range.region, range.first, range.last, range.note, range.actor],
  );
  return rows[0] as CodeRange;
}
