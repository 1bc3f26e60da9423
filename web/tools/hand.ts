// From pointer and keyboard to the tool in hand: looks up what is under the pointer, catches, pans, asks the worker, commits.
import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Operation } from '../../core/plan/operation.ts';
import { isTyping } from '../actions/typing.ts';
import type { Scene } from '../map/overlay.ts';
import { pixelsPerDegree, placeAt, type View } from '../map/view.ts';
import type { Preview, ToolId, Workspace } from '../state/workspace.ts';
import type { Foresight } from '../worker/messages.ts';
import type { WorkerClient } from '../worker/worker-client.ts';
import type { CommunityIndex } from './community-index.ts';
import { tools } from './registry.ts';
import type { Caught } from './snap.ts';
import { measureTally } from './tally-measure.ts';
import { CLICK_PX, type HandPoint, type Position, type Sketch, type Tool, type ToolHost } from './tool.ts';

const LEFT = 0;
const MIDDLE = 1;
const RIGHT = 2;

/** How long the reason stays at the pointer why nothing happened. */
const REFUSAL_MS = 3_000;
/** A worker that has not judged a line by then is not waited for: the server judges it anyway. */
const JUDGE_MS = 1_500;
/** Operations that a hand can draw impossibly. */
const JUDGED: ReadonlySet<Operation['type']> = new Set(['cut', 'carve', 'reshape']);

export interface HandParts {
  readonly map: MapLibreMap;
  /** Takes the pointer events: the canvas container of the map. */
  readonly element: HTMLElement;
  readonly view: () => View;
  readonly workspace: () => Workspace;
  readonly community: () => CommunityIndex | null;
  readonly worker: Pick<WorkerClient, 'ask' | 'forget'>;
  /** Changes what is drawn over the map. */
  readonly scene: (change: Partial<Scene>) => void;
  readonly describeCaught: (caught: Caught) => string;
  readonly describePreview: (foresight: Foresight) => Preview;
  /** The pointer moved there, or left the map. */
  readonly pointerAt: (point: HandPoint | null) => void;
  /** The pointer is over ground outside the open community, or not any more; whether a click there does something. */
  readonly hoverOutside: (point: HandPoint | null) => boolean;
  /** A click on ground outside the open community. */
  readonly clickedOutside: (point: HandPoint) => void;
  /** Resolves when the map shows what the workspace holds. */
  readonly mapSettled: () => Promise<void>;
}

export interface Hand {
  readonly take: (tool: ToolId) => void;
  /** Finishes what is begun, like Enter. */
  readonly finish: () => void;
  /** Shows what an operation from a list would do; null: nothing any more. */
  readonly consider: (operation: Operation | null) => void;
  /** Forgets what is begun: another community is open. */
  readonly reset: () => void;
  readonly detach: () => void;
}

export function createHand(parts: HandParts): Hand {
  const { element, map, workspace } = parts;
  let sketch: Sketch = {};
  let caught: Caught | null = null;
  let foresight: Foresight | null = null;
  let foreseenFor: Operation | null = null;
  let movedAt = 0;
  let commits = 0;

  const host: ToolHost = {
    workspace,
    community: parts.community,
    draw: (drawn) => {
      sketch = { ...drawn, caught };
      parts.scene({ sketch, caughtText: caught === null ? '' : parts.describeCaught(caught) });
    },
    ask: (operation) => {
      if (operation !== null) return void ask(operation);
      parts.worker.forget();
      foresight = null;
      parts.scene({ foresight });
      host.show(null);
    },
    show: (preview) => {
      if (preview !== null || workspace().preview !== null) workspace().showPreview(preview);
      if (preview !== null) measureTally(movedAt);
    },
    refuse: (reason) => {
      const preview: Preview = { sides: [], cutBuildings: [], obstacle: `tools:obstacle.${reason}` };
      workspace().showPreview(preview);
      setTimeout(() => {
        if (workspace().preview === preview) workspace().showPreview(null);
      }, REFUSAL_MS);
    },
    commit: (operation) => void commit(operation),
    leave: () => workspace().chooseTool('select'),
  };

  async function ask(operation: Operation): Promise<void> {
    const askedAt = movedAt;
    const answer = await parts.worker.ask({ type: 'foresee', operation });
    if (answer === null) return;
    foresight = answer;
    foreseenFor = operation;
    parts.scene({ foresight });
    workspace().showPreview(parts.describePreview(answer));
    measureTally(askedAt);
  }

  /**
   * What was released stays drawn until the map has it: the screen never falls back to the old border. What the preview shows to be
   * impossible is not sent; while it is being judged it is unsent already, so that a page that is closed then does not lose it.
   */
  async function commit(operation: Operation): Promise<void> {
    const serial = ++commits;
    const drawn = { ...sketch, line: [], caught: null, hover: null };
    const shown = isSame(operation, foreseenFor) ? foresight : null;
    parts.scene({ pending: { sketch: drawn, foresight } });
    host.ask(null);
    host.draw({});
    const judging = shown === null ? judge(operation) : Promise.resolve(shown);
    const sending = isPossible(shown) ? workspace().transact(operation, judging.then(isPossible)) : null;
    const judged = await judging;
    if (judged !== null && serial === commits) parts.scene({ pending: { sketch: drawn, foresight: judged } });
    if (judged !== null && judged.obstacle !== null) host.refuse(judged.obstacle);
    else if ((await sending) === 'done') await parts.mapSettled();
    if (serial === commits) parts.scene({ pending: null });
  }

  /** For a line that was finished before its preview came, or without the vertex that the preview still held. */
  const judge = (operation: Operation): Promise<Foresight | null> =>
    JUDGED.has(operation.type)
      ? Promise.race([parts.worker.ask({ type: 'foresee', operation }), silence(JUDGE_MS)])
      : Promise.resolve(null);

  let considered: Operation | null = null;
  async function consider(operation: Operation | null): Promise<void> {
    considered = operation;
    host.draw(operation === null ? {} : sketchOf(operation, parts.community()));
    foresight = operation === null ? null : await parts.worker.ask({ type: 'foresee', operation });
    if (considered === operation) parts.scene({ foresight });
  }

  const made = new Map<ToolId, Tool>();
  for (const { id, create } of tools) made.set(id, create(host));
  const select = made.get('select') as Tool;
  let tool = select;

  const dropSketch = (): void => {
    caught = null;
    tool.reset();
    host.ask(null);
    host.draw({});
  };

  const catchAt = (pointer: Position, scale: readonly [number, number]): Caught | null => {
    const snap = parts.community()?.snap;
    const preferred = tool.prefersBorderOf?.() ?? null;
    const border = preferred === null ? null : snap?.catch({ pointer, pixelsPerDegree: scale, borderOf: preferred });
    return border ?? snap?.catch({ pointer, pixelsPerDegree: scale }) ?? null;
  };
  const pointOf = (event: PointerEvent): HandPoint => {
    const box = element.getBoundingClientRect();
    const pixel: [number, number] = [event.clientX - box.left, event.clientY - box.top];
    const view = parts.view();
    const pointer = placeAt(view, pixel);
    caught = tool.snaps && !event.altKey ? catchAt(pointer, pixelsPerDegree(view)) : null;
    return { pointer, pixel, caught, position: caught?.position ?? pointer, time: event.timeStamp, shift: event.shiftKey };
  };

  const pointers = new Set<number>();
  let panning: { x: number; y: number } | null = null;
  let spaceHeld = false;
  let pressed = false;
  let pressedAt: readonly [number, number] = [0, 0];
  const isOutside = (point: HandPoint): boolean => parts.community()?.blockAt(point.pointer) == null;
  const wears = (cursor: string): void => {
    element.style.cursor = cursor;
  };

  const down = (event: PointerEvent): void => {
    pointers.add(event.pointerId);
    if (pointers.size > 1) {
      // A second finger: the first one was the beginning of a pinch, not of a line.
      if (pressed) dropSketch();
      pressed = false;
      return;
    }
    const pans = event.button === RIGHT || event.button === MIDDLE || (event.button === LEFT && spaceHeld);
    if (pans) {
      panning = { x: event.clientX, y: event.clientY };
      element.setPointerCapture(event.pointerId);
      wears('grabbing');
      if (event.button !== RIGHT) event.preventDefault();
    } else if (event.button === LEFT) {
      if (!tool.roams) element.setPointerCapture(event.pointerId);
      pressed = true;
      movedAt = performance.now();
      const point = pointOf(event);
      pressedAt = point.pixel;
      tool.press(point);
    }
  };

  const move = (event: PointerEvent): void => {
    if (panning !== null) {
      map.panBy([panning.x - event.clientX, panning.y - event.clientY], { duration: 0 });
      panning = { x: event.clientX, y: event.clientY };
      return;
    }
    if (pointers.size > 1) return;
    movedAt = performance.now();
    const point = pointOf(event);
    parts.pointerAt(point);
    tool.move(point);
    if (tool.roams && !pressed) wears(parts.hoverOutside(isOutside(point) ? point : null) ? 'pointer' : tool.cursor);
  };

  const up = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
    if (panning !== null) {
      panning = null;
      wears(spaceHeld ? 'grab' : tool.cursor);
      return;
    }
    if (!pressed || event.button !== LEFT) return;
    pressed = false;
    const point = pointOf(event);
    const clicked = tool.roams && Math.hypot(point.pixel[0] - pressedAt[0], point.pixel[1] - pressedAt[1]) <= CLICK_PX;
    tool.release(point);
    if (clicked && isOutside(point)) parts.clickedOutside(point);
  };

  const cancel = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
    panning = null;
    if (pressed) dropSketch();
    pressed = false;
  };

  const leave = (): void => {
    parts.pointerAt(null);
    parts.hoverOutside(null);
    if (pressed) return;
    caught = null;
    host.draw({ ...sketch, hover: null });
  };
  const noMenu = (event: Event): void => event.preventDefault();

  const holdSpace = (event: KeyboardEvent): void => {
    if (event.key !== ' ' || !isForMap(event.target) || isTicked(event.target)) return;
    event.preventDefault();
    spaceHeld = event.type === 'keydown';
    if (panning === null) wears(spaceHeld ? 'grab' : tool.cursor);
    setDragPan(map, tool.roams === true && !spaceHeld);
  };

  /** Comes before the keys of the screen, which leave alone what was prevented. */
  const key = (event: KeyboardEvent): void => {
    if (isTyping(event.target) || event.altKey || (event.target instanceof Element && event.target.closest('[role="dialog"]') !== null))
      return;
    if (takeKey(event)) event.preventDefault();
  };
  const takeKey = (event: KeyboardEvent): boolean => {
    const undoes = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    // While a line is begun, undo takes back its last vertex, not the operation before it.
    if (undoes) return tool !== select && tool.back();
    if (event.ctrlKey || event.metaKey) return false;
    if (event.key === 'Escape') {
      if (!tool.back() && tool !== select) host.leave();
      return true;
    }
    if (event.key === 'Enter' && isForMap(event.target)) {
      tool.finish();
      return true;
    }
    return tool.key?.(event.key) === true;
  };

  const detach = listen([
    [element, 'pointerdown', down as EventListener],
    [element, 'pointermove', move as EventListener],
    [element, 'pointerup', up as EventListener],
    [element, 'pointercancel', cancel as EventListener],
    [element, 'pointerleave', leave],
    [element, 'contextmenu', noMenu],
    [window, 'keydown', key as EventListener],
    [window, 'keydown', holdSpace as EventListener],
    [window, 'keyup', holdSpace as EventListener],
  ]);
  wears(tool.cursor);

  return {
    take: (id) => {
      // From the button or the list where it was taken, Enter would not finish it.
      if (id !== 'select') map.getCanvas().focus({ preventScroll: true });
      dropSketch();
      parts.hoverOutside(null);
      tool = made.get(id) ?? select;
      wears(tool.cursor);
      setDragPan(map, tool.roams === true);
    },
    finish: () => tool.finish(),
    consider: (operation) => void consider(operation),
    reset: () => {
      commits += 1;
      dropSketch();
      parts.scene({ pending: null });
    },
    detach,
  };
}

/** What changes hands without a line being drawn. */
function sketchOf(operation: Operation, community: CommunityIndex | null): Sketch {
  if (operation.type === 'merge') return { grids: [...operation.grids, operation.into] };
  if (operation.type !== 'assign' || typeof operation.to !== 'number') return {};
  const { kind = 'urban', shade = 0 } = community?.grid(operation.to)?.properties ?? {};
  return { blocks: { ids: operation.blocks, kind, shade } };
}

const silence = (milliseconds: number): Promise<null> => new Promise((resolve) => setTimeout(resolve, milliseconds, null));

/** Nothing speaks against what could not be judged. */
const isPossible = (foreseen: Foresight | null): boolean => foreseen === null || foreseen.obstacle === null;

const isSame = (one: Operation, other: Operation | null): boolean => JSON.stringify(one) === JSON.stringify(other);

function setDragPan(map: MapLibreMap, on: boolean): void {
  if (on) map.dragPan.enable();
  else map.dragPan.disable();
}

function listen(listeners: readonly (readonly [EventTarget, string, EventListener])[]): () => void {
  for (const [target, type, listener] of listeners) target.addEventListener(type, listener, { capture: true });
  return () => {
    for (const [target, type, listener] of listeners) target.removeEventListener(type, listener, { capture: true });
  };
}

/** A box to tick keeps its own space. */
const isTicked = (target: EventTarget | null): boolean => target instanceof HTMLInputElement;

/** Buttons and fields keep their own space and Enter. */
const isForMap = (target: EventTarget | null): boolean =>
  !isTyping(target) &&
  !(target instanceof HTMLElement && target.closest('button, a, [role="menuitem"], [role="treeitem"], [role="dialog"]') !== null);
