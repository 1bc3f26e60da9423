// Lines to faces: everything is noded on the lattice (snap rounding), then the faces between the lines are traced.
import type { Line, Polygon } from './geometry.ts';
import { MAX_SPAN_STEPS, nodeSegments } from './noding.ts';
import { EdgeIndex, PairIndex } from './pair-index.ts';
import { boundingEdges, polygonsOfEdges } from './tracing.ts';

/**
 * All bounded faces between the lines, canonical and in order. Pieces of line that end freely or hang between faces bound none and
 * leave a vertex at most. Ends stay where they are, lines move by less than one lattice step and never over a vertex.
 */
export function facesBetween(lines: readonly Line[]): Polygon[] {
  const points = new PairIndex();
  const segments = new EdgeIndex();
  addLines(points, segments, lines);
  const edges = new EdgeIndex();
  nodeSegments(points, segments, 0).forEach((chain, i) => {
    const ids = chain ?? [segments.xs[i] as number, segments.ys[i] as number];
    for (let j = 1; j < ids.length; j++) edges.idOf(ids[j - 1] as number, ids[j] as number);
  });
  const both: number[] = [];
  for (let i = 0; i < edges.size; i++) {
    const [low, high] = [edges.xs[i] as number, edges.ys[i] as number];
    both.push(low, high, high, low);
  }
  return polygonsOfEdges(points, boundingEdges(points, both));
}

/** Adds the segments of lines: none of zero length, none longer than noding can bear. */
export function addLines(points: PairIndex, segments: EdgeIndex, lines: readonly Line[]): void {
  for (const line of lines) {
    const path = pathOf(points, line);
    for (let i = 1; i < path.length; i++) {
      if (path[i] !== path[i - 1]) segments.idOf(path[i - 1] as number, path[i] as number);
    }
  }
}

/** The points of a line, with those between that noding needs where a way is long. */
export function pathOf(points: PairIndex, line: Line): number[] {
  let from = points.idOf(line[0] ?? 0, line[1] ?? 0);
  const path = [from];
  for (let i = 2; i + 1 < line.length; i += 2) {
    for (const to of stepsTo(points, from, line[i] as number, line[i + 1] as number)) {
      path.push(to);
      from = to;
    }
  }
  return path;
}

/** The point itself, after as many between as keep the way short enough; the same ones for the way back. */
function stepsTo(points: PairIndex, from: number, x: number, y: number): number[] {
  const [fromX, fromY] = [points.xs[from] as number, points.ys[from] as number];
  const parts = Math.ceil(Math.max(Math.abs(x - fromX), Math.abs(y - fromY)) / MAX_SPAN_STEPS);
  const ids: number[] = [];
  for (let i = 1; i < parts; i++) {
    ids.push(points.idOf(Math.round((fromX * (parts - i) + x * i) / parts), Math.round((fromY * (parts - i) + y * i) / parts)));
  }
  return [...ids, points.idOf(x, y)];
}
