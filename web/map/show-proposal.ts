// Lays a proposed layout over today's: its borders and counts stand out, today's stay behind as faint lines; or today's alone.
import type { FeatureCollection } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { useDivision } from '../state/division-store.ts';
import { useWorkspace } from '../state/store.ts';
import type { ActiveCommunity } from '../state/workspace.ts';
import { householdsText } from './feed.ts';
import { layoutData, NOTHING } from './map-data.ts';
import { FILL_OPACITY } from './palette.ts';
import type { SmallSource } from './sources.ts';

const FAINT_OPACITY = 0.45;
const PROPOSED_LAYERS = ['proposal-fill', 'proposal-border-same', 'proposal-border-halo', 'proposal-border', 'proposal-labels'];
/** What would say the same twice beside a proposal, or that nothing is drawn there. */
const PRESENT_LAYERS = ['undrawn', 'undrawn-hatch', 'grid-labels', 'selection', 'selection-halo', 'selected-blocks'];

/** @param settled resolves when the map shows what the workspace holds: an accepted layout stays until it is on the map */
export function showProposals(map: MapLibreMap, settled: () => Promise<void>): { speak: () => void; stop: () => void } {
  const set = (source: SmallSource, data: FeatureCollection): void => {
    (map.getSource(source) as GeoJSONSource | undefined)?.setData(data);
  };
  const weigh = (shown: boolean): void => {
    for (const layer of PROPOSED_LAYERS) map.setLayoutProperty(layer, 'visibility', shown ? 'visible' : 'none');
    for (const layer of PRESENT_LAYERS) map.setLayoutProperty(layer, 'visibility', shown ? 'none' : 'visible');
    map.setPaintProperty('grid-fill', 'fill-opacity', shown ? 0 : FILL_OPACITY);
    for (const layer of ['grid-border', 'grid-border-excused']) {
      map.setPaintProperty(layer, 'line-opacity', shown ? FAINT_OPACITY : 1);
    }
  };
  let drawnOver: ActiveCommunity | null = null;
  const draw = async (): Promise<void> => {
    const accepted = useDivision.getState().layout === null && useWorkspace.getState().active !== drawnOver;
    if (accepted) await settled();
    const { layout, view } = useDivision.getState();
    if (map.getSource('proposal') === undefined) return;
    const { active, progress } = useWorkspace.getState();
    drawnOver = active;
    const name = progress.get(layout?.community ?? '')?.name ?? '';
    const { areas, labels } =
      layout === null
        ? { areas: NOTHING, labels: NOTHING }
        : layoutData(layout.grids, active?.grids.features ?? [], name, householdsText());
    set('proposal', areas);
    set('proposal-labels', labels);
    weigh(layout !== null && view === 'proposed');
  };
  const stop = useDivision.subscribe((now, before) => {
    if (now.layout !== before.layout || now.view !== before.view) void draw();
  });
  return {
    speak: () => {
      if (useDivision.getState().layout !== null) void draw();
    },
    stop,
  };
}
