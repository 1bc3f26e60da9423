// How much of one area lies in another, in square metres.
import { boxesMeet, boxOf, segmentMeetsBox } from '../coverage/box.ts';
import { facesBetween } from '../coverage/faces.ts';
import type { Box, Line, Polygon } from '../coverage/geometry.ts';
import { interiorPoint, locate } from '../coverage/locate.ts';
import { polygonAreaM2 } from '../geo/measure.ts';
import { closedRings } from './pieces.ts';

/** Area that each of the parts shares with the area; parts that it does not touch share nothing. */
export function overlapM2(parts: Iterable<Polygon>, area: Polygon): number {
  const box = boxOf(area);
  let sum = 0;
  for (const part of parts) if (boxesMeet(boxOf(part), box)) sum += sharedM2(part, area);
  return sum;
}

/** Only the borders within the box that both have can bound what they share. */
function sharedM2(a: Polygon, b: Polygon): number {
  const shared = sharedBox(boxOf(a), boxOf(b));
  const [bordersOfA, bordersOfB] = [bordersIn(a, shared), bordersIn(b, shared)];
  if (a.length === 1 && b.length === 1 && !anyMeet(bordersOfA, bordersOfB)) return nestedM2(a, b);
  const both = (face: Polygon): boolean => {
    const point = interiorPoint(face);
    return locate(point, a) === 'inside' && locate(point, b) === 'inside';
  };
  return facesBetween([...bordersOfA, ...bordersOfB, frameOf(shared)])
    .filter(both)
    .reduce((sum, face) => sum + polygonAreaM2(face), 0);
}

/** Of rings that do not meet: one lies in the other, or they share nothing. */
function nestedM2(a: Polygon, b: Polygon): number {
  if (locate(firstVertex(a), b) === 'inside') return polygonAreaM2(a);
  return locate(firstVertex(b), a) === 'inside' ? polygonAreaM2(b) : 0;
}

const firstVertex = ([outer]: Polygon): [number, number] => [outer?.[0] as number, outer?.[1] as number];

const sharedBox = (a: Box, b: Box): Box => ({
  ...{ minX: Math.max(a.minX, b.minX), minY: Math.max(a.minY, b.minY) },
  ...{ maxX: Math.min(a.maxX, b.maxX), maxY: Math.min(a.maxY, b.maxY) },
});

const frameOf = ({ minX, minY, maxX, maxY }: Box): Line => [minX, minY, maxX, minY, maxX, maxY, minX, maxY, minX, minY];

/** Straight pieces of the borders that meet the box. */
function bordersIn(polygon: Polygon, box: Box): Line[] {
  const pieces: Line[] = [];
  for (const line of closedRings(polygon)) {
    for (let i = 0; i + 3 < line.length; i += 2) {
      const piece = line.slice(i, i + 4) as [number, number, number, number];
      if (segmentMeetsBox(...piece, box)) pieces.push(piece);
    }
  }
  return pieces;
}

/** Whether boxes of pieces of the one meet those of the other: where not, the pieces do not, either. */
function anyMeet(some: readonly Line[], others: readonly Line[]): boolean {
  return some.some((piece) => {
    const [ax = 0, ay = 0, bx = 0, by = 0] = piece;
    const [minX, maxX, minY, maxY] = [Math.min(ax, bx), Math.max(ax, bx), Math.min(ay, by), Math.max(ay, by)];
    return others.some(
      ([cx = 0, cy = 0, dx = 0, dy = 0]) =>
        Math.min(cx, dx) <= maxX && Math.max(cx, dx) >= minX && Math.min(cy, dy) <= maxY && Math.max(cy, dy) >= minY,
    );
  });
}
