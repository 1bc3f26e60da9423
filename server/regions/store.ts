// Regions and what lives in them, in SQL.
import type { MultiPolygon } from 'geojson';
import type { Region } from '../../core/api/messages.ts';
import type { Queryable } from '../database/queryable.ts';

const COLUMNS = `code, name, level, parent, kind,
  array[ST_XMin(outline), ST_YMin(outline), ST_XMax(outline), ST_YMax(outline)] as bounds`;
/** Blocks count what their buildings add up to (sql/004), so the few blocks do instead of the many buildings. */
const TALLY = `select coalesce(sum(households), 0)::int as households, coalesce(sum(population), 0)::int as population,
    coalesce(sum(buildings), 0)::int as buildings
  from block where living and left(community, length(region.code)) = region.code`;

/** Regions directly below `parent`; null: those without a parent. In the order of their codes. */
export async function listRegions(db: Queryable, parent: string | null): Promise<Region[]> {
  const { rows } = await db.query<Region>(
    `select ${COLUMNS}, tally.* from region, lateral (${TALLY}) as tally where region.parent is not distinct from $1 order by code`,
    [parent],
  );
  return rows;
}

/** Whether some of the data say of themselves that they are made up. */
export async function holdsSynthetic(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>('select exists (select from region where synthetic) as found');
  return rows[0]?.found === true;
}

export async function readRegion(db: Queryable, code: string): Promise<Region | null> {
  const { rows } = await db.query<Region & { outline: string }>(
    `select ${COLUMNS}, tally.*, ST_AsGeoJSON(outline, 7) as outline from region, lateral (${TALLY}) as tally where code = $1`,
    [code],
  );
  const [row] = rows;
  return row ? { ...row, outline: JSON.parse(row.outline) as MultiPolygon } : null;
}
