// Carries the workspace into the small sources of the map, each only when what it shows has changed.

import type { FeatureCollection } from 'geojson';
import i18next from 'i18next';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { formatFor } from '../i18n/format.ts';
import { personName } from '../i18n/person-name.ts';
import { useWorkspace } from '../state/store.ts';
import type { Workspace } from '../state/workspace.ts';
import { cellData } from './cell-data.ts';
import {
  blockData,
  footprintData,
  gridData,
  NOTHING,
  outlineData,
  peopleData,
  planGridData,
  regionLabelData,
  selectionData,
} from './map-data.ts';
import type { SmallSource } from './sources.ts';

export interface Feed {
  /** The style is there: fill everything and keep it filled. */
  readonly begin: () => void;
  /** The language changed: write the labels anew. */
  readonly speak: () => void;
}

export function feedSources(map: MapLibreMap): Feed {
  let begun = false;
  const set = (source: SmallSource, data: FeatureCollection): void => {
    (map.getSource(source) as GeoJSONSource | undefined)?.setData(data);
  };
  const update = (now: Workspace, before: Workspace | null): void => {
    if (now.planGrids !== before?.planGrids || now.active?.code !== before.active?.code) {
      const { areas, labels } = planGridData(now.planGrids.features, now.active?.code ?? null, householdsText());
      set('plan-grids', areas);
      set('plan-labels', labels);
    }
    if (now.progress !== before?.progress || now.plan !== before.plan) {
      set('region-labels', regionLabelData(now.plan?.towns ?? [], now.progress.values(), noteText()));
    }
    if (now.others !== before?.others || now.progress !== before.progress || now.active?.code !== before.active?.code) {
      set(
        'people',
        peopleData(now.others, now.active?.code ?? null, now.progress, (person) => personName(i18next.t, person)),
      );
    }
    updateCommunity(now, before, set);
  };
  map.once(
    'remove',
    useWorkspace.subscribe((now, before) => {
      if (begun) update(now, before);
    }),
  );
  return {
    begin: () => {
      begun = true;
      update(useWorkspace.getState(), null);
    },
    speak: () => {
      if (begun) update(useWorkspace.getState(), null);
    },
  };
}

function updateCommunity(now: Workspace, before: Workspace | null, set: (source: SmallSource, data: FeatureCollection) => void): void {
  const { active, selectedGrid, selectedBlocks } = now;
  const last = before?.active ?? null;
  if (active === null && last === null && before !== null) return;
  if (active?.blocks !== last?.blocks || before === null) set('blocks', active === null ? NOTHING : blockData(active));
  if (active?.blocks !== last?.blocks || before === null) {
    const { borders, labels } = active === null ? { borders: NOTHING, labels: NOTHING } : cellData(active, householdsText());
    set('cells', borders);
    set('cell-labels', labels);
  }
  if (active?.code !== last?.code || before === null) set('community', active === null ? NOTHING : outlineData(active));
  if (active?.buildings !== last?.buildings || before === null) set('footprints', active === null ? NOTHING : footprintData(active));
  if (active?.grids !== last?.grids || active?.issues !== last?.issues || before === null) {
    const { areas, labels } =
      active === null ? { areas: NOTHING, labels: NOTHING } : gridData(active, now.progress.get(active.code)?.name ?? '', householdsText());
    set('grids', areas);
    set('grid-labels', labels);
  }
  if (active !== last || selectedGrid !== before?.selectedGrid || selectedBlocks !== before.selectedBlocks) {
    set('selection', active === null ? NOTHING : selectionData(active, selectedGrid, selectedBlocks));
  }
}

/** “412 户” in the reader's language. */
export function householdsText(): (households: number) => string {
  const format = formatFor(i18next.language);
  return (households) => i18next.t('tools:count.households', { value: format.count(households) });
}

function noteText(): Parameters<typeof regionLabelData>[2] {
  const format = formatFor(i18next.language);
  return ({ grids, households }) =>
    i18next.t(grids === 0 ? 'tools:map.communityNoteEmpty' : 'tools:map.communityNote', {
      grids: format.count(grids),
      households: format.count(households),
    });
}
