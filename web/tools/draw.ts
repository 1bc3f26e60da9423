// Draw (D): a ring becomes a grid of its own, carved out of whatever lies there; a drag draws a rectangle.

import type { Operation } from '../../core/plan/operation.ts';
import type { GridKind } from '../../core/plan/state.ts';
import { drawnLine } from './drawn-line.ts';
import { commitOrDrop, type Position, type Tool, type ToolHost } from './tool.ts';
import { toolOptions } from './tool-options.ts';

/** The `carve` that a ring means; null while it encloses nothing. */
export function carveOf(line: readonly Position[], kind: GridKind): Operation | null {
  const [first] = line;
  if (first === undefined || line.length < 3) return null;
  return { type: 'carve', polygon: [[...line, first]], kind };
}

export function drawTool(host: ToolHost): Tool {
  const drawn = drawnLine({
    least: 3,
    closes: true,
    dragged: (from, to) => [from, [to[0], from[1]], to, [from[0], to[1]]],
    changed: (line) => {
      host.draw({ line, closed: true });
      host.ask(carveOf(line, toolOptions.getState().carveKind));
    },
    finished: (line) => commitOrDrop(host, carveOf(line, toolOptions.getState().carveKind)),
  });
  return {
    snaps: true,
    cursor: 'crosshair',
    press: drawn.press,
    move: (point) => {
      if (drawn.begun()) drawn.move(point);
      else host.draw({});
    },
    release: drawn.release,
    finish: drawn.finish,
    back: drawn.back,
    reset: drawn.reset,
  };
}
