// The stored blocks being cut by new borders, with the land around them that no community has: always edge-matched (I2).
import { boxOf } from '../../coverage/box.ts';
import { cutBlocks } from '../../coverage/cut.ts';
import type { Line, Polygon, Ring } from '../../coverage/geometry.ts';
import { outlineOf } from '../../coverage/outline.ts';
import { PENDING, sharedBorders, spreadLabels } from '../slivers.ts';
import type { Holder } from './moved-areas.ts';
import type { StoredBlock } from './stored.ts';

export interface Piece {
  readonly polygon: Polygon;
  /** The stored block that it is, or is a part of; null: land that no community had, or parts of several blocks. */
  readonly block: StoredBlock | null;
  /** Whose it is now. */
  readonly holder: Holder;
}

/** How far the land around reaches beyond everything, in lattice steps. */
const MARGIN_STEPS = 1_000;
/** Longer edges could not be noded. */
const MAX_EDGE_STEPS = 2 ** 24;

/** The blocks whole, and the land between and around them. `beyond`: what else the land has to reach around. */
export function wholePieces(blocks: readonly StoredBlock[], beyond: readonly Polygon[]): Piece[] {
  const land = outlineOf([
    frameAround([...blocks.map(({ polygon }) => polygon), ...beyond]),
    ...blocks.map(({ polygon }) => turned(polygon)),
  ]);
  return [
    ...blocks.map((block): Piece => ({ polygon: block.polygon, block, holder: block.community })),
    ...land.map((polygon): Piece => ({ polygon, block: null, holder: null })),
  ];
}

/** Cuts those pieces that may be cut along lines; the others receive vertices. */
export function cutPieces(pieces: readonly Piece[], lines: readonly Line[], mayBeCut: (piece: Piece) => boolean): Piece[] {
  if (lines.length === 0) return [...pieces];
  const { splits, reshapes } = cutBlocks({
    blocks: pieces.map(({ polygon }, id) => ({ id, polygon })),
    targets: new Set(pieces.flatMap((piece, id) => (mayBeCut(piece) ? [id] : []))),
    lines,
  });
  const parts = new Map<number, readonly Polygon[]>([
    ...splits.map(({ id, faces }) => [id, faces] as const),
    ...reshapes.map(({ id, polygon }) => [id, [polygon]] as const),
  ]);
  return pieces.flatMap((piece, id) => parts.get(id)?.map((polygon): Piece => ({ ...piece, polygon })) ?? [piece]);
}

/** Joins pieces to the neighbour with the longest border among those that they may join; where there is none they stay. */
export function joinPieces(
  pieces: readonly Piece[],
  shouldJoin: (piece: Piece) => boolean,
  mayJoin: (piece: Piece, neighbour: Piece) => boolean,
): Piece[] {
  const loose = pieces.flatMap((piece, i) => (shouldJoin(piece) ? [i] : []));
  if (loose.length === 0) return [...pieces];
  const borders = sharedBorders(pieces.map(({ polygon }) => polygon));
  const labels = pieces.map((_, i) => i);
  for (const i of loose) labels[i] = PENDING;
  spreadLabels(labels, borders, loose, (i, label) => mayJoin(pieces[i] as Piece, pieces[label] as Piece));
  const groups = new Map<number, Piece[]>();
  labels.forEach((label, i) => {
    const key = label === PENDING ? i : label;
    groups.set(key, [...(groups.get(key) ?? []), pieces[i] as Piece]);
  });
  return [...groups.values()].flatMap((group) => (group.length === 1 ? group : joined(group)));
}

function joined(group: readonly Piece[]): Piece[] {
  const [{ block, holder }] = group as [Piece];
  const origin = group.every((piece) => piece.block === block) ? block : null;
  return outlineOf(group.map(({ polygon }) => polygon)).map((polygon) => ({ polygon, block: origin, holder }));
}

const turned = (polygon: Polygon): Polygon => polygon.map(turnedRing);

function turnedRing(ring: Ring): Ring {
  return Array.from({ length: ring.length }, (_, i) => ring[ring.length - 2 - i + 2 * (i % 2)] as number);
}

function frameAround(polygons: readonly Polygon[]): Polygon {
  const boxes = polygons.map(boxOf);
  const edge = (side: 'minX' | 'minY' | 'maxX' | 'maxY'): number[] => boxes.map((box) => box[side]);
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity) - MARGIN_STEPS;
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity) + MARGIN_STEPS;
  const [west, south, east, north] = [least(edge('minX')), least(edge('minY')), most(edge('maxX')), most(edge('maxY'))];
  const corners = [west, south, east, south, east, north, west, north];
  return [corners.flatMap((_, i) => (i % 2 === 0 ? stepsTo(corners, i) : []))];
}

/** A corner of the frame, and as many points as keep the way to the next one short enough. */
function stepsTo(corners: readonly number[], i: number): number[] {
  const [ax, ay] = [corners[i] as number, corners[i + 1] as number];
  const [bx, by] = [corners[(i + 2) % 8] as number, corners[(i + 3) % 8] as number];
  const parts = Math.ceil(Math.max(Math.abs(bx - ax), Math.abs(by - ay)) / MAX_EDGE_STEPS);
  return Array.from({ length: parts }, (_, part) => [
    Math.round(ax + ((bx - ax) * part) / parts),
    Math.round(ay + ((by - ay) * part) / parts),
  ]).flat();
}
