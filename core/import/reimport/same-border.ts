// Whether two outlines are one border but for noding, however many vertices each has of it.
import Flatbush from 'flatbush';
import type { Line, MultiPolygon } from '../../coverage/geometry.ts';
import { closedLine } from '../../coverage/ring.ts';
import { distanceToLine } from '../../plan/along-line.ts';

/** Noding moves a border by a step at a time, at every import and cut anew; nearer than this it is the same border (about 0.1 m). */
const SAME_BORDER_STEPS = 10;

/** No vertex of the one lies off the border of the other, nor the middle between two: a chord ends on it and yet leaves it. */
export function isSameBorder(one: MultiPolygon, other: MultiPolygon): boolean {
  return liesOn(one, other) && liesOn(other, one);
}

function liesOn(area: MultiPolygon, border: MultiPolygon): boolean {
  const segments = border.flat().flatMap((ring) => segmentsOf(closedLine(ring)));
  if (segments.length === 0) return area.length === 0;
  const index = new Flatbush(segments.length);
  for (const [ax, ay, bx, by] of segments as [number, number, number, number][]) {
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  index.finish();
  const isOn = (x: number, y: number): boolean =>
    index
      .search(x - SAME_BORDER_STEPS, y - SAME_BORDER_STEPS, x + SAME_BORDER_STEPS, y + SAME_BORDER_STEPS)
      .some((segment) => distanceToLine(x, y, segments[segment] as Line) <= SAME_BORDER_STEPS);
  return area
    .flat()
    .flatMap((ring) => segmentsOf(closedLine(ring)))
    .every((segment) => {
      const [ax, ay, bx, by] = segment as [number, number, number, number];
      return isOn(ax, ay) && isOn((ax + bx) / 2, (ay + by) / 2);
    });
}

function segmentsOf(line: Line): Line[] {
  return Array.from({ length: line.length / 2 - 1 }, (_, i) => line.slice(2 * i, 2 * i + 4));
}
