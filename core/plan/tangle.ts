// Whether a drawn line is a scribble: every crossing with itself is a vertex and a face, so thousands of them are refused before noding.
import Flatbush from 'flatbush';
import type { Line } from '../coverage/geometry.ts';

/** A border that somebody means crosses itself a few times at most. */
const MAX_SELF_CROSSINGS = 200;

/** Whether the lines cross each other or themselves more often than a hand that means it. */
export function isTangled(lines: readonly Line[]): boolean {
  const segments = lines.flatMap(segmentsOf);
  if (segments.length < 2) return false;
  const index = new Flatbush(segments.length);
  for (const [ax, ay, bx, by] of segments) index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  index.finish();
  let crossings = 0;
  for (const [i, segment] of segments.entries()) {
    const [ax, ay, bx, by] = segment;
    index.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), (j) => {
      if (j > i && cross(segment, segments[j] as Segment)) crossings += 1;
      return false;
    });
    if (crossings > MAX_SELF_CROSSINGS) return true;
  }
  return false;
}

type Segment = readonly [ax: number, ay: number, bx: number, by: number];

function segmentsOf(line: Line): Segment[] {
  return Array.from({ length: Math.max(0, line.length / 2 - 1) }, (_, i) => line.slice(i * 2, i * 2 + 4) as unknown as Segment);
}

/** Proper crossing: each segment has its ends on both sides of the other. */
function cross(one: Segment, other: Segment): boolean {
  return side(one, other[0], other[1]) * side(one, other[2], other[3]) < 0 && side(other, one[0], one[1]) * side(other, one[2], one[3]) < 0;
}

const side = ([ax, ay, bx, by]: Segment, x: number, y: number): number => Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
