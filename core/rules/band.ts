// Where a grid stands against the band of its kind: households first, persons as the other way to comply.
import type { GridKind } from '../plan/state.ts';
import type { Band, Profile, SizeRule } from './profile.ts';

/** free: the profile sets no band for this kind. excused: outside, with a written reason. */
export type BandState = 'in' | 'below' | 'above' | 'excused' | 'free';

/** Which measure decided, its value and the bound that was broken. */
export interface Breach {
  readonly side: 'below' | 'above';
  readonly measure: 'households' | 'persons';
  readonly measured: number;
  readonly limit: number;
}

interface Counts {
  readonly households: number;
  readonly population: number;
}

const unbounded = (band: Band | null): boolean => band === null || (band.minimum === null && band.maximum === null);

const breachOf = (measure: Breach['measure'], measured: number, band: Band): Breach | null => {
  if (band.maximum !== null && measured > band.maximum) return { side: 'above', measure, measured, limit: band.maximum };
  if (band.minimum !== null && measured < band.minimum) return { side: 'below', measure, measured, limit: band.minimum };
  return null;
};

/** The rule for that kind; null where the profile sets no band. Thematic grids lie across the others and have none. */
export function sizeRuleOf(kind: GridKind, profile: Profile): SizeRule | null {
  if (kind === 'thematic') return null;
  const rule = profile.size[kind];
  return unbounded(rule.households) && unbounded(rule.persons) ? null : rule;
}

/**
 * How the counts break the rule; null: they comply, by households or by persons. Where both measures are broken, too
 * large outweighs too small: ten households with three thousand persons are no grid to be merged.
 */
export function sizeBreach({ households, population }: Counts, rule: SizeRule): Breach | null {
  const byHouseholds = breachOf('households', households, rule.households);
  if (!byHouseholds) return null;
  if (rule.persons === null) return byHouseholds;
  const byPersons = breachOf('persons', population, rule.persons);
  if (!byPersons) return null;
  return byHouseholds.side === 'below' && byPersons.side === 'above' ? byPersons : byHouseholds;
}

/** State of a grid against its band. `wholeCommunity`: the grid holds every block of its community. */
export function bandOf(grid: Counts & { kind: GridKind; wholeCommunity: boolean; reason: string }, profile: Profile): BandState {
  const rule = sizeRuleOf(grid.kind, profile);
  if (!rule) return 'free';
  const breach = sizeBreach(grid, rule);
  if (!breach) return 'in';
  if (breach.side === 'below' && grid.wholeCommunity && rule.wholeCommunityMayBeSmaller) return 'in';
  return grid.reason.trim() === '' ? breach.side : 'excused';
}
