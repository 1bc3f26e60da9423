// Slivers: areas too small or too thin to mean anything, and the neighbours that take them in.
import type { Polygon } from '../coverage/geometry.ts';
import { PointIndex } from '../coverage/point-index.ts';
import { closedLine } from '../coverage/ring.ts';
import { edgesOf } from '../coverage/tracing.ts';
import { lineLengthM, polygonAreaM2 } from '../geo/measure.ts';

/** Below either measure an area is a sliver. */
export interface SliverMeasure {
  readonly areaM2: number;
  /** Mean width: twice the area over the perimeter. */
  readonly widthM: number;
}

/** Where two surveys of the same border disagree by less, in metres of mean width, the gap or overlap closes by itself. */
export const DEFAULT_TOLERANCE_M = 3;
/** Nobody may let more than this close unseen. */
export const MAX_TOLERANCE_M = 50;
/** Rounding to the lattice alone makes slivers of up to two steps: with less tolerance than this nothing would fit. */
export const MIN_TOLERANCE_M = 0.05;
/** A compact area is a sliver when it is no larger than a square with so many times the tolerance as its side: 10 m by 10 m as usual. */
const COMPACT_SIDE_TOLERANCES = 10 / 3;
/** Whatever the tolerance, nothing compact that is larger. */
const MAX_COMPACT_M2 = 1_000;

/** What closes between communities. Throws RangeError for a tolerance beyond MAX_TOLERANCE_M. */
export function borderSliver(toleranceM: number): SliverMeasure {
  if (!(toleranceM >= 0 && toleranceM <= MAX_TOLERANCE_M)) throw new RangeError(`tolerance ${toleranceM} m, at most ${MAX_TOLERANCE_M} m`);
  const widthM = Math.max(MIN_TOLERANCE_M, toleranceM);
  return { widthM, areaM2: Math.min(MAX_COMPACT_M2, (COMPACT_SIDE_TOLERANCES * widthM) ** 2) };
}

/** Between barriers: the strip between two carriageways, the corner of a junction. */
export const BLOCK_SLIVER: SliverMeasure = { areaM2: 200, widthM: 5 };

export function measureOf(face: Polygon): SliverMeasure {
  const areaM2 = Math.abs(polygonAreaM2(face));
  const perimeterM = face.reduce((sum, ring) => sum + lineLengthM(closedLine(ring)), 0);
  return { areaM2, widthM: perimeterM === 0 ? 0 : (2 * areaM2) / perimeterM };
}

export function isSliver(face: Polygon, measure: SliverMeasure): boolean {
  const { areaM2, widthM } = measureOf(face);
  return areaM2 < measure.areaM2 || widthM < measure.widthM;
}

/** For each face its neighbours and the length of the border they share, in metres. The faces are edge-matched. */
export function sharedBorders(faces: readonly Polygon[]): Map<number, number>[] {
  const points = new PointIndex();
  const faceLeftOf = new Map<number, number>();
  const borders = faces.map(() => new Map<number, number>());
  faces.forEach((face, number) => {
    const edges = edgesOf(points, face);
    for (let i = 0; i < edges.length; i += 2) {
      const [from, to] = [edges[i] as number, edges[i + 1] as number];
      const other = faceLeftOf.get(points.edgeKey(to, from));
      if (other === undefined) faceLeftOf.set(points.edgeKey(from, to), number);
      else if (other !== number) addBorder(borders, number, other, edgeLengthM(points, from, to));
    }
  });
  return borders;
}

function edgeLengthM({ xs, ys }: PointIndex, from: number, to: number): number {
  return lineLengthM([xs[from] as number, ys[from] as number, xs[to] as number, ys[to] as number]);
}

function addBorder(borders: readonly Map<number, number>[], a: number, b: number, lengthM: number): void {
  const ofA = borders[a] as Map<number, number>;
  const ofB = borders[b] as Map<number, number>;
  ofA.set(b, (ofA.get(b) ?? 0) + lengthM);
  ofB.set(a, (ofB.get(a) ?? 0) + lengthM);
}

/** Not given away yet. */
export const PENDING = -1;

/**
 * Gives every pending face the label it shares the longest border with; faces that only touch pending ones follow when those are given
 * away. `mayTake(face, label)` says who is eligible. Faces that nobody may take stay pending. Changes `labels`; order: as given.
 */
export function spreadLabels(
  labels: number[],
  borders: readonly ReadonlyMap<number, number>[],
  order: readonly number[],
  mayTake: (face: number, label: number) => boolean,
): void {
  let waiting = order;
  for (;;) {
    const left = waiting.filter((face) => {
      const label = longestNeighbour(face, labels, borders[face] as ReadonlyMap<number, number>, mayTake);
      if (label === PENDING) return true;
      labels[face] = label;
      return false;
    });
    if (left.length === waiting.length) return;
    waiting = left;
  }
}

function longestNeighbour(
  face: number,
  labels: readonly number[],
  borders: ReadonlyMap<number, number>,
  mayTake: (face: number, label: number) => boolean,
): number {
  const lengths = new Map<number, number>();
  for (const [other, length] of borders) {
    const label = labels[other] as number;
    if (label !== PENDING && mayTake(face, label)) lengths.set(label, (lengths.get(label) ?? 0) + length);
  }
  let best = PENDING;
  for (const [label, length] of lengths) {
    if (best === PENDING || length > (lengths.get(best) as number)) best = label;
  }
  return best;
}
