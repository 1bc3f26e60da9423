// Writes a staff list into a plan: one operation for each grid that it changes, in the caller's transaction, so that each can be undone.
import type { StaffChange } from '../../core/import/staff/assign-staff.ts';
import type { Operation } from '../../core/plan/operation.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Identity } from '../http/identity.ts';
import { performWithin } from '../operations/perform.ts';
import { readRevisions } from './store.ts';

/** `onGrid` is told after every grid; what it throws ends the work. Throws ProblemError as an operation does. */
export async function writeStaff(
  db: Queryable,
  by: Identity,
  plan: number,
  changes: readonly StaffChange[],
  onGrid: () => void = () => {},
): Promise<void> {
  const revisions = await readRevisions(db, plan);
  for (const { grid, community, staff } of changes) {
    const operation: Operation = { type: 'describe', grid, set: { staff: [...staff] } };
    const { answer } = await performWithin(db, plan, { community, base: revisions.get(community) ?? 0, operation }, by);
    revisions.set(community, answer.revision);
    onGrid();
  }
}
