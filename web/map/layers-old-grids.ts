// Old grids of a department: dashed over whatever the map shows, with their names. Brown and dashed: nothing else is.
import type { LayerSpecification } from 'maplibre-gl';
import { FAMILIES } from './layers-plan.ts';
import { COLOUR } from './palette.ts';

const LABELS_MIN_ZOOM = 12;

export const oldGridLayers: readonly LayerSpecification[] = [
  {
    id: 'old-grids-halo',
    type: 'line',
    source: 'old-grids',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOUR.halo, 'line-width': 4, 'line-opacity': 0.8 },
  },
  {
    id: 'old-grids',
    type: 'line',
    source: 'old-grids',
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': COLOUR.oldGrid,
      'line-width': ['case', ['==', ['get', 'marked'], 1], 4, 2],
      'line-dasharray': [2, 2],
    },
  },
];

export const oldGridLabelLayers: readonly LayerSpecification[] = [
  {
    id: 'old-grid-labels',
    type: 'symbol',
    source: 'old-grid-labels',
    minzoom: LABELS_MIN_ZOOM,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': FAMILIES,
      'text-size': 12,
      'text-max-width': 9,
      // Beside the name of the new grid, which often stands at the same place.
      'text-variable-anchor': ['bottom', 'top', 'left', 'right'],
      'text-radial-offset': 1.6,
    },
    paint: { 'text-color': COLOUR.oldGrid, 'text-halo-color': COLOUR.halo, 'text-halo-width': 1.6 },
  },
];
