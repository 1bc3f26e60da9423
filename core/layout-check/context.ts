// What the checks of a layout look at, found out once.
import type { Scheme } from '../codes/scheme.ts';
import type { LatticePoint, MultiPolygon, Polygon } from '../coverage/geometry.ts';
import type { Barrier } from '../plan/state.ts';
import type { Profile } from '../rules/profile.ts';
import type { CheckedGrid, ReadLayout } from './read-layout.ts';
import type { Tally } from './tally.ts';

export interface CheckedCommunity {
  readonly code: string;
  readonly name: string;
  readonly area: MultiPolygon;
}

export interface CheckedBuilding {
  /** Where it is counted. */
  readonly point: LatticePoint;
  readonly households: number;
  readonly population: number;
  readonly footprint: Polygon | null;
}

/** What a layout is held against. */
export interface Surroundings {
  readonly communities: readonly CheckedCommunity[];
  readonly buildings: readonly CheckedBuilding[];
  /** Empty: what asks for them is not asked. */
  readonly barriers: readonly Omit<Barrier, 'id'>[];
  readonly profile: Profile;
  /** By which codes are read; null: the layout names one that is not known. */
  readonly scheme: Scheme | null;
  /** The building list gives no persons for some buildings: a difference in persons may come from the estimate. */
  readonly populationEstimated: boolean;
}

export interface LayoutContext extends Surroundings {
  readonly layout: ReadLayout;
  readonly grids: readonly CheckedGrid[];
  /** By grid: the position of the community it lies in; null: in none. */
  readonly homes: readonly (number | null)[];
  /** By community: positions of the grids that divide it. Thematic grids lie across the others. */
  readonly dividing: readonly (readonly number[])[];
  readonly tally: Tally;
}

/** Community that a grid lies in. */
export function communityOf({ homes, communities }: Pick<LayoutContext, 'homes' | 'communities'>, grid: number): CheckedCommunity | null {
  const home = homes[grid] ?? null;
  return home === null ? null : (communities[home] as CheckedCommunity);
}
