// Takes the vertices off stored borders that tiling put there and nobody needs; tells which ones stored communities have to receive.
import Flatbush from 'flatbush';
import { boxOfLine, grow } from '../coverage/box.ts';
import { pathOf } from '../coverage/faces.ts';
import type { LatticePoint, MultiPolygon, Polygon, Ring } from '../coverage/geometry.ts';
import { canonicalPolygon, closedLine, comparePolygons } from '../coverage/ring.ts';
import type { AreaFaces } from './area-faces.ts';
import { OUTSIDE } from './area-faces.ts';
import type { MissingVertices, TiledCommunity } from './misfits.ts';
import type { Ground } from './settle-misfits.ts';
import { PENDING } from './slivers.ts';

/** An edge of a stored outline and the nodes that it was led through, all as numbers of points. */
interface StoredEdge {
  readonly community: TiledCommunity;
  readonly from: number;
  readonly to: number;
  readonly nodes: readonly number[];
}

/** Within so many steps of a stored edge a vertex might end up on its other side when the edge is straightened. */
const CROWDED_STEPS = 2;

/** The areas without the vertices that only stand on a stored edge, and those that the stored outlines lack. */
export function straightStoredBorders(
  { faces, communities, firstFixed }: Ground,
  labels: readonly number[],
  areas: readonly MultiPolygon[],
): { areas: readonly MultiPolygon[]; vertices: MissingVertices[] } {
  const { vertices: own, edges } = storedEdges(faces, communities.slice(firstFixed));
  const borders = bordersAt(faces, labels, firstFixed, new Set(edges.flatMap(({ nodes }) => nodes)));
  const crowded = crowdedEdges(faces, borders.standing, edges);
  const shared = nodesOfSeveral(edges);
  const isNeeded = (node: number, edge: number) => crowded.has(edge) || shared.has(node) || (borders.count.get(node) ?? 0) > 2;
  const needed = new Set(edges.flatMap(({ nodes }, edge) => nodes.filter((node) => isNeeded(node, edge))));
  const dropped = new Set(edges.flatMap(({ nodes }) => nodes.filter((node) => !needed.has(node) && !own.has(node))));
  const missing = edges.flatMap(({ community, from, to, nodes }): MissingVertices[] => {
    const at = nodes.filter((node) => !dropped.has(node) && borders.ofNew.has(node)).map((node) => pointAt(faces, node));
    return at.length === 0 ? [] : [{ community: community.code, from: pointAt(faces, from), to: pointAt(faces, to), at }];
  });
  return { areas: dropped.size === 0 ? areas : areas.map((area) => without(faces, area, dropped)), vertices: missing };
}

function storedEdges({ points, chainOf }: AreaFaces, stored: readonly TiledCommunity[]): { vertices: Set<number>; edges: StoredEdge[] } {
  const vertices = new Set<number>();
  const edges: StoredEdge[] = [];
  for (const community of stored) {
    for (const ring of community.area.flat()) {
      const path = pathOf(points, closedLine(ring));
      for (let i = 1; i < path.length; i++) {
        const [from, to] = [path[i - 1] as number, path[i] as number];
        vertices.add(from);
        const nodes = chainOf(from, to)?.slice(1, -1) ?? [];
        if (nodes.length > 0) edges.push({ community, from, to, nodes });
      }
    }
  }
  return { vertices, edges };
}

/** Nodes that lie on two edges: there a stored area is thinner than a step, and its border came to lie on itself. */
function nodesOfSeveral(edges: readonly StoredEdge[]): Set<number> {
  const edgeOf = new Map<number, string>();
  const several = new Set<number>();
  for (const { from, to, nodes } of edges) {
    // Of two stored neighbours each has the edge in its own direction.
    const edge = `${Math.min(from, to)} ${Math.max(from, to)}`;
    for (const node of nodes) {
      if ((edgeOf.get(node) ?? edge) !== edge) several.add(node);
      edgeOf.set(node, edge);
    }
  }
  return several;
}

interface Borders {
  /** How many borders between different communities, or to nobody's land, end in a node. */
  readonly count: ReadonlyMap<number, number>;
  /** Nodes where a border of a new community ends. */
  readonly ofNew: ReadonlySet<number>;
  /** Points that are vertices of what is left. */
  readonly standing: ReadonlySet<number>;
}

function bordersAt({ edges, left, right }: AreaFaces, labels: readonly number[], firstFixed: number, nodes: ReadonlySet<number>): Borders {
  const count = new Map<number, number>();
  const ofNew = new Set<number>();
  const standing = new Set<number>();
  if (nodes.size === 0) return { count, ofNew, standing };
  const labelOf = (face: number): number => (face === OUTSIDE ? PENDING : (labels[face] as number));
  for (let edge = 0; edge < edges.size; edge++) {
    const [onLeft, onRight] = [labelOf(left[edge] as number), labelOf(right[edge] as number)];
    if (onLeft === onRight) continue;
    for (const end of [edges.xs[edge] as number, edges.ys[edge] as number]) {
      standing.add(end);
      if (!nodes.has(end)) continue;
      count.set(end, (count.get(end) ?? 0) + 1);
      if ([onLeft, onRight].some((label) => label !== PENDING && label < firstFixed)) ofNew.add(end);
    }
  }
  return { count, ofNew, standing };
}

/** Numbers of the edges that other vertices come so near to that they had better stay as noding left them. */
function crowdedEdges({ points: { xs, ys } }: AreaFaces, standing: ReadonlySet<number>, edges: readonly StoredEdge[]): Set<number> {
  const crowded = new Set<number>();
  if (edges.length === 0) return crowded;
  const index = new Flatbush(edges.length);
  for (const { from, to } of edges) {
    const { minX, minY, maxX, maxY } = grow(
      boxOfLine([xs[from] as number, ys[from] as number, xs[to] as number, ys[to] as number]),
      CROWDED_STEPS,
    );
    index.add(minX, minY, maxX, maxY);
  }
  index.finish();
  for (const point of standing) {
    const [x, y] = [xs[point] as number, ys[point] as number];
    for (const i of index.search(x, y, x, y)) {
      const { from, to, nodes } = edges[i] as StoredEdge;
      if (point === from || point === to || nodes.includes(point)) continue;
      const [ax, ay] = [xs[from] as number, ys[from] as number];
      const [dx, dy] = [(xs[to] as number) - ax, (ys[to] as number) - ay];
      if (Math.abs(dx * (y - ay) - dy * (x - ax)) < CROWDED_STEPS * Math.hypot(dx, dy)) crowded.add(i);
    }
  }
  return crowded;
}

function without({ points }: AreaFaces, area: MultiPolygon, dropped: ReadonlySet<number>): MultiPolygon {
  const isDropped = (x: number, y: number): boolean => {
    const id = points.find(x, y);
    return id !== undefined && dropped.has(id);
  };
  const thinned = (ring: Ring): Ring => {
    const left: number[] = [];
    for (let i = 0; i < ring.length; i += 2) {
      const [x, y] = [ring[i] as number, ring[i + 1] as number];
      if (!isDropped(x, y)) left.push(x, y);
    }
    return left;
  };
  return area.map((polygon): Polygon => canonicalPolygon(polygon.map(thinned))).sort(comparePolygons);
}

const pointAt = ({ points }: AreaFaces, id: number): LatticePoint => [points.xs[id] as number, points.ys[id] as number];
