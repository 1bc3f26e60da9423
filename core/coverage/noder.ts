// Lines to faces: everything is noded on the lattice (snap rounding), then the faces between the lines are traced.
import type { Line, Polygon } from './geometry.ts';
import { MAX_SPAN_STEPS, nodeSegments } from './noding.ts';
import { PointIndex } from './point-index.ts';
import { boundingEdges, polygonsOfEdges } from './tracing.ts';

export interface Noder {
  /**
   * All bounded faces between the lines, canonical and in order. Pieces of line that end freely or hang between faces bound none and
   * leave no trace. Ends stay where they are, lines move by less than one lattice step and never over a vertex.
   */
  faces(lines: readonly Line[]): Polygon[];
  readonly node: typeof nodeSegments;
}

export async function loadNoder(): Promise<Noder> {
  return { faces: facesBetween, node: nodeSegments };
}

function facesBetween(lines: readonly Line[]): Polygon[] {
  const points = new PointIndex();
  const segments = segmentsOf(points, lines);
  const edges: number[] = [];
  const known = new Set<number>();
  nodeSegments(points, segments, 0).forEach((chain, i) => {
    const ids = chain ?? [segments[i * 2] as number, segments[i * 2 + 1] as number];
    for (let j = 1; j < ids.length; j++) {
      const [from, to] = [ids[j - 1] as number, ids[j] as number];
      if (known.has(points.edgeKey(from, to))) continue;
      known.add(points.edgeKey(from, to)).add(points.edgeKey(to, from));
      edges.push(from, to, to, from);
    }
  });
  return polygonsOfEdges(points, boundingEdges(points, edges));
}

/** Distinct segments of the lines, as pairs of point numbers: no zero length, none longer than noding can bear. */
export function segmentsOf(points: PointIndex, lines: readonly Line[]): number[] {
  const segments: number[] = [];
  const known = new Set<number>();
  for (const line of lines) {
    let from = points.idOf(line[0] ?? 0, line[1] ?? 0);
    for (let i = 2; i + 1 < line.length; i += 2) {
      for (const to of stepsTo(points, from, line[i] as number, line[i + 1] as number)) {
        const key = points.edgeKey(Math.min(from, to), Math.max(from, to));
        if (from !== to && !known.has(key)) segments.push(from, to);
        known.add(key);
        from = to;
      }
    }
  }
  return segments;
}

/** The point itself, after as many between as keep the way short enough; the same ones for the way back. */
function stepsTo(points: PointIndex, from: number, x: number, y: number): number[] {
  const [fromX, fromY] = [points.xs[from] as number, points.ys[from] as number];
  const parts = Math.ceil(Math.max(Math.abs(x - fromX), Math.abs(y - fromY)) / MAX_SPAN_STEPS);
  const ids: number[] = [];
  for (let i = 1; i < parts; i++) {
    ids.push(points.idOf(Math.round((fromX * (parts - i) + x * i) / parts), Math.round((fromY * (parts - i) + y * i) / parts)));
  }
  return [...ids, points.idOf(x, y)];
}
