// Which coordinate systems the numbers of a file can be meant in, best first. Offered to people, never applied by itself.
import type { CrsGuess } from '../../api/import-messages.ts';

/** Min x, min y, max x, max y. */
export type Bounds = readonly [number, number, number, number];

export interface CrsQuestion {
  /** What the file says of itself: `EPSG:4547`, a name, or WKT; null: nothing. */
  readonly claimed: string | null;
  /** In the coordinates of the file; null: no geometry. */
  readonly bounds: Bounds | null;
  /** Some positions of the file: they outvote an outlier in the bounds. */
  readonly samples?: readonly (readonly [number, number])[] | undefined;
  /** Where regions lie that are known already, in degrees: ranks the guesses. */
  readonly known?: readonly Bounds[] | undefined;
}

/** Best first; empty: nothing fits the numbers. */
export function guessCrs(_question: CrsQuestion): CrsGuess[] {
  return [];
}
