// Outlines of buildings on a flat plane in metres: boxes, distances, what lies in them.

/** A footprint as closed rings, or a single point, in metres: x0, y0, x1, y1, … */
export interface Outline {
  readonly rings: readonly (readonly number[])[];
}

export type Box = [minX: number, minY: number, maxX: number, maxY: number];

export function boxOfOutline({ rings }: Outline): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i += 2) {
      box[0] = Math.min(box[0], ring[i] as number);
      box[1] = Math.min(box[1], ring[i + 1] as number);
      box[2] = Math.max(box[2], ring[i] as number);
      box[3] = Math.max(box[3], ring[i + 1] as number);
    }
  }
  return box;
}

/** Whether a segment runs through an outline or nearer to it than the distance. */
export function nearsOutline(segment: Segment, outline: Outline, distanceM: number): boolean {
  if (contains(outline, segment[0], segment[1])) return true;
  return outline.rings.some((ring) => segments(ring).some((other) => segmentDistance(segment, other) < distanceM));
}

export type Segment = readonly [ax: number, ay: number, bx: number, by: number];

/** Segments of a closed ring; a point is a segment of no length. */
export function segments(ring: readonly number[]): Segment[] {
  return Array.from({ length: ring.length / 2 }, (_, i): Segment => {
    const next = (2 * i + 2) % ring.length;
    return [ring[2 * i] as number, ring[2 * i + 1] as number, ring[next] as number, ring[next + 1] as number];
  });
}

/** Whether the point lies in the outline, by even-odd. */
export function contains({ rings }: Outline, x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    for (const [ax, ay, bx, by] of segments(ring)) {
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
    }
  }
  return inside;
}

function segmentDistance(s: Segment, t: Segment): number {
  if (cross(s, t)) return 0;
  return Math.min(pointDistance(s[0], s[1], t), pointDistance(s[2], s[3], t), pointDistance(t[0], t[1], s), pointDistance(t[2], t[3], s));
}

function cross(s: Segment, t: Segment): boolean {
  const side = (a: Segment, x: number, y: number) => (a[2] - a[0]) * (y - a[1]) - (a[3] - a[1]) * (x - a[0]);
  return side(s, t[0], t[1]) * side(s, t[2], t[3]) < 0 && side(t, s[0], s[1]) * side(t, s[2], s[3]) < 0;
}

function pointDistance(x: number, y: number, [ax, ay, bx, by]: Segment): number {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const t = squared === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / squared));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}
