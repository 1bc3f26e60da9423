// describe: name, kind, reason, party organisation and staff of a grid. Inverse: the former description.
import type { Change } from '../change.ts';
import { NO_CHANGE } from '../change.ts';
import { fail, type Outcome, succeed } from '../failure.ts';
import type { Operation } from '../operation.ts';
import type { CommunityState, Grid } from '../state.ts';

export function describe(state: CommunityState, operation: Extract<Operation, { type: 'describe' }>): Outcome<Change> {
  const before = state.grids.get(operation.grid);
  if (!before) return fail('unknown-grid', { grid: operation.grid });
  const { kind } = operation.set;
  if (kind === 'thematic' && before.area === null) return fail('kind-needs-area', { grid: before.id });
  if (kind && kind !== 'thematic' && before.area !== null) return fail('kind-has-area', { grid: before.id });
  const given = Object.fromEntries(Object.entries(operation.set).filter(([, value]) => value !== undefined));
  const after: Grid = { ...before, ...given };
  if (JSON.stringify(after) === JSON.stringify(before)) return fail('nothing-to-change');
  return succeed({ ...NO_CHANGE, grids: [{ before, after }] });
}
