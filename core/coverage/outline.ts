// The outline of a set of polygons of a coverage: edges that two of them share cancel out, what is left is the border.
import type { MultiPolygon, Polygon } from './geometry.ts';
import { PairIndex } from './pair-index.ts';
import { BorderEdges, edgesOf, polygonsOfEdges } from './tracing.ts';

/**
 * The union of edge-matched polygons with disjoint interiors (I2). Parts that touch in a point only become polygons of their own, and
 * holes that touch the border in a point stay holes. Canonical; throws when the edges do not close.
 */
export function outlineOf(polygons: readonly Polygon[]): MultiPolygon {
  const points = new PairIndex();
  const border = new BorderEdges();
  for (const polygon of polygons) {
    const edges = edgesOf(points, polygon);
    for (let i = 0; i < edges.length; i += 2) border.add(edges[i] as number, edges[i + 1] as number);
  }
  return polygonsOfEdges(points, border.list());
}
