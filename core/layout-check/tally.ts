// Which buildings lie in which grid, and what they add up to. A building on a border may be counted on either side.
import { EdgeRows } from '../coverage/edge-rows.ts';
import type { Ring } from '../coverage/geometry.ts';
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
  const columns = columnsOf(buildings);
  const { places } = columns;
  const border = new BorderNotes(columns);
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
        const first = gridOf[at] === NONE;
        if (kind !== 'thematic' && first) {
          gridOf[at] = grid;
          border.note(at, rows);
        }
        count(tally, columns.households[at] as number, columns.population[at] as number, place === 'border', first);
      });
    }
    return tally;
  });
  return { grids: tallies, gridOf, nearBorder: border.pieces };
}

/** Buildings in columns: they are visited in the order of their places, all over memory, and each of them many times. */
interface Columns {
  /** x, y */
  readonly places: Float64Array;
  readonly households: Float64Array;
  readonly population: Float64Array;
  /** Around the footprint: minX, minY, maxX, maxY; where there is none, minX is beyond maxX. */
  readonly boxes: Float64Array;
}

function columnsOf(buildings: readonly CheckedBuilding[]): Columns {
  const { length } = buildings;
  const places = new Float64Array(2 * length);
  const households = new Float64Array(length);
  const population = new Float64Array(length);
  const boxes = new Float64Array(4 * length);
  for (let i = 0; i < length; i++) {
    const building = buildings[i] as CheckedBuilding;
    places[2 * i] = building.point[0];
    places[2 * i + 1] = building.point[1];
    households[i] = building.households;
    population[i] = building.population;
    writeBox(boxes, 4 * i, building.footprint?.[0] ?? []);
  }
  return { places, households, population, boxes };
}

function writeBox(boxes: Float64Array, at: number, ring: Ring): void {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < ring.length; i += 2) {
    const x = ring[i] as number;
    const y = ring[i + 1] as number;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  boxes[at] = minX;
  boxes[at + 1] = minY;
  boxes[at + 2] = maxX;
  boxes[at + 3] = maxY;
}

/** Collects the pieces of border that come near buildings. One box and one visitor serve all: nearly no building has any. */
class BorderNotes {
  readonly pieces = new Map<number, Piece[]>();
  readonly #boxes: Float64Array;
  readonly #box = { minX: 0, minY: 0, maxX: 0, maxY: 0 };
  #building = NONE;

  constructor({ boxes }: Columns) {
    this.#boxes = boxes;
  }

  note(building: number, rows: EdgeRows): void {
    const box = this.#box;
    box.minX = this.#boxes[4 * building] as number;
    box.minY = this.#boxes[4 * building + 1] as number;
    box.maxX = this.#boxes[4 * building + 2] as number;
    box.maxY = this.#boxes[4 * building + 3] as number;
    if (box.minX > box.maxX) return;
    this.#building = building;
    rows.visitEdges(box, this.#add);
  }

  readonly #add = (ax: number, ay: number, bx: number, by: number): void => {
    const known = this.pieces.get(this.#building);
    if (known) known.push({ ax, ay, bx, by });
    else this.pieces.set(this.#building, [{ ax, ay, bx, by }]);
  };
}

type OpenTally = { readonly [field in keyof GridTally]: { -readonly [count in keyof GridTally[field]]: number } };

function count(tally: OpenTally, households: number, population: number, onBorder: boolean, first: boolean): void {
  if (onBorder) add(first ? tally.less : tally.more, households, population);
  if (onBorder && !first) return;
  add(tally.counts, households, population);
  if (households > 0) tally.inhabited.households++;
  if (population > 0) tally.inhabited.population++;
}

const noCounts = () => ({ households: 0, population: 0, buildings: 0 });

function add(counts: { households: number; population: number; buildings: number }, households: number, population: number): void {
  counts.households += households;
  counts.population += population;
  counts.buildings += 1;
}
