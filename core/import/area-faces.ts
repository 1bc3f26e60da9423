// The faces between the borders of areas: which areas hold each, what lies beyond its edges. Told by the borders alone, so it is exact.

import { pathOf } from '../coverage/faces.ts';
import type { Line, MultiPolygon, Polygon } from '../coverage/geometry.ts';
import { nodeSegments } from '../coverage/noding.ts';
import { EdgeIndex, PairIndex } from '../coverage/pair-index.ts';
import { closedLine } from '../coverage/ring.ts';
import { boundingEdges, edgesOf, polygonsOfEdges } from '../coverage/tracing.ts';
import { lineLengthM, polygonAreaM2 } from '../geo/measure.ts';

/** What lies beyond the outermost edges. */
export const OUTSIDE = -1;

export interface AreaFaces {
  readonly points: PairIndex;
  /** Between points; every edge is led through all nodes that it meets. */
  readonly edges: EdgeIndex;
  /** The points that the border of an area was led through from one of its vertices to the next; null: none. */
  readonly chainOf: (from: number, to: number) => readonly number[] | null;
  /** Bounded faces, canonical and in order. */
  readonly polygons: readonly Polygon[];
  readonly areasM2: readonly number[];
  /** For each face the areas that hold it, ascending. */
  readonly holders: readonly (readonly number[])[];
  /** For each face its neighbours and the metres they share. OUTSIDE is none. */
  readonly neighbours: readonly ReadonlyMap<number, number>[];
  /** For each face the metres that are border of an area. The others are lines drawn across. */
  readonly borderM: readonly number[];
  /** For each face the metres beyond which the outside lies. */
  readonly mouthM: readonly number[];
  /** By edge the face on its left and on its right, going from the lower to the higher point; or OUTSIDE. */
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** Nodes the borders of areas, and lines drawn across, on the lattice. */
export function areaFaces(areas: readonly MultiPolygon[], across: readonly Line[]): AreaFaces {
  const points = new PairIndex();
  const segments = new EdgeIndex();
  const borders = areas.map((area) => area.flatMap((polygon) => polygon.map((ring) => pathOf(points, closedLine(ring)))));
  const lines = across.map((line) => pathOf(points, line));
  for (const path of [...borders.flat(), ...lines]) {
    for (let i = 1; i < path.length; i++) if (path[i] !== path[i - 1]) segments.idOf(path[i - 1] as number, path[i] as number);
  }
  const chains = nodeSegments(points, segments, 0);
  const chainOf = (from: number, to: number): readonly number[] | null => {
    const segment = segments.find(from, to);
    const chain = segment === undefined ? undefined : chains[segment];
    return chain === undefined ? null : from < to ? chain : chain.toReversed();
  };
  const sides = new BorderSides();
  borders.forEach((paths, area) => {
    for (const path of paths) for (let i = 1; i < path.length; i++) sides.addChain(area, chainOf, path[i - 1] as number, path[i] as number);
  });
  for (const path of lines) for (let i = 1; i < path.length; i++) sides.addChain(null, chainOf, path[i - 1] as number, path[i] as number);
  return { chainOf, ...faced(points, sides) };
}

/** By edge the areas whose border it is, and on which side they lie. */
class BorderSides {
  readonly edges = new EdgeIndex();
  /** Linked lists by edge; a sign is +1 where the area lies on the left of the way from the lower to the higher point. */
  readonly #first: number[] = [];
  readonly #next: number[] = [];
  readonly #area: number[] = [];
  readonly #sign: number[] = [];

  addChain(area: number | null, chainOf: AreaFaces['chainOf'], from: number, to: number): void {
    if (from === to) return;
    const chain = chainOf(from, to) ?? [from, to];
    for (let i = 1; i < chain.length; i++) this.#add(area, chain[i - 1] as number, chain[i] as number);
  }

  #add(area: number | null, from: number, to: number): void {
    const edge = this.edges.idOf(from, to);
    this.#first[edge] ??= OUTSIDE;
    if (area === null) return;
    this.#next.push(this.#first[edge] as number);
    this.#first[edge] = this.#area.length;
    this.#area.push(area);
    this.#sign.push(from < to ? 1 : -1);
  }

  isBorder(edge: number): boolean {
    return this.#first[edge] !== OUTSIDE;
  }

  /** The windings on the left (or, with -1, on the right) of the edge, given those on its other side. */
  across(edge: number, from: Windings, direction: 1 | -1): Windings {
    let result = from;
    for (let entry = this.#first[edge] as number; entry !== OUTSIDE; entry = this.#next[entry] as number) {
      result = turned(result, this.#area[entry] as number, direction * (this.#sign[entry] as number));
    }
    return result;
  }
}

/** Areas that wind around a face and how often: area0, count0, area1, … in order of areas; most faces have one. */
type Windings = readonly number[];

function turned(windings: Windings, area: number, by: number): Windings {
  let place = 0;
  while (place < windings.length && (windings[place] as number) < area) place += 2;
  const known = windings[place] === area;
  const count = by + (known ? (windings[place + 1] as number) : 0);
  const rest = windings.slice(known ? place + 2 : place);
  return count === 0 ? [...windings.slice(0, place), ...rest] : [...windings.slice(0, place), area, count, ...rest];
}

function faced(points: PairIndex, sides: BorderSides): Omit<AreaFaces, 'chainOf'> {
  const { edges } = sides;
  const both: number[] = [];
  for (let edge = 0; edge < edges.size; edge++) {
    const [low, high] = [edges.xs[edge] as number, edges.ys[edge] as number];
    both.push(low, high, high, low);
  }
  const polygons = polygonsOfEdges(points, boundingEdges(points, both));
  const left = new Int32Array(edges.size).fill(OUTSIDE);
  const right = new Int32Array(edges.size).fill(OUTSIDE);
  const edgesAround = polygons.map((polygon, face) => {
    const around = edgesOf(points, polygon);
    const ids: number[] = [];
    for (let i = 0; i < around.length; i += 2) {
      const [from, to] = [around[i] as number, around[i + 1] as number];
      const edge = edges.idOf(from, to);
      (from < to ? left : right)[edge] = face;
      ids.push(edge);
    }
    return ids;
  });
  const measured = measuredBorders(points, sides, left, right, edgesAround);
  const holders = holdersOf(sides, left, right, edgesAround);
  return { points, edges, polygons, areasM2: polygons.map(polygonAreaM2), holders, ...measured, left, right };
}

function measuredBorders(
  { xs, ys }: PairIndex,
  sides: BorderSides,
  left: Int32Array,
  right: Int32Array,
  edgesAround: readonly (readonly number[])[],
): Pick<AreaFaces, 'neighbours' | 'borderM' | 'mouthM'> {
  const borderM: number[] = [];
  const mouthM: number[] = [];
  const neighbours = edgesAround.map((ids, face) => {
    const shared = new Map<number, number>();
    let border = 0;
    let mouth = 0;
    for (const edge of ids) {
      const [a, b] = [sides.edges.xs[edge] as number, sides.edges.ys[edge] as number];
      const lengthM = lineLengthM([xs[a] as number, ys[a] as number, xs[b] as number, ys[b] as number]);
      const other = (left[edge] === face ? right[edge] : left[edge]) as number;
      if (other === OUTSIDE) mouth += lengthM;
      else shared.set(other, (shared.get(other) ?? 0) + lengthM);
      if (sides.isBorder(edge)) border += lengthM;
    }
    borderM.push(border);
    mouthM.push(mouth);
    return shared;
  });
  return { neighbours, borderM, mouthM };
}

/** Walks from the outside, which nothing holds, across every edge. */
function holdersOf(
  sides: BorderSides,
  left: Int32Array,
  right: Int32Array,
  edgesAround: readonly (readonly number[])[],
): (readonly number[])[] {
  const windings: (Windings | undefined)[] = edgesAround.map(() => undefined);
  const reached: number[] = [];
  const reach = (face: number, edge: number, from: Windings) => {
    if (face === OUTSIDE || windings[face] !== undefined) return;
    windings[face] = sides.across(edge, from, left[edge] === face ? 1 : -1);
    reached.push(face);
  };
  const none: Windings = [];
  left.forEach((onLeft, edge) => {
    const onRight = right[edge] as number;
    if (onLeft === OUTSIDE) reach(onRight, edge, none);
    else if (onRight === OUTSIDE) reach(onLeft, edge, none);
  });
  for (let face = reached.pop(); face !== undefined; face = reached.pop()) {
    for (const edge of edgesAround[face] as readonly number[]) {
      const other = (left[edge] === face ? right[edge] : left[edge]) as number;
      reach(other, edge, windings[face] as Windings);
    }
  }
  return windings.map((winding = none) => winding.filter((_, i) => i % 2 === 0));
}
