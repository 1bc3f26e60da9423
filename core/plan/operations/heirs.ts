// Which part of a new layout goes on as which of the grids that are there: identity, name and code stay where most households stay.
import type { Block, CommunityState } from '../state.ts';

/** Part → grid. The largest overlaps first, by households and then by blocks. The first parts, `made`, are new ones. */
export function heirsOf(state: CommunityState, parts: readonly (readonly Block[])[], made: number): Map<number, number> {
  const overlaps = parts.flatMap((part, index) => {
    if (index < made) return [];
    const shared = new Map<number, { households: number; blocks: number }>();
    for (const { id, households } of part) {
      const grid = state.gridOf.get(id);
      if (grid === undefined) continue;
      const known = shared.get(grid) ?? { households: 0, blocks: 0 };
      shared.set(grid, { households: known.households + households, blocks: known.blocks + 1 });
    }
    return [...shared].map(([grid, counts]) => ({ index, grid, ...counts }));
  });
  overlaps.sort((a, b) => b.households - a.households || b.blocks - a.blocks || a.index - b.index || a.grid - b.grid);
  const heirs = new Map<number, number>();
  const taken = new Set<number>();
  for (const { index, grid } of overlaps) {
    if (heirs.has(index) || taken.has(grid)) continue;
    heirs.set(index, grid);
    taken.add(grid);
  }
  return heirs;
}
