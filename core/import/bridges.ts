// Short lines across the narrow gaps between two communities, so that a gap open to the outside becomes a face like any other.
import Flatbush from 'flatbush';
import type { Line, Polygon } from '../coverage/geometry.ts';
import { PointIndex } from '../coverage/point-index.ts';
import { MetreFrame } from './metres.ts';
import { closedLine } from './shapes.ts';
import { BORDER_SLIVER } from './slivers.ts';

/** Nearer than this noding joins vertex and border by itself. */
const JOINED_M = 0.015;
/** A bridge reaches a little beyond the border, or rounding might leave it short. */
const OVERSHOOT_M = 0.03;

/** From every vertex that only one community has to the nearest border of another one within the width of a sliver. */
export function bridgesAcrossGaps(communities: readonly (readonly Polygon[])[]): Line[] {
  const rings = communities.flatMap((polygons, community) => polygons.flat().map((ring) => ({ line: closedLine(ring), community })));
  const first = rings[0]?.line;
  if (!first) return [];
  const segments = rings.flatMap(({ line, community }) =>
    Array.from({ length: line.length / 2 - 1 }, (_, i) => ({ community, ends: line.slice(2 * i, 2 * i + 4) })),
  );
  const index = new Flatbush(segments.length);
  for (const { ends } of segments) {
    const [ax, ay, bx, by] = ends as [number, number, number, number];
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  index.finish();
  return lonelyVertices(rings).flatMap(({ x, y, community }) => {
    const frame = new MetreFrame([x, y]);
    const reachX = BORDER_SLIVER.widthM * frame.stepsPerMetreX;
    const reachY = BORDER_SLIVER.widthM * frame.stepsPerMetreY;
    const near = index.search(x - reachX, y - reachY, x + reachX, y + reachY, (i) => segments[i]?.community !== community);
    const feet = near.map((i) => nearestPoint(frame, segments[i]?.ends as readonly number[]));
    const nearest = feet.toSorted((a, b) => Math.hypot(...a) - Math.hypot(...b))[0];
    const distanceM = nearest ? Math.hypot(...nearest) : Infinity;
    if (!nearest || distanceM < JOINED_M || distanceM > BORDER_SLIVER.widthM) return [];
    const stretch = 1 + OVERSHOOT_M / distanceM;
    return [[x, y, ...frame.toLattice(nearest[0] * stretch, nearest[1] * stretch)]];
  });
}

function lonelyVertices(rings: readonly { line: Line; community: number }[]): { x: number; y: number; community: number }[] {
  const points = new PointIndex();
  const communityOf: number[] = [];
  const shared = new Set<number>();
  for (const { line, community } of rings) {
    for (let i = 0; i + 1 < line.length; i += 2) {
      const id = points.idOf(line[i] as number, line[i + 1] as number);
      if (communityOf[id] !== undefined && communityOf[id] !== community) shared.add(id);
      communityOf[id] ??= community;
    }
  }
  return communityOf.flatMap((community, id) =>
    shared.has(id) ? [] : [{ x: points.xs[id] as number, y: points.ys[id] as number, community }],
  );
}

/** The point of the segment nearest to the origin of the frame, in metres. */
function nearestPoint(frame: MetreFrame, ends: readonly number[]): [number, number] {
  const [ax, ay] = frame.toMetres(ends[0] as number, ends[1] as number);
  const [bx, by] = frame.toMetres(ends[2] as number, ends[3] as number);
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const t = squared === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / squared));
  return [ax + t * dx, ay + t * dy];
}
