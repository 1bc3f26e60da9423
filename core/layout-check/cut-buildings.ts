// building: borders of grids that run through buildings. Where the border of a community does, the layout is not to blame.

import { placeOf } from '../rules/finding.ts';
import { sidesOf } from '../rules/through-building.ts';
import type { CheckedBuilding, LayoutContext } from './context.ts';
import type { LayoutFinding } from './issue.ts';
import type { CheckedGrid } from './read-layout.ts';
import type { TwinEdges } from './twin-edges.ts';

/** One finding per grid, for all buildings that it counts. */
export function cutBuildingFindings(context: LayoutContext, { inner, loose }: TwinEdges): LayoutFinding[] {
  const { buildings, communities, grids, tally, footprints } = context;
  const cut = new Set(footprints.cutBy(inner));
  const byLoose = footprints.cutBy(loose);
  if (byLoose.length > 0) {
    const byCommunities = new Set(footprints.cutBy(communities.flatMap(({ area }) => area.flatMap(sidesOf))));
    for (const id of byLoose) if (!byCommunities.has(id)) cut.add(id);
  }
  const byGrid = new Map<CheckedGrid | undefined, CheckedBuilding[]>();
  for (const id of cut) {
    const grid = grids[tally.gridOf[id] as number];
    byGrid.set(grid, [...(byGrid.get(grid) ?? []), buildings[id] as CheckedBuilding]);
  }
  return [...byGrid].map(([about, found]) => findingOf(about, found));
}

function findingOf(about: CheckedGrid | undefined, cut: readonly CheckedBuilding[]): LayoutFinding {
  const footprints = cut.flatMap(({ footprint }) => (footprint ? [footprint] : []));
  const households = cut.reduce((sum, one) => sum + one.households, 0);
  return {
    check: 'building',
    sentence: about ? 'building' : 'building-homeless',
    ...(about && { about }),
    values: { buildings: cut.length, households },
    measured: cut.length,
    limit: 0,
    place: placeOf(footprints),
    places: footprints.map((footprint) => placeOf([footprint])).filter((place) => place !== null),
  };
}
