// What newer outlines do to the blocks: kept, cut along the new border, retired, and new ones for what was gained.
import { boxesMeet, boxOf } from '../../coverage/box.ts';
import type { Line, MultiPolygon, Polygon } from '../../coverage/geometry.ts';
import { interiorPoint } from '../../coverage/locate.ts';
import { outlineOf } from '../../coverage/outline.ts';
import { PointIndex } from '../../coverage/point-index.ts';
import { polygonAreaM2 } from '../../geo/measure.ts';
import { groupBy } from '../../group-by.ts';
import { type BlockBuilding, buildBlocks } from '../blocks.ts';
import { PolygonIndex } from '../polygon-index.ts';
import { BLOCK_SLIVER, isSliver } from '../slivers.ts';
import { type Holder, type MovedArea, type MovedAreas, movedAreas } from './moved-areas.ts';
import { cutPieces, joinPieces, type Piece, wholePieces } from './pieces.ts';
import type { AddedBlock, AreaChange, BlockSplit, Reimport } from './reimport.ts';
import { isSameBorder } from './same-border.ts';
import type { Stored, StoredBlock } from './stored.ts';

/** A living block after the re-import; a negative id: it is new. */
export interface LivingBlock {
  readonly id: number;
  readonly community: string;
  readonly polygon: Polygon;
}

export type PlannedBlocks = Pick<Reimport, 'splits' | 'reshapes' | 'retired' | 'added' | 'outlines' | 'areas'> & {
  /** All communities, those that keep their outline included. */
  readonly living: readonly LivingBlock[];
};

export interface NewArea {
  readonly code: string;
  readonly name: string;
  readonly area: MultiPolygon;
}

/** Barriers and buildings tell how land that no community had becomes blocks; they do not re-block what there is. */
export interface OnTheLand {
  readonly barriers: readonly { readonly line: Line }[];
  readonly buildings: readonly BlockBuilding[];
}

/** `sameOutlines`: communities that are stored and keep their area. */
export function planBlocks(
  incoming: readonly NewArea[],
  stored: Pick<Stored, 'blocks' | 'communities'>,
  onTheLand: OnTheLand,
): PlannedBlocks & { readonly sameOutlines: ReadonlySet<string> } {
  const former = formerAreas(stored.blocks);
  const latter = possiblyChanged(incoming, former);
  const moved = movedAreas(former, latter);
  const touched = new Set(moved.areas.flatMap(({ from, to }) => [from, to]));
  const sameOutlines = new Set(incoming.map(({ code }) => code).filter((code) => former.has(code) && !touched.has(code)));
  if (moved.areas.length === 0) return { ...nothingMoved(stored.blocks), sameOutlines };
  const pieces = settledPieces(stored.blocks, latter, moved, onTheLand);
  const gained = joinPieces(
    pieces.filter(isGained),
    ({ polygon }) => isSliver(polygon, BLOCK_SLIVER),
    (piece, neighbour) => piece.holder === neighbour.holder,
  );
  const names = new Map([...stored.communities, ...incoming].map(({ code, name }) => [code, name]));
  return { ...outcome(stored.blocks, pieces, gained, moved, names), sameOutlines };
}

function formerAreas(blocks: readonly StoredBlock[]): Map<string, MultiPolygon> {
  const polygons = groupBy(blocks, ({ community }) => community);
  return new Map([...polygons].map(([code, own]) => [code, outlineOf(own.map(({ polygon }) => polygon))]));
}

function nothingMoved(blocks: readonly StoredBlock[]): PlannedBlocks {
  return { splits: [], reshapes: [], retired: [], added: [], outlines: {}, areas: [], living: blocks };
}

/** New areas of the communities with another border than before, and of those near them: what the one gives up another may receive. */
function possiblyChanged(incoming: readonly NewArea[], former: ReadonlyMap<string, MultiPolygon>): Map<string, MultiPolygon> {
  const boxes = incoming
    .filter(({ code, area }) => !isSameBorder(area, former.get(code) ?? []))
    .flatMap(({ code, area }) => [...area, ...(former.get(code) ?? [])])
    .map(boxOf);
  const isNear = (area: MultiPolygon): boolean => area.some((part) => boxes.some((box) => boxesMeet(box, boxOf(part))));
  return new Map(incoming.filter(({ area }) => isNear(area)).map(({ code, area }) => [code, area]));
}

const isGained = ({ block, holder }: Piece): boolean => holder !== null && holder !== block?.community;

/** The blocks and the land around, cut along the new borders; every piece with its holder, gained land in blocks. */
function settledPieces(
  blocks: readonly StoredBlock[],
  latter: ReadonlyMap<string, MultiPolygon>,
  moved: MovedAreas,
  onTheLand: OnTheLand,
): Piece[] {
  const whole = wholePieces(blocks, [...latter.values()].flat());
  const cut = cutPieces(whole, moved.borders, ({ holder }) => holder === null || latter.has(holder));
  const settled = withHolders(cut, moved.areas);
  const land = settled.filter((piece) => piece.block === null && piece.holder !== null);
  const isLand = new Set(land);
  return cutPieces(settled, bordersOnLand(land, onTheLand), (piece) => isLand.has(piece));
}

function withHolders(pieces: readonly Piece[], areas: readonly MovedArea[]): Piece[] {
  const index = new PolygonIndex(areas.map(({ polygon }) => polygon));
  return pieces.map((piece) => {
    const at = index.holding(interiorPoint(piece.polygon)).map((i) => areas[i] as MovedArea);
    const moved = at.find(({ from }) => from === piece.holder);
    return moved ? { ...piece, holder: moved.to } : piece;
  });
}

/** Where the borders between blocks run on land that no community had: as if it were imported for the first time. */
function bordersOnLand(land: readonly Piece[], { barriers, buildings }: OnTheLand): Line[] {
  if (land.length === 0) return [];
  const index = new PolygonIndex(land.map(({ polygon }) => polygon));
  const standing = buildings.filter(({ point }) => index.holding(point).length > 0);
  const { blocks } = buildBlocks(
    land.map(({ polygon }) => ({ area: [polygon] })),
    barriers,
    standing,
  );
  const points = new PointIndex();
  const leftOf = new Map<number, number>();
  const lines: Line[] = [];
  for (const { polygon, community } of blocks) {
    for (const ring of polygon) {
      const ids = Array.from({ length: ring.length / 2 }, (_, i) => points.idOf(ring[2 * i] as number, ring[2 * i + 1] as number));
      ids.forEach((from, i) => {
        const to = ids[(i + 1) % ids.length] as number;
        if (leftOf.get(points.edgeKey(to, from)) === community) {
          lines.push([points.xs[from] as number, points.ys[from] as number, points.xs[to] as number, points.ys[to] as number]);
        }
        leftOf.set(points.edgeKey(from, to), community);
      });
    }
  }
  return lines;
}

function outcome(
  blocks: readonly StoredBlock[],
  pieces: readonly Piece[],
  gained: readonly Piece[],
  { areas }: MovedAreas,
  names: ReadonlyMap<string, string>,
): PlannedBlocks {
  let fresh = -1;
  const planned = {
    splits: [] as BlockSplit[],
    reshapes: [] as Reimport['reshapes'][number][],
    retired: [] as Reimport['retired'][number][],
  };
  const living: LivingBlock[] = [];
  const parts = groupBy(pieces, ({ block }) => block);
  for (const block of blocks) {
    const { id, community } = block;
    const own = parts.get(block) ?? [];
    const staying = outlineOf(own.filter(({ holder }) => holder === community).map(({ polygon }) => polygon));
    const leaving = [...groupBy(own, ({ holder }) => holder)].filter(([holder]) => holder !== community);
    if (staying.length === 0) planned.retired.push({ block: id, community });
    else if (leaving.length === 0) {
      const polygon = own.length === 1 ? (own[0] as Piece).polygon : (staying[0] as Polygon);
      if (polygon !== block.polygon) planned.reshapes.push({ block: id, community, polygon });
      living.push({ id, community, polygon });
    } else {
      const left = leaving.flatMap(([, gone]) => outlineOf(gone.map(({ polygon }) => polygon)));
      const kept = staying.map((polygon) => ({ id: fresh--, polygon, stays: true }));
      planned.splits.push({ parent: id, community, parts: [...kept, ...left.map((polygon) => ({ id: fresh--, polygon, stays: false }))] });
      living.push(...kept.map((part) => ({ id: part.id, community, polygon: part.polygon })));
    }
  }
  const added = gained.map(({ polygon, holder }): AddedBlock => ({ id: fresh--, community: holder as string, polygon }));
  living.push(...added);
  return {
    ...planned,
    added,
    living,
    outlines: changedOutlines({ ...planned, added }, living),
    areas: areaChanges({ ...planned, added }, blocks, areas, names),
  };
}

type Planned = Pick<Reimport, 'splits' | 'reshapes' | 'retired' | 'added'>;

function changedOutlines({ splits, reshapes, retired, added }: Planned, living: readonly LivingBlock[]): Record<string, MultiPolygon> {
  const changed = new Set([...splits, ...reshapes, ...retired, ...added].map(({ community }) => community));
  const polygons = groupBy(
    living.filter(({ community }) => changed.has(community)),
    ({ community }) => community,
  );
  return Object.fromEntries([...changed].sort().map((code) => [code, outlineOf((polygons.get(code) ?? []).map(({ polygon }) => polygon))]));
}

/** Of the communities that are stored and do not keep their area. */
function areaChanges(
  { splits, retired, added }: Planned,
  blocks: readonly StoredBlock[],
  moved: readonly MovedArea[],
  names: ReadonlyMap<string, string>,
): AreaChange[] {
  const stored = groupBy(blocks, ({ community }) => community);
  const changed = new Set([...splits, ...retired, ...added].map(({ community }) => community).filter((code) => stored.has(code)));
  const countOf = (list: readonly { readonly community: string }[], code: string) =>
    list.filter(({ community }) => community === code).length;
  const sum = (code: Holder, side: 'from' | 'to') =>
    moved.reduce((total, area) => (area[side] === code ? total + polygonAreaM2(area.polygon) : total), 0);
  return [...changed].sort().map((community) => {
    const cut = countOf(splits, community);
    const kept = (stored.get(community)?.length ?? 0) - cut - countOf(retired, community);
    const [gainedM2, lostM2] = [sum(community, 'to'), sum(community, 'from')];
    return { community, name: names.get(community) ?? community, kept, cut, added: countOf(added, community), gainedM2, lostM2 };
  });
}
