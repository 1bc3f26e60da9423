// Divides a block with too many households: lines between its buildings that run through none of them.
import Flatbush from 'flatbush';
import { boxOf } from '../coverage/box.ts';
import type { LatticePoint, Line, Polygon } from '../coverage/geometry.ts';
import { bisect, type Unit } from './bisect.ts';
import { clipLine } from './clip.ts';
import { Groups } from './groups.ts';
import { MetreFrame } from './metres.ts';
import { type Box, boxOfOutline, contains, nearsOutline, type Outline, type Segment } from './plane.ts';
import { type Surroundings, smooth } from './smooth.ts';
import { joinNeighbours } from './units.ts';
import { type Chain, chainsOf, type MiddleEdge, type MiddleEdges, middleEdges } from './voronoi-borders.ts';

/** What stands in the block, or reaches into it. */
export interface Standing {
  readonly point: LatticePoint;
  readonly footprint: Polygon | null;
  /** 0 for a building that is counted in another block and only reaches into this one. */
  readonly households: number;
}

/** Narrower passages between buildings are no place for a border. */
const MIN_PASSAGE_M = 0.6;
/** A border keeps this far away from every building. */
const CLEARANCE_M = 0.1;
/** Distances of samples along the outlines, from coarse to fine. */
const SAMPLE_SPACINGS_M = [3, 1, 0.3] as const;

/** Lines on the lattice, none when the block cannot be divided. Its buildings with more households than a block may have stay whole. */
export function dividingLines(block: Polygon, standing: readonly Standing[]): Line[] {
  const box = boxOf(block);
  const frame = new MetreFrame([(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2]);
  const outlines = standing.map((building) => outlineInMetres(frame, building));
  const surroundings = surroundingsOf(outlines);
  const groups = new Groups(outlines.length);
  joinNeighbours(outlines, MIN_PASSAGE_M, groups);
  const middle = clearMiddle(standing, outlines, groups, surroundings, extentOf(frame, box, outlines));
  return chainsOf(middle).flatMap((chain) => clipLine(onLattice(frame, smooth(chain, surroundings)), block));
}

/** The middle edges at the first spacing where they keep clear; buildings that none keeps clear of are joined. */
function clearMiddle(
  standing: readonly Standing[],
  outlines: readonly Outline[],
  groups: Groups,
  { isClear }: Surroundings,
  extentM: number,
): MiddleEdges {
  for (;;) {
    const partOf = partsOf(standing, outlines, groups);
    let offending: readonly MiddleEdge[] = [];
    for (const spacing of SAMPLE_SPACINGS_M) {
      const middle = middleEdges(outlines, partOf, spacing, extentM);
      offending = middle.edges.filter((edge) => !isClear(segmentOf(middle, edge)));
      if (offending.length === 0) return middle;
    }
    for (const { between } of offending) groups.join(...between);
  }
}

/** How far the block and everything in it reaches from the origin of the frame, in metres. */
function extentOf(frame: MetreFrame, { minX, minY, maxX, maxY }: ReturnType<typeof boxOf>, outlines: readonly Outline[]): number {
  const corners = [...frame.toMetres(minX, minY), ...frame.toMetres(maxX, maxY)];
  return [...corners, ...outlines.flatMap(boxOfOutline)].reduce((extent, value) => Math.max(extent, Math.abs(value)), 0);
}

function partsOf(standing: readonly Standing[], outlines: readonly Outline[], groups: Groups): number[] {
  const unitOfRoot = new Map<number, number>();
  const sums: { x: number; y: number; households: number; members: number }[] = [];
  const unitOf = outlines.map((outline, i) => {
    const root = groups.rootOf(i);
    const unit = unitOfRoot.get(root) ?? sums.push({ x: 0, y: 0, households: 0, members: 0 }) - 1;
    unitOfRoot.set(root, unit);
    const sum = sums[unit] as (typeof sums)[number];
    const [minX, minY, maxX, maxY] = boxOfOutline(outline);
    sum.x += (minX + maxX) / 2;
    sum.y += (minY + maxY) / 2;
    sum.households += (standing[i] as Standing).households;
    sum.members += 1;
    return unit;
  });
  const units = sums.map(({ x, y, households, members }): Unit => ({ x: x / members, y: y / members, households }));
  const parts = bisect(units);
  return unitOf.map((unit) => parts[unit] as number);
}

function surroundingsOf(outlines: readonly Outline[]): Surroundings {
  const boxes = outlines.map(boxOfOutline);
  const index = new Flatbush(Math.max(1, boxes.length));
  for (const box of boxes) index.add(...box);
  if (boxes.length === 0) index.add(0, 0, 0, 0);
  index.finish();
  const near = ([minX, minY, maxX, maxY]: Box, marginM: number) =>
    index.search(minX - marginM, minY - marginM, maxX + marginM, maxY + marginM);
  return {
    isClear: (segment) =>
      !near(boxOfOutline({ rings: [segment] }), CLEARANCE_M).some((i) => nearsOutline(segment, outlines[i] as Outline, CLEARANCE_M)),
    holdsBuilding: (ring) =>
      near(boxOfOutline({ rings: [ring] }), 0).some((i) => {
        const [x = Number.NaN, y = Number.NaN] = (outlines[i] as Outline).rings[0] ?? [];
        return contains({ rings: [ring] }, x, y);
      }),
  };
}

function segmentOf({ nodes }: MiddleEdges, { ends: [from, to] }: MiddleEdge): Segment {
  return [nodes[2 * from] as number, nodes[2 * from + 1] as number, nodes[2 * to] as number, nodes[2 * to + 1] as number];
}

function outlineInMetres(frame: MetreFrame, { footprint, point }: Standing): Outline {
  return { rings: (footprint ?? [point]).map((ring) => mapPoints(ring, (x, y) => frame.toMetres(x, y))) };
}

const onLattice = (frame: MetreFrame, chain: Chain): Line => mapPoints(chain, (x, y) => frame.toLattice(x, y));

function mapPoints(flat: readonly number[], change: (x: number, y: number) => readonly [number, number]): number[] {
  const result: number[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) result.push(...change(flat[i] as number, flat[i + 1] as number));
  return result;
}
