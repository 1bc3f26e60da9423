// Whether a piece of border follows a line on the map: to the eye they are one when no road's width lies between them.
import Flatbush from 'flatbush';
import { toDegrees } from '../coverage/lattice.ts';
import { distanceToSegment } from '../plan/along-line.ts';
import type { Piece } from './through-building.ts';

/** Half the width of a main road, in lattice steps of latitude (about 5 m). */
export const REACH_STEPS = 450;

/** Asks pieces whether they follow one of the lines: with both ends and the middle. */
export function followerOf(lines: readonly Piece[]): (piece: Piece) => boolean {
  const [first] = lines;
  if (!first) return () => false;
  const shrink = Math.cos((toDegrees(first.ay) * Math.PI) / 180);
  const index = new Flatbush(lines.length);
  for (const { ax, ay, bx, by } of lines)
    index.add(Math.min(ax, bx) * shrink, Math.min(ay, by), Math.max(ax, bx) * shrink, Math.max(ay, by));
  index.finish();
  const isNear = (x: number, y: number): boolean => {
    let near = false;
    index.search(x - REACH_STEPS, y - REACH_STEPS, x + REACH_STEPS, y + REACH_STEPS, (i) => {
      const { ax, ay, bx, by } = lines[i] as Piece;
      near ||= distanceToSegment(x, y, ax * shrink, ay, bx * shrink, by) <= REACH_STEPS;
      return false;
    });
    return near;
  };
  return ({ ax, ay, bx, by }) => isNear(((ax + bx) / 2) * shrink, (ay + by) / 2) && isNear(ax * shrink, ay) && isNear(bx * shrink, by);
}
