// The plan on the map: fills by kind, inset borders by state, labels. `plan-*` are the other communities, the rest the one being edited.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { COLOUR, FILL_OPACITY, FILL_OPACITY_BACKGROUND } from './palette.ts';
import { THEMATIC_PATTERN, UNDRAWN_PATTERN } from './patterns.ts';

/** The first family only sets the weight: MapLibre reads it from the name and draws every glyph from the fonts of the machine. */
export const FAMILIES = ['PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'sans-serif'];
const BOLD = ['OneGrid Bold', ...FAMILIES];
const MEDIUM = ['OneGrid Medium', ...FAMILIES];

const BORDER_PX = 2;
/** Grids of other communities appear from here on: the county as a whole shows what is drawn. */
const GRIDS_MIN_ZOOM = 7;
const LABELS_MIN_ZOOM = 13;
/** From here on a community with grids is labelled by these. */
const COMMUNITY_LABELS_MAX_ZOOM = 13;
/** Cells are the finest level: from here on there is room for them. */
const CELLS_MIN_ZOOM = 13.5;
const CELL_LABELS_MIN_ZOOM = 14;
const TOWN_LABELS_MAX_ZOOM = 12;
/** Below it a town is all there is room for. */
const COMMUNITY_LABELS_MIN_ZOOM = 10.6;

const notThematic: ExpressionSpecification = ['!=', ['get', 'kind'], 'thematic'];
const thematic: ExpressionSpecification = ['==', ['get', 'kind'], 'thematic'];

/** In the band: quiet. Outside, erroneous and excused stand out. */
const borderColour: ExpressionSpecification = [
  'match',
  ['get', 'state'],
  'error',
  COLOUR.error,
  'outside',
  COLOUR.amber,
  'excused',
  COLOUR.amber,
  ['get', 'border'],
];

/** 名称 / 412 户 ● */
const gridLabel: ExpressionSpecification = [
  'format',
  ['get', 'name'],
  { 'text-font': ['literal', BOLD] },
  '\n',
  {},
  ['get', 'households'],
  { 'font-scale': 0.94 },
  '  ',
  {},
  ['get', 'dot'],
  { 'text-color': ['get', 'dotColour'], 'font-scale': 0.72 },
] as unknown as ExpressionSpecification;

const labelLayout = {
  'text-font': MEDIUM,
  'text-line-height': 1.25,
  'text-max-width': 9,
  'text-padding': 3,
  'symbol-sort-key': ['-', 0, ['get', 'weight']] as ExpressionSpecification,
};
const labelPaint = { 'text-color': COLOUR.ink, 'text-halo-color': COLOUR.halo, 'text-halo-width': 1.6 };

export const planLayers: readonly LayerSpecification[] = [
  {
    id: 'plan-fill',
    type: 'fill',
    source: 'plan-grids',
    minzoom: GRIDS_MIN_ZOOM,
    filter: notThematic,
    paint: {
      'fill-color': ['get', 'colour'],
      'fill-opacity': ['interpolate', ['linear'], ['zoom'], 11, FILL_OPACITY, 13, FILL_OPACITY_BACKGROUND],
      'fill-antialias': false,
    },
  },
  {
    id: 'plan-border',
    type: 'line',
    source: 'plan-grids',
    minzoom: GRIDS_MIN_ZOOM,
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': borderColour,
      'line-width': ['interpolate', ['linear'], ['zoom'], 9, 0.6, 13, BORDER_PX],
      'line-offset': ['interpolate', ['linear'], ['zoom'], 9, 0.3, 13, BORDER_PX / 2],
      'line-opacity': 0.5,
    },
  },
];

export const communityLayers: readonly LayerSpecification[] = [
  { id: 'undrawn', type: 'fill', source: 'blocks', filter: ['==', ['get', 'drawn'], 0], paint: { 'fill-color': COLOUR.undrawn } },
  {
    id: 'undrawn-hatch',
    type: 'fill',
    source: 'blocks',
    filter: ['==', ['get', 'drawn'], 0],
    paint: { 'fill-pattern': UNDRAWN_PATTERN, 'fill-opacity': 0.7 },
  },
  {
    id: 'grid-fill',
    type: 'fill',
    source: 'grids',
    filter: notThematic,
    paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': FILL_OPACITY, 'fill-antialias': false },
  },
  {
    id: 'block-lines',
    type: 'line',
    source: 'blocks',
    minzoom: 12.5,
    paint: {
      'line-color': COLOUR.block,
      'line-width': 0.5,
      'line-opacity': ['interpolate', ['linear'], ['zoom'], 12.5, 0, 14, 0.55],
    },
  },
  {
    id: 'cell-borders',
    type: 'line',
    source: 'cells',
    minzoom: CELLS_MIN_ZOOM,
    layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOUR.ink, 'line-width': 1.6, 'line-dasharray': [3, 1.5], 'line-opacity': 0.85 },
  },
  {
    id: 'footprints',
    type: 'fill',
    source: 'footprints',
    minzoom: 13,
    paint: {
      'fill-color': [
        'interpolate',
        ['linear'],
        ['get', 'households'],
        0,
        COLOUR.buildingEmpty,
        1,
        COLOUR.building,
        60,
        COLOUR.buildingFull,
      ],
      'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13, 0.3, 14.5, 0.85],
    },
  },
  {
    id: 'footprint-lines',
    type: 'line',
    source: 'footprints',
    minzoom: 15,
    paint: { 'line-color': COLOUR.buildingEdge, 'line-width': 0.6 },
  },
  {
    id: 'building-points',
    type: 'circle',
    source: 'footprints',
    minzoom: 14,
    filter: ['==', ['geometry-type'], 'Point'],
    paint: { 'circle-radius': 3, 'circle-color': COLOUR.buildingFull, 'circle-opacity': 0.8 },
  },
  {
    id: 'thematic-fill',
    type: 'fill',
    source: 'grids',
    filter: thematic,
    paint: { 'fill-pattern': THEMATIC_PATTERN, 'fill-opacity': 0.7 },
  },
  {
    id: 'grid-border',
    type: 'line',
    source: 'grids',
    filter: ['!=', ['get', 'state'], 'excused'],
    layout: { 'line-join': 'round' },
    paint: { 'line-color': borderColour, 'line-width': BORDER_PX, 'line-offset': BORDER_PX / 2 },
  },
  {
    id: 'grid-border-excused',
    type: 'line',
    source: 'grids',
    filter: ['==', ['get', 'state'], 'excused'],
    paint: { 'line-color': borderColour, 'line-width': BORDER_PX, 'line-offset': BORDER_PX / 2, 'line-dasharray': [4, 1.5] },
  },
];

export const communityOutlineLayers: readonly LayerSpecification[] = [
  {
    id: 'community-outline',
    type: 'line',
    source: 'community',
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': COLOUR.communityBorder, 'line-width': 3 },
  },
  {
    id: 'selection-halo',
    type: 'line',
    source: 'selection',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOUR.halo, 'line-width': 8, 'line-opacity': 0.9 },
  },
  {
    id: 'selection',
    type: 'line',
    source: 'selection',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOUR.accent, 'line-width': 4 },
  },
  {
    id: 'selected-blocks',
    type: 'fill',
    source: 'selection',
    filter: ['==', ['get', 'block'], 1],
    paint: { 'fill-color': COLOUR.accent, 'fill-opacity': 0.28 },
  },
];

/** Labels of the grids of a source, in that colour. */
export function gridLabelLayer(source: string, colour: string | ExpressionSpecification): LayerSpecification {
  return {
    id: source,
    type: 'symbol',
    source,
    minzoom: 11,
    layout: { ...labelLayout, 'text-field': gridLabel, 'text-size': ['interpolate', ['linear'], ['zoom'], 13, 12, 16, 15] },
    paint: { ...labelPaint, 'text-color': colour },
  };
}

export const labelLayers: readonly LayerSpecification[] = [
  {
    id: 'road-names',
    type: 'symbol',
    source: 'barriers',
    'source-layer': 'barriers',
    minzoom: 14,
    filter: ['!=', ['coalesce', ['get', 'name'], ''], ''],
    layout: {
      'symbol-placement': 'line',
      'text-field': ['get', 'name'],
      'text-font': FAMILIES,
      'text-size': 11.5,
      'text-letter-spacing': 0.12,
      'symbol-spacing': 420,
      'text-padding': 6,
    },
    paint: { 'text-color': COLOUR.inkQuiet, 'text-halo-color': COLOUR.halo, 'text-halo-width': 1.4, 'text-opacity': 0.85 },
  },
  {
    id: 'institution-names',
    type: 'symbol',
    source: 'institutions',
    'source-layer': 'institutions',
    minzoom: 14.5,
    layout: { 'text-field': ['get', 'name'], 'text-font': FAMILIES, 'text-size': 11, 'text-max-width': 8 },
    paint: { 'text-color': '#6b5a83', 'text-halo-color': COLOUR.halo, 'text-halo-width': 1.2 },
  },
  {
    id: 'plan-labels',
    type: 'symbol',
    source: 'plan-labels',
    minzoom: LABELS_MIN_ZOOM,
    layout: { ...labelLayout, 'text-field': gridLabel, 'text-size': 11.5 },
    paint: { ...labelPaint, 'text-opacity': 0.72 },
  },
  {
    id: 'community-names',
    type: 'symbol',
    source: 'region-labels',
    minzoom: COMMUNITY_LABELS_MIN_ZOOM,
    maxzoom: COMMUNITY_LABELS_MAX_ZOOM,
    filter: ['==', ['get', 'level'], 'community'],
    layout: {
      ...labelLayout,
      'text-field': ['format', ['get', 'name'], {}, '\n', {}, ['get', 'note'], { 'font-scale': 0.86, 'text-color': COLOUR.inkQuiet }],
      'text-size': 12,
    },
    paint: labelPaint,
  },
  {
    id: 'community-names-undrawn',
    type: 'symbol',
    source: 'region-labels',
    minzoom: COMMUNITY_LABELS_MAX_ZOOM,
    filter: ['all', ['==', ['get', 'level'], 'community'], ['==', ['get', 'grids'], 0]],
    layout: { ...labelLayout, 'text-field': ['get', 'name'], 'text-size': 13 },
    paint: { ...labelPaint, 'text-color': COLOUR.inkQuiet },
  },
  {
    id: 'town-names',
    type: 'symbol',
    source: 'region-labels',
    maxzoom: TOWN_LABELS_MAX_ZOOM,
    filter: ['==', ['get', 'level'], 'town'],
    layout: { ...labelLayout, 'text-field': ['get', 'name'], 'text-font': BOLD, 'text-size': 15, 'text-letter-spacing': 0.08 },
    paint: { ...labelPaint, 'text-halo-width': 2 },
  },
  {
    id: 'cell-labels',
    type: 'symbol',
    source: 'cell-labels',
    minzoom: CELL_LABELS_MIN_ZOOM,
    layout: {
      ...labelLayout,
      'text-field': ['format', ['get', 'number'], { 'text-font': ['literal', BOLD] }, '  ', {}, ['get', 'households'], {}],
      'text-size': 11,
    },
    paint: { ...labelPaint, 'text-color': COLOUR.ink },
  },
  gridLabelLayer('grid-labels', COLOUR.ink),
  {
    id: 'people-names',
    type: 'symbol',
    source: 'people',
    layout: {
      'text-field': ['get', 'names'],
      'text-font': BOLD,
      'text-size': 12,
      'text-offset': [0, -2.4],
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: { 'text-color': ['get', 'colour'], 'text-halo-color': COLOUR.halo, 'text-halo-width': 2 },
  },
];
