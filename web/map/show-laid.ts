// Lays another layout on the map: in place of the open plan, or dashed over it; grids of a chosen line of a list stand out.
import type { FeatureCollection } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { type LaidLayoutStore, useLaidLayout } from '../state/laid-layout.ts';
import { useWorkspace } from '../state/store.ts';
import { householdsText } from './feed.ts';
import { borderLines, NOTHING, outlinesOf, planGridData } from './map-data.ts';
import type { SmallSource } from './sources.ts';

const ALONE_LAYERS = ['laid-fill', 'laid-border', 'laid-labels'];
const DASHED_LAYERS = ['laid-dashed-halo', 'laid-dashed'];
/** The open plan and the community that is being edited. */
const PLAN_LAYERS = [
  ...['plan-fill', 'plan-border', 'plan-labels', 'undrawn', 'undrawn-hatch', 'grid-fill', 'block-lines', 'cell-borders', 'cell-labels'],
  ...[
    'thematic-fill',
    'grid-border',
    'grid-border-excused',
    'grid-labels',
    'selection-halo',
    'selection',
    'selected-blocks',
    'community-outline',
  ],
];

export function showLaidLayout(map: MapLibreMap): { speak: () => void; stop: () => void } {
  const set = (source: SmallSource, data: FeatureCollection): void => {
    (map.getSource(source) as GeoJSONSource | undefined)?.setData(data);
  };
  const show = (layers: readonly string[], shown: boolean): void => {
    for (const layer of layers) map.setLayoutProperty(layer, 'visibility', shown ? 'visible' : 'none');
  };
  const draw = ({ laid }: LaidLayoutStore): void => {
    if (map.getSource('laid') === undefined) return;
    const grids = laid?.grids.features ?? [];
    const { areas, labels } = laid?.how === 'alone' ? planGridData(grids, null, householdsText()) : { areas: NOTHING, labels: NOTHING };
    set('laid', areas);
    set('laid-labels', labels);
    set('laid-lines', laid?.how === 'dashed' ? borderLines(grids) : NOTHING);
    show(ALONE_LAYERS, laid?.how === 'alone');
    show(DASHED_LAYERS, laid?.how === 'dashed');
    show(PLAN_LAYERS, laid?.how !== 'alone');
  };
  const mark = ({ laid, marked }: LaidLayoutStore): void => {
    const known = laid?.how === 'alone' ? laid.grids.features : useWorkspace.getState().planGrids.features;
    set('laid-marked', marked.size === 0 ? NOTHING : outlinesOf(known.filter(({ properties }) => marked.has(properties.id))));
  };
  const stop = useLaidLayout.subscribe((now, before) => {
    if (now.laid !== before.laid) draw(now);
    if (now.laid !== before.laid || now.marked !== before.marked) mark(now);
  });
  return { speak: () => draw(useLaidLayout.getState()), stop };
}
