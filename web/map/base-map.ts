// The optional base map below everything, as the server's configuration says; without one the ground is plain paper.
import { addProtocol, type LayerSpecification, type Map as MapLibreMap } from 'maplibre-gl';
import type { BaseMap } from '../../core/api/messages.ts';
import { COLOUR } from './palette.ts';

const ID = 'base-map';
const BELOW = 'region-ground';
const TILE_PX = 256;

/** To be called right after the map was made. Returns what shows a base map, or none. `failed` is told once per base map when it cannot be read. */
export function baseMapOn(map: MapLibreMap, failed: () => void): (baseMap: BaseMap | null) => void {
  const styled = new Promise<void>((resolve) => map.once('style.load', () => resolve()));
  let wanted: BaseMap | null = null;
  let toldOf: BaseMap | null = null;
  const fail = (): void => {
    if (toldOf !== wanted) failed();
    toldOf = wanted;
  };
  map.on('error', (event) => {
    if ('sourceId' in event && event.sourceId === ID) fail();
    else console.error(event.error);
  });

  const lay = async (): Promise<void> => {
    remove(map);
    map.setPaintProperty(BELOW, 'fill-opacity', wanted === null ? 1 : 0);
    if (wanted === null) return;
    const baseMap = wanted;
    try {
      const layers = baseMap.kind === 'pmtiles' ? await archiveLayers(baseMap) : [RASTER];
      if (wanted === baseMap) add(map, baseMap, layers);
    } catch {
      if (wanted === baseMap) fail();
    }
  };
  return (baseMap) => {
    wanted = baseMap;
    void styled.then(lay);
  };
}

/** WMTS names its tiles otherwise; the numbers are the same in the web-mercator set. */
export const tileAddress = ({ url }: Pick<BaseMap, 'url'>): string =>
  url
    .replace(/\{TileMatrix\}/gi, '{z}')
    .replace(/\{TileRow\}/gi, '{y}')
    .replace(/\{TileCol\}/gi, '{x}');

function remove(map: MapLibreMap): void {
  if (map.getSource(ID) === undefined) return;
  for (const layer of map.getLayersOrder()) if (layer.startsWith(ID)) map.removeLayer(layer);
  map.removeSource(ID);
}

function add(map: MapLibreMap, baseMap: BaseMap, layers: readonly LayerSpecification[]): void {
  remove(map);
  const { attribution } = baseMap;
  if (baseMap.kind !== 'pmtiles') map.addSource(ID, { type: 'raster', tiles: [tileAddress(baseMap)], tileSize: TILE_PX, attribution });
  else if (layers[0] === RASTER) map.addSource(ID, { type: 'raster', url: archiveAddress(baseMap), tileSize: TILE_PX, attribution });
  else map.addSource(ID, { type: 'vector', url: archiveAddress(baseMap), attribution });
  for (const layer of layers) map.addLayer(layer, BELOW);
}

/** Pale, so that the plan stands out. */
const RASTER: LayerSpecification = { id: ID, type: 'raster', source: ID, paint: { 'raster-opacity': 0.75, 'raster-saturation': -0.5 } };

const archiveAddress = ({ url }: BaseMap): string => `pmtiles://${new URL(url, location.href).href}`;

/** An archive of pictures is shown as it is; one of shapes gets grey areas and lines, for their style is not in it. */
async function archiveLayers(baseMap: BaseMap): Promise<LayerSpecification[]> {
  const { PMTiles, Protocol, TileType } = await import('pmtiles');
  const protocol = new Protocol();
  const archive = new PMTiles(new URL(baseMap.url, location.href).href);
  protocol.add(archive);
  addProtocol('pmtiles', protocol.tile);
  const { tileType } = await archive.getHeader();
  if (tileType !== TileType.Mvt) return [RASTER];
  const { vector_layers: layers } = (await archive.getMetadata()) as { vector_layers?: { id: string }[] };
  return (layers ?? []).flatMap(({ id }): LayerSpecification[] => {
    const common = { source: ID, 'source-layer': id };
    return [
      { ...common, id: `${ID}-${id}-fill`, type: 'fill', filter: ['==', ['geometry-type'], 'Polygon'], paint: AREA },
      { ...common, id: `${ID}-${id}-line`, type: 'line', filter: ['==', ['geometry-type'], 'LineString'], paint: LINE },
    ];
  });
}

const AREA = { 'fill-color': COLOUR.baseArea, 'fill-opacity': 0.35 } as const;
const LINE = { 'line-color': COLOUR.baseLine, 'line-width': 0.8 } as const;
