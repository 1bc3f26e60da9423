// Where a name stands in an area: far from its borders, in the largest part.
import { isInside } from '../tools/community-index.ts';
import type { Position } from '../tools/tool.ts';

type Ring = readonly (readonly number[])[];
type Rings = readonly Ring[];

/** Places tried along each side of the area's box; then once more around the best. */
const TRIES = 9;
const ROUNDS = 3;

/** A point inside the largest part, about as far from the borders as can be; null for an empty area. Degrees. */
export function labelPoint(polygons: readonly Rings[]): Position | null {
  const rings = largest(polygons);
  const outer = rings?.[0];
  if (rings === undefined || outer === undefined) return null;
  let box = boxOf(outer);
  // A degree of longitude is shorter than one of latitude: distances are compared in equal units.
  const narrow = Math.cos((((box.south + box.north) / 2) * Math.PI) / 180);
  let best: Position | null = null;
  let farthest = -Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const [stepX, stepY] = [(box.east - box.west) / TRIES, (box.north - box.south) / TRIES];
    for (let i = 0; i < TRIES * TRIES; i++) {
      const at: Position = [box.west + ((i % TRIES) + 0.5) * stepX, box.south + (Math.floor(i / TRIES) + 0.5) * stepY];
      if (!isInside(at, rings)) continue;
      const distance = distanceToBorder(at, rings, narrow);
      if (distance > farthest) [best, farthest] = [at, distance];
    }
    if (best === null) return [outer[0]?.[0] ?? 0, outer[0]?.[1] ?? 0];
    box = { west: best[0] - stepX, east: best[0] + stepX, south: best[1] - stepY, north: best[1] + stepY };
  }
  return best;
}

const largest = (polygons: readonly Rings[]): Rings | undefined => {
  const size = (rings: Rings): number => {
    const { west, south, east, north } = boxOf(rings[0] ?? []);
    return (east - west) * (north - south);
  };
  return [...polygons].sort((a, b) => size(b) - size(a))[0];
};

interface Extent {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

function boxOf(ring: Ring): Extent {
  const xs = ring.map((position) => position[0] as number);
  const ys = ring.map((position) => position[1] as number);
  return { west: Math.min(...xs), south: Math.min(...ys), east: Math.max(...xs), north: Math.max(...ys) };
}

function distanceToBorder([x, y]: Position, rings: Rings, narrow: number): number {
  let nearest = Infinity;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = [((ring[i - 1]?.[0] as number) - x) * narrow, (ring[i - 1]?.[1] as number) - y];
      const [dx, dy] = [((ring[i]?.[0] as number) - x) * narrow - ax, (ring[i]?.[1] as number) - y - ay];
      const square = dx * dx + dy * dy;
      const share = square === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / square));
      nearest = Math.min(nearest, (ax + dx * share) ** 2 + (ay + dy * share) ** 2);
    }
  }
  return nearest;
}
