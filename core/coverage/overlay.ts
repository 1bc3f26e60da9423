// Lays lines over blocks: both are noded together, and every piece of line is told the block that it lies in.
import Flatbush from 'flatbush';
import { boxOf } from './box.ts';
import { addLines } from './faces.ts';
import type { LatticePoint, Line, Polygon } from './geometry.ts';
import { locate } from './locate.ts';
import { nodeSegments } from './noding.ts';
import { EdgeIndex, PairIndex } from './pair-index.ts';
import { BorderEdges, type DirectedEdges, edgesOf, polygonsOfEdges } from './tracing.ts';

export interface OverlaidBlock {
  readonly id: number;
  /** The area after noding. One polygon, except where a node lies on both sides of a neck or spike and parts or takes it. */
  readonly polygons: readonly Polygon[];
  /** The border, the area on its left. */
  readonly border: DirectedEdges;
  /** The border met itself: the tip of a spike, however thin, would be lost. */
  readonly folded: boolean;
  /** The nodes that edges of this block were led through. */
  readonly nodes: readonly LatticePoint[];
  /** Pieces of line inside, in both directions. */
  readonly pieces: number[];
}

export interface Overlay {
  readonly points: PairIndex;
  readonly blocks: readonly OverlaidBlock[];
}

/** Nodes blocks with lines. The blocks have to match edge by edge (I2), and do so afterwards. */
export function overlay(blocks: readonly { id: number; polygon: Polygon }[], lines: readonly Line[]): Overlay {
  const points = new PairIndex();
  const segments = new EdgeIndex();
  const borders = blocks.map((block) => edgesOf(points, block.polygon));
  for (const border of borders) {
    for (let i = 0; i < border.length; i += 2) segments.idOf(border[i] as number, border[i + 1] as number);
  }
  const settled = segments.size;
  addLines(points, segments, lines);
  const chains = nodeSegments(points, segments, settled);

  const led = (from: number, to: number): readonly number[] | undefined => {
    const chain = chains[segments.idOf(from, to)];
    return from < to ? chain : chain?.toReversed();
  };
  const overlaid = blocks.map((block, i) => overlaidBlock(points, block, borders[i] as number[], led));
  const pieces = new EdgeIndex();
  for (let segment = settled; segment < segments.size; segment++) {
    const chain = chains[segment] ?? [segments.xs[segment] as number, segments.ys[segment] as number];
    for (let i = 1; i < chain.length; i++) pieces.idOf(chain[i - 1] as number, chain[i] as number);
  }
  placePieces(points, overlaid, pieces);
  return { points, blocks: overlaid };
}

function overlaidBlock(
  points: PairIndex,
  { id, polygon }: { id: number; polygon: Polygon },
  edges: DirectedEdges,
  led: (from: number, to: number) => readonly number[] | undefined,
): OverlaidBlock {
  const nodes = new Set<number>();
  let added = 0;
  const border = new BorderEdges();
  for (let i = 0; i < edges.length; i += 2) {
    const [from, to] = [edges[i] as number, edges[i + 1] as number];
    const chain = led(from, to) ?? [from, to];
    for (let j = 1; j < chain.length; j++) border.add(chain[j - 1] as number, chain[j] as number);
    added += chain.length - 1;
    for (let j = 1; j < chain.length - 1; j++) nodes.add(chain[j] as number);
  }
  if (nodes.size === 0) return { id, polygons: [polygon], border: edges, folded: false, nodes: [], pieces: [] };
  const list = border.list();
  const places = [...nodes].map((node): LatticePoint => [points.xs[node] as number, points.ys[node] as number]);
  return { id, polygons: polygonsOfEdges(points, list), border: list, folded: list.length < 2 * added, nodes: places, pieces: [] };
}

/** A piece crosses no border any more, so its middle tells where it lies; pieces on a border or outside are left out. */
function placePieces(points: PairIndex, blocks: readonly OverlaidBlock[], pieces: EdgeIndex): void {
  const areas = blocks.flatMap((block) => block.polygons.map((polygon) => ({ block, polygon })));
  if (areas.length === 0) return;
  const index = new Flatbush(areas.length);
  for (const { polygon } of areas) {
    const box = boxOf(polygon);
    index.add(box.minX, box.minY, box.maxX, box.maxY);
  }
  index.finish();
  for (let piece = 0; piece < pieces.size; piece++) {
    const [from, to] = [pieces.xs[piece] as number, pieces.ys[piece] as number];
    const x = ((points.xs[from] as number) + (points.xs[to] as number)) / 2;
    const y = ((points.ys[from] as number) + (points.ys[to] as number)) / 2;
    const around = index.search(x, y, x, y).find((area) => locate([x, y], areas[area]?.polygon ?? []) === 'inside');
    if (around !== undefined) areas[around]?.block.pieces.push(from, to, to, from);
  }
}
