// On which side of the drawn line a grid lies, called as the screen shows it: left and right of a steep line, above and below a flat one.
import type { Line } from '../../core/coverage/geometry.ts';
import type { BorderEdge } from '../../core/plan/adjacency.ts';
import { distanceToSegment } from '../../core/plan/along-line.ts';
import type { LineSide } from './messages.ts';

/**
 * For every grid that the new border touches, the side on which more of that border has it. Empty when the line has the same grid on
 * both sides or several grids on one: then names say more than sides.
 */
export function lineSides(border: readonly BorderEdge[], line: Line, gridOf: (block: number) => number | null): Map<number, LineSide> {
  const lead = new Map<number, number>();
  for (const edge of border) {
    const length = Math.hypot(edge.bx - edge.ax, edge.by - edge.ay) * (runsWith(edge, line) ? 1 : -1);
    for (const [block, sign] of [
      [edge.left, 1],
      [edge.right, -1],
    ] as const) {
      const grid = block === null ? null : gridOf(block);
      if (grid !== null) lead.set(grid, (lead.get(grid) ?? 0) + sign * length);
    }
  }
  const port = [...lead].filter(([, length]) => length > 0);
  const starboard = [...lead].filter(([, length]) => length < 0);
  const [[left] = [], [right] = []] = [port[0], starboard[0]];
  if (port.length !== 1 || starboard.length !== 1 || left === undefined || right === undefined) return new Map();
  const [portName, starboardName] = sideNames(line);
  return new Map([
    [left, portName],
    [right, starboardName],
  ]);
}

/** What the left and the right hand of somebody walking along the line are on a map with north up. */
export function sideNames(line: Line): [port: LineSide, starboard: LineSide] {
  const dx = (line.at(-2) as number) - (line[0] as number);
  const dy = (line.at(-1) as number) - (line[1] as number);
  if (Math.abs(dx) > Math.abs(dy)) return dx > 0 ? ['above', 'below'] : ['below', 'above'];
  return dy > 0 ? ['left', 'right'] : ['right', 'left'];
}

/** Whether the edge runs in the direction of the part of the line that it lies on. */
function runsWith({ ax, ay, bx, by }: BorderEdge, line: Line): boolean {
  const [x, y] = [(ax + bx) / 2, (ay + by) / 2];
  let nearest = Infinity;
  let same = true;
  for (let i = 0; i + 3 < line.length; i += 2) {
    const [cx, cy, dx, dy] = [line[i] as number, line[i + 1] as number, line[i + 2] as number, line[i + 3] as number];
    const distance = distanceToSegment(x, y, cx, cy, dx, dy);
    if (distance >= nearest) continue;
    nearest = distance;
    same = (bx - ax) * (dx - cx) + (by - ay) * (dy - cy) >= 0;
  }
  return same;
}
