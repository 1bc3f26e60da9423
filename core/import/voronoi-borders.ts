// The lines midway between parts of a set of outlines: Voronoi edges of sampled outlines, joined to chains.
import { Delaunay } from 'd3-delaunay';
import { type Outline, segments } from './plane.ts';

/** Flat chain in metres: x0, y0, x1, y1, … */
export type Chain = readonly number[];

/** One edge midway between two samples, with the outlines that these belong to. */
export interface MiddleEdge {
  readonly ends: readonly [from: number, to: number];
  readonly between: readonly [number, number];
}

export interface MiddleEdges {
  /** Coordinates of the nodes that `ends` speaks of, flat. */
  readonly nodes: ArrayLike<number>;
  readonly edges: readonly MiddleEdge[];
}

/** Distance of the helper points around everything, in multiples of the extent: the lines run on far beyond it. */
const FRAME_EXTENTS = 10;

/**
 * Edges between samples of different parts, `spacingM` apart along the outlines. The lines reach beyond `extentM` from the origin, within
 * which all outlines lie.
 */
export function middleEdges(outlines: readonly Outline[], partOf: readonly number[], spacingM: number, extentM: number): MiddleEdges {
  const { points, outlineOf } = samples(outlines, spacingM);
  const reach = FRAME_EXTENTS * extentM;
  points.push(-reach, -reach, reach, -reach, reach, reach, -reach, reach);
  const delaunay = new Delaunay(Float64Array.from(points));
  const { triangles, halfedges } = delaunay;
  const edges: MiddleEdge[] = [];
  for (let edge = 0; edge < halfedges.length; edge++) {
    const opposite = halfedges[edge] as number;
    if (opposite < edge) continue;
    const a = outlineOf[triangles[edge] as number];
    const b = outlineOf[triangles[edge % 3 === 2 ? edge - 2 : edge + 1] as number];
    if (a === undefined || b === undefined || partOf[a] === partOf[b]) continue;
    edges.push({ ends: [Math.floor(edge / 3), Math.floor(opposite / 3)], between: [a, b] });
  }
  return { nodes: delaunay.voronoi().circumcenters, edges };
}

/** Samples of walls that lie on each other become one point; a hair apart they would throw the triangles off. A power of two is exact. */
const SAMPLE_GRID_PER_M = 1024;
const onSampleGrid = (metres: number): number => Math.round(metres * SAMPLE_GRID_PER_M) / SAMPLE_GRID_PER_M;

function samples(outlines: readonly Outline[], spacingM: number): { points: number[]; outlineOf: number[] } {
  const points: number[] = [];
  const outlineOf: number[] = [];
  outlines.forEach((outline, number) => {
    for (const [ax, ay, bx, by] of outline.rings.flatMap(segments)) {
      const steps = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / spacingM));
      for (let i = 0; i < steps; i++) {
        points.push(onSampleGrid(ax + ((bx - ax) * i) / steps), onSampleGrid(ay + ((by - ay) * i) / steps));
        outlineOf.push(number);
      }
    }
  });
  return { points, outlineOf };
}

/** Joins edges to chains that end where three or more meet. */
export function chainsOf({ nodes, edges }: MiddleEdges): Chain[] {
  const edgesAt = new Map<number, number[]>();
  edges.forEach(({ ends }, number) => {
    for (const node of ends) edgesAt.set(node, [...(edgesAt.get(node) ?? []), number]);
  });
  const used = new Set<number>();
  const follow = (start: number, first: number): Chain => {
    const chain = [nodes[2 * start] as number, nodes[2 * start + 1] as number];
    let node = start;
    for (let edge: number | undefined = first; edge !== undefined; ) {
      used.add(edge);
      const [from, to] = (edges[edge] as MiddleEdge).ends;
      node = from === node ? to : from;
      chain.push(nodes[2 * node] as number, nodes[2 * node + 1] as number);
      const here: number[] = edgesAt.get(node) ?? [];
      edge = here.length === 2 ? here.find((next) => !used.has(next)) : undefined;
    }
    return chain;
  };
  const chains: Chain[] = [];
  const begin = (node: number, here: readonly number[]) => {
    for (const edge of here) if (!used.has(edge)) chains.push(follow(node, edge));
  };
  for (const [node, here] of edgesAt) if (here.length !== 2) begin(node, here);
  // What is left are closed chains.
  for (const [node, here] of edgesAt) begin(node, here);
  return chains;
}
