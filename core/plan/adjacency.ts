// Which blocks share a border, edge by edge. Edge-matching (I2) makes this a matter of equal vertices.
import { PointIndex } from '../coverage/point-index.ts';
import type { Block } from './state.ts';

/** A straight piece of border. `right` is null on the outer border of the blocks given. Ends in lattice steps. */
export interface BorderEdge {
  readonly left: number;
  right: number | null;
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
}

/** All edges of the blocks, each once. */
export function borderEdges(blocks: Iterable<Pick<Block, 'id' | 'polygon'>>): BorderEdge[] {
  const edges: BorderEdge[] = [];
  const points = new PointIndex();
  const open = new Map<number, BorderEdge>();
  for (const block of blocks) {
    for (const ring of block.polygon) {
      let [ax, ay] = [ring[ring.length - 2] as number, ring[ring.length - 1] as number];
      let from = points.idOf(ax, ay);
      for (let i = 0; i < ring.length; i += 2) {
        const [bx, by] = [ring[i] as number, ring[i + 1] as number];
        const to = points.idOf(bx, by);
        const twin = open.get(points.edgeKey(to, from));
        if (twin) {
          twin.right = block.id;
          open.delete(points.edgeKey(to, from));
        } else {
          const edge: BorderEdge = { left: block.id, right: null, ax, ay, bx, by };
          edges.push(edge);
          open.set(points.edgeKey(from, to), edge);
        }
        [from, ax, ay] = [to, bx, by];
      }
    }
  }
  return edges;
}

/** Groups of blocks connected over the edges given. Blocks without an edge stand alone. */
export function connectedGroups(blocks: Iterable<number>, edges: Iterable<BorderEdge>): number[][] {
  const root = new Map<number, number>();
  for (const block of blocks) root.set(block, block);
  const find = (block: number): number => {
    let at = block;
    for (let up = root.get(at) as number; up !== at; up = root.get(at) as number) {
      root.set(at, root.get(up) as number);
      at = up;
    }
    return at;
  };
  for (const { left, right } of edges) {
    if (right === null || !root.has(left) || !root.has(right)) continue;
    root.set(find(left), find(right));
  }
  const groups = new Map<number, number[]>();
  for (const block of root.keys()) {
    const key = find(block);
    const group = groups.get(key);
    if (group) group.push(block);
    else groups.set(key, [block]);
  }
  return [...groups.values()];
}
