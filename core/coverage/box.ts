// Boxes around polygons and lines, in lattice steps: the cheap test before every exact one.
import type { Box, Line, Polygon } from './geometry.ts';

/** The box of a polygon (of its outer ring: holes lie within). */
export function boxOf(polygon: Polygon): Box {
  return boxOfLine(polygon[0] ?? []);
}

/** The box of a chain of points; an empty chain has a box that meets nothing. */
export function boxOfLine(line: Line): Box {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let i = 0; i + 1 < line.length; i += 2) {
    const x = line[i] as number;
    const y = line[i + 1] as number;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return { minX, minY, maxX, maxY };
}

/** Whether two boxes have a point in common, the border included. */
export function boxesMeet(a: Box, b: Box): boolean {
  return a.minX <= b.maxX && b.minX <= a.maxX && a.minY <= b.maxY && b.minY <= a.maxY;
}

/** The box, `steps` wider on every side. */
export function grow(box: Box, steps: number): Box {
  return { minX: box.minX - steps, minY: box.minY - steps, maxX: box.maxX + steps, maxY: box.maxY + steps };
}

/** Whether a straight line between two points meets a box. Rounds beyond 6 degrees: leave some play then. */
export function segmentMeetsBox(ax: number, ay: number, bx: number, by: number, box: Box): boolean {
  if (Math.min(ax, bx) > box.maxX || Math.max(ax, bx) < box.minX || Math.min(ay, by) > box.maxY || Math.max(ay, by) < box.minY)
    return false;
  const [dx, dy] = [bx - ax, by - ay];
  const offset = dx * (box.minY + box.maxY - 2 * ay) - dy * (box.minX + box.maxX - 2 * ax);
  return Math.abs(offset) <= Math.abs(dx) * (box.maxY - box.minY) + Math.abs(dy) * (box.maxX - box.minX);
}
