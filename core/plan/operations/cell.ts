// cell: puts blocks of one grid into one of its cells, a new one, or none. Inverse: the blocks back to where they were.
import { MAX_CELLS } from '../../division/cells.ts';
import type { Profile } from '../../rules/profile.ts';
import type { Change } from '../change.ts';
import { fail, type Outcome, succeed } from '../failure.ts';
import type { Operation } from '../operation.ts';
import type { CommunityState } from '../state.ts';
import { WorkingCopy } from '../working-copy.ts';

type Cell = Extract<Operation, { type: 'cell' }>;

/** A profile without cells lets them be taken away, not made. */
export function cell(state: CommunityState, { blocks, to }: Cell, profile: Profile): Outcome<Change> {
  const unknown = blocks.find((block) => !state.blocks.has(block));
  if (unknown !== undefined) return fail('unknown-block', { block: unknown });
  if (to !== null && profile.cell === null) return fail('profile-without-cells');
  const [grid, ...others] = new Set(blocks.map((block) => state.gridOf.get(block)));
  if (grid === undefined || others.length > 0) return fail('cell-across-grids');
  const number = to === 'new' ? nextCell(state, grid) : (to ?? 0);
  if (number > MAX_CELLS) return fail('too-many-cells', { grid });
  const copy = new WorkingCopy(state);
  for (const block of blocks) copy.putInCell(block, number);
  return succeed(copy.change());
}

/** The smallest number that no cell of the grid bears. */
function nextCell(state: CommunityState, grid: number): number {
  const taken = new Set<number>();
  for (const [block, number] of state.cellOf) if (state.gridOf.get(block) === grid) taken.add(number);
  let number = 1;
  while (taken.has(number)) number++;
  return number;
}
