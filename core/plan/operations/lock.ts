// lock, unlock: a locked grid keeps its blocks. Each is the inverse of the other.
import { type Change, NO_CHANGE } from '../change.ts';
import { fail, type Outcome, succeed } from '../failure.ts';
import type { CommunityState, Grid } from '../state.ts';

export function setLock(state: CommunityState, ids: readonly number[], locked: boolean): Outcome<Change> {
  const unknown = ids.find((id) => !state.grids.has(id));
  if (unknown !== undefined) return fail('unknown-grid', { grid: unknown });
  const grids = [...new Set(ids)]
    .map((id) => state.grids.get(id) as Grid)
    .filter((grid) => grid.locked !== locked)
    .map((before) => ({ before, after: { ...before, locked } }));
  return succeed({ ...NO_CHANGE, grids });
}
