// Finds the polygons that a point lies in.
import Flatbush from 'flatbush';
import { boxOf } from '../coverage/box.ts';
import type { Polygon } from '../coverage/geometry.ts';
import { locate } from '../coverage/locate.ts';
import { closedLine } from '../coverage/ring.ts';
import { distanceToLine } from '../plan/along-line.ts';

/** Boxes overlap; among so many nearest ones is the nearest polygon. */
const NEAREST_BOXES = 8;

export class PolygonIndex {
  readonly #polygons: readonly Polygon[];
  readonly #index: Flatbush | null;

  constructor(polygons: readonly Polygon[]) {
    this.#polygons = polygons;
    // flatbush refuses to be empty
    this.#index = polygons.length === 0 ? null : new Flatbush(polygons.length);
    for (const polygon of polygons) {
      const box = boxOf(polygon);
      this.#index?.add(box.minX, box.minY, box.maxX, box.maxY);
    }
    this.#index?.finish();
  }

  /** Numbers of the polygons that hold the point (lattice steps), borders included, ascending. */
  holding(point: readonly [number, number]): number[] {
    const [x, y] = point;
    const near = this.#index?.search(x, y, x, y) ?? [];
    return near.filter((number) => locate(point, this.#polygons[number] as Polygon) !== 'outside').sort((a, b) => a - b);
  }

  /** Numbers of the polygons whose boxes meet the given one. */
  near(minX: number, minY: number, maxX: number, maxY: number): number[] {
    return this.#index?.search(minX, minY, maxX, maxY) ?? [];
  }

  /** The polygon nearest to the point: for points that rounding left a step outside. -1 where there is none. */
  nearest([x, y]: readonly [number, number]): number {
    const distance = (number: number): number =>
      Math.min(...(this.#polygons[number] as Polygon).map((ring) => distanceToLine(x, y, closedLine(ring))));
    const near = this.#index?.neighbors(x, y, NEAREST_BOXES) ?? [];
    return near.reduce((best, number) => (best < 0 || distance(number) < distance(best) ? number : best), -1);
  }
}
