// An old grid of a department as overlaps and starts look at it.
import type { MultiPolygon } from '../coverage/geometry.ts';

export interface OldGrid {
  readonly id: number;
  /** Id of a known department, else free text. */
  readonly department: string;
  /** The department's own; empty: none. */
  readonly code: string;
  readonly name: string;
  readonly area: MultiPolygon;
  /** The community that holds most of it; null: none does. */
  readonly home: string | null;
  /** Share of its area that lies in no community. */
  readonly outsideShare: number;
}

/** A share below this is the slip of a hand along a border, not a part of a grid. */
export const NEGLIGIBLE_SHARE = 0.05;
