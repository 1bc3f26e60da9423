// What a check is: a pure question about one community of a plan, answered with issues that name value, limit, place and mend.
import type { Scheme } from '../codes/scheme.ts';
import type { MultiPolygon } from '../coverage/geometry.ts';
import type { Operation } from '../plan/operation.ts';
import type { CommunityState } from '../plan/state.ts';
import type { Profile } from './profile.ts';

/** error: stops coding and filing. warning: needs a written reason. note: worth knowing. */
export type Severity = 'error' | 'warning' | 'note';

/** The checks of DESIGN §7, in the order in which people read them. */
export const CHECK_IDS = [
  'complete',
  'inside',
  'contiguous',
  'size',
  'building',
  'barrier',
  'border',
  'compact',
  'name',
  'kind',
  'code',
  'staff',
  'party',
  'totals',
  'one-net',
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

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
  /** Further mends are worked out when somebody asks for them (core/division/suggest.ts): it takes too long to do so for every issue. */
  readonly suggest?: true;
  /** Issuing codes to the community mends it; that is no operation of the plan. */
  readonly issueCodes?: true;
}

/** The code of a grid as it stands. */
export interface IssuedCode {
  readonly code: string;
  readonly state: 'provisional' | 'filed' | 'official' | 'retired';
}

/** An area that a department drew for itself before the nets were merged. Not cut to the community. */
export interface DepartmentGrid {
  readonly id: number;
  /** Id of core/one-net/departments.ts, or free text. */
  readonly department: string;
  readonly name: string;
  /** Share of its area that lies in no community at all, told where this one holds most of it. */
  readonly outsideShare?: number;
  readonly area: MultiPolygon;
}

/** What a check may look at: one community of a plan, and what is known around it. */
export interface CheckContext {
  readonly state: CommunityState;
  readonly profile: Profile;
  /** Names of all grids of the same town in this plan → how often they occur. */
  readonly townNames: ReadonlyMap<string, number>;
  /** Households, persons and buildings of the community as its building list has them (I6). */
  readonly register: { readonly households: number; readonly population: number; readonly buildings: number };
  /** By which the plan's codes are made. */
  readonly scheme: Scheme;
  /** Grid → its code; a grid without an entry has none. */
  readonly codes: ReadonlyMap<number, IssuedCode>;
  /** Whether any grid of the plan, in this community or another, bears a code. */
  readonly planCoded: boolean;
  /** A newer table of region codes does not have the community any more. */
  readonly communityEnded: boolean;
  /** Those that may overlap the community. */
  readonly departmentGrids: readonly DepartmentGrid[];
}

export interface Check {
  readonly id: CheckId;
  readonly run: (context: CheckContext) => readonly Issue[];
}
