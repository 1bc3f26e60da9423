// Which buildings a border runs through: for the check of what is drawn, and for the preview of what the hand is about to do.
import Flatbush from 'flatbush';
import { boxOf } from '../coverage/box.ts';
import type { Polygon, Ring } from '../coverage/geometry.ts';
import { locate } from '../coverage/locate.ts';
import { distanceToSegment } from '../plan/along-line.ts';
import type { Building } from '../plan/state.ts';

/** A border this close to a wall, in lattice steps (about 20 cm), runs along it: surveys of walls are no better, and snapping rounds. */
const WALL_STEPS = 20;

/** A straight piece of border in lattice steps. */
export interface Piece {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
}

export interface FootprintIndex {
  /** Ids of the buildings that the pieces run through, deeper than a wall; a building without a footprint cannot be cut. */
  readonly cutBy: (pieces: Iterable<Piece>) => number[];
}

/** Footprints of the buildings, to be asked about many borders. */
export function footprintIndex(buildings: Iterable<Pick<Building, 'id' | 'footprint'>>): FootprintIndex {
  const ids: number[] = [];
  const footprints: Polygon[] = [];
  for (const { id, footprint } of buildings) {
    if (footprint === null || footprint.length === 0) continue;
    ids.push(id);
    footprints.push(footprint);
  }
  if (ids.length === 0) return { cutBy: () => [] };
  const boxes = boxesOf(footprints);
  return {
    cutBy: (pieces) => {
      const cut = new Set<number>();
      for (const piece of pieces) {
        const { ax, ay, bx, by } = piece;
        for (const at of boxes.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))) {
          const id = ids[at] as number;
          if (!cut.has(id) && runsThrough(piece, footprints[at] as Polygon)) cut.add(id);
        }
      }
      return [...cut];
    },
  };
}

function boxesOf(footprints: readonly Polygon[]): Flatbush {
  const boxes = new Flatbush(footprints.length);
  for (const footprint of footprints) {
    const { minX, minY, maxX, maxY } = boxOf(footprint);
    boxes.add(minX, minY, maxX, maxY);
  }
  boxes.finish();
  return boxes;
}

/** Whether a piece runs through a building, deeper than a wall. Between two walls it is inside or outside as a whole: its middle tells. */
export function runsThrough(piece: Piece, footprint: Polygon): boolean {
  const { ax, ay, bx, by } = piece;
  const meetings = [0, 1];
  for (const wall of sidesOf(footprint)) {
    const meeting = meetingWith(wall, piece);
    if (meeting !== null) meetings.push(meeting);
  }
  meetings.sort((a, b) => a - b);
  return meetings.slice(1).some((meeting, i) => {
    const middle = (meeting + (meetings[i] as number)) / 2;
    const [x, y] = [ax + (bx - ax) * middle, ay + (by - ay) * middle];
    return locate([x, y], footprint) === 'inside' && wallDistance(x, y, footprint) > WALL_STEPS;
  });
}

/** Share of the way along the piece at which it meets the wall; null: not met, or parallel to it. */
export function meetingWith(wall: Piece, { ax, ay, bx, by }: Piece): number | null {
  const [wallX, wallY] = [wall.bx - wall.ax, wall.by - wall.ay];
  const cross = (bx - ax) * wallY - (by - ay) * wallX;
  if (cross === 0) return null;
  const share = ((wall.ax - ax) * wallY - (wall.ay - ay) * wallX) / cross;
  const alongWall = ((wall.ax - ax) * (by - ay) - (wall.ay - ay) * (bx - ax)) / cross;
  return share > 0 && share < 1 && alongWall >= 0 && alongWall <= 1 ? share : null;
}

function wallDistance(x: number, y: number, footprint: Polygon): number {
  let nearest = Infinity;
  for (const { ax, ay, bx, by } of sidesOf(footprint)) nearest = Math.min(nearest, distanceToSegment(x, y, ax, ay, bx, by));
  return nearest;
}

/** The sides of a polygon, holes included. */
export const sidesOf = (polygon: Polygon): Piece[] => polygon.flatMap(ringSides);

function ringSides(ring: Ring): Piece[] {
  const walls: Piece[] = [];
  for (let i = 0; i < ring.length; i += 2) {
    const next = (i + 2) % ring.length;
    walls.push({ ax: ring[i] as number, ay: ring[i + 1] as number, bx: ring[next] as number, by: ring[next + 1] as number });
  }
  return walls;
}
