// Sources of the map: tiles for what is large, small GeoJSON sources for the plan and for the community being edited.
import type { Map as MapLibreMap, SourceSpecification, VectorTileSource } from 'maplibre-gl';

/** What the server draws as tiles, from which zoom, and what tells its features apart; every tile holds one layer of the same name. */
const TILE_LAYERS = {
  regions: { from: 4, id: 'code' },
  institutions: { from: 11, id: 'id' },
  barriers: { from: 6, id: 'id' },
  buildings: { from: 14, id: 'id' },
};
/** The server draws no tiles beyond this zoom; the map enlarges the last ones. */
const TILE_MAX_ZOOM = 14;

/** `plan`: grids of the other communities. The rest: the community being edited. */
export const SMALL_SOURCES = [
  'plan-grids',
  'plan-labels',
  'region-labels',
  'blocks',
  'grids',
  'grid-labels',
  'cells',
  'cell-labels',
  'footprints',
  'community',
  'selection',
  'proposal',
  'proposal-labels',
  'people',
  'laid',
  'laid-lines',
  'laid-labels',
  'laid-marked',
  'old-grids',
  'old-grid-labels',
] as const;
export type SmallSource = (typeof SMALL_SOURCES)[number];

const EMPTY = { type: 'FeatureCollection' as const, features: [] };

const tileAddress = (origin: string, layer: string): string => `${origin}/tiles/${layer}/{z}/{x}/{y}`;

/** Reads all tiles anew, past those that the browser keeps; `version`: of what they show, another each time. */
export function renewTiles(map: MapLibreMap, origin: string, version: string): void {
  for (const layer of Object.keys(TILE_LAYERS)) {
    (map.getSource(layer) as VectorTileSource | undefined)?.setTiles([`${tileAddress(origin, layer)}?of=${version}`]);
  }
}

/** @param origin scheme and host of the server; MapLibre's worker wants whole addresses */
export function mapSources(origin: string): Record<string, SourceSpecification> {
  const sources: Record<string, SourceSpecification> = {};
  for (const [layer, { from, id }] of Object.entries(TILE_LAYERS)) {
    sources[layer] = {
      type: 'vector',
      tiles: [tileAddress(origin, layer)],
      minzoom: from,
      maxzoom: TILE_MAX_ZOOM,
      promoteId: id,
    };
  }
  for (const name of SMALL_SOURCES) sources[name] = { type: 'geojson', data: EMPTY, promoteId: 'id', buffer: 16, tolerance: 0.2 };
  return sources;
}
