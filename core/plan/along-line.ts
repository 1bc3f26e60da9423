// Which border edges run along a drawn line, after the line was noded with the blocks.
import type { Line } from '../coverage/geometry.ts';
import type { BorderEdge } from './adjacency.ts';

/** Snap-rounding moves a line by less than one lattice step; two steps (2 cm) leave room and catch nothing else that matters. */
const ALONG_STEPS = 2;

/** Distance in lattice steps from a point to a segment. */
export function distanceToSegment(px: number, py: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / square));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}

/** Distance in lattice steps from a point to a line. */
export function distanceToLine(px: number, py: number, line: Line): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 3 < line.length; i += 2) {
    const distance = distanceToSegment(px, py, line[i] as number, line[i + 1] as number, line[i + 2] as number, line[i + 3] as number);
    if (distance < nearest) nearest = distance;
  }
  return nearest;
}

export function runsAlong(edge: BorderEdge, line: Line): boolean {
  return (
    distanceToLine(edge.ax, edge.ay, line) <= ALONG_STEPS &&
    distanceToLine(edge.bx, edge.by, line) <= ALONG_STEPS &&
    distanceToLine((edge.ax + edge.bx) / 2, (edge.ay + edge.by) / 2, line) <= ALONG_STEPS
  );
}
