// Proof of a coverage: blocks tile (I1), edges match (I2), everything lies on the lattice (I4). Exact, nothing is tolerated.
import Flatbush from 'flatbush';
import { orient2d } from 'robust-predicates';
import { boxesMeet, boxOf } from './box.ts';
import type { LatticePoint, MultiPolygon, Polygon, Ring } from './geometry.ts';
import { interiorPoint, locate } from './locate.ts';
import { outlineOf } from './outline.ts';
import { EdgeIndex, PairIndex } from './pair-index.ts';
import { signedArea } from './ring.ts';

export interface CoverageFault {
  readonly kind: /** A coordinate is not a whole number of lattice steps. */
    | 'off-lattice'
    /** No ring, a ring of fewer than three points, without area, in the wrong direction, or through one point twice. */
    | 'bad-ring'
    /** A hole lies outside its polygon or in another hole, or holes cut the polygon in two. */
    | 'bad-hole'
    /** Two edges cross, or a vertex lies within an edge that does not have it. */
    | 'crossing'
    /** Two blocks lie on the same side of an edge, or one on top of another. */
    | 'overlap'
    /** An edge of a block has no counterpart and is not an edge of the area. */
    | 'unmatched'
    /** An edge of the area belongs to no block. */
    | 'uncovered';
  /** The blocks concerned, at most two. */
  readonly blocks: readonly number[];
  readonly at: LatticePoint;
}

interface NumberedPolygon {
  readonly id: number;
  readonly polygon: Polygon;
}

interface DirectedEdge {
  readonly block: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Everything that is wrong with a coverage; none: it is sound. With `area`, the blocks must tile exactly that; without, any area. Blocks
 * that are unsound in themselves are reported first and alone, because the rest would only repeat them.
 */
export function coverageFaults(blocks: readonly NumberedPolygon[], area?: MultiPolygon): CoverageFault[] {
  const unsound = blocks.flatMap(ringFaults);
  if (unsound.length > 0) return unsound;
  const points = new PairIndex();
  const edges = blocks.flatMap((block) => directedEdges(points, block.id, [block.polygon]));
  const faults = [...crossingFaults(points, edges), ...matchFaults(points, edges, area)];
  if (faults.length > 0) return faults;
  return [...blocks.flatMap(holeFaults), ...(area === undefined ? nestingFaults(blocks) : [])];
}

function ringFaults({ id, polygon }: NumberedPolygon): CoverageFault[] {
  if (polygon.length === 0) return [{ kind: 'bad-ring', blocks: [id], at: [0, 0] }];
  const faults: CoverageFault[] = [];
  polygon.forEach((ring, index) => {
    const at = startOf(ring);
    if (!ring.every(Number.isInteger)) faults.push({ kind: 'off-lattice', blocks: [id], at });
    const points = new PairIndex();
    for (let i = 0; i + 1 < ring.length; i += 2) points.idOf(ring[i] as number, ring[i + 1] as number);
    const direction = index === 0 ? 1 : -1;
    const simple = ring.length >= 6 && ring.length === 2 * points.size;
    if (!simple || Math.sign(signedArea(ring)) !== direction) faults.push({ kind: 'bad-ring', blocks: [id], at });
  });
  return faults;
}

function directedEdges(points: PairIndex, block: number, polygons: MultiPolygon): DirectedEdge[] {
  const edges: DirectedEdge[] = [];
  for (const ring of polygons.flat()) {
    let from = points.idOf(ring[ring.length - 2] as number, ring[ring.length - 1] as number);
    for (let i = 0; i < ring.length; i += 2) {
      const to = points.idOf(ring[i] as number, ring[i + 1] as number);
      edges.push({ block, from, to });
      from = to;
    }
  }
  return edges;
}

function pointAt(points: PairIndex, id: number): LatticePoint {
  return [points.xs[id] as number, points.ys[id] as number];
}

/** Two edges may meet in a common end and nowhere else; the two directions of one edge are one. */
function crossingFaults(points: PairIndex, edges: readonly DirectedEdge[]): CoverageFault[] {
  const known = new EdgeIndex();
  const distinct = edges.filter((edge) => {
    const before = known.size;
    return known.idOf(edge.from, edge.to) === before;
  });
  if (distinct.length === 0) return [];
  const index = new Flatbush(distinct.length);
  const boxes = distinct.map(({ from, to }) => {
    const [[ax, ay], [bx, by]] = [pointAt(points, from), pointAt(points, to)];
    return { minX: Math.min(ax, bx), minY: Math.min(ay, by), maxX: Math.max(ax, bx), maxY: Math.max(ay, by) };
  });
  for (const box of boxes) index.add(box.minX, box.minY, box.maxX, box.maxY);
  index.finish();
  const faults: CoverageFault[] = [];
  distinct.forEach((edge, i) => {
    const box = boxes[i] as (typeof boxes)[number];
    for (const j of index.search(box.minX, box.minY, box.maxX, box.maxY, (other) => other > i)) {
      const other = distinct[j] as DirectedEdge;
      if (conflict(points, edge, other))
        faults.push({ kind: 'crossing', blocks: [edge.block, other.block], at: pointAt(points, edge.from) });
    }
  });
  return faults;
}

/** Whether two different edges have a point in common that is not an end of both. */
function conflict(points: PairIndex, edge: DirectedEdge, other: DirectedEdge): boolean {
  const [a, b, c, d] = [pointAt(points, edge.from), pointAt(points, edge.to), pointAt(points, other.from), pointAt(points, other.to)];
  const side = (p: LatticePoint, q: LatticePoint, r: LatticePoint) => Math.sign(orient2d(p[0], p[1], q[0], q[1], r[0], r[1]));
  const [sideC, sideD, sideA, sideB] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (sideC !== 0 && sideD !== 0 && sideA !== 0 && sideB !== 0) return sideC !== sideD && sideA !== sideB;
  // Collinear by now, so both products have one sign or are nil.
  const within = (p: LatticePoint, q: LatticePoint, r: LatticePoint) => (r[0] - p[0]) * (r[0] - q[0]) + (r[1] - p[1]) * (r[1] - q[1]) < 0;
  return (
    (sideC === 0 && within(a, b, c)) ||
    (sideD === 0 && within(a, b, d)) ||
    (sideA === 0 && within(c, d, a)) ||
    (sideB === 0 && within(c, d, b))
  );
}

/** Every directed edge at most once; the reverse belongs to another block, or the edge to the area. */
function matchFaults(points: PairIndex, edges: readonly DirectedEdge[], area: MultiPolygon | undefined): CoverageFault[] {
  const known = new PairIndex();
  const owners: number[] = [];
  const faults: CoverageFault[] = [];
  for (const { block, from, to } of edges) {
    const id = known.idOf(from, to);
    const owner = owners[id];
    if (owner === undefined) owners.push(block);
    else faults.push({ kind: 'overlap', blocks: [owner, block], at: pointAt(points, from) });
  }
  if (area === undefined) return faults;
  const border = new PairIndex();
  for (const { from, to } of directedEdges(points, Number.NaN, area)) border.idOf(from, to);
  const covered = new Uint8Array(border.size);
  for (const { block, from, to } of edges) {
    if (known.find(to, from) !== undefined) continue;
    const edge = border.find(from, to);
    if (edge === undefined) faults.push({ kind: 'unmatched', blocks: [block], at: pointAt(points, from) });
    else covered[edge] = 1;
  }
  covered.forEach((hit, edge) => {
    if (!hit) faults.push({ kind: 'uncovered', blocks: [], at: pointAt(points, border.xs[edge] as number) });
  });
  return faults;
}

/** Rings do not cross by now, so one point tells where a whole hole lies, and rings that touch in a circle cut the polygon in two. */
function holeFaults({ id, polygon }: NumberedPolygon): CoverageFault[] {
  const [outer, ...holes] = polygon;
  if (outer === undefined || holes.length === 0) return [];
  const faults: CoverageFault[] = [];
  for (const hole of holes) {
    const point = interiorPoint([hole]);
    const nested = holes.some((other) => other !== hole && locate(point, [other]) === 'inside');
    if (nested || locate(point, [outer]) !== 'inside') faults.push({ kind: 'bad-hole', blocks: [id], at: startOf(hole) });
  }
  if (touchInCircle(polygon)) faults.push({ kind: 'bad-hole', blocks: [id], at: startOf(outer) });
  return faults;
}

function startOf(ring: Ring): LatticePoint {
  return [ring[0] ?? 0, ring[1] ?? 0];
}

/** Rings and the points that two of them share form a graph; a circle in it encloses a part of the polygon. */
function touchInCircle(polygon: Polygon): boolean {
  const points = new PairIndex();
  const ringsAt = new Map<number, number[]>();
  polygon.forEach((ring, index) => {
    for (let i = 0; i < ring.length; i += 2) {
      const id = points.idOf(ring[i] as number, ring[i + 1] as number);
      ringsAt.set(id, [...(ringsAt.get(id) ?? []), index]);
    }
  });
  const group = polygon.map((_, index) => index);
  for (const [first, ...others] of ringsAt.values()) {
    for (const other of others) {
      const [from, into] = [group[other] as number, group[first as number] as number];
      if (from === into) return true;
      group.forEach((value, index) => {
        if (value === from) group[index] = into;
      });
    }
  }
  return false;
}

/** Blocks on top of others leave no trace in the edges when nothing says where the area ends: their outlines nest. */
function nestingFaults(blocks: readonly NumberedPolygon[]): CoverageFault[] {
  const parts = outlineOf(blocks.map((block) => block.polygon)).map((polygon) => ({ polygon, box: boxOf(polygon) }));
  return parts.flatMap(({ polygon, box }): CoverageFault[] => {
    const point = interiorPoint(polygon);
    const covered = parts.some(
      (other) => other.polygon !== polygon && boxesMeet(other.box, box) && locate(point, other.polygon) === 'inside',
    );
    return covered ? [{ kind: 'overlap', blocks: [], at: startOf(polygon[0] ?? []) }] : [];
  });
}
