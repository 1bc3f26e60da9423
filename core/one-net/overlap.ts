// What became of old grids in a plan: how many of their households and how much of their area lie in which new grid, and in none.
import Flatbush from 'flatbush';
import { boxOf } from '../coverage/box.ts';
import type { LatticePoint, MultiPolygon, Polygon } from '../coverage/geometry.ts';
import { locate } from '../coverage/locate.ts';
import { multiPolygonAreaM2 } from '../geo/measure.ts';
import { overlapM2 } from '../rules/overlap.ts';
import { NEGLIGIBLE_SHARE, type OldGrid } from './old-grid.ts';

/** A grid of the plan that holds blocks. */
export interface NewGrid {
  readonly id: number;
  readonly outline: MultiPolygon;
}

/** A building with households. */
export interface Home {
  readonly point: LatticePoint;
  readonly households: number;
  /** null: its block is in no grid. */
  readonly grid: number | null;
}

export interface Portion {
  readonly households: number;
  readonly areaM2: number;
  /** Of the old grid: by households, or by area where nobody lives. */
  readonly share: number;
}

/** mapped: to one new grid. split: over several. left-out: to none. */
export type OverlapVerdict = 'mapped' | 'split' | 'left-out';

export interface GridOverlap {
  readonly households: number;
  readonly areaM2: number;
  /** Largest share first. */
  readonly to: readonly (Portion & { readonly grid: number })[];
  /** In no grid of the plan. */
  readonly left: Portion;
  readonly verdict: OverlapVerdict;
}

/** Built once for a plan, then asked old grid by old grid. */
export class OverlapIndex {
  readonly #parts: { readonly grid: number; readonly polygon: Polygon }[];
  readonly #homes: readonly Home[];
  readonly #partIndex: Flatbush | null;
  readonly #homeIndex: Flatbush | null;

  constructor(grids: readonly NewGrid[], homes: readonly Home[]) {
    this.#parts = grids.flatMap(({ id, outline }) => outline.map((polygon) => ({ grid: id, polygon })));
    this.#homes = homes;
    this.#partIndex = indexOf(this.#parts, ({ polygon }) => boxOf(polygon));
    this.#homeIndex = indexOf(homes, ({ point: [x, y] }) => ({ minX: x, minY: y, maxX: x, maxY: y }));
  }

  overlapOf({ area }: Pick<OldGrid, 'area'>): GridOverlap {
    const areas = new Map<number, number>();
    for (const polygon of area) this.#addAreas(areas, polygon);
    const households = new Map<number | null, number>();
    for (const home of this.#homesIn(area)) households.set(home.grid, (households.get(home.grid) ?? 0) + home.households);
    const totalM2 = multiPolygonAreaM2(area);
    const total = [...households.values()].reduce((sum, count) => sum + count, 0);
    const portion = (count: number, areaM2: number): Portion => ({
      households: count,
      areaM2,
      share: total > 0 ? count / total : areaM2 / totalM2,
    });
    const grids = new Set([...areas.keys(), ...[...households.keys()].filter((grid) => grid !== null)]);
    const to = [...grids].map((grid) => ({ grid, ...portion(households.get(grid) ?? 0, areas.get(grid) ?? 0) }));
    to.sort((a, b) => b.share - a.share || b.areaM2 - a.areaM2 || a.grid - b.grid);
    const coveredM2 = to.reduce((sum, { areaM2 }) => sum + areaM2, 0);
    const left = portion(households.get(null) ?? 0, Math.max(0, totalM2 - coveredM2));
    const parts = to.filter(({ share }) => share >= NEGLIGIBLE_SHARE).length;
    return { households: total, areaM2: totalM2, to, left, verdict: parts === 0 ? 'left-out' : parts === 1 ? 'mapped' : 'split' };
  }

  #addAreas(areas: Map<number, number>, polygon: Polygon): void {
    const { minX, minY, maxX, maxY } = boxOf(polygon);
    for (const position of this.#partIndex?.search(minX, minY, maxX, maxY) ?? []) {
      const part = this.#parts[position] as { grid: number; polygon: Polygon };
      const sharedM2 = overlapM2([part.polygon], polygon);
      if (sharedM2 > 0) areas.set(part.grid, (areas.get(part.grid) ?? 0) + sharedM2);
    }
  }

  #homesIn(area: MultiPolygon): Home[] {
    const found = new Set<number>();
    for (const polygon of area) {
      const { minX, minY, maxX, maxY } = boxOf(polygon);
      for (const position of this.#homeIndex?.search(minX, minY, maxX, maxY) ?? []) {
        if (locate((this.#homes[position] as Home).point, polygon) !== 'outside') found.add(position);
      }
    }
    return [...found].map((position) => this.#homes[position] as Home);
  }
}

/** Whether something of the old grid waits for a new one. */
export function isLeftOver({ left, areaM2 }: GridOverlap): boolean {
  return left.households > 0 || left.areaM2 >= areaM2 * NEGLIGIBLE_SHARE;
}

function indexOf<Item>(items: readonly Item[], box: (item: Item) => ReturnType<typeof boxOf>): Flatbush | null {
  // flatbush refuses to be empty
  if (items.length === 0) return null;
  const index = new Flatbush(items.length);
  for (const item of items) {
    const { minX, minY, maxX, maxY } = box(item);
    index.add(minX, minY, maxX, maxY);
  }
  index.finish();
  return index;
}
