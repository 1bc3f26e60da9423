// The layers of the background map: which rows a tile holds at which zoom.
import { IN_ITS_PLACE } from '../regions/store.ts';

export interface TileLayer {
  readonly minimumZoom: number;
  /** Columns: `shape`, the others become properties. `tile` has the box of the tile with its margin, and its zoom. */
  readonly rows: string;
}

export const tileLayers: ReadonlyMap<string, TileLayer> = new Map([
  [
    'regions',
    {
      minimumZoom: 4,
      rows: `select code, name, level, kind, outline as shape from region, tile
        where outline && tile.box and tile.zoom >= case level when 'community' then 7 when 'town' then 6 else 4 end
          and ${IN_ITS_PLACE}`,
    },
  ],
  [
    'barriers',
    {
      minimumZoom: 6,
      rows: `select id, class, name, line as shape from barrier, tile
        where line && tile.box and tile.zoom >= case class
          when 'river' then 6 when 'railway' then 8 when 'main-road' then 8 when 'secondary' then 10 when 'street' then 12 else 14 end`,
    },
  ],
  ['institutions', { minimumZoom: 11, rows: 'select id, name, use, area as shape from institution, tile where area && tile.box' }],
  [
    'buildings',
    {
      minimumZoom: 14,
      rows: `select id, households, use, coalesce(footprint, point) as shape from building, tile
        where coalesce(footprint, point) && tile.box`,
    },
  ],
]);
