// Which barrier a piece of border runs along. Blocks are noded with the barriers, so a piece lies along one segment wholly or not at all.
import Flatbush from 'flatbush';
import type { BarrierClass } from '../api/messages.ts';
import type { Line } from '../coverage/geometry.ts';
import type { BarrierClassAt } from './graph.ts';

/** Noding moves a line by less than a lattice step; both ends of the piece may have moved. */
const NODING_STEPS = 1.5;

/** Stronger barriers first: where two run together, the border follows the stronger. */
const BY_STRENGTH: readonly BarrierClass[] = ['river', 'railway', 'main-road', 'secondary', 'street', 'lane', 'wall'];

export function barrierIndex(barriers: readonly { readonly class: BarrierClass; readonly line: Line }[]): BarrierClassAt {
  const classes: BarrierClass[] = [];
  const ends: number[] = [];
  for (const barrier of barriers) {
    const { line } = barrier;
    for (let i = 0; i + 3 < line.length; i += 2) {
      classes.push(barrier.class);
      ends.push(line[i] as number, line[i + 1] as number, line[i + 2] as number, line[i + 3] as number);
    }
  }
  if (classes.length === 0) return () => null;
  const index = new Flatbush(classes.length);
  for (let i = 0; i < ends.length; i += 4) {
    const [ax, ay, bx, by] = [ends[i], ends[i + 1], ends[i + 2], ends[i + 3]] as [number, number, number, number];
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  index.finish();
  const isOn = (x: number, y: number, segment: number): boolean => {
    const at = 4 * segment;
    const [ax, ay, bx, by] = [ends[at], ends[at + 1], ends[at + 2], ends[at + 3]] as [number, number, number, number];
    const [dx, dy] = [bx - ax, by - ay];
    const length = Math.sqrt(dx * dx + dy * dy);
    if (length === 0) return false;
    const along = ((x - ax) * dx + (y - ay) * dy) / length;
    const aside = Math.abs((x - ax) * dy - (y - ay) * dx) / length;
    return aside <= NODING_STEPS && along >= -NODING_STEPS && along <= length + NODING_STEPS;
  };
  return (ax, ay, bx, by) => {
    // The middle is enough to find candidates, and few boxes hold a point.
    const [x, y] = [(ax + bx) / 2, (ay + by) / 2];
    let best: BarrierClass | null = null;
    const consider = (segment: number): boolean => {
      const found = classes[segment] as BarrierClass;
      if (best !== null && BY_STRENGTH.indexOf(best) <= BY_STRENGTH.indexOf(found)) return false;
      if (isOn(ax, ay, segment) && isOn(bx, by, segment)) best = found;
      return false;
    };
    index.search(x - NODING_STEPS, y - NODING_STEPS, x + NODING_STEPS, y + NODING_STEPS, consider);
    return best;
  };
}
