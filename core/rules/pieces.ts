// Lines taken apart into straight pieces.
import type { Line, Polygon } from '../coverage/geometry.ts';
import type { Piece } from './through-building.ts';

export function piecesOf(line: Line): Piece[] {
  const pieces: Piece[] = [];
  for (let i = 0; i + 3 < line.length; i += 2) {
    pieces.push({ ax: line[i] as number, ay: line[i + 1] as number, bx: line[i + 2] as number, by: line[i + 3] as number });
  }
  return pieces;
}

/** The rings of the polygon, each back to where it began. */
export function closedRings(polygon: Polygon): Line[] {
  return polygon.map((ring) => [...ring, ...ring.slice(0, 2)]);
}
