// Reshape (R): a line from border to border of the selected grid; what lies between line and border changes side.
import type { Operation } from '../../core/plan/operation.ts';
import { drawnLine } from './drawn-line.ts';
import { commitOrDrop, type Position, type Tool, type ToolHost } from './tool.ts';

export function reshapeTool(host: ToolHost): Tool {
  const reshapeOf = (line: Position[]): Operation | null => {
    const grid = host.workspace().selectedGrid;
    return grid === null || line.length < 2 ? null : { type: 'reshape', grid, line };
  };
  const drawn = drawnLine({
    least: 2,
    closes: false,
    dragged: (from, to) => [from, to],
    changed: (line) => {
      host.draw({ line });
      host.ask(reshapeOf(line));
    },
    finished: (line) => commitOrDrop(host, reshapeOf(line)),
  });
  return {
    snaps: true,
    cursor: 'crosshair',
    prefersBorderOf: () => host.workspace().selectedGrid,
    press: (point) => {
      const { selectedGrid, selectGrid } = host.workspace();
      const index = host.community();
      if (index === null) return;
      if (selectedGrid === null || index.grid(selectedGrid) === undefined) return selectGrid(index.gridAt(point.pointer));
      if (!drawn.begun() && point.caught?.grids.includes(selectedGrid) !== true) return host.refuse('begin-on-border');
      drawn.press(point);
    },
    move: (point) => {
      if (drawn.begun()) return drawn.move(point);
      const chosen = host.workspace().selectedGrid !== null;
      host.draw(chosen ? { caught: point.caught } : { hover: host.community()?.gridAt(point.pointer) ?? null });
    },
    release: drawn.release,
    finish: drawn.finish,
    back: drawn.back,
    reset: drawn.reset,
  };
}
