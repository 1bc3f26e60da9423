// Where barriers run through the inside of grids: between two blocks of one grid, or through a block.
import Flatbush from 'flatbush';
import type { BarrierClass } from '../api/messages.ts';
import { boxesMeet, boxOf, boxOfLine } from '../coverage/box.ts';
import type { Box } from '../coverage/geometry.ts';
import { locate } from '../coverage/locate.ts';
import { lineLengthM } from '../geo/measure.ts';
import type { BorderEdge } from '../plan/adjacency.ts';
import type { Barrier, CommunityState } from '../plan/state.ts';
import { followerOf } from './following.ts';
import { surveyOf } from './survey.ts';
import type { Piece } from './through-building.ts';

/** Noding moves a line by less than a lattice step, and both ends of a piece may have moved. */
const NODING_STEPS = 1.5;
/** Pieces of one barrier that are no further apart are one run. */
const GAP_STEPS = 3;

/** A barrier within one grid, from where it comes in to where it goes out. */
export interface BarrierRun {
  readonly grid: number;
  readonly class: BarrierClass;
  readonly name: string;
  readonly lengthM: number;
  readonly pieces: readonly Piece[];
  /** The borders between blocks that it runs along; where it crosses a block there is none. */
  readonly edges: readonly BorderEdge[];
}

/** Runs of the barriers of these classes, the longest first. What lies beside a border of the grid is no run through it. */
export function barrierRuns(state: CommunityState, classes: readonly BarrierClass[]): BarrierRun[] {
  const barriers = state.barriers.filter((barrier) => classes.includes(barrier.class));
  if (barriers.length === 0) return [];
  const segments = segmentsNear(state, barriers);
  if (segments.length === 0) return [];
  meetEdges(state, segments);
  const blockAt = blockFinder(state);
  const followsBorder = followerOf(gridLimits(state));
  const runs = new Map<string, OpenRun[]>();
  for (const segment of segments) {
    for (const piece of piecesOf(segment, blockAt)) {
      const grid = state.gridOf.get(piece.block);
      if (grid === undefined || followsBorder(piece)) continue;
      const key = `${segment.barrier.id} ${grid}`;
      const known = runs.get(key) ?? [];
      runs.set(key, known);
      const last = known.at(-1);
      if (last && Math.hypot(piece.ax - last.endX, piece.ay - last.endY) <= GAP_STEPS) extend(last, piece);
      else known.push(begin(segment.barrier, grid, piece));
    }
  }
  return joined([...runs.values()].flat()).sort((a, b) => b.lengthM - a.lengthM);
}

interface Segment extends Piece {
  readonly barrier: Barrier;
  /** Shares of the way at which it meets the border of a block. */
  readonly meetings: number[];
  /** Shares of the way that it runs along a border. */
  readonly along: { from: number; to: number; edge: BorderEdge }[];
}

/** A piece of barrier: along a border between two blocks of one grid, or within a block. */
interface RunPiece extends Piece {
  readonly block: number;
  readonly edge: BorderEdge | null;
}

function segmentsNear(state: CommunityState, barriers: readonly Barrier[]): Segment[] {
  const area: Box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (const { ax, ay } of surveyOf(state).edges) {
    if (ax < area.minX) area.minX = ax;
    if (ax > area.maxX) area.maxX = ax;
    if (ay < area.minY) area.minY = ay;
    if (ay > area.maxY) area.maxY = ay;
  }
  const segments: Segment[] = [];
  for (const barrier of barriers) {
    const { line } = barrier;
    if (!boxesMeet(area, boxOfLine(line))) continue;
    for (let i = 0; i + 3 < line.length; i += 2) {
      const [ax, ay, bx, by] = [line[i], line[i + 1], line[i + 2], line[i + 3]] as [number, number, number, number];
      if (Math.max(ax, bx) < area.minX || Math.min(ax, bx) > area.maxX || Math.max(ay, by) < area.minY || Math.min(ay, by) > area.maxY)
        continue;
      segments.push({ barrier, ax, ay, bx, by, meetings: [0, 1], along: [] });
    }
  }
  return segments;
}

/** Tells every segment which borders of blocks it runs along and which it crosses. */
function meetEdges(state: CommunityState, segments: readonly Segment[]): void {
  const index = new Flatbush(segments.length);
  for (const { ax, ay, bx, by } of segments) index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  index.finish();
  for (const edge of surveyOf(state).edges) {
    const { ax, ay, bx, by } = edge;
    const [minX, maxX] = ax < bx ? [ax, bx] : [bx, ax];
    const [minY, maxY] = ay < by ? [ay, by] : [by, ay];
    index.search(minX - NODING_STEPS, minY - NODING_STEPS, maxX + NODING_STEPS, maxY + NODING_STEPS, (i) => {
      meet(segments[i] as Segment, edge);
      return false;
    });
  }
}

function meet(segment: Segment, edge: BorderEdge): void {
  const [dx, dy] = [segment.bx - segment.ax, segment.by - segment.ay];
  const length = Math.hypot(dx, dy);
  if (length === 0) return;
  const aside = (x: number, y: number): number => ((x - segment.ax) * dy - (y - segment.ay) * dx) / length;
  const share = (x: number, y: number): number => ((x - segment.ax) * dx + (y - segment.ay) * dy) / (length * length);
  const [a, b] = [aside(edge.ax, edge.ay), aside(edge.bx, edge.by)];
  const [from, to] = [share(edge.ax, edge.ay), share(edge.bx, edge.by)].sort((p, q) => p - q) as [number, number];
  if (Math.abs(a) <= NODING_STEPS && Math.abs(b) <= NODING_STEPS) {
    const along = { from: Math.max(0, from), to: Math.min(1, to), edge };
    if ((along.to - along.from) * length > NODING_STEPS) segment.along.push(along);
  } else if (a * b <= 0) {
    const t = a / (a - b);
    const meeting = share(edge.ax + (edge.bx - edge.ax) * t, edge.ay + (edge.by - edge.ay) * t);
    if (meeting > 0 && meeting < 1) segment.meetings.push(meeting);
  }
}

/** The segment from end to end: what runs along a border inside a grid, and what lies within blocks. */
function* piecesOf(segment: Segment, blockAt: (x: number, y: number, edge: BorderEdge | null) => number | null): Generator<RunPiece> {
  const { ax, ay, bx, by, along, meetings } = segment;
  const shares = [...meetings, ...along.flatMap(({ from, to }) => [from, to])].sort((a, b) => a - b);
  const length = Math.hypot(bx - ax, by - ay);
  for (let i = 1; i < shares.length; i++) {
    const [from, to] = [shares[i - 1] as number, shares[i] as number];
    if ((to - from) * length < NODING_STEPS) continue;
    const middle = (from + to) / 2;
    const edge = along.find((one) => one.from <= middle && middle <= one.to)?.edge ?? null;
    const at = (share: number): [number, number] => [ax + (bx - ax) * share, ay + (by - ay) * share];
    const block = blockAt(...at(middle), edge);
    if (block === null) continue;
    const [[fromX, fromY], [toX, toY]] = [at(from), at(to)];
    yield { ax: fromX, ay: fromY, bx: toX, by: toY, block, edge };
  }
}

/** The block that holds the place; of a border between two blocks, one of them when both are in the same grid. */
function blockFinder(state: CommunityState): (x: number, y: number, edge: BorderEdge | null) => number | null {
  let boxes: (readonly [Box, number])[] | null = null;
  return (x, y, edge) => {
    if (edge) return edge.right !== null && state.gridOf.get(edge.left) === state.gridOf.get(edge.right) ? edge.left : null;
    boxes ??= [...state.blocks.values()].map((block) => [boxOf(block.polygon), block.id] as const);
    for (const [box, id] of boxes) {
      if (x < box.minX || x > box.maxX || y < box.minY || y > box.maxY) continue;
      if (locate([x, y], state.blocks.get(id)?.polygon ?? []) === 'inside') return id;
    }
    return null;
  };
}

function gridLimits(state: CommunityState): Piece[] {
  const { edges, gridBorders } = surveyOf(state);
  return [...gridBorders, ...edges.filter(({ right }) => right === null)];
}

interface OpenRun extends BarrierRun {
  lengthM: number;
  endX: number;
  endY: number;
  readonly barrier: Barrier;
  readonly pieces: Piece[];
  readonly edges: BorderEdge[];
}

function begin(barrier: Barrier, grid: number, piece: RunPiece): OpenRun {
  const run = { grid, class: barrier.class, name: barrier.name, lengthM: 0, endX: 0, endY: 0, barrier, pieces: [], edges: [] };
  extend(run, piece);
  return run;
}

function extend(run: OpenRun, piece: RunPiece): void {
  run.pieces.push(piece);
  run.lengthM += lineLengthM([piece.ax, piece.ay, piece.bx, piece.by]);
  run.endX = piece.bx;
  run.endY = piece.by;
  if (piece.edge) run.edges.push(piece.edge);
}

/** Roads and rivers come in sections: runs of one class that meet where their sections end are one. */
function joined(runs: readonly OpenRun[]): OpenRun[] {
  const into = new Map<string, OpenRun>();
  const whole: OpenRun[] = [];
  for (const run of runs) {
    const keys = sectionEnds(run);
    const [first, ...more] = [...new Set(keys.flatMap((key) => into.get(key) ?? []))];
    if (!first) {
      whole.push(run);
      for (const key of keys) into.set(key, run);
      continue;
    }
    for (const other of [...more, run]) {
      if (other.lengthM > first.lengthM) Object.assign(first, { name: other.name });
      first.lengthM += other.lengthM;
      first.pieces.push(...other.pieces);
      first.edges.push(...other.edges);
      if (other !== run) whole.splice(whole.indexOf(other), 1);
    }
    for (const [key, owner] of into) if (more.includes(owner)) into.set(key, first);
    for (const key of keys) into.set(key, first);
  }
  return whole;
}

/** The ends of its barrier that the run reaches, named so that runs of one grid and class find each other. */
function sectionEnds({ barrier: { line }, grid, class: kind, pieces }: OpenRun): string[] {
  const reached = (x: number, y: number): boolean =>
    pieces.some(({ ax, ay, bx, by }) => Math.min(Math.hypot(ax - x, ay - y), Math.hypot(bx - x, by - y)) <= GAP_STEPS);
  const ends = [line.slice(0, 2), line.slice(-2)] as [number, number][];
  return ends.filter(([x, y]) => reached(x, y)).map(([x, y]) => `${grid} ${kind} ${x} ${y}`);
}
