// merge: grids of the community become one, which keeps its id, name and code. Inverse: the blocks back, the others restored.
import type { Change } from '../change.ts';
import { fail, type Outcome, succeed } from '../failure.ts';
import type { Operation } from '../operation.ts';
import type { CommunityState } from '../state.ts';
import { WorkingCopy } from '../working-copy.ts';

export function merge(state: CommunityState, operation: Extract<Operation, { type: 'merge' }>): Outcome<Change> {
  const grids = new Set([...operation.grids, operation.into]);
  for (const id of grids) {
    const grid = state.grids.get(id);
    if (!grid) return fail('unknown-grid', { grid: id });
    if (grid.area) return fail('kind-has-area', { grid: id });
    if (grid.locked) return fail('grid-locked', { grid: id });
  }
  if (grids.size < 2) return fail('merge-needs-two');
  const copy = new WorkingCopy(state);
  for (const [block, grid] of state.gridOf) if (grids.has(grid)) copy.assign(block, operation.into);
  return succeed(copy.change());
}
