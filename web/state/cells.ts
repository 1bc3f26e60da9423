// The cells of the grids of a community, gathered from its blocks. Pure.
import type { BlockFeature } from '../../core/api/messages.ts';

export interface CellOfGrid {
  readonly grid: number;
  /** Number within the grid, from 1; 0: the blocks of a grid with cells that are in none of them. */
  readonly number: number;
  readonly blocks: BlockFeature[];
  households: number;
  population: number;
}

/** Cells by grid and number; a grid without cells has none, not even number 0. */
export function cellsAmong(blocks: readonly BlockFeature[]): CellOfGrid[] {
  const divided = new Set(blocks.flatMap(({ properties }) => (properties.cell > 0 ? (properties.grid ?? []) : [])));
  const cells = new Map<string, CellOfGrid>();
  for (const block of blocks) {
    const { grid, cell: number, households, population } = block.properties;
    if (grid === null || !divided.has(grid)) continue;
    const key = `${grid} ${number}`;
    const cell = cells.get(key) ?? { grid, number, blocks: [], households: 0, population: 0 };
    cell.blocks.push(block);
    cell.households += households;
    cell.population += population;
    cells.set(key, cell);
  }
  return [...cells.values()].sort((a, b) => a.grid - b.grid || a.number - b.number);
}
