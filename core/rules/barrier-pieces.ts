// The barriers of a community taken apart: pieces that run along a border between blocks, and pieces within a block.
import { boxesMeet, boxOf, boxOfLine } from '../coverage/box.ts';
import type { Box } from '../coverage/geometry.ts';
import { locate } from '../coverage/locate.ts';
import type { BorderEdge } from '../plan/adjacency.ts';
import type { Barrier, CommunityState } from '../plan/state.ts';
import { boxOfPieces, piecesOf } from './pieces.ts';
import { PlaceBuckets } from './place-buckets.ts';
import { surveyOf } from './survey.ts';
import type { Piece } from './through-building.ts';

/** Noding moves a line by less than a lattice step, and both ends of a piece may have moved. */
const NODING_STEPS = 1.5;

export interface BarrierPiece extends Piece {
  readonly barrier: Barrier;
  /** The grid that holds what is on both sides. */
  readonly grid: number;
  /** The border between blocks that it runs along; null: it crosses a block. */
  readonly edge: BorderEdge | null;
}

interface Segment extends Piece {
  readonly barrier: Barrier;
  readonly length: number;
  /** Its direction, of length 1. */
  readonly east: number;
  readonly north: number;
  /** Shares of the way at which it crosses the border of a block. */
  readonly crossings: number[];
  /** Shares of the way that it runs along a border. */
  readonly along: { readonly from: number; readonly to: number; readonly edge: BorderEdge }[];
}

/** What lies inside the grids, barrier by barrier from end to end. */
export function piecesInside(state: CommunityState, barriers: readonly Barrier[]): BarrierPiece[] {
  const { edges } = surveyOf(state);
  const area = boxOfPieces(edges);
  const segments = segmentsNear(area, barriers);
  if (segments.length === 0) return [];
  const buckets = new EdgeBuckets(edges);
  const gridAt = gridFinder(state);
  return segments.flatMap((segment) => {
    findAlong(segment, buckets);
    if (isCovered(segment)) return coveredPieces(segment, state);
    findCrossings(segment, buckets);
    return insidePieces(segment, state, gridAt);
  });
}

function segmentsNear(area: Box, barriers: readonly Barrier[]): Segment[] {
  return barriers
    .filter(({ line }) => boxesMeet(area, boxOfLine(line)))
    .flatMap((barrier) => piecesOf(barrier.line).flatMap((piece) => segmentOf(barrier, piece, area) ?? []));
}

function segmentOf(barrier: Barrier, { ax, ay, bx, by }: Piece, area: Box): Segment | null {
  if (Math.max(ax, bx) < area.minX || Math.min(ax, bx) > area.maxX || Math.max(ay, by) < area.minY || Math.min(ay, by) > area.maxY)
    return null;
  const length = Math.hypot(bx - ax, by - ay);
  return length === 0
    ? null
    : { ax, ay, bx, by, barrier, length, east: (bx - ax) / length, north: (by - ay) / length, crossings: [], along: [] };
}

/** Edges by their middles, to be visited along segments; `reach` leads from the middle of any edge to its ends. */
class EdgeBuckets {
  readonly edges: readonly BorderEdge[];
  readonly reach: number;
  readonly #buckets: PlaceBuckets;

  constructor(edges: readonly BorderEdge[]) {
    this.edges = edges;
    const middles = new Float64Array(2 * edges.length);
    let longest = 0;
    edges.forEach(({ ax, ay, bx, by }, i) => {
      middles[2 * i] = (ax + bx) / 2;
      middles[2 * i + 1] = (ay + by) / 2;
      longest = Math.max(longest, Math.abs(bx - ax), Math.abs(by - ay));
    });
    this.reach = longest / 2;
    this.#buckets = new PlaceBuckets(middles);
  }

  visit(segment: Segment, reach: number, see: (edge: BorderEdge) => void): void {
    this.#buckets.visit(segment, reach, (i) => see(this.edges[i] as BorderEdge));
  }
}

function findAlong(segment: Segment, edges: EdgeBuckets): void {
  edges.visit(segment, NODING_STEPS, (edge) => {
    if (!isOn(segment, edge)) return;
    const [one, other] = [shareOf(segment, edge.ax, edge.ay), shareOf(segment, edge.bx, edge.by)];
    segment.along.push({ from: Math.max(0, Math.min(one, other)), to: Math.min(1, Math.max(one, other)), edge });
  });
  segment.along.sort((a, b) => a.from - b.from);
}

function findCrossings(segment: Segment, edges: EdgeBuckets): void {
  edges.visit(segment, edges.reach, (edge) => {
    const { ax, ay, bx, by } = edge;
    const [a, b] = [asideOf(segment, ax, ay), asideOf(segment, bx, by)];
    if (a * b > 0 || a === b || isOn(segment, edge)) return;
    const share = shareOf(segment, ax + ((bx - ax) * a) / (a - b), ay + ((by - ay) * a) / (a - b));
    if (share > 0 && share < 1) segment.crossings.push(share);
  });
}

/** Distance from the straight line through the segment, with a sign for the side. */
const asideOf = ({ ax, ay, east, north }: Segment, x: number, y: number): number => (x - ax) * north - (y - ay) * east;

/** Share of the way along the segment at which a place lies. */
const shareOf = ({ ax, ay, east, north, length }: Segment, x: number, y: number): number => ((x - ax) * east + (y - ay) * north) / length;

/** Whether both ends of the edge lie on the straight line, and part of it on the segment. */
function isOn(segment: Segment, { ax, ay, bx, by }: Piece): boolean {
  if (Math.abs(asideOf(segment, ax, ay)) > NODING_STEPS || Math.abs(asideOf(segment, bx, by)) > NODING_STEPS) return false;
  const [from, to] = [shareOf(segment, ax, ay), shareOf(segment, bx, by)];
  return (Math.min(1, Math.max(from, to)) - Math.max(0, Math.min(from, to))) * segment.length > NODING_STEPS;
}

function isCovered(segment: Segment): boolean {
  let reached = 0;
  for (const { from, to } of segment.along) {
    if ((from - reached) * segment.length > 2 * NODING_STEPS) return false;
    reached = Math.max(reached, to);
  }
  return (1 - reached) * segment.length <= 2 * NODING_STEPS;
}

/** The segment runs along borders from end to end. */
function coveredPieces(segment: Segment, state: CommunityState): BarrierPiece[] {
  return segment.along.flatMap(({ from, to, edge }) => {
    const grid = gridAround(state, edge);
    return grid === null ? [] : pieceBetween(segment, from, to, grid, edge);
  });
}

type GridAt = (x: number, y: number) => number | null;

function insidePieces(segment: Segment, state: CommunityState, gridAt: GridAt): BarrierPiece[] {
  const { along, crossings } = segment;
  const shares = [0, 1, ...crossings, ...along.flatMap(({ from, to }) => [from, to])].sort((a, b) => a - b);
  return shares.slice(1).flatMap((to, i) => {
    const from = shares[i] as number;
    if ((to - from) * segment.length < 2 * NODING_STEPS) return [];
    const middle = (from + to) / 2;
    const edge = along.find((one) => one.from <= middle && middle <= one.to)?.edge ?? null;
    const grid = edge
      ? gridAround(state, edge)
      : gridAt(segment.ax + (segment.bx - segment.ax) * middle, segment.ay + (segment.by - segment.ay) * middle);
    return grid === null ? [] : pieceBetween(segment, from, to, grid, edge);
  });
}

/** Written out field by field: spreading objects takes far longer, and there are hundreds. */
function pieceBetween({ ax, ay, bx, by, barrier }: Segment, from: number, to: number, grid: number, edge: BorderEdge | null): BarrierPiece {
  const [dx, dy] = [bx - ax, by - ay];
  return { ax: ax + dx * from, ay: ay + dy * from, bx: ax + dx * to, by: ay + dy * to, barrier, grid, edge };
}

/** The grid on both sides of the border; null: there are two, or one is missing. */
function gridAround({ gridOf }: CommunityState, { left, right }: BorderEdge): number | null {
  const grid = gridOf.get(left);
  return grid !== undefined && right !== null && grid === gridOf.get(right) ? grid : null;
}

/** Finds the grid that holds all blocks at a place. */
function gridFinder({ blocks, gridOf }: CommunityState): GridAt {
  let boxes: (Box & { readonly id: number })[] | null = null;
  return (x, y) => {
    boxes ??= [...blocks.values()].map(({ id, polygon }) => {
      const { minX, minY, maxX, maxY } = boxOf(polygon);
      return { minX, minY, maxX, maxY, id };
    });
    let found: number | null = null;
    for (const box of boxes) {
      if (x < box.minX || x > box.maxX || y < box.minY || y > box.maxY) continue;
      if (locate([x, y], blocks.get(box.id)?.polygon ?? []) === 'outside') continue;
      const grid = gridOf.get(box.id);
      if (grid === undefined || (found !== null && found !== grid)) return null;
      found = grid;
    }
    return found;
  };
}
