// Lines taken apart into straight pieces.
import type { Box, Line, Polygon } from '../coverage/geometry.ts';
import { closedLine } from '../coverage/ring.ts';
import { lineLengthM } from '../geo/measure.ts';
import type { Piece } from './through-building.ts';

export function piecesOf(line: Line): Piece[] {
  const pieces: Piece[] = [];
  for (let i = 0; i + 3 < line.length; i += 2) {
    pieces.push({ ax: line[i] as number, ay: line[i + 1] as number, bx: line[i + 2] as number, by: line[i + 3] as number });
  }
  return pieces;
}

/** In metres. */
export function pieceLengthM({ ax, ay, bx, by }: Piece): number {
  return lineLengthM([ax, ay, bx, by]);
}

/** The rings of the polygon, each back to where it began. */
export function closedRings(polygon: Polygon): Line[] {
  return polygon.map(closedLine);
}

/** The box around all the pieces. */
export function boxOfPieces(pieces: Iterable<Piece>): Box {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (const { ax, ay, bx, by } of pieces) {
    if (Math.min(ax, bx) < box.minX) box.minX = Math.min(ax, bx);
    if (Math.min(ay, by) < box.minY) box.minY = Math.min(ay, by);
    if (Math.max(ax, bx) > box.maxX) box.maxX = Math.max(ax, bx);
    if (Math.max(ay, by) > box.maxY) box.maxY = Math.max(ay, by);
  }
  return box;
}
