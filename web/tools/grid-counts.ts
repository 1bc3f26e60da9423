// The band of counts that the hand is still changing; without a profile nothing is judged.
import type { BandState } from '../../core/api/messages.ts';
import type { GridKind } from '../../core/plan/state.ts';
import { bandOf } from '../../core/rules/band.ts';
import type { Profile } from '../../core/rules/profile.ts';

export interface Counted {
  readonly kind: GridKind;
  readonly households: number;
  readonly population: number;
  /** The grid is all there is of its community. */
  readonly wholeCommunity: boolean;
  readonly reason: string;
}

export const bandOfCounts = (profile: Profile | null, counted: Counted): BandState =>
  profile === null ? 'free' : bandOf(counted, profile);
