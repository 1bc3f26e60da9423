// The geometric check, for files that are not noded: what no grid of a community covers, what two do, what lies outside.
import { boxesMeet, boxOf } from '../coverage/box.ts';
import { facesBetween } from '../coverage/faces.ts';
import type { Box, MultiPolygon, Polygon } from '../coverage/geometry.ts';
import { interiorPoint } from '../coverage/locate.ts';
import { closedLine } from '../coverage/ring.ts';
import { PolygonIndex } from '../import/polygon-index.ts';
import { measureOf } from '../import/slivers.ts';
import type { Tile } from './twin-edges.ts';

/**
 * Up to this mean width (twice the area over the perimeter, metres) a gap or overlap comes from rounding: vertices that are rounded to
 * the lattice, or that one neighbour has and the other has not. It is noted, not counted as an error.
 */
export const ROUNDING_WIDTH_M = 0.05;

/** Places of one kind with the same grids. `tiles`: the one that lies outside, or the two that overlap; none for a gap or for rounding. */
export interface Misfit {
  readonly kind: 'gap' | 'overlap' | 'inside';
  readonly tiles: readonly number[];
  readonly areaM2: number;
  /** Mean width of the widest place. */
  readonly widthM: number;
  /** The largest place first. */
  readonly boxes: readonly Box[];
}

/**
 * Misfits of a community, the widest first. `own`: its grids; `guests`: grids of others that may reach into it. Grids may cross
 * themselves: what lies in them is told by the even-odd rule.
 */
export function misfitsOf(area: MultiPolygon, tiles: readonly Tile[], own: readonly number[], guests: readonly number[]): Misfit[] {
  const box = joint(area.map(boxOf));
  const near = guests.filter((tile) => tiles[tile]?.polygons.some((polygon) => boxesMeet(boxOf(polygon), box)));
  const parts = [...own, ...near].flatMap((tile) => (tiles[tile] as Tile).polygons.map((polygon) => ({ tile, polygon })));
  const faces = facesBetween([...area, ...parts.map(({ polygon }) => polygon)].flat().map(closedLine));
  const holding = new PolygonIndex(parts.map(({ polygon }) => polygon));
  const inArea = new PolygonIndex(area);
  const mine = new Set(own);
  const places = faces.flatMap((face) => {
    const point = interiorPoint(face);
    const inside = inArea.holding(point).length > 0;
    const holders = holding.holding(point).map((part) => parts[part]?.tile as number);
    return misfitsAt(inside, holders, mine).map((misfit) => ({ ...misfit, face }));
  });
  return grouped(places).sort((a, b) => b.widthM - a.widthM);
}

type Kind = Pick<Misfit, 'kind' | 'tiles'>;

/** What is wrong in a face. A grid of another community in it is that grid's fault, and found there. */
function misfitsAt(inside: boolean, holders: readonly number[], mine: ReadonlySet<number>): Kind[] {
  const own = holders.filter((tile) => mine.has(tile)).sort((a, b) => a - b);
  if (own.length === 0) return inside && holders.length === 0 ? [{ kind: 'gap', tiles: [] }] : [];
  const overlaps = own.slice(1).map((tile): Kind => ({ kind: 'overlap', tiles: [own[0] as number, tile] }));
  const spills = inside ? [] : [...new Set(own)].map((tile): Kind => ({ kind: 'inside', tiles: [tile] }));
  return [...overlaps, ...spills];
}

function grouped(places: readonly (Kind & { face: Polygon })[]): Misfit[] {
  const groups = new Map<string, { kind: Kind; faces: { box: Box; areaM2: number; widthM: number }[] }>();
  for (const { kind, tiles, face } of places) {
    const measure = measureOf(face);
    // Rounding is kept apart: a hair along the border must not add to a hole in the middle. Whose it is does not matter.
    const whose = measure.widthM <= ROUNDING_WIDTH_M ? [] : tiles;
    const key = `${kind} ${whose.join(' ')} ${measure.widthM <= ROUNDING_WIDTH_M}`;
    const group = groups.get(key) ?? { kind: { kind, tiles: whose }, faces: [] };
    groups.set(key, group);
    group.faces.push({ ...measure, box: boxOf(face) });
  }
  return [...groups.values()].map(({ kind, faces }) => {
    faces.sort((a, b) => b.areaM2 - a.areaM2);
    return {
      ...kind,
      areaM2: faces.reduce((sum, { areaM2 }) => sum + areaM2, 0),
      widthM: faces.reduce((widest, { widthM }) => Math.max(widest, widthM), 0),
      boxes: faces.map(({ box }) => box),
    };
  });
}

function joint(boxes: readonly Box[]): Box {
  return {
    minX: Math.min(...boxes.map(({ minX }) => minX)),
    minY: Math.min(...boxes.map(({ minY }) => minY)),
    maxX: Math.max(...boxes.map(({ maxX }) => maxX)),
    maxY: Math.max(...boxes.map(({ maxY }) => maxY)),
  };
}
