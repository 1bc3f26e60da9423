// One issue for all grids of a community with the same fault, so that thirty grids without a worker are one line to read.
import type { Grid } from '../plan/state.ts';
import { type Finding, gridLabel, issueOf, placeOfGrid } from './finding.ts';
import type { CheckContext, Issue, Place } from './rule.ts';

/**
 * None for no grid; for one an issue about it; for several one of the community, worded `<message>-several`, that leads from grid to
 * grid. Its `grid` names the first, `grids` says how many there are.
 */
export function gathered(context: CheckContext, grids: readonly Grid[], finding: Omit<Finding, 'grid' | 'place' | 'places'>): Issue[] {
  const places = grids.map((grid) => placeOfGrid(context.state, grid)).filter((place): place is Place => place !== null);
  const [first, ...more] = grids;
  if (!first) return [];
  if (more.length === 0) return [issueOf(context, { ...finding, grid: first, place: places[0] ?? null })];
  return [
    issueOf(context, {
      ...finding,
      message: `${finding.message}-several`,
      values: { ...finding.values, grid: gridLabel(first), grids: grids.length },
      measured: grids.length,
      limit: 0,
      place: around(places),
      places,
    }),
  ];
}

function around(places: readonly Place[]): Place | null {
  if (places.length === 0) return null;
  return [
    Math.min(...places.map(([west]) => west)),
    Math.min(...places.map(([, south]) => south)),
    Math.max(...places.map(([, , east]) => east)),
    Math.max(...places.map(([, , , north]) => north)),
  ];
}
