// A proposed layout on the map: new borders in the accent colour, so that none is taken for one that is there; what stays looks as it does.
import type { FilterSpecification, LayerSpecification } from 'maplibre-gl';
import { gridLabelLayer } from './layers-plan.ts';
import { COLOUR, FILL_OPACITY } from './palette.ts';

const isChanged: FilterSpecification = ['==', ['get', 'changed'], 1];

export const proposalLayers: readonly LayerSpecification[] = [
  { id: 'proposal-fill', type: 'fill', source: 'proposal', paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': FILL_OPACITY } },
  {
    id: 'proposal-border-same',
    type: 'line',
    source: 'proposal',
    filter: ['==', ['get', 'changed'], 0],
    layout: { 'line-join': 'round' },
    paint: { 'line-color': ['get', 'border'], 'line-width': 2 },
  },
  {
    id: 'proposal-border-halo',
    type: 'line',
    source: 'proposal',
    filter: isChanged,
    layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOUR.halo, 'line-width': 7 },
  },
  {
    id: 'proposal-border',
    type: 'line',
    source: 'proposal',
    filter: isChanged,
    layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOUR.accent, 'line-width': 3.5 },
  },
];

export const proposalLabelLayers: readonly LayerSpecification[] = [
  gridLabelLayer('proposal-labels', ['case', ['==', ['get', 'changed'], 1], COLOUR.accent, COLOUR.ink]),
];
