// Finds where a polygon crosses or touches itself.
import Flatbush from 'flatbush';
import { orient2d } from 'robust-predicates';
import type { LatticePoint, Polygon } from '../coverage/geometry.ts';

/** Segment of a ring: which ring, its place in it, and its ends. */
interface Segment {
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
export function selfContact(polygon: Polygon): LatticePoint | null {
  const segments = segmentsOf(polygon);
  if (segments.length === 0) return null;
  const index = new Flatbush(segments.length);
  for (const s of segments) index.add(Math.min(s.ax, s.bx), Math.min(s.ay, s.by), Math.max(s.ax, s.bx), Math.max(s.ay, s.by));
  index.finish();
  for (let i = 0; i < segments.length; i++) {
    const s = segments[i] as Segment;
    const near = index.search(Math.min(s.ax, s.bx), Math.min(s.ay, s.by), Math.max(s.ax, s.bx), Math.max(s.ay, s.by), (j) => j > i);
    for (const j of near) {
      const contact = contactOf(s, segments[j] as Segment);
      if (contact) return contact;
    }
  }
  return null;
}

function segmentsOf(polygon: Polygon): Segment[] {
  return polygon.flatMap((ring, ringNumber) => {
    const ringLength = ring.length / 2;
    return Array.from({ length: ringLength }, (_, index): Segment => {
      const next = ((index + 1) % ringLength) * 2;
      return {
        ring: ringNumber,
        index,
        ringLength,
        ax: ring[index * 2] as number,
        ay: ring[index * 2 + 1] as number,
        bx: ring[next] as number,
        by: ring[next + 1] as number,
      };
    });
  });
}

function contactOf(s: Segment, t: Segment): LatticePoint | null {
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

function follow(s: Segment, t: Segment): boolean {
  const step = Math.abs(s.index - t.index);
  return step === 1 || step === s.ringLength - 1;
}
