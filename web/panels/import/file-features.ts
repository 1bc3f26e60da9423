// Features of files whose coordinates are confirmed, for the ground of the map; each file is read once as it is chosen.
import type { FeatureCollection } from 'geojson';
import { useEffect, useState } from 'react';
import type { ImportSource } from '../../../core/api/import-messages.ts';
import { isRunning } from '../../state/import-steps.ts';
import { useImport } from '../../state/import-store.ts';

export const NO_FEATURES: FeatureCollection = { type: 'FeatureCollection', features: [] };

export function useConfirmedFeatures(sources: readonly ImportSource[]): FeatureCollection {
  const features = useImport((store) => store.features);
  const [shown, setShown] = useState<FeatureCollection>(NO_FEATURES);
  const busy = useImport(({ status, asking }) => asking !== null || isRunning(status?.phase ?? null));
  const wantedSources = sources.filter(({ choice, problem }) => problem === null && choice.crs !== null);
  const key = JSON.stringify(wantedSources.map(({ id, choice: { crs, swapAxes, layer } }) => [id, crs, swapAxes, layer]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that matters of the files, which cannot be read while they are at work
  useEffect(() => {
    let wanted = true;
    void Promise.all(wantedSources.map(({ id }) => features(id, null))).then((read) => {
      if (wanted) setShown({ type: 'FeatureCollection', features: read.flatMap((one) => one?.features ?? []) });
    });
    return () => {
      wanted = false;
    };
  }, [features, key, busy]);
  return shown;
}
