// Which buildings a border would run through: footprints whose inside it meets.
import Flatbush from 'flatbush';
import { boxOf } from '../../core/coverage/box.ts';
import type { Polygon } from '../../core/coverage/geometry.ts';
import { locate } from '../../core/coverage/locate.ts';
import type { Building } from '../../core/plan/state.ts';

/** A straight piece of border in lattice steps. */
export interface Piece {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
}

export interface FootprintIndex {
  /** Ids of the buildings that the pieces run through; touching a wall is not running through. */
  readonly cutBy: (pieces: Iterable<Piece>) => number[];
}

export function footprintIndex(buildings: Iterable<Building>): FootprintIndex {
  const known: { id: number; footprint: Polygon }[] = [];
  for (const { id, footprint } of buildings) if (footprint !== null && footprint.length > 0) known.push({ id, footprint });
  if (known.length === 0) return { cutBy: () => [] };
  const boxes = new Flatbush(known.length);
  for (const { footprint } of known) {
    const { minX, minY, maxX, maxY } = boxOf(footprint);
    boxes.add(minX, minY, maxX, maxY);
  }
  boxes.finish();
  return {
    cutBy: (pieces) => {
      const found = new Set<number>();
      for (const piece of pieces) {
        const { ax, ay, bx, by } = piece;
        for (const at of boxes.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))) {
          const building = known[at];
          if (building !== undefined && !found.has(building.id) && runsThrough(piece, building.footprint)) found.add(building.id);
        }
      }
      return [...found];
    },
  };
}

/** Whether the piece meets the inside: one of its stretches between the walls lies inside. */
function runsThrough({ ax, ay, bx, by }: Piece, footprint: Polygon): boolean {
  const shares = [0, 1];
  for (const ring of footprint) {
    for (let i = 0; i < ring.length; i += 2) {
      const next = (i + 2) % ring.length;
      const [cx, cy, dx, dy] = [ring[i] as number, ring[i + 1] as number, ring[next] as number, ring[next + 1] as number];
      const across = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
      if (across === 0) continue;
      const share = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / across;
      if (share > 0 && share < 1) shares.push(share);
    }
  }
  shares.sort((a, b) => a - b);
  return shares.slice(1).some((share, i) => {
    const middle = (share + (shares[i] as number)) / 2;
    return locate([ax + (bx - ax) * middle, ay + (by - ay) * middle], footprint) === 'inside';
  });
}
