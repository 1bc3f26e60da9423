// adopt: the community laid out as given, e.g. by a department's old grids. Inverse: the blocks back to where they were.
import type { Change } from '../change.ts';
import { fail, type Outcome, succeed } from '../failure.ts';
import { newGrid } from '../new-grid.ts';
import type { Operation } from '../operation.ts';
import type { Block, CommunityState, Grid } from '../state.ts';
import { WorkingCopy } from '../working-copy.ts';
import { heirsOf } from './heirs.ts';

export type Adopt = Extract<Operation, { type: 'adopt' }>;

/** Whether a new layout of the community leaves the grid as it is, as an automatic division does. */
export const staysAside = (grid: Grid | undefined): boolean => grid !== undefined && (grid.locked || grid.kind === 'dedicated');

/** Locked and dedicated grids stay; all blocks that no given grid names are free then. Grids keep their identity where most households stay. */
export function adopt(state: CommunityState, { grids }: Adopt): Outcome<Change> {
  const named = new Set(grids.flatMap(({ blocks }) => blocks));
  const unknown = [...named].find((block) => !state.blocks.has(block));
  if (unknown !== undefined) return fail('unknown-block', { block: unknown });
  const copy = new WorkingCopy(state);
  const gridAt = (block: number): Grid | undefined => state.grids.get(state.gridOf.get(block) ?? 0);
  for (const block of state.blocks.keys()) if (!named.has(block) && !staysAside(gridAt(block))) copy.assign(block, null);
  const heirs = heirsOf(
    state,
    grids.map(({ blocks }) => blocks.map((id) => state.blocks.get(id) as Block)),
    0,
  );
  const laid = [...state.grids.values()].filter((grid) => grid.area !== null || staysAside(grid));
  for (const [i, { name, blocks }] of grids.entries()) {
    const id = goOn(copy, heirs.get(i), name) ?? copy.addGrid(newGrid(state, state.community.kind, { name, others: laid }));
    laid.push(copy.grids.get(id) as Grid);
    for (const block of blocks) copy.assign(block, id);
  }
  return succeed(copy.change());
}

/** The grid under the name given, or its own where none is; undefined: there is none, or it stays as it is. */
function goOn(copy: WorkingCopy, id: number | undefined, name: string): number | undefined {
  const heir = copy.grids.get(id ?? 0);
  if (!heir || staysAside(heir)) return undefined;
  if (name !== '' && heir.name !== name) copy.grids.set(heir.id, { ...heir, name });
  return heir.id;
}
