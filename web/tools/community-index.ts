// Looks things up in the community being edited: which block and grid is under the hand, what lies along a line.
import Flatbush from 'flatbush';
import type { BlockFeature, GridFeature } from '../../core/api/messages.ts';
import type { ActiveCommunity } from '../state/workspace.ts';
import { type SnapIndex, snapIndex } from './snap.ts';
import type { Position } from './tool.ts';

/** Points looked at along a line to find the grid it runs through most. */
const SAMPLES_PER_LINE = 96;
/** A selected grid is meant when at least this share of the line runs through it: more than a brush with its corner. */
const SELECTED_SHARE = 0.02;

export interface CommunityIndex {
  readonly active: ActiveCommunity;
  readonly snap: SnapIndex;
  readonly block: (id: number) => BlockFeature | undefined;
  readonly grid: (id: number) => GridFeature | undefined;
  /** The block under a point; null: outside the community. */
  readonly blockAt: (position: Position) => BlockFeature | null;
  /** The thematic grids aside, the grid under a point. */
  readonly gridAt: (position: Position) => number | null;
  /** The grid that a line through several would cut: the selected one if the line crosses it, otherwise the one it runs through longest. */
  readonly gridAlong: (line: readonly Position[], selected: number | null) => number | null;
}

/** Builds the index; takes a few milliseconds for some thousand features. */
export function communityIndex(active: ActiveCommunity): CommunityIndex {
  const blocks = active.blocks.features;
  const blockOf = new Map(blocks.map((feature) => [feature.properties.id, feature]));
  const gridOf = new Map(active.grids.features.map((feature) => [feature.properties.id, feature]));
  const boxes = blocks.length === 0 ? null : boxIndex(blocks);

  const blockAt = (position: Position): BlockFeature | null => {
    for (const at of boxes?.search(position[0], position[1], position[0], position[1]) ?? []) {
      const block = blocks[at];
      if (block !== undefined && isInside(position, block.geometry.coordinates)) return block;
    }
    return null;
  };

  const gridAt = (position: Position): number | null => blockAt(position)?.properties.grid ?? null;

  const gridAlong = (line: readonly Position[], selected: number | null): number | null => {
    const seen = new Map<number | null, number>();
    const points = samplesAlong(line, SAMPLES_PER_LINE);
    for (const point of points) {
      const block = blockAt(point);
      if (block !== null) seen.set(block.properties.grid, (seen.get(block.properties.grid) ?? 0) + 1);
    }
    if (selected !== null && (seen.get(selected) ?? 0) >= points.length * SELECTED_SHARE) return selected;
    let best: number | null = null;
    let most = 0;
    for (const [grid, count] of seen) if (count > most) [best, most] = [grid, count];
    return best;
  };

  return {
    active,
    snap: snapIndex(active),
    block: (id) => blockOf.get(id),
    grid: (id) => gridOf.get(id),
    blockAt,
    gridAt,
    gridAlong,
  };
}

function boxIndex(blocks: readonly BlockFeature[]): Flatbush {
  const index = new Flatbush(blocks.length);
  for (const { geometry } of blocks) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [x = 0, y = 0] of geometry.coordinates[0] ?? []) {
      west = Math.min(west, x);
      south = Math.min(south, y);
      east = Math.max(east, x);
      north = Math.max(north, y);
    }
    index.add(west, south, east, north);
  }
  index.finish();
  return index;
}

/** Whether a point lies in a polygon of GeoJSON rings; on the border either answer may come. */
export function isInside([x, y]: Position, rings: readonly (readonly (readonly number[])[])[]): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ax = 0, ay = 0] = ring[i] ?? [];
      const [bx = 0, by = 0] = ring[j] ?? [];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

/** About `count` points spread evenly along a line, ends left out. */
export function samplesAlong(line: readonly Position[], count: number): Position[] {
  const lengths = line.slice(1).map((to, i) => distance(line[i] ?? to, to));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total === 0) return [];
  const samples: Position[] = [];
  let walked = 0;
  let segment = 0;
  for (let i = 0; i < count; i++) {
    const target = (total * (i + 0.5)) / count;
    while (segment < lengths.length - 1 && walked + (lengths[segment] ?? 0) < target) walked += lengths[segment++] ?? 0;
    const [from, to] = [line[segment], line[segment + 1]];
    const length = lengths[segment] ?? 0;
    if (from === undefined || to === undefined || length === 0) continue;
    const share = (target - walked) / length;
    samples.push([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]);
  }
  return samples;
}

const distance = (a: Position, b: Position): number => Math.hypot(b[0] - a[0], b[1] - a[1]);
