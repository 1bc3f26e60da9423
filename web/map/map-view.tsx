// The map: MapLibre over our own tiles and the workspace, the hand's overlay above it, and what every sheet must carry.
import 'maplibre-gl/dist/maplibre-gl.css';
import './map-view.css';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToolHint } from '../tools/tool-hint.tsx';
import { createMap, type MapDesk } from './map-desk.ts';
import { MapMarks } from './map-marks.tsx';
import { PointerTally } from './pointer-tally.tsx';

export function MapView() {
  const container = useRef<HTMLDivElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const tally = useRef<HTMLDivElement>(null);
  const coordinates = useRef<HTMLSpanElement>(null);
  const scale = useRef<HTMLSpanElement>(null);
  const [desk, setDesk] = useState<MapDesk | null>(null);
  const { i18n } = useTranslation();

  useEffect(() => {
    if (container.current === null || overlay.current === null) return;
    const made = createMap({
      container: container.current,
      overlay: overlay.current,
      tally: tally.current,
      coordinates: coordinates.current,
      scale: scale.current,
    });
    setDesk(made);
    return made.remove;
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the labels on the map speak the language, too
  useEffect(() => desk?.speak(), [desk, i18n.language]);

  return (
    <div className="map-view">
      <div ref={container} className="map-canvas" data-testid="map" />
      <canvas ref={overlay} className="map-overlay" />
      <PointerTally ref={tally} />
      <ToolHint finish={() => desk?.finish()} />
      <MapMarks coordinates={coordinates} scale={scale} />
    </div>
  );
}
