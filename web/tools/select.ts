// Select (V): a click takes the grid under the pointer, with Shift single blocks; hovering shows which grid that would be.
import { CLICK_PX, type HandPoint, type Tool, type ToolHost } from './tool.ts';

export function selectTool(host: ToolHost): Tool {
  let pressed: HandPoint | null = null;
  const reset = (): void => {
    pressed = null;
  };
  return {
    snaps: false,
    cursor: 'default',
    roams: true,
    press: (point) => {
      pressed = point;
    },
    move: (point) => {
      if (pressed === null) host.draw({ hover: host.community()?.gridAt(point.pointer) ?? null });
    },
    release: (point) => {
      const moved = pressed === null ? Infinity : Math.hypot(point.pixel[0] - pressed.pixel[0], point.pixel[1] - pressed.pixel[1]);
      reset();
      const block = host.community()?.blockAt(point.pointer)?.properties;
      if (moved > CLICK_PX || block === undefined) return;
      const { selectBlocks, selectedBlocks, selectGrid } = host.workspace();
      if (point.shift) selectBlocks(toggled(selectedBlocks, block.id));
      else selectGrid(block.grid);
    },
    finish: () => undefined,
    back: () => {
      const { selectedGrid, selectGrid, selectedBlocks, selectBlocks } = host.workspace();
      if (selectedBlocks.size > 0) selectBlocks(new Set());
      else if (selectedGrid !== null) selectGrid(null);
      else return false;
      return true;
    },
    reset,
  };
}

function toggled(blocks: ReadonlySet<number>, block: number): ReadonlySet<number> {
  const next = new Set(blocks);
  if (!next.delete(block)) next.add(block);
  return next;
}
