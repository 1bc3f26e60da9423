// Cuts blocks along lines so that everything around stays edge-matched (I1, I2, I5).
import Flatbush from 'flatbush';
import { boxOf, boxOfLine, grow, segmentMeetsBox } from './box.ts';
import type { Box, Line, Polygon, Ring } from './geometry.ts';
import { interiorPoint, locate } from './locate.ts';
import { type Overlay, overlay } from './overlay.ts';
import { closedLine } from './ring.ts';
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
  readonly splits: { readonly id: number; readonly faces: readonly Polygon[] }[];
  /** Blocks that stay whole, with the vertices that a cut put on their border. */
  readonly reshapes: { readonly id: number; readonly polygon: Polygon }[];
}

type Segment = readonly [ax: number, ay: number, bx: number, by: number];

/** Noding moves nothing by a step or more, so nothing further away is touched. */
const REACH_STEPS = 2;

/**
 * Cuts the targets along the lines. What lies outside the targets, or ends inside one without dividing it, does nothing; nor does a piece
 * that would part or take a block thinner than a step, or cut off a nick that is none of its block's but for the noding. The answer
 * depends on places only, not on the order of what is given. Pure.
 */
export function cutBlocks({ blocks, targets, lines }: CutRequest): Cut {
  const near = new NearBlocks(blocks);
  let pieces = lines.flatMap(segmentsOf);
  for (;;) {
    const crossed = near.along(pieces).filter((block) => targets.has(block.id));
    pieces = dividingPieces(overlay(crossed, pieces));
    if (pieces.length === 0) return { splits: [], reshapes: [] };
    const overlaid = overlayAround(near, pieces);
    const spoilt = spoiltNodes(overlaid, targets);
    const cut = spoilt.length === 0 ? outcome(overlaid, targets) : null;
    const nicks = cut ? nickEdges(cut, blocks) : [];
    if (cut && nicks.length === 0) return cut;
    const remaining = pieces.filter((piece) => ![...spoilt, ...nicks].some((places) => passes(piece, places)));
    pieces = remaining.length < pieces.length ? remaining : [];
  }
}

/** Nodes that part, fold or take a block that has to stay whole. */
function spoiltNodes({ blocks }: Overlay, targets: ReadonlySet<number>): Line[] {
  return blocks
    .filter(({ id, polygons, folded }) => folded || polygons.length === 0 || (polygons.length > 1 && !targets.has(id)))
    .flatMap((block) => block.nodes as readonly Line[]);
}

/** Edges of faces outside the block that they are cut from: noding moved its border so far that a face thinner than a step slipped out. */
function nickEdges({ splits }: Cut, blocks: readonly CutBlock[]): Line[] {
  const parts = new Map(splits.map(({ id, faces }) => [id, faces]));
  return blocks.flatMap(({ id, polygon }) =>
    (parts.get(id) ?? []).filter((face) => locate(interiorPoint(face), polygon) !== 'inside').flatMap((face) => face.flatMap(edgesAround)),
  );
}

/** Blocks found by place. */
class NearBlocks {
  readonly #blocks: readonly CutBlock[];
  readonly #boxes: readonly Box[];
  readonly #index: Flatbush | undefined;

  constructor(blocks: readonly CutBlock[]) {
    this.#blocks = blocks;
    this.#boxes = blocks.map((block) => grow(boxOf(block.polygon), REACH_STEPS));
    if (blocks.length === 0) return;
    this.#index = new Flatbush(blocks.length);
    for (const box of this.#boxes) this.#index.add(box.minX, box.minY, box.maxX, box.maxY);
    this.#index.finish();
  }

  /** In the order given. */
  along(segments: readonly Line[]): CutBlock[] {
    const found = new Set<number>();
    for (const segment of segments) {
      const [ax, ay, bx, by] = segment as Segment;
      const meets = (i: number) => !found.has(i) && segmentMeetsBox(ax, ay, bx, by, this.#boxes[i] as Box);
      const { minX, minY, maxX, maxY } = boxOfLine(segment);
      for (const i of this.#index?.search(minX, minY, maxX, maxY, meets) ?? []) found.add(i);
    }
    return this.#blocks.filter((_, i) => found.has(i));
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

/** Overlay with all blocks that the pieces or the nodes they make come near. */
function overlayAround(near: NearBlocks, pieces: readonly Line[]): Overlay {
  let around = near.along(pieces);
  for (;;) {
    const overlaid = overlay(around, pieces);
    const nodes = overlaid.blocks.flatMap((block) => block.nodes.map(([x, y]) => [x, y, x, y]));
    const wider = near.along([...pieces, ...nodes]);
    if (wider.length === around.length) return overlaid;
    around = wider;
  }
}

function outcome({ points, blocks }: Overlay, targets: ReadonlySet<number>): Cut {
  const cut: Cut = { splits: [], reshapes: [] };
  for (const { id, polygons, nodes, border, pieces } of blocks) {
    const divided = targets.has(id) && pieces.length > 0;
    const faces = divided ? polygonsOfEdges(points, boundingEdges(points, [...border, ...pieces])) : polygons;
    if (faces.length > 1) cut.splits.push({ id, faces });
    else if (nodes.length > 0) cut.reshapes.push({ id, polygon: faces[0] as Polygon });
  }
  return cut;
}

/** Whether a piece comes near all places of the line. */
function passes(piece: Line, places: Line): boolean {
  const [ax, ay, bx, by] = piece as Segment;
  for (let i = 0; i < places.length; i += 2) {
    const [x, y] = [places[i] as number, places[i + 1] as number];
    if (!segmentMeetsBox(ax, ay, bx, by, grow({ minX: x, minY: y, maxX: x, maxY: y }, REACH_STEPS))) return false;
  }
  return true;
}

const edgesAround = (ring: Ring): Line[] => segmentsOf(closedLine(ring));

function segmentsOf(line: Line): Line[] {
  const segments: Line[] = [];
  for (let i = 0; i + 3 < line.length; i += 2) segments.push(line.slice(i, i + 4));
  return segments;
}
