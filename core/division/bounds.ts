// The bounds of a size rule as plain numbers, and what to aim at between them.
import type { Band, SizeRule } from '../rules/profile.ts';

/** Both belong to the band; a missing bound is 0 or infinite. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

const boundsOf = (band: Band): Bounds => ({ low: band.minimum ?? 0, high: band.maximum ?? Infinity });

/** persons null: only households count. */
export function sizeBounds({ households, persons }: SizeRule): { households: Bounds; persons: Bounds | null } {
  return { households: boundsOf(households), persons: persons && boundsOf(persons) };
}

/** Without a lower bound a part is aimed at below the upper one by this share. */
const AIM_BELOW_MAXIMUM = 0.8;

/** The middle of a band. */
export function middleOf({ low, high }: Bounds): number {
  if (high === Infinity) return low;
  return low > 0 ? (low + high) / 2 : AIM_BELOW_MAXIMUM * high;
}
