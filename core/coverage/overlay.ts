// Lays lines over blocks: both are noded together, and every piece of line is told the block that it lies in.
import Flatbush from 'flatbush';
import { boxOf } from './box.ts';
import type { LatticePoint, Line, Polygon } from './geometry.ts';
import { locate } from './locate.ts';
import { type Noder, segmentsOf } from './noder.ts';
import { PointIndex } from './point-index.ts';
import { BorderEdges, type DirectedEdges, edgesOf, polygonsOfEdges } from './tracing.ts';

export interface OverlaidBlock {
  readonly id: number;
  /** The area after noding. One polygon, except where a node lies on both sides of a neck or spike and parts or takes it. */
  readonly polygons: readonly Polygon[];
  /** The border, the area on its left. */
  readonly border: DirectedEdges;
  /** The nodes that edges of this block were led through. */
  readonly nodes: readonly LatticePoint[];
  /** Pieces of line inside, in both directions. */
  readonly pieces: number[];
}

export interface Overlay {
  readonly points: PointIndex;
  readonly blocks: readonly OverlaidBlock[];
}

/** Nodes blocks with lines. The blocks have to match edge by edge (I2), and do so afterwards. */
export function overlay(noder: Noder, blocks: readonly { id: number; polygon: Polygon }[], lines: readonly Line[]): Overlay {
  const points = new PointIndex();
  const borders = blocks.map((block) => edgesOf(points, block.polygon));
  const known = new Set<number>();
  const segments = borders.flatMap((border) => undirected(points, known, border));
  const settled = segments.length / 2;
  segments.push(...undirected(points, known, segmentsOf(points, lines)));
  const chains = noder.node(points, segments, settled);

  const detours = new Map<number, readonly number[]>();
  for (const chain of chains.slice(0, settled)) {
    if (chain === undefined) continue;
    const [from, to] = [chain[0] as number, chain[chain.length - 1] as number];
    detours.set(points.edgeKey(from, to), chain).set(points.edgeKey(to, from), chain.toReversed());
  }
  const overlaid = blocks.map((block, i) => overlaidBlock(points, block, borders[i] as number[], detours));
  const pieces = chains.slice(settled).map((chain, i) => chain ?? segments.slice((settled + i) * 2, (settled + i) * 2 + 2));
  placePieces(points, overlaid, pieces);
  return { points, blocks: overlaid };
}

/** Edges seen in neither direction before. */
function undirected(points: PointIndex, known: Set<number>, edges: DirectedEdges): number[] {
  const unseen: number[] = [];
  for (let i = 0; i < edges.length; i += 2) {
    const [from, to] = [edges[i] as number, edges[i + 1] as number];
    const key = points.edgeKey(Math.min(from, to), Math.max(from, to));
    if (known.has(key)) continue;
    known.add(key);
    unseen.push(from, to);
  }
  return unseen;
}

function overlaidBlock(
  points: PointIndex,
  { id, polygon }: { id: number; polygon: Polygon },
  edges: DirectedEdges,
  detours: ReadonlyMap<number, readonly number[]>,
): OverlaidBlock {
  const nodes = new Set<number>();
  const border = new BorderEdges(points);
  for (let i = 0; i < edges.length; i += 2) {
    const [from, to] = [edges[i] as number, edges[i + 1] as number];
    const chain = detours.get(points.edgeKey(from, to)) ?? [from, to];
    for (let j = 1; j < chain.length; j++) border.add(chain[j - 1] as number, chain[j] as number);
    for (const node of chain.slice(1, -1)) nodes.add(node);
  }
  if (nodes.size === 0) return { id, polygons: [polygon], border: edges, nodes: [], pieces: [] };
  const list = border.list();
  const places = [...nodes].map((node): LatticePoint => [points.xs[node] as number, points.ys[node] as number]);
  return { id, polygons: polygonsOfEdges(points, list), border: list, nodes: places, pieces: [] };
}

/** A piece crosses no border any more, so its middle tells where it lies; pieces on a border or outside are left out. */
function placePieces(points: PointIndex, blocks: readonly OverlaidBlock[], chains: readonly (readonly number[])[]): void {
  const areas = blocks.flatMap((block) => block.polygons.map((polygon) => ({ block, polygon })));
  if (areas.length === 0) return;
  const index = new Flatbush(areas.length);
  for (const { polygon } of areas) {
    const box = boxOf(polygon);
    index.add(box.minX, box.minY, box.maxX, box.maxY);
  }
  index.finish();
  const known = new Set<number>();
  for (const chain of chains) {
    const edges = undirected(points, known, chain.flatMap((id, i) => (i === 0 ? [] : [chain[i - 1] as number, id])));
    for (let i = 0; i < edges.length; i += 2) {
      const [from, to] = [edges[i] as number, edges[i + 1] as number];
      const x = ((points.xs[from] as number) + (points.xs[to] as number)) / 2;
      const y = ((points.ys[from] as number) + (points.ys[to] as number)) / 2;
      const around = index.search(x, y, x, y).find((area) => locate([x, y], areas[area]?.polygon ?? []) === 'inside');
      if (around !== undefined) areas[around]?.block.pieces.push(from, to, to, from);
    }
  }
}
