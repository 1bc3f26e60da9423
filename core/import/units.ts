// Buildings that no border can pass between: footprints that overlap or nearly touch, points on one spot.
import Flatbush from 'flatbush';
import type { Groups } from './groups.ts';
import { type Box, boxOfOutline, contains, nearsOutline, type Outline, segments } from './plane.ts';

/** Joins outlines that are nearer to each other than `gapM`. */
export function joinNeighbours(outlines: readonly Outline[], gapM: number, groups: Groups): void {
  const boxes = outlines.map(boxOfOutline);
  const index = new Flatbush(Math.max(1, boxes.length));
  for (const box of boxes) index.add(...box);
  if (boxes.length === 0) return;
  index.finish();
  outlines.forEach((outline, i) => {
    const [minX, minY, maxX, maxY] = boxes[i] as Box;
    for (const j of index.search(minX - gapM, minY - gapM, maxX + gapM, maxY + gapM, (other) => other > i)) {
      if (groups.rootOf(i) !== groups.rootOf(j) && nearerThan(outline, outlines[j] as Outline, gapM)) groups.join(i, j);
    }
  });
}

function nearerThan(a: Outline, b: Outline, distanceM: number): boolean {
  const [ax, ay] = [a.rings[0]?.[0] as number, a.rings[0]?.[1] as number];
  const [bx, by] = [b.rings[0]?.[0] as number, b.rings[0]?.[1] as number];
  if (contains(b, ax, ay) || contains(a, bx, by)) return true;
  return a.rings.some((ringA) => segments(ringA).some((s) => nearsOutline(s, b, distanceM)));
}
