// The quiet ground under the plan: regions, institutions, roads, rivers, buildings. All of it from our own tiles.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import { COLOUR } from './palette.ts';

const classIs = (...classes: string[]): FilterSpecification => ['in', ['get', 'class'], ['literal', classes]];

/** A width in pixels that grows with the zoom. */
const widening = (...stops: [zoom: number, pixels: number][]): ExpressionSpecification =>
  ['interpolate', ['exponential', 1.6], ['zoom'], ...stops.flat()] as unknown as ExpressionSpecification;

const ROAD_WIDTH: Readonly<Record<string, ExpressionSpecification>> = {
  'main-road': widening([9, 1], [13, 4], [16, 11], [19, 40]),
  secondary: widening([11, 0.8], [13, 2.6], [16, 8], [19, 32]),
  street: widening([12, 0.6], [14, 2], [16, 6], [19, 24]),
  lane: widening([14, 0.6], [16, 3], [19, 13]),
};
const CASING_WIDTH: Readonly<Record<string, ExpressionSpecification>> = {
  'main-road': widening([9, 2], [13, 5.6], [16, 13], [19, 43]),
  secondary: widening([11, 1.6], [13, 4], [16, 10], [19, 35]),
  street: widening([12, 1.2], [14, 3], [16, 7.6], [19, 26]),
  lane: widening([14, 1.2], [16, 4], [19, 15]),
};
const ROAD_MIN_ZOOM: Readonly<Record<string, number>> = { 'main-road': 7, secondary: 10, street: 12, lane: 13.5 };

const road = (name: string, part: 'casing' | 'fill'): LayerSpecification => ({
  id: `${name}-${part}`,
  type: 'line',
  source: 'barriers',
  'source-layer': 'barriers',
  minzoom: ROAD_MIN_ZOOM[name] ?? 0,
  filter: classIs(name),
  layout: { 'line-cap': 'round', 'line-join': 'round' },
  paint: {
    'line-color': part === 'casing' ? COLOUR.roadEdge : COLOUR.road,
    'line-width': (part === 'casing' ? CASING_WIDTH : ROAD_WIDTH)[name] ?? 1,
  },
});

const ROADS = ['lane', 'street', 'secondary', 'main-road'];

/** Below the grids. */
export const groundLayers: readonly LayerSpecification[] = [
  { id: 'paper', type: 'background', paint: { 'background-color': COLOUR.paper } },
  {
    id: 'region-ground',
    type: 'fill',
    source: 'regions',
    'source-layer': 'regions',
    filter: ['==', ['get', 'level'], 'community'],
    paint: {
      'fill-color': ['case', ['boolean', ['feature-state', 'hover'], false], COLOUR.hover, COLOUR.county],
      'fill-antialias': false,
    },
  },
  {
    id: 'institutions',
    type: 'fill',
    source: 'institutions',
    'source-layer': 'institutions',
    minzoom: 11,
    paint: { 'fill-color': COLOUR.institution, 'fill-opacity': 0.75 },
  },
  {
    id: 'river',
    type: 'line',
    source: 'barriers',
    'source-layer': 'barriers',
    filter: classIs('river'),
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': COLOUR.river, 'line-width': widening([8, 1.5], [12, 5], [16, 22], [19, 90]) },
  },
  {
    id: 'wall',
    type: 'line',
    source: 'barriers',
    'source-layer': 'barriers',
    minzoom: 14,
    filter: classIs('wall'),
    paint: { 'line-color': COLOUR.wall, 'line-width': 1, 'line-dasharray': [4, 2] },
  },
  ...ROADS.map((name) => road(name, 'casing')),
  ...ROADS.map((name) => road(name, 'fill')),
  {
    id: 'railway',
    type: 'line',
    source: 'barriers',
    'source-layer': 'barriers',
    filter: classIs('railway'),
    paint: { 'line-color': COLOUR.railway, 'line-width': widening([8, 1], [13, 2.4], [17, 5]) },
  },
  {
    id: 'railway-ties',
    type: 'line',
    source: 'barriers',
    'source-layer': 'barriers',
    minzoom: 10,
    filter: classIs('railway'),
    paint: { 'line-color': COLOUR.paper, 'line-width': widening([10, 0.6], [13, 1.4], [17, 3.2]), 'line-dasharray': [5, 5] },
  },
  {
    id: 'buildings',
    type: 'fill',
    source: 'buildings',
    'source-layer': 'buildings',
    minzoom: 14,
    paint: {
      'fill-color': COLOUR.building,
      'fill-opacity': ['interpolate', ['linear'], ['zoom'], 14, 0, 14.8, 0.42],
    },
  },
];

/** Above the fills of the grids, below their labels. */
export const regionBorderLayers: readonly LayerSpecification[] = [
  {
    id: 'community-border',
    type: 'line',
    source: 'regions',
    'source-layer': 'regions',
    minzoom: 8.5,
    filter: ['==', ['get', 'level'], 'community'],
    layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOUR.communityBorderQuiet, 'line-width': widening([8.5, 0.5], [12, 1.4], [16, 2.6]) },
  },
  {
    id: 'town-border',
    type: 'line',
    source: 'regions',
    'source-layer': 'regions',
    filter: ['==', ['get', 'level'], 'town'],
    layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOUR.townBorder, 'line-width': widening([7, 1], [12, 2.2], [16, 3.2]) },
  },
];
