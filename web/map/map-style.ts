// The style of the map: our own sources and layers, no glyphs or sprites from anywhere. Without a glyph address MapLibre draws all text itself.
import type { StyleSpecification } from 'maplibre-gl';
import { groundLayers, regionBorderLayers } from './layers-ground.ts';
import { laidLabelLayers, laidLayers } from './layers-laid.ts';
import { oldGridLabelLayers, oldGridLayers } from './layers-old-grids.ts';
import { communityLayers, communityOutlineLayers, labelLayers, planLayers } from './layers-plan.ts';
import { proposalLabelLayers, proposalLayers } from './layers-proposal.ts';
import { mapSources } from './sources.ts';

export const mapStyle = (origin: string): StyleSpecification => ({
  version: 8,
  sources: mapSources(origin),
  layers: [
    ...groundLayers,
    ...planLayers,
    ...communityLayers,
    ...proposalLayers,
    ...regionBorderLayers,
    ...communityOutlineLayers,
    ...laidLayers,
    ...oldGridLayers,
    ...labelLayers,
    ...proposalLabelLayers,
    ...laidLabelLayers,
    ...oldGridLabelLayers,
  ],
});
