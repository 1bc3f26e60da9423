// Finds where a polygon crosses or touches itself.
import Flatbush from 'flatbush';
import { orient2d } from 'robust-predicates';
import { boxesMeet } from '../coverage/box.ts';
import type { Box, LatticePoint, Polygon } from '../coverage/geometry.ts';

/** Among so few, comparing each with each is faster than an index. */
const FEW_SEGMENTS = 150;

/** Segment of a ring: which ring, its place in it, and its ends. */
interface Segment extends Box {
  readonly ring: number;
  readonly index: number;
  readonly ringLength: number;
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
}

/**
 * A point where a ring crosses, touches or runs back along itself, or where two rings cross or run along each other; null when there
 * is none. Two rings may touch in single points.
 */
export const selfContact = (polygon: Polygon): LatticePoint | null => selfContacts(polygon, 1)[0] ?? null;

/** The first such points, at most `limit`; one where several segments meet counts for each pair of them. */
export function selfContacts(polygon: Polygon, limit: number): LatticePoint[] {
  const contacts: LatticePoint[] = [];
  const segments = segmentsOf(polygon);
  if (segments.length === 0) return contacts;
  const nearOnesAfter = segments.length <= FEW_SEGMENTS ? everyPair(segments) : indexed(segments);
  for (let i = 0; i < segments.length; i++) {
    for (const j of nearOnesAfter(i)) {
      const contact = contactOf(segments[i] as Segment, segments[j] as Segment);
      if (contact) contacts.push(contact);
      if (contacts.length === limit) return contacts;
    }
  }
  return contacts;
}

/** Answers, for a segment, the later ones whose boxes meet its own. */
type Neighbours = (segment: number) => readonly number[];

function indexed(segments: readonly Segment[]): Neighbours {
  const index = new Flatbush(segments.length);
  for (const { minX, minY, maxX, maxY } of segments) index.add(minX, minY, maxX, maxY);
  index.finish();
  return (i) => {
    const { minX, minY, maxX, maxY } = segments[i] as Segment;
    return index.search(minX, minY, maxX, maxY, (j) => j > i);
  };
}

function everyPair(segments: readonly Segment[]): Neighbours {
  return (i) => {
    const near: number[] = [];
    for (let j = i + 1; j < segments.length; j++) if (boxesMeet(segments[i] as Segment, segments[j] as Segment)) near.push(j);
    return near;
  };
}

function segmentsOf(polygon: Polygon): Segment[] {
  const segments: Segment[] = [];
  polygon.forEach((points, ring) => {
    const ringLength = points.length / 2;
    let ax = points[points.length - 2] as number;
    let ay = points[points.length - 1] as number;
    for (let index = 0; index < ringLength; index++) {
      const bx = points[index * 2] as number;
      const by = points[index * 2 + 1] as number;
      const [minX, maxX] = ax < bx ? [ax, bx] : [bx, ax];
      const [minY, maxY] = ay < by ? [ay, by] : [by, ay];
      segments.push({ ring, index, ringLength, ax, ay, bx, by, minX, minY, maxX, maxY });
      ax = bx;
      ay = by;
    }
  });
  return segments;
}

function contactOf(s: Segment, t: Segment): LatticePoint | null {
  // Neighbours share their vertex and nothing else, unless one folds back onto the other.
  if (s.ring === t.ring && follow(s, t) && !(liesOn(s, t.ax, t.ay) && liesOn(s, t.bx, t.by))) return null;
  const sides = [
    Math.sign(orient2d(s.ax, s.ay, s.bx, s.by, t.ax, t.ay)),
    Math.sign(orient2d(s.ax, s.ay, s.bx, s.by, t.bx, t.by)),
    Math.sign(orient2d(t.ax, t.ay, t.bx, t.by, s.ax, s.ay)),
    Math.sign(orient2d(t.ax, t.ay, t.bx, t.by, s.bx, s.by)),
  ] as const;
  if (sides.every((side) => side === 0)) return overlapOf(s, t);
  if (sides[0] * sides[1] > 0 || sides[2] * sides[3] > 0) return null;
  const touches = sides.includes(0);
  if (touches && (s.ring !== t.ring || follow(s, t))) return null;
  if (sides[0] === 0) return [t.ax, t.ay];
  if (sides[1] === 0) return [t.bx, t.by];
  return [s.ax, s.ay];
}

/** Collinear segments: in contact when they share more than the vertex where one follows the other. */
function overlapOf(s: Segment, t: Segment): LatticePoint | null {
  const dx = s.bx - s.ax;
  const dy = s.by - s.ay;
  const along = (x: number, y: number) => (x - s.ax) * dx + (y - s.ay) * dy;
  const length = along(s.bx, s.by);
  const from = Math.max(0, Math.min(along(t.ax, t.ay), along(t.bx, t.by)));
  const to = Math.min(length, Math.max(along(t.ax, t.ay), along(t.bx, t.by)));
  if (from > to) return null;
  if (from === to && (s.ring !== t.ring || follow(s, t))) return null;
  return [s.ax, s.ay];
}

/** Whether a point lies on the straight line through a segment. */
function liesOn({ ax, ay, bx, by }: Segment, x: number, y: number): boolean {
  return orient2d(ax, ay, bx, by, x, y) === 0;
}

function follow(s: Segment, t: Segment): boolean {
  const step = Math.abs(s.index - t.index);
  return step === 1 || step === s.ringLength - 1;
}
