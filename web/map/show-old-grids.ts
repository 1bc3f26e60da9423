// Lays the old grids of the chosen department on the map, and the one that was clicked more heavily.
import type { FeatureCollection } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { type OneNetStore, useOneNet } from '../state/one-net.ts';
import { labelPoint } from './label-point.ts';
import { NOTHING } from './map-data.ts';
import type { SmallSource } from './sources.ts';

/** The result ends it. */
export function showOldGrids(map: MapLibreMap): () => void {
  const set = (source: SmallSource, data: FeatureCollection): void => {
    (map.getSource(source) as GeoJSONSource | undefined)?.setData(data);
  };
  const draw = ({ oldGrids, shown, marked }: OneNetStore): void => {
    const features = (shown && oldGrids?.features) || [];
    set('old-grids', {
      type: 'FeatureCollection',
      features: features.map((grid) => ({ ...grid, properties: { ...grid.properties, marked: grid.properties.id === marked ? 1 : 0 } })),
    });
    set('old-grid-labels', features.length === 0 ? NOTHING : { type: 'FeatureCollection', features: features.flatMap(labelOf) });
  };
  return useOneNet.subscribe((now, before) => {
    if (now.oldGrids !== before.oldGrids || now.shown !== before.shown || now.marked !== before.marked) draw(now);
  });
}

function labelOf({
  geometry,
  properties: { id, name },
}: NonNullable<OneNetStore['oldGrids']>['features'][number]): FeatureCollection['features'] {
  const point = labelPoint(geometry.coordinates);
  return point === null ? [] : [{ type: 'Feature', geometry: { type: 'Point', coordinates: point }, properties: { id, name, weight: id } }];
}
