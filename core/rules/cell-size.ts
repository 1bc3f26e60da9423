// Cells outside the measure of a cell, as notes within the check of size. Says nothing where a plan has no cells or its rules know none.
import { cellNumber } from '../plan/cell-number.ts';
import type { Block, Grid } from '../plan/state.ts';
import { sizeBreach } from './band.ts';
import { issueOf, placeOf } from './finding.ts';
import type { CheckContext, Issue } from './rule.ts';
import { surveyOf } from './survey.ts';

export function cellFindings(context: CheckContext): Issue[] {
  const { state } = context;
  if (state.cellOf.size === 0 || context.profile.cell === null) return [];
  return [...surveyOf(state).holdings.values()].flatMap(({ grid, blocks }) => {
    const cells = new Map<number, Block[]>();
    for (const block of blocks) {
      const cell = state.cellOf.get(block.id) ?? 0;
      const list = cells.get(cell);
      if (list) list.push(block);
      else cells.set(cell, [block]);
    }
    const numbered = [...cells].filter(([cell]) => cell > 0).sort(([a], [b]) => a - b);
    if (numbered.length === 0) return [];
    const found = numbered.flatMap(([cell, members]) => outsideMeasure(context, grid, cell, members) ?? []);
    const rest = inNoCell(context, grid, cells.get(0) ?? []);
    return rest ? [...found, rest] : found;
  });
}

function outsideMeasure(context: CheckContext, grid: Grid, cell: number, blocks: readonly Block[]): Issue | null {
  const counts = countsOf(blocks);
  const breach = context.profile.cell && sizeBreach(counts, context.profile.cell);
  if (!breach) return null;
  return issueOf(context, {
    check: 'size',
    grid,
    message: `size-cell-${breach.side}-${breach.measure}`,
    values: { cell: cellNumber(cell), households: counts.households, persons: counts.population, limit: breach.limit },
    measured: breach.measured,
    limit: breach.limit,
    place: placeOf(blocks.map(({ polygon }) => polygon)),
    legal: true,
  });
}

/** Once a grid has cells, every household should be in one. */
function inNoCell(context: CheckContext, grid: Grid, blocks: readonly Block[]): Issue | null {
  const inhabited = blocks.filter(({ households }) => households > 0);
  if (inhabited.length === 0) return null;
  return issueOf(context, {
    check: 'size',
    grid,
    message: 'size-cell-rest',
    values: { households: countsOf(inhabited).households },
    place: placeOf(inhabited.map(({ polygon }) => polygon)),
    legal: true,
  });
}

function countsOf(blocks: readonly Block[]): { households: number; population: number } {
  return {
    households: blocks.reduce((sum, block) => sum + block.households, 0),
    population: blocks.reduce((sum, block) => sum + block.population, 0),
  };
}
