// Where barriers run through the inside of grids, from where they come in to where they go out.
import type { BarrierClass } from '../api/messages.ts';
import type { BorderEdge } from '../plan/adjacency.ts';
import type { CommunityState } from '../plan/state.ts';
import { type BarrierPiece, piecesInside } from './barrier-pieces.ts';
import { followingOf } from './following.ts';
import { pieceLengthM } from './pieces.ts';
import { surveyOf } from './survey.ts';
import type { Piece } from './through-building.ts';

/** Pieces of one barrier that are no further apart are one stretch, in lattice steps. */
const GAP_STEPS = 3;

/** A barrier within one grid. */
export interface BarrierRun {
  readonly grid: number;
  readonly class: BarrierClass;
  readonly name: string;
  readonly lengthM: number;
  readonly pieces: readonly Piece[];
  /** The borders between blocks that it runs along; null: it also crosses blocks. */
  readonly edges: readonly BorderEdge[] | null;
}

/** Runs of the barriers of these classes, the longest first. What lies beside a border of the grid is no run through it. */
export function barrierRuns(state: CommunityState, classes: readonly BarrierClass[]): BarrierRun[] {
  const barriers = state.barriers.filter((barrier) => classes.includes(barrier.class));
  const inside = piecesInside(state, barriers);
  if (inside.length === 0) return [];
  const { edges, gridBorders } = surveyOf(state);
  const limits = [...gridBorders, ...edges.filter(({ right }) => right === null)];
  const isBeside = followingOf(
    inside,
    limits.map(({ ax, ay, bx, by }) => [ax, ay, bx, by]),
  );
  return joined(stretchesOf(inside.filter((_, i) => !isBeside[i])))
    .map(runOf)
    .sort((a, b) => b.lengthM - a.lengthM);
}

type Stretch = readonly BarrierPiece[];

/** Pieces that follow one another on their barrier within one grid. */
function stretchesOf(pieces: readonly BarrierPiece[]): Stretch[] {
  const stretches: BarrierPiece[][] = [];
  for (const piece of pieces) {
    const current = stretches.at(-1);
    const last = current?.at(-1);
    const goesOn = last && last.barrier === piece.barrier && last.grid === piece.grid && distance(last.bx, last.by, piece) <= GAP_STEPS;
    if (goesOn) current?.push(piece);
    else stretches.push([piece]);
  }
  return stretches;
}

const distance = (x: number, y: number, { ax, ay }: Piece): number => Math.hypot(ax - x, ay - y);

/** Roads and rivers come in sections: stretches of one class that meet where their sections end are one. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const groups = new Map<string, { pieces: BarrierPiece[] }>();
  const whole = new Set<{ pieces: BarrierPiece[] }>();
  for (const stretch of stretches) {
    const ends = sectionEnds(stretch);
    const met = new Set(ends.flatMap((end) => groups.get(end) ?? []));
    const [group = { pieces: [] }, ...more] = met;
    whole.add(group);
    group.pieces.push(...stretch);
    for (const other of more) {
      group.pieces.push(...other.pieces);
      whole.delete(other);
    }
    const moved = more.length > 0 ? new Set(more) : null;
    if (moved) for (const [end, owner] of groups) if (moved.has(owner)) groups.set(end, group);
    for (const end of ends) groups.set(end, group);
  }
  return [...whole].map(({ pieces }) => pieces);
}

/** The ends of its barrier that the stretch reaches, named so that stretches of one grid and class find each other. */
function sectionEnds(stretch: Stretch): string[] {
  const [first, last] = [stretch[0], stretch.at(-1)] as [BarrierPiece, BarrierPiece];
  const { line, class: kind } = first.barrier;
  const [start, end] = [line.slice(0, 2), line.slice(-2)] as [[number, number], [number, number]];
  const reached = [
    ...(distance(...start, first) <= GAP_STEPS ? [start] : []),
    ...(Math.hypot(last.bx - end[0], last.by - end[1]) <= GAP_STEPS ? [end] : []),
  ];
  return reached.map(([x, y]) => `${first.grid} ${kind} ${x} ${y}`);
}

function runOf(pieces: Stretch): BarrierRun {
  const { grid, barrier } = pieces[0] as BarrierPiece;
  const lengths = new Map<string, number>();
  let lengthM = 0;
  for (const piece of pieces) {
    const { name: section } = piece.barrier;
    const pieceM = pieceLengthM(piece);
    lengthM += pieceM;
    lengths.set(section, (lengths.get(section) ?? 0) + pieceM);
  }
  const [[name]] = [...lengths].sort((a, b) => b[1] - a[1]) as [[string, number]];
  const edges = new Set(pieces.flatMap(({ edge }) => edge ?? []));
  const isAlongEdges = pieces.every(({ edge }) => edge !== null);
  return { grid, class: barrier.class, name, lengthM, pieces, edges: isAlongEdges ? [...edges] : null };
}
