// assign: blocks into a grid, into a new one, or out of any. Inverse: the blocks back to where they were.
import type { Change } from '../change.ts';
import { fail, type Outcome, succeed } from '../failure.ts';
import { newGrid } from '../new-grid.ts';
import type { Operation } from '../operation.ts';
import type { CommunityState } from '../state.ts';
import { WorkingCopy } from '../working-copy.ts';

export function assign(state: CommunityState, operation: Extract<Operation, { type: 'assign' }>): Outcome<Change> {
  const unknown = operation.blocks.find((block) => !state.blocks.has(block));
  if (unknown !== undefined) return fail('unknown-block', { block: unknown });
  const { to } = operation;
  if (typeof to === 'number') {
    const grid = state.grids.get(to);
    if (!grid) return fail('unknown-grid', { grid: to });
    if (grid.area) return fail('kind-has-area', { grid: to });
  }
  const copy = new WorkingCopy(state);
  const target = to === 'new' ? copy.addGrid(newGrid(state, operation.kind ?? state.community.kind)) : to;
  for (const block of operation.blocks) copy.assign(block, target);
  return succeed(copy.change());
}
