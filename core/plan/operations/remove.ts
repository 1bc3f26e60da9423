// remove: grids go, their blocks are not drawn any more. Inverse: the grids restored with their blocks.
import type { Change } from '../change.ts';
import { fail, type Outcome, succeed } from '../failure.ts';
import type { Operation } from '../operation.ts';
import type { CommunityState } from '../state.ts';
import { WorkingCopy } from '../working-copy.ts';

export function remove(state: CommunityState, operation: Extract<Operation, { type: 'remove' }>): Outcome<Change> {
  const grids = new Set(operation.grids);
  for (const id of grids) {
    const grid = state.grids.get(id);
    if (!grid) return fail('unknown-grid', { grid: id });
    if (grid.locked) return fail('grid-locked', { grid: id });
  }
  const copy = new WorkingCopy(state);
  for (const [block, grid] of state.gridOf) if (grids.has(grid)) copy.assign(block, null);
  for (const id of grids) copy.grids.delete(id);
  return succeed(copy.change());
}
