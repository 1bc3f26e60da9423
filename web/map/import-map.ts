// The map of an import: data of files before they are taken, over the regions that are stored and the base map; gaps, overlaps, findings.
import type { FeatureCollection } from 'geojson';
import i18next from 'i18next';
import { type GeoJSONSource, type LayerSpecification, Map as MapLibreMap } from 'maplibre-gl';
import { useLayout } from '../state/layout.ts';
import { useWorkspace } from '../state/store.ts';
import { baseMapOn } from './base-map.ts';
import { groundLayers, regionBorderLayers } from './layers-ground.ts';
import { FAMILIES } from './layers-plan.ts';
import { COLOUR } from './palette.ts';
import { drawScaleBar } from './scale-bar.ts';
import { mapSources } from './sources.ts';
import type { View } from './view.ts';

/** `others`: files that lie fast already; `misfits`: gaps and overlaps; `chosen`: the one in hand; `marks`: findings that have a place. */
export const IMPORT_SOURCES = ['others', 'file', 'misfits', 'chosen', 'marks'] as const;
export type ImportMapSource = (typeof IMPORT_SOURCES)[number];

export interface ImportMap {
  show: (source: ImportMapSource, data: FeatureCollection) => void;
  goTo: (bounds: readonly [number, number, number, number]) => void;
  remove: () => void;
}

interface ImportMapParts {
  container: HTMLElement;
  scale: HTMLElement | null;
  /** A gap, overlap or finding was clicked: the `key` of its feature. */
  onPick: (key: string) => void;
}

const PADDING_PX = 48;
const MAX_ZOOM = 18;
const MOVE_MS = 450;
const PICK_PX = 4;
const CHINA: [number, number, number, number] = [73, 18, 135, 54];
const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] };

export function createImportMap({ container, scale, onPick }: ImportMapParts): ImportMap {
  const map = new MapLibreMap({
    container,
    style: { version: 8, sources: sourcesOf(), layers: [...groundLayers, ...regionBorderLayers, ...dataLayers] },
    bounds: CHINA,
    maxZoom: 20,
    attributionControl: false,
    locale: { 'Map.Title': i18next.t('import:map.title') },
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    boxZoom: false,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  const waiting = new Map<ImportMapSource, FeatureCollection>();
  const set = (source: ImportMapSource, data: FeatureCollection): void => {
    (map.getSource(source) as GeoJSONSource | undefined)?.setData(data);
  };
  let styled = false;
  map.once('style.load', () => {
    styled = true;
    for (const [source, data] of waiting) set(source, data);
  });
  const baseMap = baseMapOn(map, () => useWorkspace.getState().explain('tools:map.baseMapFailed'));
  baseMap(useLayout.getState().baseMapShown ? (useWorkspace.getState().health?.map.baseMap ?? null) : null);
  mirrorView(map, container, scale);
  pickOn(map, onPick);
  let first = true;
  return {
    show: (source, data) => {
      container.dataset.idle = 'false';
      if (styled) set(source, data);
      else waiting.set(source, data);
    },
    goTo: (bounds) => {
      map.fitBounds([...bounds], { padding: PADDING_PX, maxZoom: MAX_ZOOM, duration: first ? 0 : MOVE_MS });
      first = false;
    },
    remove: () => map.remove(),
  };
}

function sourcesOf(): ReturnType<typeof mapSources> {
  const sources = mapSources(location.origin);
  for (const name of IMPORT_SOURCES) sources[name] = { type: 'geojson', data: EMPTY, tolerance: 0.2 };
  return sources;
}

/** The view where tests find it, as on the main map (view.ts), and the scale bar. */
function mirrorView(map: MapLibreMap, container: HTMLElement, scale: HTMLElement | null): void {
  const write = (): void => {
    const { lng: longitude, lat: latitude } = map.getCenter();
    const view: View = { longitude, latitude, zoom: map.getZoom(), width: container.clientWidth, height: container.clientHeight };
    container.dataset.view = JSON.stringify(view);
    if (scale !== null) drawScaleBar(scale, view);
  };
  const mark = (idle: boolean) => (): void => {
    container.dataset.idle = String(idle);
  };
  for (const event of ['move', 'resize', 'load'] as const) map.on(event, write);
  map.on('movestart', mark(false));
  map.on('dataloading', mark(false));
  map.on('idle', mark(true));
}

function pickOn(map: MapLibreMap, onPick: (key: string) => void): void {
  const layers = ['marks', 'misfits', 'misfits-line'];
  const keyAt = ({ x, y }: { x: number; y: number }): string | null => {
    const box: [[number, number], [number, number]] = [
      [x - PICK_PX, y - PICK_PX],
      [x + PICK_PX, y + PICK_PX],
    ];
    const key: unknown = map.queryRenderedFeatures(box, { layers })[0]?.properties.key;
    return typeof key === 'string' ? key : null;
  };
  map.on('click', ({ point }) => {
    const key = keyAt(point);
    if (key !== null) onPick(key);
  });
  map.on('mousemove', ({ point }) => {
    map.getCanvas().style.cursor = map.isStyleLoaded() && keyAt(point) !== null ? 'pointer' : '';
  });
}

/** Areas as a veil with a border, lines, and points. */
const shapes = (
  source: ImportMapSource,
  colour: string,
  { fill, line, radius }: { fill: number; line: number; radius: number },
): LayerSpecification[] => [
  {
    id: `${source}-fill`,
    type: 'fill',
    source,
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': colour, 'fill-opacity': fill },
  },
  {
    id: `${source}-line`,
    type: 'line',
    source,
    filter: ['!=', ['geometry-type'], 'Point'],
    layout: { 'line-join': 'round' },
    paint: { 'line-color': colour, 'line-width': line },
  },
  {
    id: `${source}-point`,
    type: 'circle',
    source,
    filter: ['==', ['geometry-type'], 'Point'],
    paint: { 'circle-color': colour, 'circle-radius': radius, 'circle-stroke-color': COLOUR.halo, 'circle-stroke-width': 1 },
  },
];

const dataLayers: LayerSpecification[] = [
  ...shapes('others', COLOUR.inkQuiet, { fill: 0.05, line: 1, radius: 2 }),
  ...shapes('file', COLOUR.accent, { fill: 0.12, line: 1.6, radius: 3.5 }),
  {
    id: 'misfits',
    type: 'fill',
    source: 'misfits',
    paint: {
      'fill-color': ['match', ['get', 'kind'], 'gap', COLOUR.amber, COLOUR.error],
      'fill-opacity': ['case', ['get', 'open'], 0.6, 0.3],
    },
  },
  {
    id: 'misfits-line',
    type: 'line',
    source: 'misfits',
    paint: { 'line-color': ['match', ['get', 'kind'], 'gap', COLOUR.amber, COLOUR.error], 'line-width': ['case', ['get', 'open'], 3, 1.5] },
  },
  { id: 'chosen-line', type: 'line', source: 'chosen', paint: { 'line-color': COLOUR.ink, 'line-width': 2.5 } },
  {
    id: 'chosen-point',
    type: 'circle',
    source: 'chosen',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: { 'circle-radius': 11, 'circle-opacity': 0, 'circle-stroke-color': COLOUR.ink, 'circle-stroke-width': 2.5 },
  },
  {
    id: 'marks',
    type: 'circle',
    source: 'marks',
    paint: {
      'circle-radius': 5,
      'circle-color': ['match', ['get', 'verdict'], 'refused', COLOUR.error, COLOUR.amber],
      'circle-stroke-color': COLOUR.halo,
      'circle-stroke-width': 1.5,
    },
  },
  {
    id: 'file-names',
    type: 'symbol',
    source: 'file',
    minzoom: 10,
    filter: ['all', ['has', 'name'], ['==', ['geometry-type'], 'Polygon']],
    layout: { 'text-field': ['to-string', ['get', 'name']], 'text-size': 12, 'text-font': FAMILIES },
    paint: { 'text-color': COLOUR.ink, 'text-halo-color': COLOUR.halo, 'text-halo-width': 1.5 },
  },
];
