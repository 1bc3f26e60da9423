// divide: automatic division of a community or of some of its grids. Inverse: the blocks back to where they were.
import { barrierIndex } from '../../division/barrier-index.ts';
import { type Division, divideCommunity } from '../../division/divide.ts';
import { blockGraph } from '../../division/graph.ts';
import type { Profile } from '../../rules/profile.ts';
import type { Change } from '../change.ts';
import { fail, type Outcome, succeed } from '../failure.ts';
import { newGrid } from '../new-grid.ts';
import type { Operation } from '../operation.ts';
import type { Block, CommunityState, Grid } from '../state.ts';
import { WorkingCopy } from '../working-copy.ts';

export type Divide = Extract<Operation, { type: 'divide' }>;

/** Grids keep their identity where they keep most of their households. */
export function divide(state: CommunityState, operation: Divide, profile: Profile): Outcome<Change> {
  const planned = planDivision(state, operation, profile);
  return planned.ok ? succeed(changeOf(state, planned.value)) : planned;
}

/** Blocks as the division numbers them, and what it made of them. */
export interface PlannedDivision {
  readonly blocks: readonly Block[];
  readonly division: Division;
}

/** The division that the operation asks for, with its proofs of what cannot be. */
export function planDivision(state: CommunityState, operation: Divide, profile: Profile): Outcome<PlannedDivision> {
  for (const id of operation.grids ?? []) {
    const grid = state.grids.get(id);
    if (!grid) return fail('unknown-grid', { grid: id });
    if (grid.area) return fail('kind-has-area', { grid: id });
    if (grid.locked) return fail('grid-locked', { grid: id });
  }
  const blocks = [...state.blocks.values()].sort((a, b) => a.id - b.id);
  const isFree = freeBlocks(state, operation);
  if (!blocks.some(isFree)) return fail('nothing-to-change');
  const graph = blockGraph(blocks, barrierIndex(state.barriers));
  const { keepClose, ...options } = operation.options;
  const present = Int32Array.from(blocks, ({ id }) => state.gridOf.get(id) ?? -1);
  const division = divideCommunity(
    {
      community: state.community.code,
      graph,
      rule: profile.size[state.community.kind],
      locked: Uint8Array.from(blocks, (block) => (isFree(block) ? 0 : 1)),
      keepClose: keepClose > 0 ? { present, weight: keepClose } : undefined,
    },
    options,
  );
  return succeed({ blocks, division });
}

function freeBlocks(state: CommunityState, { grids }: Divide): (block: Block) => boolean {
  const named = grids && new Set(grids);
  return ({ id }) => {
    const grid = state.grids.get(state.gridOf.get(id) ?? 0);
    if (named) return grid !== undefined && named.has(grid.id);
    return grid === undefined || (!grid.locked && grid.kind !== 'dedicated');
  };
}

/** What the division changes. */
export function changeOf(state: CommunityState, { blocks, division: { gridOf, grids } }: PlannedDivision): Change {
  const parts = Array.from({ length: grids }, (): Block[] => []);
  blocks.forEach((block, i) => {
    parts[gridOf[i] as number]?.push(block);
  });
  const heirs = heirsOf(state, parts);
  const copy = new WorkingCopy(state);
  parts.forEach((part, i) => {
    const grid = heirs.get(i)?.id ?? copy.addGrid(newGrid(state, state.community.kind, { others: copy.grids.values() }));
    for (const block of part) copy.assign(block.id, grid);
  });
  return copy.change();
}

/** Which part goes on as which grid: the largest overlaps first, by households and then by blocks. */
function heirsOf(state: CommunityState, parts: readonly (readonly Block[])[]): Map<number, Grid> {
  const overlaps = parts.flatMap((part, index) => {
    const shared = new Map<number, { households: number; blocks: number }>();
    for (const { id, households } of part) {
      const grid = state.gridOf.get(id);
      if (grid === undefined) continue;
      const known = shared.get(grid) ?? { households: 0, blocks: 0 };
      shared.set(grid, { households: known.households + households, blocks: known.blocks + 1 });
    }
    return [...shared].map(([grid, counts]) => ({ index, grid, ...counts }));
  });
  overlaps.sort((a, b) => b.households - a.households || b.blocks - a.blocks || a.index - b.index || a.grid - b.grid);
  const heirs = new Map<number, Grid>();
  const taken = new Set<number>();
  for (const { index, grid } of overlaps) {
    const former = state.grids.get(grid);
    if (!former || heirs.has(index) || taken.has(grid)) continue;
    heirs.set(index, former);
    taken.add(grid);
  }
  return heirs;
}
