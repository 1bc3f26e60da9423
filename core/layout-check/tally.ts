// Which buildings lie in which grid, and what they add up to. A building on a border may be counted on either side.
import { boxOf } from '../coverage/box.ts';
import { EdgeRows } from '../coverage/edge-rows.ts';
import { PlaceBuckets } from '../rules/place-buckets.ts';
import type { Piece } from '../rules/through-building.ts';
import type { CheckedBuilding } from './context.ts';
import type { CheckedGrid, Counts } from './read-layout.ts';

/** Instead of a grid: the building lies in none. */
export const NONE = -1;

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
  /** Buildings that the border of their grid comes near, and the pieces of border that do. */
  readonly nearBorder: ReadonlyMap<number, readonly Piece[]>;
}

export function tallyOf(grids: readonly Pick<CheckedGrid, 'polygons' | 'kind'>[], buildings: readonly CheckedBuilding[]): Tally {
  const gridOf = new Int32Array(buildings.length).fill(NONE);
  const nearBorder = new Map<number, Piece[]>();
  const places = placesOf(buildings);
  const buckets = new PlaceBuckets(places);
  const tallies = grids.map(({ polygons, kind }, grid) => {
    const tally = { counts: noCounts(), less: noCounts(), more: noCounts(), inhabited: { households: 0, population: 0 } };
    for (const polygon of polygons) {
      const rows = new EdgeRows(polygon);
      const { minX, minY, maxX, maxY } = rows.box;
      buckets.visit({ ax: minX, ay: minY, bx: maxX, by: maxY }, 0, (at) => {
        const [x, y] = [places[2 * at] as number, places[2 * at + 1] as number];
        if (x < minX || x > maxX || y < minY || y > maxY) return;
        const place = rows.locate(x, y);
        if (place === 'outside') return;
        const building = buildings[at] as CheckedBuilding;
        const first = gridOf[at] === NONE;
        if (kind !== 'thematic' && first) {
          gridOf[at] = grid;
          noteBorder(nearBorder, at, building, rows);
        }
        count(tally, building, place === 'border', first);
      });
    }
    return tally;
  });
  return { grids: tallies, gridOf, nearBorder };
}

function placesOf(buildings: readonly CheckedBuilding[]): Float64Array {
  const places = new Float64Array(2 * buildings.length);
  buildings.forEach(({ point }, i) => {
    places[2 * i] = point[0];
    places[2 * i + 1] = point[1];
  });
  return places;
}

function noteBorder(nearBorder: Map<number, Piece[]>, at: number, { footprint }: CheckedBuilding, rows: EdgeRows): void {
  if (footprint === null) return;
  rows.visitEdges(boxOf(footprint), (ax, ay, bx, by) => {
    const known = nearBorder.get(at);
    if (known) known.push({ ax, ay, bx, by });
    else nearBorder.set(at, [{ ax, ay, bx, by }]);
  });
}

type OpenTally = { readonly [field in keyof GridTally]: { -readonly [count in keyof GridTally[field]]: number } };

function count(tally: OpenTally, building: CheckedBuilding, onBorder: boolean, first: boolean): void {
  if (onBorder) add(first ? tally.less : tally.more, building);
  if (onBorder && !first) return;
  add(tally.counts, building);
  if (building.households > 0) tally.inhabited.households++;
  if (building.population > 0) tally.inhabited.population++;
}

const noCounts = () => ({ households: 0, population: 0, buildings: 0 });

function add(counts: { households: number; population: number; buildings: number }, building: CheckedBuilding): void {
  counts.households += building.households;
  counts.population += building.population;
  counts.buildings += 1;
}
