// One operation on one community: pure, answers the change or why it cannot be done. Undo and redo are inverse changes of stored ones.
import type { Profile } from '../rules/profile.ts';
import type { Change } from './change.ts';
import { fail, type Outcome } from './failure.ts';
import type { Operation } from './operation.ts';
import { adopt } from './operations/adopt.ts';
import { assign } from './operations/assign.ts';
import { carve } from './operations/carve.ts';
import { cell } from './operations/cell.ts';
import { cut } from './operations/cut.ts';
import { describe } from './operations/describe.ts';
import { divide } from './operations/divide.ts';
import { setLock } from './operations/lock.ts';
import { merge } from './operations/merge.ts';
import { remove } from './operations/remove.ts';
import { reshape } from './operations/reshape.ts';
import type { CommunityState } from './state.ts';

export type PlannedOperation = Exclude<Operation, { type: 'undo' | 'redo' }>;

/** What the operation would do. New blocks and grids bear negative ids. The state is not changed. */
export function planChange(state: CommunityState, operation: PlannedOperation, profile: Profile): Outcome<Change> {
  const outcome = dispatch(state, operation, profile);
  if (!outcome.ok) return outcome;
  const locked = outcome.value.assignments.find(({ from, to }) => isLocked(state, from) || isLocked(state, to));
  if (locked) return fail('grid-locked', { grid: (isLocked(state, locked.from) ? locked.from : locked.to) ?? 0 });
  const { splits, grids, assignments, cells } = outcome.value;
  const closed = cells.map(({ block }) => state.gridOf.get(block) ?? null).find((grid) => isLocked(state, grid));
  if (closed) return fail('grid-locked', { grid: closed });
  if (splits.length + grids.length + assignments.length + cells.length === 0) return fail('nothing-to-change');
  return outcome;
}

function isLocked(state: CommunityState, grid: number | null): boolean {
  return grid !== null && (state.grids.get(grid)?.locked ?? false);
}

function dispatch(state: CommunityState, operation: PlannedOperation, profile: Profile): Outcome<Change> {
  switch (operation.type) {
    case 'assign':
      return assign(state, operation);
    case 'cut':
      return cut(state, operation);
    case 'carve':
      return carve(state, operation);
    case 'reshape':
      return reshape(state, operation);
    case 'merge':
      return merge(state, operation);
    case 'divide':
      return divide(state, operation, profile);
    case 'adopt':
      return adopt(state, operation);
    case 'cell':
      return cell(state, operation, profile);
    case 'describe':
      return describe(state, operation);
    case 'remove':
      return remove(state, operation);
    case 'lock':
      return setLock(state, operation.grids, true);
    case 'unlock':
      return setLock(state, operation.grids, false);
  }
}
