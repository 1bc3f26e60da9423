// A line of lattice points as operations take it: positions in degrees.
import type { Line } from '../coverage/geometry.ts';
import { toDegrees } from '../coverage/lattice.ts';

/** Inverse: `latticeLine`. */
export function drawnLine(line: Line): [number, number][] {
  const positions: [number, number][] = [];
  for (let i = 0; i + 1 < line.length; i += 2) positions.push([toDegrees(line[i] as number), toDegrees(line[i + 1] as number)]);
  return positions;
}
