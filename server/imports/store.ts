// Writes an import, in SQL: bulk inserts from column arrays, all within the caller's transaction.
import type { Box } from '../../core/coverage/geometry.ts';
import { toDegrees } from '../../core/coverage/lattice.ts';
import type { Bounds } from '../../core/geo/crs/guess.ts';
import type { TiledCommunity } from '../../core/import/misfits.ts';
import type { ParentRegion } from '../../core/import/parents.ts';
import { inPieces } from '../database/in-chunks.ts';
import type { Queryable } from '../database/queryable.ts';
import { wkbToMultiPolygon, wkbToPoint, wkbToPolygon } from '../database/wkb.ts';
import { reserveIds } from '../operations/store.ts';
import type { ListedBuilding } from './household-counts.ts';
import { type GroundRows, type PackedShapes, unpackShapes } from './rows.ts';

/** Communities whose boxes meet the box, in lattice steps, by code. One beyond the reach is called by its code. */
export async function communitiesAround(db: Queryable, box: Box, reach: string): Promise<TiledCommunity[]> {
  const { rows } = await db.query<{ code: string; name: string; outline: Buffer }>(
    `select code, case when $5 = '*' or starts_with(code, $5) then name else code end as name, ST_AsBinary(outline) as outline
     from region where level = 'community' and valid_to is null and outline && ST_MakeEnvelope($1, $2, $3, $4, 4490) order by code`,
    [...corners(box), reach],
  );
  return rows.map(({ code, name, outline }) => ({ code, name, area: wkbToMultiPolygon(outline) }));
}

/** West, south, east and north of a box of lattice steps, in degrees. */
export const corners = ({ minX, minY, maxX, maxY }: Box): number[] => [minX, minY, maxX, maxY].map(toDegrees);

export async function communityNames(db: Queryable): Promise<{ code: string; name: string }[]> {
  const { rows } = await db.query<{ code: string; name: string }>(
    `select code, name from region where level = 'community' and valid_to is null order by code`,
  );
  return rows;
}

/** All buildings of communities that hold, in the order of their ids; one that has ended has those of its successors, too. */
export async function listedBuildings(db: Queryable): Promise<ListedBuilding[]> {
  const { rows } = await db.query<Omit<ListedBuilding, 'point' | 'footprint'> & { point: Buffer; footprint: Buffer | null }>(
    `select building.id, building.source_id as "sourceId", building.name, building.address, building.community,
            region.name as "communityName", ST_AsBinary(point) as point, ST_AsBinary(footprint) as footprint
     from building join region on region.code = building.community and region.valid_to is null order by building.id`,
  );
  return rows.map((row) => ({ ...row, point: wkbToPoint(row.point), footprint: row.footprint && wkbToPolygon(row.footprint) }));
}

/** Where the counties lie that are stored, in degrees. */
export async function regionBounds(db: Queryable): Promise<Bounds[]> {
  const { rows } = await db.query<{ bounds: [number, number, number, number] }>(
    `select array[ST_XMin(outline), ST_YMin(outline), ST_XMax(outline), ST_YMax(outline)] as bounds
     from region where level = 'county' and not ST_IsEmpty(outline) order by code`,
  );
  return rows.map(({ bounds }) => bounds);
}

export async function isEmpty(db: Queryable): Promise<boolean> {
  const { rows } = await db.query(`select from region limit 1`);
  return rows.length === 0;
}

/** How many rows `writeGround` will tell of. */
export function countRows({ communities, blocks, buildings, barriers, institutions }: GroundRows): number {
  return communities.code.length + blocks.community.length + buildings.community.length + barriers.class.length + institutions.name.length;
}

/** `onRows` is told how many rows were written since it was last told; what it throws stops the import. */
export async function writeGround(db: Queryable, rows: GroundRows, onRows: (rows: number) => void): Promise<void> {
  const { communities, buildings, barriers, institutions } = rows;
  const { code, name, kind, outline } = communities;
  await inColumns([code, name, kind, outline], (columns) => fillCommunities(db, columns), onRows);
  const ids = await writeBlocks(db, rows, onRows);
  await inColumns(buildingColumns(buildings, ids), (columns) => insertBuildings(db, columns), onRows);
  await inColumns([barriers.class, barriers.name, barriers.line], (columns) => insertBarriers(db, columns), onRows);
  const { use, staff, area } = institutions;
  await inColumns([institutions.name, use, staff, area], (columns) => insertInstitutions(db, columns), onRows);
}

function buildingColumns(buildings: GroundRows['buildings'], blocks: readonly number[]): [string[], ...Column[]] {
  const { community, sourceId, name, address, use, group, households, population, point, footprint } = buildings;
  const block = buildings.block.map((position) => blocks[position] as number);
  return [community, block, sourceId, name, address, use, group, households, population, point, footprint];
}

/** A region without a name in the file shows its code until one names it. A county stays synthetic once a part of it is. */
export async function writeParents(db: Queryable, parents: readonly ParentRegion[], synthetic: boolean): Promise<void> {
  await db.query(
    `insert into region (code, name, parent, synthetic, outline)
     select code, coalesce(nullif(name, ''), code), parent, $4 and length(code) = 6, ST_GeomFromText('MULTIPOLYGON EMPTY', 4490)
     from unnest($1::text[], $2::text[], $3::text[]) as given (code, name, parent)
     order by length(code)
     on conflict (code) do update set synthetic = region.synthetic or excluded.synthetic,
       name = case region.name when region.code then excluded.name else region.name end
     where excluded.synthetic and not region.synthetic or region.name = region.code and excluded.name <> region.name`,
    [parents.map(({ code }) => code), parents.map(({ name }) => name), parents.map(({ parent }) => parent), synthetic],
  );
}

/** One that a table of codes has made known already receives its ground, and keeps the name that the table gave it. */
async function fillCommunities(db: Queryable, columns: unknown[]): Promise<void> {
  await db.query(
    `insert into region (code, name, kind, parent, outline)
     select code, name, kind, left(code, 9), ST_GeomFromWKB(outline, 4490)
     from unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) as given (code, name, kind, outline)
     on conflict (code) do update set outline = excluded.outline, parent = excluded.parent,
       name = case region.name when region.code then excluded.name else region.name end where ST_IsEmpty(region.outline)`,
    columns,
  );
}

/** Answers their ids. */
async function writeBlocks(db: Queryable, { blocks }: GroundRows, onRows: (rows: number) => void): Promise<number[]> {
  const { community, households, population, buildings, shape } = blocks;
  const { blocks: ids } = await reserveIds(db, { blocks: community.length, grids: 0 });
  const insert = (columns: unknown[]) =>
    db.query(
      `insert into block (id, community, households, population, buildings, shape)
       select id, community, households, population, buildings, ST_GeomFromWKB(shape, 4490)
       from unnest($1::int[], $2::text[], $3::int[], $4::int[], $5::int[], $6::bytea[])
         as given (id, community, households, population, buildings, shape)`,
      columns,
    );
  await inColumns([ids, community, households, population, buildings, shape], insert, onRows);
  return ids;
}

/** Columns: community, block, identifier, name, address, use, group, households, population, point and footprint (WKB; none: null). */
export async function insertBuildings(db: Queryable, columns: unknown[]): Promise<void> {
  await db.query(
    `insert into building (community, block, source_id, name, address, use, "group", households, population, point, footprint)
     select community, block, source_id, name, address, use, "group", households, population,
            ST_GeomFromWKB(point, 4490), ST_GeomFromWKB(footprint, 4490)
     from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::int[], $10::bytea[],
                 $11::bytea[])
       as given (community, block, source_id, name, address, use, "group", households, population, point, footprint)`,
    columns,
  );
}

/** Columns: class, name, line (WKB). */
export async function insertBarriers(db: Queryable, columns: unknown[]): Promise<void> {
  await db.query(
    `insert into barrier (class, name, line)
     select class, name, ST_GeomFromWKB(line, 4490) from unnest($1::text[], $2::text[], $3::bytea[]) as given (class, name, line)`,
    columns,
  );
}

/** Columns: name, use, staff (not known: null), area (WKB). */
export async function insertInstitutions(db: Queryable, columns: unknown[]): Promise<void> {
  await db.query(
    `insert into institution (name, use, staff, area)
     select name, use, staff, ST_GeomFromWKB(area, 4490)
     from unnest($1::text[], $2::text[], $3::int[], $4::bytea[]) as given (name, use, staff, area)`,
    columns,
  );
}

/** The outline of a region is that of all its children, those of earlier imports included; towns first. */
export async function refreshParents(db: Queryable, codes: readonly string[]): Promise<void> {
  for (const length of [9, 6, 4, 2]) {
    await db.query(
      `update region set outline = children.outline
       from (select parent, ST_Multi(ST_Union(outline)) as outline from region where parent = any($1) and valid_to is null group by parent) as children
       where region.code = children.parent`,
      [codes.filter((code) => code.length === length)],
    );
  }
}

type Column = readonly unknown[] | PackedShapes;

/** Rows that lie column by column, the first of them no shapes. */
function inColumns(
  columns: readonly [readonly unknown[], ...Column[]],
  write: (columns: unknown[]) => Promise<unknown>,
  onRows: (rows: number) => void,
): Promise<void> {
  const piece = (column: Column, start: number, end: number): readonly unknown[] =>
    'ends' in column ? unpackShapes(column, start, end) : column.slice(start, end);
  return inPieces(columns[0].length, (start, end) => write(columns.map((column) => piece(column, start, end))), onRows);
}
