// Split (S): a line cuts the grid it runs through in two; both counts stand at the pointer before it is done.
import type { Operation } from '../../core/plan/operation.ts';
import { drawnLine } from './drawn-line.ts';
import { commitOrDrop, type Position, type Tool, type ToolHost } from './tool.ts';

/** The `cut` that a line means: of the selected grid if it crosses it, of the one it runs through most otherwise. */
export function cutOf(host: ToolHost, line: Position[]): Operation | null {
  const index = host.community();
  if (index === null || line.length < 2) return null;
  const grid = index.gridAlong(line, host.workspace().selectedGrid);
  return grid === null ? { type: 'cut', line } : { type: 'cut', line, grid };
}

export function splitTool(host: ToolHost): Tool {
  const drawn = drawnLine({
    least: 2,
    closes: false,
    dragged: (from, to) => [from, to],
    changed: (line) => {
      host.draw({ line });
      host.ask(cutOf(host, line));
    },
    finished: (line) => {
      const operation = cutOf(host, line);
      const grid = operation?.type === 'cut' && operation.grid !== undefined ? host.community()?.grid(operation.grid) : undefined;
      commitOrDrop(host, grid?.properties.locked === true ? null : operation);
      if (grid?.properties.locked === true) host.refuse('grid-locked');
    },
  });
  return {
    snaps: true,
    cursor: 'crosshair',
    press: drawn.press,
    move: (point) => {
      if (drawn.begun()) drawn.move(point);
      else host.draw({ hover: host.community()?.gridAt(point.pointer) ?? null });
    },
    release: drawn.release,
    finish: drawn.finish,
    back: drawn.back,
    reset: drawn.reset,
  };
}
