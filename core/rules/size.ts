// size: households or persons outside the profile's band for the kind, and notes on its cells. “About” makes it a soft rule: a written reason excuses it.
import { indivisibleReason } from '../plan/indivisible.ts';
import type { CommunityState } from '../plan/state.ts';
import { type Breach, bandOf, sizeBreach, sizeRuleOf } from './band.ts';
import { cellFindings } from './cell-size.ts';
import { gridLabel, issueOf, placeOf } from './finding.ts';
import type { Profile } from './profile.ts';
import type { Check, CheckContext, Fix, Issue } from './rule.ts';
import { type Holding, surveyOf } from './survey.ts';

export const size: Check = {
  id: 'size',
  run: (context) => {
    const { holdings } = surveyOf(context.state);
    const ofGrids = [...holdings.values()].flatMap((holding) => findingOf(context, holding, holdings) ?? []);
    return [...ofGrids, ...cellFindings(context)];
  },
};

function findingOf(context: CheckContext, sized: Holding, all: ReadonlyMap<number, Holding>): Issue | null {
  const { state, profile } = context;
  const { grid } = sized;
  const rule = sizeRuleOf(grid.kind, profile);
  const breach = rule && sizeBreach(sized, rule);
  if (!rule || !breach) return null;
  const finding = {
    check: 'size' as const,
    grid,
    values: { households: sized.households, persons: sized.population, limit: breach.limit },
    measured: breach.measured,
    limit: breach.limit,
    place: placeOf(sized.blocks.map(({ polygon }) => polygon)),
  };
  const suggest = !grid.locked;
  if (breach.side === 'below') {
    if (sized.wholeCommunity && rule.wholeCommunityMayBeSmaller) {
      return issueOf(context, { ...finding, message: 'size-whole-community', legal: true });
    }
    return issueOf(context, { ...finding, message: `size-below-${breach.measure}`, fixes: mergeFix(sized, all, profile), suggest });
  }
  if (isOneBuilding(state, sized, breach)) {
    return issueOf(context, { ...finding, message: 'size-single-building', legal: true, fixes: reasonFix(sized) });
  }
  return issueOf(context, { ...finding, message: `size-above-${breach.measure}`, suggest });
}

/** Whether one building holds all that is counted: no border could make such a grid smaller. */
function isOneBuilding(state: CommunityState, { grid, blocks }: Holding, { measure }: Breach): boolean {
  const counted = measure === 'households' ? 'households' : 'population';
  // Several counted blocks mean several buildings: spares the way through all buildings of the community.
  if (blocks.filter((block) => block[counted] > 0).length > 1) return false;
  let buildings = 0;
  for (const building of state.buildings.values()) {
    if (building[counted] > 0 && state.gridOf.get(building.block) === grid.id) buildings++;
  }
  return buildings === 1;
}

/** A building that cannot be divided is the reason; it only has to be written down. */
function reasonFix({ grid, households, population }: Holding): Fix[] {
  if (grid.reason.trim() !== '') return [];
  const reason = indivisibleReason({ households, population });
  return [{ label: 'size-write-reason', values: {}, operation: { type: 'describe', grid: grid.id, set: { reason } } }];
}

/** With the smallest neighbour of the same kind, where the two together are in the band. The larger one keeps its name. */
function mergeFix(small: Holding, all: ReadonlyMap<number, Holding>, profile: Profile): Fix[] {
  if (small.grid.locked) return [];
  const partners = [...small.neighbours]
    .flatMap((id) => all.get(id) ?? [])
    .filter(({ grid }) => grid.kind === small.grid.kind && !grid.locked)
    .filter((other) => bandOf(mergedWith(small, other), profile) === 'in')
    .sort((a, b) => a.households - b.households || a.grid.id - b.grid.id);
  const partner = partners[0];
  if (!partner) return [];
  const [into, from] = partner.households >= small.households ? [partner.grid, small.grid] : [small.grid, partner.grid];
  return [
    {
      label: into === partner.grid ? 'size-merge' : 'size-merge-in',
      values: { grid: gridLabel(partner.grid), households: small.households + partner.households },
      operation: { type: 'merge', grids: [from.id], into: into.id },
    },
  ];
}

function mergedWith(a: Holding, b: Holding) {
  return {
    kind: a.grid.kind,
    households: a.households + b.households,
    population: a.population + b.population,
    wholeCommunity: false,
    reason: '',
  };
}
