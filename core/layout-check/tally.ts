// Which buildings lie in which grid, and what they add up to. A building on a border may be counted on either side.
import { boxOf } from '../coverage/box.ts';
import type { LatticePoint } from '../coverage/geometry.ts';
import { locatorOf } from '../coverage/locator.ts';
import type { FootprintIndex } from '../rules/through-building.ts';
import type { CheckedGrid, Counts } from './read-layout.ts';

/** Instead of a grid: the building lies in none. */
export const NONE = -1;

/** A building as far as counting goes. */
export interface Counted {
  readonly point: LatticePoint;
  readonly households: number;
  readonly population: number;
}

export interface GridTally {
  /** Each building once, even one on the border of two grids. */
  readonly counts: Counts;
  /** A register may say this much less, or more, for the buildings on the border. */
  readonly less: Counts;
  readonly more: Counts;
  /** Buildings with households, and with persons. */
  readonly inhabited: { readonly households: number; readonly population: number };
}

export interface Tally {
  /** By grid. */
  readonly grids: readonly GridTally[];
  /** By building: the first grid that holds it, or NONE. Thematic grids lie across the others and hold none. */
  readonly gridOf: Int32Array;
}

/** `index` has to hold every building by its position, points as well. */
export function tallyOf(
  grids: readonly Pick<CheckedGrid, 'polygons' | 'kind'>[],
  buildings: readonly Counted[],
  index: FootprintIndex,
): Tally {
  const gridOf = new Int32Array(buildings.length).fill(NONE);
  const tallies = grids.map(({ polygons, kind }, grid) => {
    const tally = { counts: noCounts(), less: noCounts(), more: noCounts(), inhabited: { households: 0, population: 0 } };
    for (const polygon of polygons) {
      const locate = locatorOf(polygon);
      index.visitNear(boxOf(polygon), (at) => {
        const building = buildings[at] as Counted;
        const place = locate(building.point[0], building.point[1]);
        if (place === 'outside') return;
        const first = gridOf[at] === NONE;
        if (first && kind !== 'thematic') gridOf[at] = grid;
        if (place === 'border' && !first) {
          add(tally.more, building);
          return;
        }
        if (place === 'border') add(tally.less, building);
        add(tally.counts, building);
        if (building.households > 0) tally.inhabited.households++;
        if (building.population > 0) tally.inhabited.population++;
      });
    }
    return tally;
  });
  return { grids: tallies, gridOf };
}

const noCounts = () => ({ households: 0, population: 0, buildings: 0 });

function add(counts: { households: number; population: number; buildings: number }, building: Counted): void {
  counts.households += building.households;
  counts.population += building.population;
  counts.buildings += 1;
}
