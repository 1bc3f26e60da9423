// Where communities do not fit together: what a gap or an overlap is, who may receive it, and how it travels.
import type { ImportDecisions, ImportMisfit } from '../api/import-messages.ts';
import type { LatticePoint, MultiPolygon } from '../coverage/geometry.ts';
import { geojsonMultiPolygon } from '../coverage/lattice.ts';

/** A community as its file draws it, or as it is stored. */
export interface TiledCommunity {
  readonly code: string;
  readonly name: string;
  readonly area: MultiPolygon;
}

export interface TilingOptions {
  /** Mean width in metres below which a gap or overlap closes by itself; null: DEFAULT_TOLERANCE_M. At most MAX_TOLERANCE_M. */
  readonly toleranceM: number | null;
  /** What people decided, by key of the misfit. */
  readonly decisions: ImportDecisions['misfits'];
  /** Who receives the others above the tolerance; null: nobody. */
  readonly others: ImportDecisions['otherMisfits'];
  /** Communities that are stored around the new ones, none of which is new itself; edge-matched (I2). They never change. */
  readonly fixed: readonly TiledCommunity[];
}

/** Nobody was asked, nothing is stored. */
export const NO_DECISIONS: TilingOptions = { toleranceM: null, decisions: {}, others: null, fixed: [] };

/** A gap or an overlap, on the lattice. What the tolerance closed between the same communities is one. */
export interface Misfit extends Omit<ImportMisfit, 'shape'> {
  readonly shape: MultiPolygon;
  /** Within its largest part, in lattice steps. */
  readonly place: readonly [number, number];
}

/** Vertices that the outline of a stored community lacks: new communities meet there. */
export interface MissingVertices {
  /** Code of the stored community. */
  readonly community: string;
  /** The edge of its outline, in the direction of its ring. */
  readonly from: LatticePoint;
  readonly to: LatticePoint;
  /** In order from `from` to `to`; each less than a step beside the edge. */
  readonly at: readonly LatticePoint[];
}

export function importMisfit({ place: _, shape, ...misfit }: Misfit): ImportMisfit {
  return { ...misfit, shape: { type: 'MultiPolygon', coordinates: geojsonMultiPolygon(shape) } };
}
