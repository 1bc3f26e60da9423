// Snapping: the hand catches building corners, borders and barriers near the pointer, and says what it caught.
import Flatbush from 'flatbush';
import type { BarrierClass } from '../../core/api/messages.ts';
import { LATTICE_STEPS_PER_DEGREE } from '../../core/coverage/geometry.ts';
import type { ActiveCommunity } from '../state/workspace.ts';
import type { Position } from './tool.ts';

/** How far from the pointer something is caught. */
export const SNAP_REACH_PX = 10;
/** A vertex this near is preferred to the line it lies on. */
const VERTEX_REACH_PX = 7;

export type CaughtKind = 'grid-border' | 'community-border' | 'barrier' | 'building-corner';

/** What the hand caught. */
export interface Caught {
  readonly kind: CaughtKind;
  /** Its own name (a road, a building), or empty. */
  readonly name: string;
  /** For barriers: what it is called when it has no name. */
  readonly barrier: BarrierClass | null;
  /** On the lattice, in degrees. */
  readonly position: Position;
  readonly vertex: boolean;
  /** Grids whose border this is. */
  readonly grids: readonly number[];
}

interface Source {
  readonly kind: CaughtKind;
  readonly name: string;
  readonly barrier: BarrierClass | null;
  /** Only the corners can be caught. */
  readonly cornersOnly: boolean;
  readonly grids: readonly number[];
}

export interface SnapRequest {
  readonly pointer: Position;
  /** Pixels in one degree of longitude and of latitude, here and at this zoom. */
  readonly pixelsPerDegree: readonly [number, number];
  /** Only borders of this grid, and of its community. */
  readonly borderOf?: number | null;
}

export interface SnapIndex {
  /** The best thing within reach; null: nothing. */
  readonly catch: (request: SnapRequest) => Caught | null;
}

/** Among things equally near, the lower rank is caught: a border along a road is called by the road. */
const RANK: Readonly<Record<CaughtKind, number>> = { barrier: 0, 'community-border': 1, 'grid-border': 2, 'building-corner': 3 };
/** What one rank is worth in pixels of distance. */
const RANK_PX = 1.5;

/** Indexes every segment of the community that can be caught. */
export function snapIndex(active: ActiveCommunity): SnapIndex {
  const sources: Source[] = [];
  const segments: number[] = [];
  const owner: number[] = [];
  const addChain = (source: Source, chain: readonly (readonly number[])[]): void => {
    const index = sources.push(source) - 1;
    for (let i = 1; i < chain.length; i++) {
      const [ax = 0, ay = 0] = chain[i - 1] ?? [];
      const [bx = 0, by = 0] = chain[i] ?? [];
      segments.push(ax, ay, bx, by);
      owner.push(index);
    }
  };
  addBorders(active, addChain);
  for (const { properties, geometry } of active.barriers.features) {
    addChain({ kind: 'barrier', name: properties.name, barrier: properties.class, cornersOnly: false, grids: [] }, geometry.coordinates);
  }
  for (const { properties, geometry } of active.buildings.features) {
    if (geometry.type !== 'Polygon') continue;
    const source: Source = { kind: 'building-corner', name: properties.name, barrier: null, cornersOnly: true, grids: [] };
    for (const ring of geometry.coordinates) addChain(source, ring);
  }
  if (owner.length === 0) return { catch: () => null };

  const boxes = new Flatbush(owner.length);
  for (let at = 0; at < segments.length; at += 4) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = segments.slice(at, at + 4);
    boxes.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  boxes.finish();

  return {
    catch: ({ pointer: [x, y], pixelsPerDegree: [scaleX, scaleY], borderOf = null }) => {
      const [reachX, reachY] = [SNAP_REACH_PX / scaleX, SNAP_REACH_PX / scaleY];
      let best: Caught | null = null;
      let bestCost = Infinity;
      for (const at of boxes.search(x - reachX, y - reachY, x + reachX, y + reachY)) {
        const source = sources[owner[at] ?? 0];
        if (source === undefined || (borderOf !== null && !source.grids.includes(borderOf))) continue;
        const [ax = 0, ay = 0, bx = 0, by = 0] = segments.slice(at * 4, at * 4 + 4);
        const found = nearest([(ax - x) * scaleX, (ay - y) * scaleY], [(bx - x) * scaleX, (by - y) * scaleY], source.cornersOnly);
        if (found === null) continue;
        const cost = found.distance + RANK[source.kind] * RANK_PX - (found.vertex ? VERTEX_REACH_PX : 0);
        if (cost >= bestCost) continue;
        bestCost = cost;
        best = {
          kind: source.kind,
          name: source.name,
          barrier: source.barrier,
          vertex: found.vertex,
          grids: source.grids,
          position: [onLattice(ax + (bx - ax) * found.share), onLattice(ay + (by - ay) * found.share)],
        };
      }
      return best;
    },
  };
}

/**
 * Grid borders and the community's own border, from the blocks: an edge that two blocks of different grids share is a grid
 * border, an edge that only one block has is the community's.
 */
function addBorders(active: ActiveCommunity, addChain: (source: Source, chain: readonly (readonly number[])[]) => void): void {
  const grids = new Map(active.grids.features.map(({ properties }) => [properties.id, properties.name]));
  const edges = new Map<string, { from: readonly number[]; to: readonly number[]; left: number | null; right?: number | null }>();
  for (const { properties, geometry } of active.blocks.features) {
    for (const ring of geometry.coordinates) {
      for (let i = 1; i < ring.length; i++) {
        const [from = [], to = []] = [ring[i - 1], ring[i]];
        const [a, b] = [`${from[0]} ${from[1]}`, `${to[0]} ${to[1]}`];
        const key = a < b ? `${a} ${b}` : `${b} ${a}`;
        const known = edges.get(key);
        if (known === undefined) edges.set(key, { from, to, left: properties.grid });
        else known.right = properties.grid;
      }
    }
  }
  for (const { from, to, left, right } of edges.values()) {
    if (right === left) continue;
    const sides = [left, right ?? null].filter((grid) => grid !== null);
    const name = sides
      .map((grid) => grids.get(grid) ?? '')
      .filter((text) => text !== '')
      .join('–');
    const kind = right === undefined ? 'community-border' : 'grid-border';
    addChain({ kind, name: kind === 'grid-border' ? name : '', barrier: null, cornersOnly: false, grids: sides }, [from, to]);
  }
}

type Offset = readonly [number, number];

/** Nearest point of a segment to the pointer at 0, 0, all in pixels; null: out of reach. */
function nearest(a: Offset, b: Offset, cornersOnly: boolean): { share: number; distance: number; vertex: boolean } | null {
  const [toA, toB] = [Math.hypot(a[0], a[1]), Math.hypot(b[0], b[1])];
  const corner = toA <= toB ? { share: 0, distance: toA, vertex: true } : { share: 1, distance: toB, vertex: true };
  if (corner.distance <= (cornersOnly ? SNAP_REACH_PX : VERTEX_REACH_PX)) return corner;
  if (cornersOnly) return null;
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const square = dx * dx + dy * dy;
  if (square === 0) return null;
  const share = Math.min(1, Math.max(0, -(a[0] * dx + a[1] * dy) / square));
  const distance = Math.hypot(a[0] + dx * share, a[1] + dy * share);
  return distance <= SNAP_REACH_PX ? { share, distance, vertex: false } : null;
}

const onLattice = (degrees: number): number => Math.round(degrees * LATTICE_STEPS_PER_DEGREE) / LATTICE_STEPS_PER_DEGREE;
