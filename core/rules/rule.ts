// What a check is: a pure question about one community of a plan, answered with issues that name value, limit, place and mend.
import type { Operation } from '../plan/operation.ts';
import type { CommunityState } from '../plan/state.ts';
import type { Profile } from './profile.ts';

/** error: stops coding and filing. warning: needs a written reason. note: worth knowing. */
export type Severity = 'error' | 'warning' | 'note';

export type CheckId =
  | 'complete'
  | 'inside'
  | 'contiguous'
  | 'size'
  | 'building'
  | 'barrier'
  | 'border'
  | 'compact'
  | 'name'
  | 'kind'
  | 'code'
  | 'staff'
  | 'party'
  | 'totals'
  | 'one-net';

/** A mend that is itself an operation; `label` is a key of the interface texts. */
export interface Fix {
  readonly label: string;
  /** Values that the label names. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly operation: Operation;
}

/** West, south, east, north in degrees. */
export type Place = readonly [number, number, number, number];

export interface Issue {
  readonly check: CheckId;
  readonly severity: Severity;
  readonly community: string;
  /** The grid it is about; null: the community as a whole. */
  readonly grid: number | null;
  /** Stable kind of finding within the check, e.g. `size-above`; the key of its sentence in the interface texts. */
  readonly message: string;
  /** Values that the sentence names, numbers unrounded. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly measured: number | null;
  readonly limit: number | null;
  /** Where to zoom. */
  readonly place: Place | null;
  /** Where it was found one by one, when that is in several places; `place` holds them all. The first MAX_PLACES of them. */
  readonly places?: readonly Place[];
  /** A warning that a written reason has turned into a recorded exception. */
  readonly excused: boolean;
  readonly fixes: readonly Fix[];
}

/** What a check may look at. `townNames`: names of all grids of the same town in this plan → how often they occur. */
export interface CheckContext {
  readonly state: CommunityState;
  readonly profile: Profile;
  readonly townNames: ReadonlyMap<string, number>;
  /** Households, persons and buildings of the community as its building list has them (I6). */
  readonly register: { readonly households: number; readonly population: number; readonly buildings: number };
}

export interface Check {
  readonly id: CheckId;
  readonly run: (context: CheckContext) => readonly Issue[];
}
