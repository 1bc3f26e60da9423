// Paint (B): press on a grid and sweep blocks across its border; both sides count along, release commits, Esc gives everything back.
import type { BlockProperties } from '../../core/api/messages.ts';
import type { GridKind } from '../../core/plan/state.ts';
import { samplesAlong } from './community-index.ts';
import { paintedSides, type Stroke } from './stroke.ts';
import type { HandPoint, Position, Tool, ToolHost } from './tool.ts';
import { toolOptions } from './tool-options.ts';

/** Distance between the points of a fast sweep that are looked at. */
const SWEEP_STEP_PX = 4;

export function paintTool(host: ToolHost): Tool {
  let stroke: Stroke | null = null;
  let last: HandPoint | null = null;

  const reset = (): void => {
    stroke = null;
    last = null;
  };
  const takes = (block: BlockProperties, begun: Stroke): boolean => {
    if (block.grid === begun.to) return false;
    if (begun.undrawnOnly && block.grid !== null) return false;
    return block.grid === null || host.community()?.grid(block.grid)?.properties.locked !== true;
  };
  const sweep = (position: Position): void => {
    const block = host.community()?.blockAt(position)?.properties;
    if (block !== undefined && stroke !== null && takes(block, stroke)) stroke.blocks.set(block.id, block);
  };
  const show = (): void => {
    const index = host.community();
    if (stroke === null || index === null) return;
    host.draw({ blocks: { ids: [...stroke.blocks.keys()], kind: stroke.kind, shade: stroke.shade } });
    host.show(
      stroke.blocks.size === 0 ? null : { sides: paintedSides(index, host.workspace().profile, stroke), cutBuildings: [], obstacle: null },
    );
  };

  return {
    snaps: false,
    cursor: 'crosshair',
    press: (point) => {
      const begun = begin(host, point);
      if (begun === 'locked') return host.refuse('grid-locked');
      if (begun === null) return;
      stroke = begun;
      last = point;
      sweep(point.pointer);
      show();
    },
    move: (point) => {
      if (stroke === null) return host.draw({ hover: host.community()?.gridAt(point.pointer) ?? null });
      if (last !== null) {
        const pixels = Math.hypot(point.pixel[0] - last.pixel[0], point.pixel[1] - last.pixel[1]);
        for (const at of samplesAlong([last.pointer, point.pointer], Math.ceil(pixels / SWEEP_STEP_PX))) sweep(at);
      }
      sweep(point.pointer);
      last = point;
      show();
    },
    release: () => {
      const done = stroke;
      reset();
      if (done === null) return;
      if (done.blocks.size > 0) {
        const blocks = [...done.blocks.keys()];
        host.commit(
          done.to === 'new' ? { type: 'assign', blocks, to: 'new', kind: assignable(done.kind) } : { type: 'assign', blocks, to: done.to },
        );
        if (done.to === 'new') toolOptions.getState().choosePaintTarget('pressed');
      } else if (typeof done.to === 'number') host.workspace().selectGrid(done.to);
      host.draw({});
    },
    finish: () => undefined,
    back: () => {
      const { paintTarget, choosePaintTarget } = toolOptions.getState();
      if (stroke === null && paintTarget === 'pressed') return false;
      if (stroke === null) choosePaintTarget('pressed');
      reset();
      host.draw({});
      host.show(null);
      return true;
    },
    key: (key) => chooseByKey(host, key),
    reset,
  };
}

/** What a press begins: a stroke for the chosen target, or for the grid pressed; on undrawn ground a new grid. */
function begin(host: ToolHost, point: HandPoint): Stroke | 'locked' | null {
  const index = host.community();
  const block = index?.blockAt(point.pointer)?.properties;
  if (index === null || block === undefined) return null;
  const { paintTarget } = toolOptions.getState();
  const target = paintTarget === 'pressed' ? (block.grid ?? 'new') : paintTarget;
  const grid = target === 'new' ? undefined : index.grid(target)?.properties;
  if (target !== 'new' && grid === undefined) return null;
  if (grid?.locked === true) return 'locked';
  const kind: GridKind = grid?.kind ?? host.workspace().progress.get(index.active.code)?.kind ?? 'urban';
  return { to: target, kind, shade: grid?.shade ?? 0, undrawnOnly: target === 'new' && paintTarget === 'pressed', blocks: new Map() };
}

/** 1–9 choose the target grid in the order of the list, 0 a new one. */
function chooseByKey(host: ToolHost, key: string): boolean {
  const { choosePaintTarget } = toolOptions.getState();
  if (key === '0') {
    choosePaintTarget('new');
    return true;
  }
  if (!/^[1-9]$/.test(key)) return false;
  const grid = paintable(host)[Number(key) - 1];
  if (grid !== undefined) choosePaintTarget(grid);
  return true;
}

/** Ids of the grids that keys 1–9 choose. */
export const paintable = (host: Pick<ToolHost, 'community'>): number[] =>
  (host.community()?.active.grids.features ?? [])
    .filter(({ properties }) => properties.kind !== 'thematic')
    .map(({ properties }) => properties.id);

const assignable = (kind: GridKind): Exclude<GridKind, 'thematic'> => (kind === 'thematic' ? 'dedicated' : kind);
