// What this installation knows of the codes and communities that a package names, in SQL.
import type { CodeState } from '../../core/api/messages.ts';
import type { RegisteredCode } from '../../core/filing/verification.ts';
import type { Queryable } from '../database/queryable.ts';

/** Codes that were never given out here have no entry. */
export async function readRegisteredCodes(db: Queryable, codes: readonly string[]): Promise<Map<string, RegisteredCode>> {
  const { rows } = await db.query<{ code: string; state: CodeState; community: string; gridName: string | null }>(
    `select grid_code.code, grid_code.community, coalesce(bearer.name, nullif(grid_code.foreign_name, '')) as "gridName",
            (select state from grid_code_event where grid_code_event.code = grid_code.code order by id desc limit 1) as state
     from grid_code left join lateral (
       select name from grid where grid.code = grid_code.code and grid.living order by id desc limit 1
     ) as bearer on true
     where grid_code.code = any($1::text[])`,
    [codes],
  );
  return new Map(rows.map(({ code, ...registered }) => [code, registered]));
}

export interface HandedOut {
  readonly region: string;
  readonly first: number;
  readonly last: number;
}

/** Ranges of numbers that were handed out by that scheme. */
export async function readHandedOut(db: Queryable, scheme: string): Promise<HandedOut[]> {
  const { rows } = await db.query<HandedOut>('select region, first, last from code_range where scheme = $1 order by region, first', [
    scheme,
  ]);
  return rows;
}

/** Communities in force below any of the regions: code → name. */
export async function readCommunityNames(db: Queryable, regions: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ code: string; name: string }>(
    `select code, name from region
     where level = 'community' and valid_to is null and exists (select from unnest($1::text[]) as above (code) where starts_with(region.code, above.code))
     order by code`,
    [regions],
  );
  return new Map(rows.map(({ code, name }) => [code, name]));
}

/** Noding moves a vertex by less than this when a border receives another one: metres. */
const BORDER_DRIFT_M = 0.02;

/**
 * Communities whose outline here covers another area, and by how many square metres. `outlines`: GeoJSON as text. A border whose two
 * courses lie closer than vertices are rounded is the same border.
 */
export async function readOtherOutlines(
  db: Queryable,
  communities: readonly { readonly code: string; readonly outline: string }[],
): Promise<{ code: string; area_m2: number }[]> {
  const { rows } = await db.query<{ code: string; area_m2: number }>(
    `select code, area_m2 from (
       select region.code, ST_Perimeter(region.outline::geography) as border_m,
              ST_Area(ST_SymDifference(region.outline, ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON(given.outline), 4490)))::geography) as area_m2
       from unnest($1::text[], $2::text[]) as given (code, outline)
       join region on region.code = given.code and not ST_IsEmpty(region.outline)
     ) as compared where area_m2 > border_m * $3 order by code`,
    [communities.map(({ code }) => code), communities.map(({ outline }) => outline), BORDER_DRIFT_M],
  );
  return rows;
}
