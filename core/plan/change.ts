// What an operation does to a community, complete enough to be stored, sent, applied and turned around.
import type { Polygon } from '../coverage/geometry.ts';
import type { Block, Grid } from './state.ts';

/** A block and the finer blocks that replace it. Never taken back (I5). */
export interface Split {
  readonly parent: number;
  readonly children: readonly Block[];
}

/** A block that keeps its id and area but received vertices of a border that now ends on it (I2). */
export interface Reshape {
  readonly block: number;
  readonly community: string;
  readonly polygon: Polygon;
}

/** Which grid a block belonged to and now belongs to; null: to none. */
export interface Reassignment {
  readonly block: number;
  readonly from: number | null;
  readonly to: number | null;
}

/** Number of the cell that a block belonged to and now belongs to, within its grid; 0: to the grid as a whole. */
export interface CellChange {
  readonly block: number;
  readonly from: number;
  readonly to: number;
}

/** A grid made (before is null), removed (after is null) or described anew. */
export interface GridChange {
  readonly before: Grid | null;
  readonly after: Grid | null;
}

/**
 * Ids of blocks and grids that do not exist yet are negative and local to the change; the store replaces them
 * with `withIds` before writing.
 *
 * Order: splits first (children inherit grid and cell of their parent), then reshapes, grids, reassignments, cells. The last two speak of
 * living blocks after the splits; that a block which changes its grid loses its cell is said among the cells.
 */
export interface Change {
  readonly splits: readonly Split[];
  readonly reshapes: readonly Reshape[];
  /** Buildings whose block changed through the splits: building id → block id. */
  readonly rehoused: readonly (readonly [building: number, block: number])[];
  readonly grids: readonly GridChange[];
  readonly assignments: readonly Reassignment[];
  readonly cells: readonly CellChange[];
}

export const NO_CHANGE: Change = { splits: [], reshapes: [], rehoused: [], grids: [], assignments: [], cells: [] };
