// Cuts blocks along lines so that everything around stays edge-matched (I1, I2, I5).
import { boxOf, grow, segmentMeetsBox } from './box.ts';
import type { Box, LatticePoint, Line, Polygon } from './geometry.ts';
import type { Noder } from './noder.ts';
import { type Overlay, overlay } from './overlay.ts';
import { boundingEdges, polygonsOfEdges } from './tracing.ts';

export interface CutBlock {
  readonly id: number;
  readonly polygon: Polygon;
}

export interface CutRequest {
  /** Every block that may share an edge with a target, those of other communities included; edge-matched (I2). */
  readonly blocks: readonly CutBlock[];
  /** The blocks that may be divided; all others only receive vertices. */
  readonly targets: ReadonlySet<number>;
  readonly lines: readonly Line[];
}

export interface Cut {
  /** Targets that fell into two or more faces; canonical polygons, in order. */
  readonly splits: { readonly id: number; readonly faces: Polygon[] }[];
  /** Blocks that stay whole, with the vertices that a cut put on their border. */
  readonly reshapes: { readonly id: number; readonly polygon: Polygon }[];
}

/** Noding moves nothing by a step or more, so nothing further away is touched. */
const REACH_STEPS = 2;

interface BoxedBlock extends CutBlock {
  readonly box: Box;
}

/**
 * Cuts the targets along the lines. What lies outside the targets, or ends inside one without dividing it, does nothing; nor does a piece
 * that would part or take a block thinner than a step. The answer depends on places only, not on the order of what is given. Pure.
 */
export function cutBlocks(noder: Noder, request: CutRequest): Cut {
  const blocks = request.blocks.map((block) => ({ ...block, box: grow(boxOf(block.polygon), REACH_STEPS) }));
  const targets = blocks.filter((block) => request.targets.has(block.id));
  let lines = request.lines.flatMap(segmentsOf);
  for (;;) {
    lines = dividingPieces(
      overlay(
        noder,
        targets.filter((block) => meetsAny(block.box, lines)),
        lines,
      ),
    );
    if (lines.length === 0) return { splits: [], reshapes: [] };
    const overlaid = overlayAround(noder, blocks, lines);
    const spoilt = overlaid.blocks.filter(
      (block) => block.polygons.length !== 1 && !(request.targets.has(block.id) && block.polygons.length > 1),
    );
    if (spoilt.length === 0) return outcome(overlaid, request.targets);
    const remaining = withoutThoseNear(
      lines,
      spoilt.flatMap((block) => block.nodes),
    );
    lines = remaining.length < lines.length ? remaining : [];
  }
}

/** The pieces of line that have different faces of a block on their sides. */
function dividingPieces({ points, blocks }: Overlay): Line[] {
  const dividing: Line[] = [];
  for (const { border, pieces } of blocks) {
    if (pieces.length === 0) continue;
    // The border comes first and is never left out, having no reverse.
    const edges = boundingEdges(points, [...border, ...pieces]);
    for (let i = border.length; i < edges.length; i += 4) {
      const [from, to] = [edges[i] as number, edges[i + 1] as number];
      dividing.push([points.xs[from] as number, points.ys[from] as number, points.xs[to] as number, points.ys[to] as number]);
    }
  }
  return dividing;
}

/** Overlay with all blocks that the lines or the nodes they make come near. */
function overlayAround(noder: Noder, blocks: readonly BoxedBlock[], lines: readonly Line[]): Overlay {
  let around = blocks.filter((block) => meetsAny(block.box, lines));
  for (;;) {
    const overlaid = overlay(noder, around, lines);
    const nodes = overlaid.blocks.flatMap((block) => block.nodes);
    const joining = blocks.filter((block) => !around.includes(block) && nodes.some((node) => contains(block.box, node)));
    if (joining.length === 0) return overlaid;
    around = [...around, ...joining];
  }
}

function outcome({ points, blocks }: Overlay, targets: ReadonlySet<number>): Cut {
  const cut: Cut = { splits: [], reshapes: [] };
  for (const { id, polygons, nodes, border, pieces } of blocks) {
    const divided = targets.has(id) && pieces.length > 0;
    const faces = divided ? polygonsOfEdges(points, boundingEdges(points, [...border, ...pieces])) : polygons;
    if (faces.length > 1) cut.splits.push({ id, faces: [...faces] });
    else if (nodes.length > 0) cut.reshapes.push({ id, polygon: faces[0] as Polygon });
  }
  return cut;
}

function withoutThoseNear(lines: readonly Line[], places: readonly LatticePoint[]): Line[] {
  const boxes = places.map(([x, y]) => grow({ minX: x, minY: y, maxX: x, maxY: y }, REACH_STEPS));
  return lines.filter((line) => !boxes.some((box) => meetsAny(box, [line])));
}

function segmentsOf(line: Line): Line[] {
  const segments: Line[] = [];
  for (let i = 0; i + 3 < line.length; i += 2) segments.push(line.slice(i, i + 4));
  return segments;
}

function meetsAny(box: Box, segments: readonly Line[]): boolean {
  return segments.some(([ax, ay, bx, by]) => segmentMeetsBox(ax as number, ay as number, bx as number, by as number, box));
}

function contains(box: Box, [x, y]: LatticePoint): boolean {
  return box.minX <= x && x <= box.maxX && box.minY <= y && y <= box.maxY;
}
