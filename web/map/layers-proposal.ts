// A proposed layout on the map: all its borders in the accent colour, so that none is taken for one that is there.
import type { LayerSpecification } from 'maplibre-gl';
import { gridLabelLayer } from './layers-plan.ts';
import { COLOUR, FILL_OPACITY } from './palette.ts';

export const proposalLayers: readonly LayerSpecification[] = [
  { id: 'proposal-fill', type: 'fill', source: 'proposal', paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': FILL_OPACITY } },
  {
    id: 'proposal-border-halo',
    type: 'line',
    source: 'proposal',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOUR.halo, 'line-width': 7 },
  },
  {
    id: 'proposal-border',
    type: 'line',
    source: 'proposal',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOUR.accent, 'line-width': 3.5 },
  },
];

export const proposalLabelLayers: readonly LayerSpecification[] = [gridLabelLayer('proposal-labels', COLOUR.accent)];
