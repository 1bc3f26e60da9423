// What a tile holds, and what tells that tiles have changed.
import type { Geometry } from 'geojson';
import type { Queryable } from '../database/queryable.ts';
import type { TileLayer } from './layers.ts';

export interface TileRow {
  readonly geometry: Geometry;
  readonly properties: Readonly<Record<string, string | number | null>>;
}

/** Rows of the layer that meet the box (west, south, east, north in degrees). */
export async function readTileRows(db: Queryable, layer: TileLayer, box: readonly number[], zoom: number): Promise<TileRow[]> {
  const { rows } = await db.query<{ geometry: string; properties: TileRow['properties'] }>(
    `with tile as (select ST_MakeEnvelope($1, $2, $3, $4, 4490) as box, $5::integer as zoom), content as (${layer.rows})
     select ST_AsGeoJSON(shape, 7, 0) as geometry, to_jsonb(content) - 'shape' as properties from content`,
    [...box, zoom],
  );
  return rows.map(({ geometry, properties }) => ({ geometry: JSON.parse(geometry) as Geometry, properties }));
}

/** Differs whenever something was added to the background map. New vertices on a border move nothing that can be seen. */
export async function readMapRevision(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ revision: string }>(
    `select concat_ws('-', (select count(*) from region), (select max(id) from building), (select max(id) from barrier),
       (select max(id) from institution)) as revision`,
  );
  return rows[0]?.revision ?? '';
}
