// Makes the map and keeps it in step: workspace → sources, hand → overlay, worker → preview. Taken down as a whole.
import i18next from 'i18next';
import { Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl';
import mapWorkerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { useImport } from '../state/import-store.ts';
import { useLayout } from '../state/layout.ts';
import { useMends } from '../state/mends.ts';
import { useWorkspace } from '../state/store.ts';
import type { Workspace } from '../state/workspace.ts';
import { type CommunityIndex, communityIndex } from '../tools/community-index.ts';
import { describeCaught, describePreview } from '../tools/describe.ts';
import { createHand, type Hand } from '../tools/hand.ts';
import type { HandPoint } from '../tools/tool.ts';
import { holdOf } from '../worker/hold.ts';
import { workerClient } from '../worker/worker-client.ts';
import { baseMapOn } from './base-map.ts';
import { feedSources } from './feed.ts';
import { mapStyle } from './map-style.ts';
import { drawScene, EMPTY_SCENE, isEmpty, type Scene } from './overlay.ts';
import { addPatterns } from './patterns.ts';
import { drawScaleBar } from './scale-bar.ts';
import { showLaidLayout } from './show-laid.ts';
import { showOldGrids } from './show-old-grids.ts';
import { showProposals } from './show-proposal.ts';
import { renewTiles } from './sources.ts';
import type { View } from './view.ts';

setWorkerUrl(mapWorkerUrl);

/** Room left around a place that the map goes to, in pixels; more above and below, where toolbar, legend and marks float. */
const FOCUS_PADDING = { top: 92, right: 40, bottom: 96, left: 40 };
const FOCUS_MAX_ZOOM = 17.5;
const FOCUS_MS = 450;
const COORDINATE_DIGITS = 5;
/** The map is not waited for longer than this before the hand's drawing is taken away. */
const SETTLE_MS = 4_000;
/** Distance of the counts from the pointer, and from the edge of the map, in pixels. */
const TALLY_OFFSET_PX = 18;
/** A panel that opens this soon after the map went to a place takes room that the place was meant to have. */
const REFIT_MS = 5000;

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
    // Below the first tiles: nothing is fetched before the place is known.
    zoom: 3,
    maxZoom: 20,
    attributionControl: false,
    locale: { 'Map.Title': i18next.t('shell:map') },
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
  const worker = new Worker(new URL('../worker/community-worker.ts', import.meta.url), { type: 'module' });
  const client = workerClient(worker);
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
    hoverOutside: communityHover(map),
    clickedOutside: (point) => openCommunityAt(map, point),
    mapSettled: () => settled(map),
  });

  const scale = (): void => {
    if (elements.scale !== null) drawScaleBar(elements.scale, view());
  };
  const stopMirror = mirrorView(map, container, view, () => {
    overlay.redraw();
    scale();
  });
  const feed = feedSources(map);
  const proposals = showProposals(map, () => settled(map));
  const laid = showLaidLayout(map);
  const stopOldGrids = showOldGrids(map);
  const goTo = travel(map);
  const showBaseMap = baseMapOn(map, () => useWorkspace.getState().explain('tools:map.baseMapFailed'));
  const layBaseMap = (): void => {
    showBaseMap(useLayout.getState().baseMapShown ? (useWorkspace.getState().health?.map.baseMap ?? null) : null);
  };
  const stopWatchingLayout = useLayout.subscribe((now, before) => {
    if (now.baseMapShown !== before.baseMapShown) layBaseMap();
  });
  map.once('style.load', () => {
    addPatterns(map);
    feed.begin();
  });
  const stopWatching = useWorkspace.subscribe((now, before) => follow(now, before));
  const follow = (now: Workspace, before: Workspace | null): void => {
    if (now.tool !== before?.tool) hand.take(now.tool);
    if (now.active?.code !== before?.active?.code) hand.reset();
    const held = now.active === before?.active && now.profile === before?.profile ? null : holdOf(now);
    if (held !== null) client.hold(held);
    if (now.focus !== null && now.focus.serial !== before?.focus?.serial) goTo(now.focus.bounds);
    if (JSON.stringify(now.health?.map.baseMap) !== JSON.stringify(before?.health?.map.baseMap)) layBaseMap();
  };
  follow(useWorkspace.getState(), null);
  const stopWatchingMends = useMends.subscribe((now, before) => {
    if (now.looked !== before.looked) hand.consider(now.looked?.operation ?? null);
  });
  const stopWatchingImport = useImport.subscribe(({ status }, before) => {
    if (status?.phase === 'done' && before.status?.phase !== 'done') renewTiles(map, location.origin, status.id);
  });

  return {
    finish: hand.finish,
    speak: () => {
      feed.speak();
      proposals.speak();
      laid.speak();
      scale();
    },
    remove: () => {
      stopWatching();
      stopWatchingMends();
      stopWatchingImport();
      stopWatchingLayout();
      stopMirror();
      proposals.stop();
      laid.stop();
      stopOldGrids();
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
    // Some browsers go on showing the last drawing of a canvas that was only cleared.
    canvas.style.visibility = isEmpty(scene) ? 'hidden' : 'visible';
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

function followPointer({ container, tally, coordinates }: MapElements, point: HandPoint | null): void {
  if (tally !== null && point !== null) {
    const [x, y] = point.pixel;
    const left = roomFor(x, tally.offsetWidth, container.clientWidth);
    const top = roomFor(y, tally.offsetHeight, container.clientHeight);
    tally.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }
  if (coordinates !== null) {
    coordinates.textContent =
      point === null
        ? ''
        : i18next.t('tools:map.coordinates', {
            longitude: point.position[0].toFixed(COORDINATE_DIGITS),
            latitude: point.position[1].toFixed(COORDINATE_DIGITS),
          });
  }
}

/** After the pointer where there is room, before it otherwise. */
const roomFor = (at: number, size: number, room: number): number =>
  at + 2 * TALLY_OFFSET_PX + size <= room ? at + TALLY_OFFSET_PX : at - TALLY_OFFSET_PX - size;

/** Code of the community under the pointer, other than the open one. */
function closedCommunityAt(map: MapLibreMap, point: HandPoint): string | null {
  const [found] = map.queryRenderedFeatures([point.pixel[0], point.pixel[1]], { layers: ['region-ground'] });
  const code: unknown = found?.properties.code;
  return typeof code === 'string' && code !== useWorkspace.getState().active?.code ? code : null;
}

function openCommunityAt(map: MapLibreMap, point: HandPoint): void {
  const code = closedCommunityAt(map, point);
  if (code !== null) void useWorkspace.getState().openCommunity(code);
}

/** Lights up the community that a click would open. */
function communityHover(map: MapLibreMap): (point: HandPoint | null) => boolean {
  let lit: string | null = null;
  const light = (code: string, hover: boolean): void => {
    map.setFeatureState({ source: 'regions', sourceLayer: 'regions', id: code }, { hover });
  };
  return (point) => {
    const code = point === null || !map.isStyleLoaded() ? null : closedCommunityAt(map, point);
    if (code !== lit) {
      if (lit !== null) light(lit, false);
      if (code !== null) light(code, true);
      lit = code;
    }
    return lit !== null;
  };
}

/** Goes to places; when the map changes its size right after, goes there again. */
function travel(map: MapLibreMap): (bounds: readonly [number, number, number, number]) => void {
  let last: { bounds: readonly [number, number, number, number]; at: number } | null = null;
  const fit = (bounds: readonly [number, number, number, number], duration: number): void => {
    const padding = { ...FOCUS_PADDING, right: FOCUS_PADDING.right + coveredRight(map.getContainer()) };
    map.fitBounds([...bounds], { padding, maxZoom: FOCUS_MAX_ZOOM, duration });
  };
  map.on('movestart', (event) => {
    // Whoever moved the map means to stay there.
    if (event.originalEvent instanceof UIEvent) last = null;
  });
  map.on('resize', () => {
    if (last !== null && performance.now() - last.at < REFIT_MS) fit(last.bounds, 0);
  });
  let first = true;
  return (bounds) => {
    last = { bounds, at: performance.now() };
    fit(bounds, first ? 0 : FOCUS_MS);
    first = false;
  };
}

/** Width of the map that the right panel lies over, in a narrow window, pixels. */
function coveredRight(container: HTMLElement): number {
  const panel = document.querySelector('.right-panel')?.getBoundingClientRect();
  return panel === undefined ? 0 : Math.max(0, container.getBoundingClientRect().right - panel.left);
}

/** Resolves when the map shows what the workspace held at the call, or something newer. */
function settled(map: MapLibreMap): Promise<void> {
  const { active } = useWorkspace.getState();
  return new Promise((resolve) => {
    const done = (): void => {
      map.off('render', look);
      stop();
      clearTimeout(late);
      resolve();
    };
    const look = (): void => {
      if (map.isSourceLoaded('grids') && map.isSourceLoaded('blocks')) done();
    };
    const stop = useWorkspace.subscribe((now) => {
      if (now.active !== active) done();
    });
    const late = setTimeout(done, SETTLE_MS);
    map.on('render', look);
    map.triggerRepaint();
  });
}
