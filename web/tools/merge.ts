// Merge (M): click the grids to be joined, then Enter; the first one clicked keeps its name.
import type { PreviewSide } from '../state/workspace.ts';
import { bandOfCounts } from './grid-counts.ts';
import type { Tool, ToolHost } from './tool.ts';

export function mergeTool(host: ToolHost): Tool {
  let chosen: number[] = [];
  const reset = (): void => {
    chosen = [];
  };
  const show = (): void => {
    host.draw({ grids: chosen });
    const side = joined(host, chosen);
    if (side === null) host.show(null);
    else host.show({ sides: [side], cutBuildings: [], obstacle: chosen.length < 2 ? 'tools:obstacle.merge-needs-two' : null });
  };
  return {
    snaps: false,
    cursor: 'pointer',
    press: (point) => {
      const grid = host.community()?.gridAt(point.pointer) ?? null;
      if (grid === null) return;
      if (host.community()?.grid(grid)?.properties.locked === true) return host.refuse('grid-locked');
      chosen = chosen.includes(grid) ? chosen.filter((one) => one !== grid) : [...chosen, grid];
      show();
    },
    move: (point) => host.draw({ grids: chosen, hover: host.community()?.gridAt(point.pointer) ?? null }),
    release: () => undefined,
    finish: () => {
      const [into] = chosen;
      if (into === undefined || chosen.length < 2) return;
      host.commit({ type: 'merge', grids: chosen, into });
      reset();
      host.draw({});
    },
    back: () => {
      if (chosen.length === 0) return false;
      chosen = chosen.slice(0, -1);
      show();
      return true;
    },
    reset,
  };
}

/** The one grid that the chosen ones would become; null: none chosen. */
function joined(host: ToolHost, chosen: readonly number[]): PreviewSide | null {
  const grids = chosen.map((id) => host.community()?.grid(id)?.properties).filter((grid) => grid !== undefined);
  const [first] = grids;
  if (first === undefined) return null;
  const sum = (field: 'households' | 'population' | 'buildings' | 'area_m2' | 'blocks'): number =>
    grids.reduce((total, grid) => total + grid[field], 0);
  const counts = { households: sum('households'), population: sum('population'), buildings: sum('buildings'), area_m2: sum('area_m2') };
  const whole = sum('blocks') === host.community()?.active.blocks.features.length;
  const band = bandOfCounts(host.workspace().profile, { kind: first.kind, reason: first.reason, wholeCommunity: whole, ...counts });
  return { grid: first.id, label: first.name, ...counts, band };
}
