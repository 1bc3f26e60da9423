// Makes the map and keeps it in step: workspace → sources, hand → overlay, worker → preview. Taken down as a whole.
import i18next from 'i18next';
import { Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl';
import mapWorkerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { useWorkspace } from '../state/store.ts';
import type { Workspace } from '../state/workspace.ts';
import { communityIndex, type CommunityIndex } from '../tools/community-index.ts';
import { describeCaught, describePreview } from '../tools/describe.ts';
import { createHand, type Hand } from '../tools/hand.ts';
import type { HandPoint } from '../tools/tool.ts';
import { foresightClient } from '../worker/foresight-client.ts';
import { showBaseMap } from './base-map.ts';
import { feedSources } from './feed.ts';
import { mapStyle } from './map-style.ts';
import { drawScene, EMPTY_SCENE, type Scene } from './overlay.ts';
import { addPatterns } from './patterns.ts';
import { drawScaleBar } from './scale-bar.ts';
import type { View } from './view.ts';

setWorkerUrl(mapWorkerUrl);

/** Room left around a place that the map goes to, in pixels; more above, where the toolbar floats. */
const FOCUS_PADDING = { top: 88, right: 48, bottom: 56, left: 48 };
const FOCUS_MAX_ZOOM = 17.5;
const FOCUS_MS = 450;
const COORDINATE_DIGITS = 5;
/** Distance of the counts from the pointer, in pixels. */
const TALLY_OFFSET_PX = 18;
/** Name under which the time from pointer move to counts is measured; listen with a PerformanceObserver for `measure`. */
export const TALLY_MEASURE = 'onegrid-tally';

export interface MapElements {
  readonly container: HTMLElement;
  readonly overlay: HTMLCanvasElement;
  readonly tally: HTMLElement | null;
  readonly coordinates: HTMLElement | null;
  readonly scale: HTMLElement | null;
}

export interface MapDesk {
  /** The language changed. */
  readonly speak: () => void;
  readonly finish: () => void;
  readonly remove: () => void;
}

export function createMap(elements: MapElements): MapDesk {
  const { container } = elements;
  const map = new MapLibreMap({
    container,
    style: mapStyle(location.origin),
    center: [104, 36],
    zoom: 4,
    maxZoom: 20,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    boxZoom: false,
    doubleClickZoom: false,
    fadeDuration: 120,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();

  const view = (): View => {
    const { lng, lat } = map.getCenter();
    return { longitude: lng, latitude: lat, zoom: map.getZoom(), width: container.clientWidth, height: container.clientHeight };
  };
  const index = latestIndex();
  const overlay = overlayOn(elements.overlay, view, index);
  const worker = new Worker(new URL('../worker/foresight-worker.ts', import.meta.url), { type: 'module' });
  const client = foresightClient(worker, (foresight, askedAt) => {
    hand.foreseen(foresight);
    performance.measure(TALLY_MEASURE, { start: askedAt, end: performance.now() });
    performance.clearMeasures(TALLY_MEASURE);
  });
  const hand: Hand = createHand({
    map,
    element: handOver(map),
    view,
    workspace: useWorkspace.getState,
    community: index,
    worker: client,
    scene: overlay.change,
    describeCaught,
    describePreview,
    pointerAt: (point) => followPointer(elements, point),
    clickedOutside: (point) => openCommunityAt(map, point),
    mapSettled: () => settled(map),
  });

  const stopMirror = mirrorView(map, container, view, () => {
    overlay.redraw();
    if (elements.scale !== null) drawScaleBar(elements.scale, view());
  });
  const feed = feedSources(map);
  map.once('style.load', () => {
    addPatterns(map);
    feed.begin();
  });
  const stopWatching = useWorkspace.subscribe((now, before) => follow(now, before));
  const follow = (now: Workspace, before: Workspace | null): void => {
    if (now.tool !== before?.tool) hand.take(now.tool);
    if (now.active?.code !== before?.active?.code) hand.reset();
    if (now.active !== before?.active && now.active !== null) holdInWorker(client, now);
    if (now.focus !== null && now.focus.serial !== before?.focus?.serial) goTo(map, now.focus.bounds);
    if (now.health?.map.baseMap !== before?.health?.map.baseMap) showBaseMap(map, now.health?.map.baseMap ?? null);
  };
  follow(useWorkspace.getState(), null);

  return {
    finish: hand.finish,
    speak: feed.speak,
    remove: () => {
      stopWatching();
      stopMirror();
      hand.detach();
      worker.terminate();
      map.remove();
    },
  };
}

/** The element that takes the pointer; the browser must not scroll or zoom under a finger that draws. */
function handOver(map: MapLibreMap): HTMLElement {
  const element = map.getCanvasContainer();
  element.style.touchAction = 'none';
  map.getCanvas().style.touchAction = 'none';
  return element;
}

/** The index of the open community, built when it is first asked for after a change. */
function latestIndex(): () => CommunityIndex | null {
  let built: CommunityIndex | null = null;
  return () => {
    const { active } = useWorkspace.getState();
    if (active === null) built = null;
    else if (built?.active !== active) built = communityIndex(active);
    return built;
  };
}

function holdInWorker(client: ReturnType<typeof foresightClient>, { active, profile, progress }: Workspace): void {
  const known = active === null ? undefined : progress.get(active.code);
  if (active === null || profile === null || known === undefined) return;
  const { code, name, kind } = known;
  client.hold({ community: { code, name, kind }, profile, grids: active.grids, blocks: active.blocks, buildings: active.buildings });
}

function overlayOn(canvas: HTMLCanvasElement, view: () => View, community: () => CommunityIndex | null) {
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  let scene: Scene = EMPTY_SCENE;
  const redraw = (): void => {
    const now = view();
    const ratio = window.devicePixelRatio;
    const [width, height] = [Math.round(now.width * ratio), Math.round(now.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawScene(context, now, community(), scene);
  };
  return {
    redraw,
    change: (change: Partial<Scene>): void => {
      scene = { ...scene, ...change };
      redraw();
    },
  };
}

/** Writes the view where tests find it (see view.ts), and draws the overlay anew when the map moves. */
function mirrorView(map: MapLibreMap, container: HTMLElement, view: () => View, redraw: () => void): () => void {
  const write = (): void => {
    container.dataset.view = JSON.stringify(view());
    redraw();
  };
  const mark = (idle: boolean) => (): void => {
    if (container.dataset.idle !== String(idle)) container.dataset.idle = String(idle);
  };
  map.on('move', write);
  map.on('resize', write);
  map.on('load', write);
  map.on('movestart', mark(false));
  map.on('dataloading', mark(false));
  map.on('idle', mark(true));
  const observer = new ResizeObserver(write);
  observer.observe(container);
  return () => observer.disconnect();
}

function followPointer({ tally, coordinates }: MapElements, point: HandPoint | null): void {
  if (tally !== null && point !== null) {
    const [x, y] = point.pixel;
    tally.style.transform = `translate(${Math.round(x + TALLY_OFFSET_PX)}px, ${Math.round(y + TALLY_OFFSET_PX)}px)`;
  }
  if (coordinates !== null) {
    coordinates.textContent = point === null ? '' : i18next.t('tools:map.coordinates', {
      longitude: point.position[0].toFixed(COORDINATE_DIGITS), latitude: point.position[1].toFixed(COORDINATE_DIGITS),
    });
  }
}

/** Opens the community under the pointer. */
function openCommunityAt(map: MapLibreMap, point: HandPoint): void {
  const [found] = map.queryRenderedFeatures([point.pixel[0], point.pixel[1]], { layers: ['region-ground'] });
  const code: unknown = found?.properties.code;
  const { active, openCommunity } = useWorkspace.getState();
  if (typeof code === 'string' && code !== active?.code) void openCommunity(code);
}

function goTo(map: MapLibreMap, bounds: readonly [number, number, number, number]): void {
  const first = !map.isStyleLoaded();
  map.fitBounds([...bounds], { padding: FOCUS_PADDING, maxZoom: FOCUS_MAX_ZOOM, duration: first ? 0 : FOCUS_MS });
}

const settled = (map: MapLibreMap): Promise<void> => new Promise((resolve) => {
  map.once('idle', () => resolve());
  map.triggerRepaint();
});
