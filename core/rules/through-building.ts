// Whether a border runs through a building.
import { boxesMeet, boxOf, boxOfLine } from '../coverage/box.ts';
import type { Line, Polygon } from '../coverage/geometry.ts';
import { locate } from '../coverage/locate.ts';
import { distanceToSegment } from '../plan/along-line.ts';

/** A border this close to a wall, in lattice steps (about 20 cm), runs along it: surveys of walls are no better, and snapping rounds. */
export const WALL_STEPS = 20;

/** Whether the line runs through the inside of the footprint, deeper than `WALL_STEPS` from its walls. */
export function runsThrough(line: Line, footprint: Polygon): boolean {
  const box = boxOf(footprint);
  for (let i = 0; i + 3 < line.length; i += 2) {
    const [ax, ay, bx, by] = line.slice(i, i + 4) as [number, number, number, number];
    if (boxesMeet(box, boxOfLine([ax, ay, bx, by])) && segmentRunsThrough(ax, ay, bx, by, footprint)) return true;
  }
  return false;
}

/** Between two places where it meets a wall, a segment is inside or outside as a whole: its middle tells. */
function segmentRunsThrough(ax: number, ay: number, bx: number, by: number, footprint: Polygon): boolean {
  const meetings = [0, 1];
  for (const ring of footprint) {
    forEachWall(ring, (cx, cy, dx, dy) => {
      const meeting = meetingOf(ax, ay, bx, by, cx, cy, dx, dy);
      if (meeting !== null) meetings.push(meeting);
    });
  }
  meetings.sort((a, b) => a - b);
  for (let i = 0; i + 1 < meetings.length; i++) {
    const middle = ((meetings[i] as number) + (meetings[i + 1] as number)) / 2;
    const point = [ax + (bx - ax) * middle, ay + (by - ay) * middle] as const;
    if (locate(point, footprint) === 'inside' && wallDistance(point, footprint) > WALL_STEPS) return true;
  }
  return false;
}

/** Share of the way from a to b at which the wall c–d is met; null: not met, or parallel to it. */
function meetingOf(ax: number, ay: number, bx: number, by: number, cx: number, cy: number, dx: number, dy: number): number | null {
  const cross = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
  if (cross === 0) return null;
  const along = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / cross;
  const onWall = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / cross;
  return along > 0 && along < 1 && onWall >= 0 && onWall <= 1 ? along : null;
}

function wallDistance([x, y]: readonly [number, number], footprint: Polygon): number {
  let nearest = Infinity;
  for (const ring of footprint) {
    forEachWall(ring, (cx, cy, dx, dy) => {
      nearest = Math.min(nearest, distanceToSegment(x, y, cx, cy, dx, dy));
    });
  }
  return nearest;
}

function forEachWall(ring: Polygon[number], visit: (cx: number, cy: number, dx: number, dy: number) => void): void {
  for (let i = 0; i < ring.length; i += 2) {
    const next = (i + 2) % ring.length;
    visit(ring[i] as number, ring[i + 1] as number, ring[next] as number, ring[next + 1] as number);
  }
}
