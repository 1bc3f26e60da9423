// Cuts blocks along lines so that everything around stays edge-matched (I1, I2, I5).
import { boxesMeet, boxOf, boxOfLine, grow } from './box.ts';
import type { Box, Line, Polygon } from './geometry.ts';
import { interiorPoint, locate } from './locate.ts';
import type { Noder } from './noder.ts';
import { outlineOf } from './outline.ts';
import { PointIndex } from './point-index.ts';
import { canonicalPolygon, compareRings } from './ring.ts';

export interface CutBlock {
  readonly id: number;
  readonly polygon: Polygon;
}

export interface CutRequest {
  /** Every block that may share an edge with a target, those of other communities included. */
  readonly blocks: readonly CutBlock[];
  /** The blocks that may be divided; all others only receive vertices. */
  readonly targets: ReadonlySet<number>;
  readonly lines: readonly Line[];
}

export interface Cut {
  /** Blocks that fell into two or more faces. */
  readonly splits: { readonly id: number; readonly faces: Polygon[] }[];
  /** Blocks that stay whole, with the vertices that a cut put on their border. */
  readonly reshapes: { readonly id: number; readonly polygon: Polygon }[];
}

/** A vertex moves less than one step when lines are noded, so nothing further away than this is touched. */
const REACH_STEPS = 2;

interface BoxedBlock extends CutBlock {
  readonly box: Box;
}

/**
 * Cuts the targets along the lines. Parts of a line outside the targets, and parts that end inside one without dividing it, do nothing.
 * The answer depends on the input's places only, not on its order. Pure.
 */
export function cutBlocks(noder: Noder, request: CutRequest): Cut {
  const blocks = request.blocks.map((block) => ({ ...block, box: boxOf(block.polygon) }));
  const segments = request.lines.flatMap(segmentsOf);
  const touched = blocks.filter((block) => request.targets.has(block.id) && meetsAny(block.box, segments));
  if (touched.length === 0) return { splits: [], reshapes: [] };
  const cut = dividingEdges(facesByBlock(noder, touched, segments));
  if (cut.length === 0) return { splits: [], reshapes: [] };
  return refine(noder, blocks, request.targets, cut);
}

/** Nodes the cut with all blocks around it; more blocks join while an edge changed that one of them shares. */
function refine(noder: Noder, blocks: readonly BoxedBlock[], targets: ReadonlySet<number>, cut: readonly Line[]): Cut {
  let candidates = blocks.filter((block) => meetsAny(block.box, cut));
  for (;;) {
    const result = outcome(facesByBlock(noder, candidates, cut), targets);
    const joining = blocksSharingChangedEdges(blocks, candidates, result);
    if (joining.length === 0) return result;
    candidates = [...candidates, ...joining];
  }
}

interface Faces {
  readonly block: BoxedBlock;
  readonly faces: Polygon[];
}

/** The faces of each block after noding the blocks with the lines; faces in no block are dropped. */
function facesByBlock(noder: Noder, blocks: readonly BoxedBlock[], lines: readonly Line[]): Faces[] {
  const result = blocks.map((block): Faces => ({ block, faces: [] }));
  for (const face of noder.faces([...blocks.flatMap((block) => block.polygon.map(closed)), ...lines])) {
    const point = interiorPoint(face);
    const box = { minX: point[0], minY: point[1], maxX: point[0], maxY: point[1] };
    const parent = result.find(({ block }) => boxesMeet(block.box, box) && locate(point, block.polygon) === 'inside');
    parent?.faces.push(face);
  }
  return result;
}

/** Edges between two faces of one block: the part of the lines that divides. */
function dividingEdges(parts: readonly Faces[]): Line[] {
  const dividing: Line[] = [];
  for (const { faces } of parts) {
    if (faces.length < 2) continue;
    const points = new PointIndex();
    const seen = new Set<number>();
    for (const [ax, ay, bx, by] of edgesOf(faces)) {
      const a = points.idOf(ax, ay);
      const b = points.idOf(bx, by);
      if (seen.has(points.edgeKey(b, a))) dividing.push([ax, ay, bx, by]);
      seen.add(points.edgeKey(a, b));
    }
  }
  return dividing;
}

function outcome(parts: readonly Faces[], targets: ReadonlySet<number>): Cut {
  const result: Cut = { splits: [], reshapes: [] };
  for (const { block, faces } of parts) {
    const remaining = targets.has(block.id) ? faces : outlineOf(faces);
    if (remaining.length === 0) throw new Error(`block ${block.id} is thinner than the lattice and vanished`);
    if (remaining.length > 1) result.splits.push({ id: block.id, faces: [...remaining] });
    else if (!samePolygon(remaining[0] as Polygon, block.polygon)) result.reshapes.push({ id: block.id, polygon: remaining[0] as Polygon });
  }
  return result;
}

/** Blocks not noded yet that have an edge which the noded ones no longer have. */
function blocksSharingChangedEdges(blocks: readonly BoxedBlock[], candidates: readonly BoxedBlock[], result: Cut): BoxedBlock[] {
  const before = new Map(candidates.map((block) => [block.id, block.polygon]));
  const points = new PointIndex();
  const key = ([ax, ay, bx, by]: Segment) => points.edgeKey(points.idOf(ax, ay), points.idOf(bx, by));
  const lost = new Map<number, Segment>();
  const changes = [
    ...result.splits.map(({ id, faces }) => ({ id, now: faces })),
    ...result.reshapes.map(({ id, polygon }) => ({ id, now: [polygon] })),
  ];
  for (const { id, now } of changes) {
    const kept = new Set([...edgesOf(now)].map(key));
    for (const edge of edgesOf([before.get(id) as Polygon])) {
      if (!kept.has(key(edge))) lost.set(key([edge[2], edge[3], edge[0], edge[1]]), edge);
    }
  }
  const places = [...lost.values()];
  return blocks.filter(
    (block) => !before.has(block.id) && meetsAny(block.box, places) && [...edgesOf([block.polygon])].some((edge) => lost.has(key(edge))),
  );
}

type Segment = readonly [ax: number, ay: number, bx: number, by: number];

function* edgesOf(polygons: readonly Polygon[]): Generator<Segment> {
  for (const polygon of polygons) {
    for (const ring of polygon) {
      let ax = ring[ring.length - 2] as number;
      let ay = ring[ring.length - 1] as number;
      for (let i = 0; i < ring.length; i += 2) {
        const bx = ring[i] as number;
        const by = ring[i + 1] as number;
        yield [ax, ay, bx, by];
        ax = bx;
        ay = by;
      }
    }
  }
}

function segmentsOf(line: Line): Line[] {
  const segments: Line[] = [];
  for (let i = 0; i + 3 < line.length; i += 2) segments.push(line.slice(i, i + 4));
  return segments;
}

function closed(ring: Line): Line {
  return [...ring, ring[0] as number, ring[1] as number];
}

function meetsAny(box: Box, segments: readonly Line[]): boolean {
  return segments.some((segment) => boxesMeet(box, grow(boxOfLine(segment), REACH_STEPS)));
}

function samePolygon(a: Polygon, b: Polygon): boolean {
  const canonical = canonicalPolygon(b);
  return a.length === canonical.length && a.every((ring, i) => compareRings(ring, canonical[i] as Line) === 0);
}
