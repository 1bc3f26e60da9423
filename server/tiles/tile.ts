// Tiles in the usual scheme: where they lie, and their rows as a Mapbox vector tile.
import { geoJSONToTile } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { TileRow } from './store.ts';

export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

export const MAX_ZOOM = 22;
const EXTENT = 4096;
/** Drawn beyond the edge, so that wide lines and outlines do not end at it. */
const BUFFER = 64;
/** Simplification in steps of the extent; from this zoom on the map enlarges the tiles, so nothing is simplified. */
const TOLERANCE = 3;
const FULL_DETAIL_ZOOM = 14;

/** null: there is no such tile. */
export function tileAddress(z: string, x: string, y: string): TileAddress | null {
  if (![z, x, y].every((part) => /^(0|[1-9]\d{0,6})$/.test(part))) return null;
  const address = { z: Number(z), x: Number(x), y: Number(y) };
  const count = 2 ** address.z;
  return address.z <= MAX_ZOOM && address.x < count && address.y < count ? address : null;
}

/** West, south, east, north in degrees, with the buffer. */
export function tileBox({ z, x, y }: TileAddress): [number, number, number, number] {
  const margin = BUFFER / EXTENT;
  return [longitude(x - margin, z), latitude(y + 1 + margin, z), longitude(x + 1 + margin, z), latitude(y - margin, z)];
}

export function encodeTile(layer: string, { z, x, y }: TileAddress, rows: readonly TileRow[]): Buffer {
  const features = rows.map(({ geometry, properties }) => ({ type: 'Feature' as const, geometry, properties }));
  const tolerance = z >= FULL_DETAIL_ZOOM ? 0 : TOLERANCE;
  const tile = geoJSONToTile({ type: 'FeatureCollection', features }, z, x, y, {
    extent: EXTENT,
    buffer: BUFFER,
    maxZoom: MAX_ZOOM,
    tolerance,
    clip: true,
  });
  return Buffer.from(fromGeojsonVt({ [layer]: tile }, { version: 2, extent: EXTENT }));
}

const longitude = (column: number, z: number): number => (column / 2 ** z) * 360 - 180;
const latitude = (row: number, z: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 2 ** z))) * 180) / Math.PI;
