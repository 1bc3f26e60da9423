// A layout laid over the plan or in its place: that of a day, the one before an adjustment, that of a package. Dashed: what was there before.
import type { LayerSpecification } from 'maplibre-gl';
import { gridLabelLayer } from './layers-plan.ts';
import { COLOUR, FILL_OPACITY } from './palette.ts';

export const laidLayers: readonly LayerSpecification[] = [
  {
    id: 'laid-fill',
    type: 'fill',
    source: 'laid',
    layout: { visibility: 'none' },
    paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': FILL_OPACITY, 'fill-antialias': false },
  },
  {
    id: 'laid-border',
    type: 'line',
    source: 'laid',
    layout: { 'line-join': 'round', visibility: 'none' },
    paint: { 'line-color': ['get', 'border'], 'line-width': ['interpolate', ['linear'], ['zoom'], 9, 0.6, 13, 2] },
  },
  {
    id: 'laid-dashed-halo',
    type: 'line',
    source: 'laid-lines',
    layout: { 'line-join': 'round', visibility: 'none' },
    paint: { 'line-color': COLOUR.halo, 'line-width': 4, 'line-opacity': 0.8 },
  },
  {
    id: 'laid-dashed',
    type: 'line',
    source: 'laid-lines',
    layout: { 'line-join': 'round', visibility: 'none' },
    paint: { 'line-color': COLOUR.error, 'line-width': 2, 'line-dasharray': [3, 2] },
  },
  {
    id: 'laid-marked-halo',
    type: 'line',
    source: 'laid-marked',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOUR.halo, 'line-width': 8 },
  },
  {
    id: 'laid-marked',
    type: 'line',
    source: 'laid-marked',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOUR.accent, 'line-width': 4 },
  },
];

export const laidLabelLayers: readonly LayerSpecification[] = [gridLabelLayer('laid-labels', COLOUR.ink)];
