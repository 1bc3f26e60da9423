// contiguous: a grid in more pieces than the parts of the community they lie in. Pieces hang together by borders, not by corners.
import type { MultiPolygon, Polygon } from '../coverage/geometry.ts';
import { interiorPoint } from '../coverage/locate.ts';
import { doubledArea } from '../coverage/ring.ts';
import { PolygonIndex } from '../import/polygon-index.ts';
import { borderEdges, connectedGroups } from '../plan/adjacency.ts';
import { placeOf } from '../rules/finding.ts';
import { communityOf, type LayoutContext } from './context.ts';
import type { LayoutFinding } from './issue.ts';

export function contiguousFindings(context: LayoutContext): LayoutFinding[] {
  return context.grids.flatMap((about, i): LayoutFinding[] => {
    const community = communityOf(context, i);
    if (about.polygons.length < 2 || about.kind === 'thematic' || !community) return [];
    const pieces = piecesOf(about.polygons);
    const needed = partsHolding(community.area, pieces);
    if (pieces.length <= needed) return [];
    const [, ...smaller] = pieces;
    return [
      {
        check: 'contiguous',
        sentence: 'contiguous-pieces',
        about,
        values: { pieces: pieces.length, needed },
        measured: pieces.length,
        limit: needed,
        place: placeOf(smaller.flat()),
      },
    ];
  });
}

/** Polygons that share an edge are one piece; the largest piece comes first. */
function piecesOf(polygons: readonly Polygon[]): Polygon[][] {
  const groups = connectedGroups(polygons.keys(), borderEdges(polygons.map((polygon, id) => ({ id, polygon }))));
  const areaOf = (piece: readonly Polygon[]): number => piece.reduce((sum, polygon) => sum + doubledArea(polygon), 0);
  return groups.map((group) => group.map((id) => polygons[id] as Polygon)).sort((a, b) => areaOf(b) - areaOf(a));
}

/** In how many parts of the community the pieces lie; one that lies in none asks for no further piece. */
function partsHolding(area: MultiPolygon, pieces: readonly (readonly Polygon[])[]): number {
  const parts = new PolygonIndex(area);
  const held = new Set(pieces.flatMap(([polygon]) => parts.holding(interiorPoint(polygon as Polygon)).slice(0, 1)));
  return Math.max(1, held.size);
}
