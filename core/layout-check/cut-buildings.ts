// building: borders of grids that run through buildings. Where the border of a community does, the layout is not to blame.

import { placeOf } from '../rules/finding.ts';
import { footprintIndex, runsThrough, sidesOf } from '../rules/through-building.ts';
import type { CheckedBuilding, LayoutContext } from './context.ts';
import type { LayoutFinding } from './issue.ts';
import type { CheckedGrid } from './read-layout.ts';

/** One finding per grid, for all buildings that it counts. */
export function cutBuildingFindings(context: LayoutContext): LayoutFinding[] {
  const { buildings, grids, tally } = context;
  const byGrid = new Map<CheckedGrid, CheckedBuilding[]>();
  for (const id of cutBuildings(context)) {
    const grid = grids[tally.gridOf[id] as number] as CheckedGrid;
    byGrid.set(grid, [...(byGrid.get(grid) ?? []), buildings[id] as CheckedBuilding]);
  }
  return [...byGrid].map(([about, found]) => findingOf(about, found));
}

function cutBuildings({ buildings, communities, tally }: LayoutContext): number[] {
  const cut = [...tally.nearBorder].flatMap(([id, pieces]) => {
    const footprint = buildings[id]?.footprint;
    return footprint && pieces.some((piece) => runsThrough(piece, footprint)) ? [{ id, footprint }] : [];
  });
  if (cut.length === 0) return [];
  const byCommunities = new Set(footprintIndex(cut).cutBy(communities.flatMap(({ area }) => area.flatMap(sidesOf))));
  return cut.map(({ id }) => id).filter((id) => !byCommunities.has(id));
}

function findingOf(about: CheckedGrid, cut: readonly CheckedBuilding[]): LayoutFinding {
  const footprints = cut.flatMap(({ footprint }) => (footprint ? [footprint] : []));
  const households = cut.reduce((sum, one) => sum + one.households, 0);
  return {
    check: 'building',
    sentence: 'building',
    about,
    values: { buildings: cut.length, households },
    measured: cut.length,
    limit: 0,
    place: placeOf(footprints),
    places: footprints.map((footprint) => placeOf([footprint])).filter((place) => place !== null),
  };
}
