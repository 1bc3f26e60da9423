// The map of a printed sheet: drawn once at the sheet's own size and resolution, then kept as a picture.
import { Map as MapLibreMap } from 'maplibre-gl';
import type { Bounds } from '../state/bounds.ts';
import { feedSources } from './feed.ts';
import { mapStyle } from './map-style.ts';
import { addPatterns } from './patterns.ts';
import type { View } from './view.ts';

export interface SheetPicture {
  /** Data address of a PNG. */
  readonly address: string;
  /** What it shows; sizes in CSS pixels. */
  readonly view: View;
}

/** What belongs to the hand, not to the plan. */
const HAND_LAYERS = ['selection', 'selection-halo', 'selected-blocks', 'people-names'];
const MARGIN_PX = 24;

/** Draws into the container; resolves when everything is there. The result's `stop` gives the drawing up. */
export function drawSheetMap(
  container: HTMLElement,
  bounds: Bounds,
  pixelRatio: number,
): { picture: Promise<SheetPicture>; stop: () => void } {
  const map = new MapLibreMap({
    container,
    style: mapStyle(location.origin),
    bounds,
    fitBoundsOptions: { padding: MARGIN_PX },
    interactive: false,
    attributionControl: false,
    fadeDuration: 0,
    pixelRatio,
    canvasContextAttributes: { preserveDrawingBuffer: true },
  });
  const feed = feedSources(map);
  const picture = new Promise<SheetPicture>((resolve) => {
    map.once('style.load', () => {
      addPatterns(map);
      for (const layer of HAND_LAYERS) map.setLayoutProperty(layer, 'visibility', 'none');
      feed.begin();
      map.once('idle', () => {
        const { lng: longitude, lat: latitude } = map.getCenter();
        const { clientWidth: width, clientHeight: height } = container;
        resolve({ address: map.getCanvas().toDataURL('image/png'), view: { longitude, latitude, zoom: map.getZoom(), width, height } });
      });
    });
  });
  return { picture, stop: () => map.remove() };
}
