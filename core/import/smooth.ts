// Straightens chains between buildings as far as no building is touched or changes side.
import type { Segment } from './plane.ts';
import type { Chain } from './voronoi-borders.ts';

/** A straightened border may leave the middle line by this much. */
export const MAX_DEVIATION_M = 6;

/** What a shortcut must respect. */
export interface Surroundings {
  /** Whether the segment keeps clear of all buildings. */
  readonly isClear: (segment: Segment) => boolean;
  /** Whether a building lies in the ring (flat, closed implicitly). */
  readonly holdsBuilding: (ring: Chain) => boolean;
}

/** The chain with fewer vertices; its ends stay. Douglas–Peucker with a veto. */
export function smooth(chain: Chain, surroundings: Surroundings): Chain {
  const last = chain.length / 2 - 1;
  const keep = new Set([0, last]);
  const waiting: [number, number][] = [[0, last]];
  for (let span = waiting.pop(); span !== undefined; span = waiting.pop()) {
    const [from, to] = span;
    if (to - from < 2) continue;
    const { index, distanceM } = farthest(chain, from, to);
    if (distanceM <= MAX_DEVIATION_M && mayShorten(chain, from, to, surroundings)) continue;
    keep.add(index);
    waiting.push([from, index], [index, to]);
  }
  return [...keep].sort((a, b) => a - b).flatMap((i) => [chain[2 * i] as number, chain[2 * i + 1] as number]);
}

function mayShorten(chain: Chain, from: number, to: number, { isClear, holdsBuilding }: Surroundings): boolean {
  const shortcut = [chain[2 * from], chain[2 * from + 1], chain[2 * to], chain[2 * to + 1]] as unknown as Segment;
  return isClear(shortcut) && !holdsBuilding(chain.slice(2 * from, 2 * to + 2));
}

function farthest(chain: Chain, from: number, to: number): { index: number; distanceM: number } {
  const [ax, ay] = [chain[2 * from] as number, chain[2 * from + 1] as number];
  const [dx, dy] = [(chain[2 * to] as number) - ax, (chain[2 * to + 1] as number) - ay];
  const length = Math.hypot(dx, dy);
  let index = from + 1;
  let distanceM = -1;
  for (let i = from + 1; i < to; i++) {
    const [x, y] = [(chain[2 * i] as number) - ax, (chain[2 * i + 1] as number) - ay];
    const distance = length === 0 ? Math.hypot(x, y) : Math.abs(x * dy - y * dx) / length;
    if (distance > distanceM) [index, distanceM] = [i, distance];
  }
  return { index, distanceM };
}
