// The parts of a line inside a polygon, reaching just beyond its border so that noding surely joins them to it.
import { boxesMeet, boxOfLine } from '../coverage/box.ts';
import type { Line, Polygon } from '../coverage/geometry.ts';
import { locate } from '../coverage/locate.ts';
import { closedLine } from '../coverage/ring.ts';

/** How far the parts reach across the border, in lattice steps: more than rounding may take away. */
const STUB_STEPS = 3;

interface Crossing {
  /** 0–1 along the segment. */
  readonly at: number;
  /** Unit vector out of the polygon. */
  readonly outward: readonly [number, number] | null;
}

const START: Crossing = { at: 0, outward: null };
const END: Crossing = { at: 1, outward: null };

export function clipLine(line: Line, polygon: Polygon): Line[] {
  const borders = polygon.map(closedLine);
  const parts: number[][] = [];
  let open: number[] | null = null;
  for (let i = 0; i + 3 < line.length; i += 2) {
    const segment = line.slice(i, i + 4);
    const crossings = [START, ...crossingsOf(segment, borders), END];
    for (let j = 0; j + 1 < crossings.length; j++) {
      const [from, to] = [crossings[j] as Crossing, crossings[j + 1] as Crossing];
      if (locate(pointAt(segment, (from.at + to.at) / 2), polygon) !== 'inside') {
        open = null;
        continue;
      }
      if (!open) {
        open = startAt(segment, from);
        parts.push(open);
      }
      open.push(...rounded(pointAt(segment, to.at)), ...stub(segment, to));
      if (to.outward) open = null;
    }
  }
  return parts;
}

const startAt = (segment: Line, from: Crossing): number[] => [...stub(segment, from), ...rounded(pointAt(segment, from.at))];

function stub(segment: Line, { at, outward }: Crossing): number[] {
  if (!outward) return [];
  const [x, y] = pointAt(segment, at);
  return rounded([x + outward[0] * STUB_STEPS, y + outward[1] * STUB_STEPS]);
}

const rounded = ([x, y]: readonly [number, number]): number[] => [Math.round(x), Math.round(y)];

function pointAt(segment: Line, at: number): [number, number] {
  const [ax, ay, bx, by] = segment as unknown as readonly [number, number, number, number];
  return [ax + (bx - ax) * at, ay + (by - ay) * at];
}

function crossingsOf(segment: Line, borders: readonly Line[]): Crossing[] {
  const [ax, ay, bx, by] = segment as unknown as readonly [number, number, number, number];
  const [dx, dy] = [bx - ax, by - ay];
  const box = boxOfLine(segment);
  const crossings: Crossing[] = [];
  for (const border of borders) {
    for (let i = 0; i + 3 < border.length; i += 2) {
      const [cx, cy, ex, ey] = [border[i] as number, border[i + 1] as number, border[i + 2] as number, border[i + 3] as number];
      if (!boxesMeet(box, boxOfLine([cx, cy, ex, ey]))) continue;
      const [fx, fy] = [ex - cx, ey - cy];
      const determinant = dx * fy - dy * fx;
      if (determinant === 0) continue;
      const at = ((cx - ax) * fy - (cy - ay) * fx) / determinant;
      const along = ((cx - ax) * dy - (cy - ay) * dx) / determinant;
      if (at <= 0 || at >= 1 || along < 0 || along > 1) continue;
      const length = Math.hypot(fx, fy);
      // The polygon lies on the left of its rings.
      crossings.push({ at, outward: [fy / length, -fx / length] });
    }
  }
  return crossings.sort((a, b) => a.at - b.at);
}
