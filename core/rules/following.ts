// Which pieces of border follow a line on the map: to the eye they are one when no road's width lies between them.
import type { Line } from '../coverage/geometry.ts';
import { toDegrees } from '../coverage/lattice.ts';
import { distanceToSegment } from '../plan/along-line.ts';
import { PlaceBuckets } from './place-buckets.ts';
import type { Piece } from './through-building.ts';

/** Half the width of a main road, in lattice steps of latitude (about 5 m). */
const REACH_STEPS = 450;
/** A piece follows where both ends and the middle do. */
const PROBES = 3;

/** For each piece whether it follows one of the lines, or several of them one after the other. */
export function followingOf(pieces: readonly Piece[], lines: Iterable<Line>): boolean[] {
  const [first] = pieces;
  if (!first) return [];
  const shrink = Math.cos((toDegrees(first.ay) * Math.PI) / 180);
  const places = new Float64Array(2 * PROBES * pieces.length);
  pieces.forEach(({ ax, ay, bx, by }, i) => {
    const at = 2 * PROBES * i;
    places[at] = ax * shrink;
    places[at + 1] = ay;
    places[at + 2] = ((ax + bx) / 2) * shrink;
    places[at + 3] = (ay + by) / 2;
    places[at + 4] = bx * shrink;
    places[at + 5] = by;
  });
  const buckets = new PlaceBuckets(places);
  const isNear = new Uint8Array(PROBES * pieces.length);
  const piece = { ax: 0, ay: 0, bx: 0, by: 0 };
  const see = (place: number): void => {
    if (isNear[place] === 1) return;
    const [x, y] = [places[2 * place] as number, places[2 * place + 1] as number];
    if (distanceToSegment(x, y, piece.ax, piece.ay, piece.bx, piece.by) <= REACH_STEPS) isNear[place] = 1;
  };
  for (const line of lines) {
    for (let i = 0; i + 3 < line.length; i += 2) {
      piece.ax = (line[i] as number) * shrink;
      piece.ay = line[i + 1] as number;
      piece.bx = (line[i + 2] as number) * shrink;
      piece.by = line[i + 3] as number;
      buckets.visit(piece, REACH_STEPS, see);
    }
  }
  return pieces.map((_, i) => isNear[PROBES * i] === 1 && isNear[PROBES * i + 1] === 1 && isNear[PROBES * i + 2] === 1);
}
