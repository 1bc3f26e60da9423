// How much of one area lies in another, in square metres.
import { boxesMeet, boxOf } from '../coverage/box.ts';
import { facesBetween } from '../coverage/faces.ts';
import type { Polygon } from '../coverage/geometry.ts';
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

function sharedM2(a: Polygon, b: Polygon): number {
  const both = (face: Polygon): boolean => {
    const point = interiorPoint(face);
    return locate(point, a) === 'inside' && locate(point, b) === 'inside';
  };
  return facesBetween([...closedRings(a), ...closedRings(b)])
    .filter(both)
    .reduce((sum, face) => sum + polygonAreaM2(face), 0);
}
