// The optional base map below everything, as the server's configuration says; without one the ground is plain paper.
import type { Map as MapLibreMap } from 'maplibre-gl';
import type { BaseMap } from '../../core/api/messages.ts';

const ID = 'base-map';
const TILE_PX = 256;

/** Shows that base map, or none. */
export function showBaseMap(map: MapLibreMap, baseMap: BaseMap | null): void {
  if (!map.isStyleLoaded()) {
    map.once('style.load', () => showBaseMap(map, baseMap));
    return;
  }
  if (map.getLayer(ID) !== undefined) map.removeLayer(ID);
  if (map.getSource(ID) !== undefined) map.removeSource(ID);
  map.setPaintProperty('region-ground', 'fill-opacity', baseMap === null ? 1 : 0);
  if (baseMap === null) return;
  map.addSource(ID, { type: 'raster', tiles: [tileAddress(baseMap)], tileSize: TILE_PX, attribution: baseMap.attribution });
  map.addLayer({ id: ID, type: 'raster', source: ID, paint: { 'raster-opacity': 0.75, 'raster-saturation': -0.5 } }, 'region-ground');
}

/** WMTS names its tiles otherwise; the numbers are the same in the web-mercator set. */
export const tileAddress = ({ url }: BaseMap): string =>
  url
    .replace(/\{TileMatrix\}/gi, '{z}')
    .replace(/\{TileRow\}/gi, '{y}')
    .replace(/\{TileCol\}/gi, '{x}');
