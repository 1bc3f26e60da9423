// Applying a change to a community, turning it around, and giving its new blocks and grids their ids.
import type { Change } from './change.ts';
import type { CommunityState } from './state.ts';

/** The community after the change. Needs ids as the state knows them: see `withIds`. */
export function applyChange(state: CommunityState, change: Change): CommunityState {
  const blocks = new Map(state.blocks);
  const gridOf = new Map(state.gridOf);
  const cellOf = new Map(state.cellOf);
  const grids = new Map(state.grids);
  const buildings = new Map(state.buildings);
  for (const { parent, children } of change.splits) {
    const [grid, cell] = [gridOf.get(parent), cellOf.get(parent)];
    blocks.delete(parent);
    gridOf.delete(parent);
    cellOf.delete(parent);
    for (const child of children) {
      blocks.set(child.id, child);
      if (grid !== undefined) gridOf.set(child.id, grid);
      if (cell !== undefined) cellOf.set(child.id, cell);
    }
  }
  for (const { block, polygon } of change.reshapes) {
    const known = blocks.get(block);
    if (known) blocks.set(block, { ...known, polygon });
  }
  for (const [id, block] of change.rehoused) {
    const building = buildings.get(id);
    if (building) buildings.set(id, { ...building, block });
  }
  for (const { before, after } of change.grids) {
    if (after) grids.set(after.id, after);
    else if (before) grids.delete(before.id);
  }
  for (const { block, to } of change.assignments) {
    if (to === null) gridOf.delete(block);
    else gridOf.set(block, to);
  }
  for (const { block, to } of change.cells) {
    if (to === 0) cellOf.delete(block);
    else cellOf.set(block, to);
  }
  const reshaped = new Map(change.reshapes.map((reshape) => [reshape.block, reshape.polygon]));
  const neighbours = state.neighbours.map((block) => {
    const polygon = reshaped.get(block.id);
    return polygon ? { ...block, polygon } : block;
  });
  return { ...state, blocks, neighbours, gridOf, cellOf, grids, buildings };
}

/** Undoes grids, assignments and cells; the finer blocks stay (I5). */
export function inverseOf(change: Change): Change {
  return {
    splits: [],
    reshapes: [],
    rehoused: [],
    grids: change.grids.map(({ before, after }) => ({ before: after, after: before })),
    assignments: change.assignments.map(({ block, from, to }) => ({ block, from: to, to: from })),
    cells: change.cells.map(({ block, from, to }) => ({ block, from: to, to: from })),
  };
}

/** The same change with the negative ids of new blocks and grids replaced by those that the store gave. */
export function withIds(
  change: Change,
  ids: { readonly blocks: ReadonlyMap<number, number>; readonly grids: ReadonlyMap<number, number> },
): Change {
  const block = (id: number): number => ids.blocks.get(id) ?? id;
  const grid = (id: number): number => ids.grids.get(id) ?? id;
  const gridOrNone = (id: number | null): number | null => (id === null ? null : grid(id));
  return {
    splits: change.splits.map(({ parent, children }) => ({
      parent,
      children: children.map((child) => ({ ...child, id: block(child.id) })),
    })),
    reshapes: change.reshapes,
    rehoused: change.rehoused.map(([building, home]) => [building, block(home)] as const),
    grids: change.grids.map(({ before, after }) => ({
      before: before && { ...before, id: grid(before.id) },
      after: after && { ...after, id: grid(after.id) },
    })),
    assignments: change.assignments.map(({ block: id, from, to }) => ({
      block: block(id),
      from: gridOrNone(from),
      to: gridOrNone(to),
    })),
    cells: change.cells.map((move) => ({ ...move, block: block(move.block) })),
  };
}
