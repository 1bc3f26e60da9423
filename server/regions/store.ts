// Regions and what lives in them, in SQL.
import type { MultiPolygon } from 'geojson';
import type { Region } from '../../core/api/messages.ts';
import type { KnownCommunity } from '../../core/regions/judge-communities.ts';
import type { Queryable } from '../database/queryable.ts';

const DAY = `'YYYY-MM-DD'`;
const COLUMNS = `code, name, level, parent, kind,
  case when not ST_IsEmpty(outline) then array[ST_XMin(outline), ST_YMin(outline), ST_XMax(outline), ST_YMax(outline)] end as bounds,
  to_char(valid_from, ${DAY}) as "validFrom", to_char(valid_to, ${DAY}) as "validTo", successor,
  (select past.name from region_past as past where past.code = region.code and past.valid_to = region.valid_from) as "formerName"`;
/**
 * Blocks count what their buildings add up to (sql/004), so the few blocks do instead of the many buildings. What has ended counts in what
 * has ended only: its buildings are those of its successors, too.
 */
const COUNTED = `counted as materialized (
    select block.community, home.valid_to is null as holds, sum(households) as households, sum(population) as population,
           sum(buildings) as buildings
    from block join region as home on home.code = block.community where living group by 1, 2
  )`;
const TALLY = `select coalesce(sum(households), 0)::int as households, coalesce(sum(population), 0)::int as population,
    coalesce(sum(buildings), 0)::int as buildings
  from counted where starts_with(counted.community, region.code) and (holds or region.valid_to is not null)`;
/** Every region with its latest period ($1 null), or as it was on a day. */
const PERIODS = `(
    select code, name, level, parent, kind, outline, valid_from, valid_to, successor from region
    where $1::date is null or (valid_from is null or valid_from <= $1::date) and (valid_to is null or $1::date < valid_to)
    union all
    select past.code, past.name, level, parent, kind, outline, past.valid_from, past.valid_to, past.successor
    from region_past as past join region on region.code = past.code
    where (past.valid_from is null or past.valid_from <= $1::date) and $1::date < past.valid_to
  ) as region`;

/** Condition on a row of `region`: it holds, or has ended and nothing of its level lies in its place yet. */
export const IN_ITS_PLACE = `(region.valid_to is null or not exists (
    select from region as heir
    where heir.level = region.level and heir.valid_to is null and heir.outline && region.outline
      and ST_Contains(heir.outline, ST_PointOnSurface(region.outline))))`;

export interface RegionQuery {
  /** Right below it; null: those without a parent. */
  readonly parent?: string | null;
  /** Everything below it. */
  readonly within?: string;
  /** YYYY-MM-DD: as they were on that day. Left out: those that hold. */
  readonly on?: string;
  /** Those that have ended, too. Where a day is given it says which. */
  readonly ended?: boolean;
}

/** In the order of their codes. */
export async function listRegions(db: Queryable, { parent = null, within, on, ended = false }: RegionQuery): Promise<Region[]> {
  const { rows } = await db.query<Region>(
    `with ${COUNTED} select ${COLUMNS}, tally.* from ${PERIODS}, lateral (${TALLY}) as tally
     where case when $3::text is null then region.parent is not distinct from $2 else starts_with(code, $3) and code <> $3 end
       and ($1::date is not null or $4 or valid_to is null)
     order by code`,
    [on ?? null, parent, within ?? null, ended],
  );
  return rows;
}

/** Whether some of the data say of themselves that they are made up. */
export async function holdsSynthetic(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>('select exists (select from region where synthetic) as found');
  return rows[0]?.found === true;
}

/** Communities of those codes that a table of codes speaks of, be it that they have ended or have no boundary yet. */
export async function readKnownCommunities(db: Queryable, codes: readonly string[]): Promise<KnownCommunity[]> {
  const { rows } = await db.query<KnownCommunity>(
    `select region.code, region.name, to_char(region.valid_to, ${DAY}) as "validTo", heir.code || ' ' || heir.name as successor
     from region left join region as heir on heir.code = region.successor
     where region.level = 'community' and region.code = any($1::text[])
       and (region.valid_to is not null or exists (
         select from region_table, unnest(region_table.covers) as covered (code) where starts_with(region.code, covered.code)))
     order by region.code`,
    [codes],
  );
  return rows;
}

export async function readRegion(db: Queryable, code: string): Promise<Region | null> {
  const { rows } = await db.query<Region & { outline: string }>(
    `with ${COUNTED} select ${COLUMNS}, tally.*, ST_AsGeoJSON(outline, 7) as outline from region, lateral (${TALLY}) as tally where code = $1`,
    [code],
  );
  const [row] = rows;
  return row ? { ...row, outline: JSON.parse(row.outline) as MultiPolygon } : null;
}
