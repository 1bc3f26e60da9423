// Snap rounding: segments meet in lattice points only, and no line passes over a vertex. After Hobby (1999), Guibas & Marimont (1998).
import Flatbush from 'flatbush';
import type { EdgeIndex, PairIndex } from './pair-index.ts';

/**
 * A longer segment has to be divided first. Then differences of coordinates stay below 2^26 and each product and sum of two products
 * below 2^53, so the plain arithmetic of this file is exact.
 */
export const MAX_SPAN_STEPS = 2 ** 25;

/** A crossing nearer than this to the edge of a pixel is computed again without rounding; doubles err by less than 2^-26 here. */
const DOUBTFUL_STEPS = 2 ** -20;
const HALF_PIXEL = 0.5;

/**
 * Nodes segments against each other. The pixel of a lattice point is the unit square around it; crossings make nodes, and a segment
 * that runs through the pixel of a node is led through the node. Vertices stay where they are and lines move by less than a step.
 *
 * The first `settled` segments are known to meet in common ends only (edges of a coverage). They are touched just where one of the
 * others comes near; the rest of the coverage stays as it is.
 *
 * Answers, by segment, the points that it runs through now, from its lower to its higher end; undefined: unchanged. New points are added
 * to `points`.
 */
export function nodeSegments(points: PairIndex, segments: EdgeIndex, settled: number): (readonly number[] | undefined)[] {
  if (settled === segments.size) return new Array(settled).fill(undefined);
  return new SnapRounding(points, segments, settled).chains();
}

class SnapRounding {
  readonly #points: PairIndex;
  readonly #segments: EdgeIndex;
  readonly #settled: number;
  readonly #index: Flatbush;
  /** Nodes that attract. A segment that is attracted makes all nodes attract that it runs through, or it could pass over one. */
  readonly #active = new Set<number>();
  readonly #attracted: (number[] | undefined)[];

  constructor(points: PairIndex, segments: EdgeIndex, settled: number) {
    this.#points = points;
    this.#segments = segments;
    this.#settled = settled;
    this.#attracted = new Array(segments.size).fill(undefined);
    this.#index = new Flatbush(segments.size);
    const { xs, ys } = points;
    for (let segment = 0; segment < segments.size; segment++) {
      const [a, b] = this.#ends(segment);
      const [ax, ay, bx, by] = [xs[a] as number, ys[a] as number, xs[b] as number, ys[b] as number];
      this.#index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
    }
    this.#index.finish();
  }

  chains(): (readonly number[] | undefined)[] {
    for (let segment = this.#settled; segment < this.#attracted.length; segment++) {
      for (const end of this.#ends(segment)) this.#active.add(end);
      this.#activateAlong(segment);
    }
    // The set grows while it is walked through.
    for (const node of this.#active) this.#attractTo(node);
    return this.#attracted.map((nodes, segment) => nodes && this.#chain(segment, nodes));
  }

  /** Activates the crossings of a segment and the ends of others in whose pixels it runs. */
  #activateAlong(segment: number): void {
    const [a, b] = this.#ends(segment);
    const { xs, ys } = this.#points;
    const [ax, ay, bx, by] = [xs[a] as number, ys[a] as number, xs[b] as number, ys[b] as number];
    const near = this.#index.search(
      Math.min(ax, bx) - HALF_PIXEL,
      Math.min(ay, by) - HALF_PIXEL,
      Math.max(ax, bx) + HALF_PIXEL,
      Math.max(ay, by) + HALF_PIXEL,
    );
    for (const other of near) {
      if (other === segment) continue;
      const [c, d] = this.#ends(other);
      const [cx, cy, dx, dy] = [xs[c] as number, ys[c] as number, xs[d] as number, ys[d] as number];
      if (c !== a && c !== b && runsThroughPixel(ax, ay, bx, by, cx, cy)) this.#active.add(c);
      if (d !== a && d !== b && runsThroughPixel(ax, ay, bx, by, dx, dy)) this.#active.add(d);
      const unsettled = segment >= this.#settled || other >= this.#settled;
      const crossing = unsettled ? roundedCrossing(ax, ay, bx, by, cx, cy, dx, dy) : undefined;
      if (crossing !== undefined) this.#active.add(this.#points.idOf(crossing[0], crossing[1]));
    }
  }

  #attractTo(node: number): void {
    const [x, y] = [this.#points.xs[node] as number, this.#points.ys[node] as number];
    for (const segment of this.#index.search(x - HALF_PIXEL, y - HALF_PIXEL, x + HALF_PIXEL, y + HALF_PIXEL)) {
      const [a, b] = this.#ends(segment);
      if (node === a || node === b) continue;
      const { xs, ys } = this.#points;
      if (!runsThroughPixel(xs[a] as number, ys[a] as number, xs[b] as number, ys[b] as number, x, y)) continue;
      const nodes = this.#attracted[segment];
      if (nodes !== undefined) nodes.push(node);
      else {
        this.#attracted[segment] = [node];
        if (segment < this.#settled) this.#activateAlong(segment);
      }
    }
  }

  /** The nodes from end to end. A segment meets pixels in the order of their centres along it, since both coordinates only rise or fall. */
  #chain(segment: number, nodes: number[]): number[] {
    const [a, b] = this.#ends(segment);
    const { xs, ys } = this.#points;
    const dx = (xs[b] as number) - (xs[a] as number);
    const dy = (ys[b] as number) - (ys[a] as number);
    const along = (id: number) => (xs[id] as number) * Math.sign(dx) + (ys[id] as number) * Math.sign(dy);
    return [a, ...nodes.sort((p, q) => along(p) - along(q)), b];
  }

  #ends(segment: number): [number, number] {
    return [this.#segments.xs[segment] as number, this.#segments.ys[segment] as number];
  }
}

/** Whether the segment a–b meets the pixel of c: its left and lower edge included, the right and upper one not. */
export function runsThroughPixel(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): boolean {
  if (Math.min(ax, bx) >= cx + HALF_PIXEL || Math.max(ax, bx) < cx - HALF_PIXEL) return false;
  if (Math.min(ay, by) >= cy + HALF_PIXEL || Math.max(ay, by) < cy - HALF_PIXEL) return false;
  const dx = bx - ax;
  const dy = by - ay;
  if (dx === 0 || dy === 0) return true;
  const offset = 2 * (dx * (cy - ay) - dy * (cx - ax));
  const reach = Math.abs(dx) + Math.abs(dy);
  if (Math.abs(offset) !== reach) return Math.abs(offset) < reach;
  // The line only touches a corner of the pixel, which has the lower left one alone.
  return dx > 0 === dy < 0 && offset === (dx > 0 ? reach : -reach);
}

/** The lattice point nearest to where a–b and c–d cross within both; undefined where they do not. Halves go up. */
function roundedCrossing(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): [number, number] | undefined {
  const [ux, uy, vx, vy] = [bx - ax, by - ay, dx - cx, dy - cy];
  const across = ux * vy - uy * vx;
  if (across === 0) return undefined;
  const sign = Math.sign(across);
  const onFirst = ((cx - ax) * vy - (cy - ay) * vx) * sign;
  const onSecond = ((cx - ax) * uy - (cy - ay) * ux) * sign;
  const whole = across * sign;
  if (onFirst <= 0 || onFirst >= whole || onSecond <= 0 || onSecond >= whole) return undefined;
  return [ax + roundedShare(ux, onFirst, whole), ay + roundedShare(uy, onFirst, whole)];
}

/** length · part / whole to the nearest integer, halves up. */
function roundedShare(length: number, part: number, whole: number): number {
  const value = length * (part / whole) + HALF_PIXEL;
  const rounded = Math.floor(value);
  const fraction = value - rounded;
  if (fraction > DOUBTFUL_STEPS && fraction < 1 - DOUBTFUL_STEPS) return rounded;
  const numerator = 2n * BigInt(length) * BigInt(part) + BigInt(whole);
  const denominator = 2n * BigInt(whole);
  const quotient = numerator / denominator;
  return Number(numerator % denominator < 0n ? quotient - 1n : quotient);
}
