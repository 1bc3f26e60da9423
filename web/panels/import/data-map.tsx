// The map of an import in its frame: what it shows comes in, what is clicked goes out.
import type { FeatureCollection } from 'geojson';
import { useEffect, useRef, useState } from 'react';
import { createImportMap, type ImportMap } from '../../map/import-map.ts';
import type { Bounds } from '../../state/bounds.ts';
import { NO_FEATURES } from './file-features.ts';
import './step-coordinates.css';

interface Props {
  file?: FeatureCollection;
  others?: FeatureCollection;
  misfits?: FeatureCollection;
  chosen?: FeatureCollection;
  marks?: FeatureCollection;
  /** Goes there whenever it is another box. */
  focus: Bounds | null;
  onPick?: (key: string) => void;
}

export function DataMap({
  file = NO_FEATURES,
  others = NO_FEATURES,
  misfits = NO_FEATURES,
  chosen = NO_FEATURES,
  marks = NO_FEATURES,
  focus,
  onPick,
}: Props) {
  const container = useRef<HTMLDivElement>(null);
  const scale = useRef<HTMLSpanElement>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  const [map, setMap] = useState<ImportMap | null>(null);
  useEffect(() => {
    if (container.current === null) return;
    const made = createImportMap({ container: container.current, scale: scale.current, onPick: (key) => pick.current?.(key) });
    setMap(made);
    return made.remove;
  }, []);
  useEffect(() => map?.show('file', file), [map, file]);
  useEffect(() => map?.show('others', others), [map, others]);
  useEffect(() => map?.show('misfits', misfits), [map, misfits]);
  useEffect(() => map?.show('chosen', chosen), [map, chosen]);
  useEffect(() => map?.show('marks', marks), [map, marks]);
  useEffect(() => {
    if (focus !== null) map?.goTo(focus);
  }, [map, focus]);
  return (
    <>
      <div ref={container} className="import-map" data-testid="import-map" />
      <span ref={scale} className="map-scale import-scale small" />
    </>
  );
}
