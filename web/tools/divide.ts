// Divide (A): a layout is proposed as soon as the tool is taken; Enter accepts it, A proposes another, X compares it with today's.
import { useDivision } from '../state/division-store.ts';
import { CLICK_PX, type Tool, type ToolHost } from './tool.ts';

export function divideTool(host: ToolHost): Tool {
  const choosesGrids = (): boolean => useDivision.getState().scope === 'grids';
  let pressed: readonly [number, number] | null = null;
  return {
    snaps: false,
    cursor: 'default',
    roams: true,
    press: (point) => {
      pressed = point.pixel;
    },
    move: (point) => {
      if (pressed === null) host.draw({ hover: choosesGrids() ? (host.community()?.gridAt(point.pointer) ?? null) : null });
    },
    release: (point) => {
      const moved = pressed === null ? Infinity : Math.hypot(point.pixel[0] - pressed[0], point.pixel[1] - pressed[1]);
      pressed = null;
      const grid = host.community()?.gridAt(point.pointer) ?? null;
      if (moved > CLICK_PX || grid === null || !choosesGrids()) return;
      if (host.community()?.grid(grid)?.properties.locked === true) host.refuse('grid-locked');
      else useDivision.getState().toggleGrid(grid);
    },
    finish: () => void useDivision.getState().accept(),
    back: () => false,
    key: (key) => {
      const { another, compare } = useDivision.getState();
      if (key.toLowerCase() === 'a') another();
      else if (key.toLowerCase() === 'x') compare();
      else return false;
      return true;
    },
    reset: () => {
      pressed = null;
    },
  };
}
