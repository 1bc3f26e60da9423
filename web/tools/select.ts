// Select (V): a click takes the grid under the pointer; hovering shows which one that would be.
import type { HandPoint, Tool, ToolHost } from './tool.ts';

/** A press that moves further than this pans the map and selects nothing. */
const CLICK_PX = 5;

export function selectTool(host: ToolHost): Tool {
  let pressed: HandPoint | null = null;
  const reset = (): void => {
    pressed = null;
  };
  return {
    snaps: false,
    cursor: 'default',
    press: (point) => {
      pressed = point;
    },
    move: (point) => {
      if (pressed === null) host.draw({ hover: host.community()?.gridAt(point.pointer) ?? null });
    },
    release: (point) => {
      const moved = pressed === null ? Infinity : Math.hypot(point.pixel[0] - pressed.pixel[0], point.pixel[1] - pressed.pixel[1]);
      reset();
      if (moved <= CLICK_PX && host.community()?.blockAt(point.pointer) != null) {
        host.workspace().selectGrid(host.community()?.gridAt(point.pointer) ?? null);
      }
    },
    finish: () => undefined,
    back: () => {
      const { selectedGrid, selectGrid } = host.workspace();
      if (selectedGrid === null) return false;
      selectGrid(null);
      return true;
    },
    reset,
  };
}
