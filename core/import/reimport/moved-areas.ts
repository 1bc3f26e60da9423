// The areas that change hands when communities get newer outlines, and the new borders through what was one community's before.
import { boxesMeet, boxOf } from '../../coverage/box.ts';
import { facesBetween } from '../../coverage/faces.ts';
import type { Line, MultiPolygon, Polygon } from '../../coverage/geometry.ts';
import { interiorPoint } from '../../coverage/locate.ts';
import { PointIndex } from '../../coverage/point-index.ts';
import { closedLine } from '../../coverage/ring.ts';
import { PolygonIndex } from '../polygon-index.ts';
import { isSliver, type SliverMeasure, sharedBorders } from '../slivers.ts';

/** null: no community. */
export type Holder = string | null;

export interface MovedArea {
  readonly polygon: Polygon;
  readonly from: Holder;
  readonly to: Holder;
}

export interface MovedAreas {
  readonly areas: readonly MovedArea[];
  /** Borders that were not there: on both sides one former holder, but different ones now. */
  readonly borders: readonly Line[];
}

/** Thinner or smaller than this it is the noding of two imports that differs, not the border. */
const NODING_SLIVER: SliverMeasure = { areaM2: 1, widthM: 0.1 };

interface Face {
  readonly polygon: Polygon;
  readonly from: Holder;
  to: Holder;
}

/**
 * `former`: areas as stored, by code, of all communities around; `latter`: the new areas of those that get one. Nobody else gives or
 * takes: where a new area would lie in one of the others, that one keeps it.
 */
export function movedAreas(former: ReadonlyMap<string, MultiPolygon>, latter: ReadonlyMap<string, MultiPolygon>): MovedAreas {
  const around = [...latter].flatMap(([code, area]) => [...area, ...(former.get(code) ?? [])]).map(boxOf);
  const near = [...former].filter(([, area]) => area.some((part) => around.some((box) => boxesMeet(box, boxOf(part)))));
  const formerAt = holderIndex(near);
  const latterAt = holderIndex([...latter]);
  const lines = [...near.map(([, area]) => area), ...latter.values()].flat(2).map(closedLine);
  const slivers = new Set<Face>();
  const faces = facesBetween(lines).map((polygon): Face => {
    const at = interiorPoint(polygon);
    const [from, to] = [formerAt(at), latterAt(at)];
    const face = { polygon, from, to: from !== null && !latter.has(from) ? from : to };
    // What a new community brings was noded once only.
    const isNew = from === null && to !== null && !former.has(to);
    if (!isNew && isSliver(polygon, NODING_SLIVER)) slivers.add(face);
    return face;
  });
  settleSlivers(faces, slivers);
  return { areas: faces.filter(({ from, to }) => from !== to), borders: newBorders(faces) };
}

function holderIndex(areas: readonly (readonly [string, MultiPolygon])[]): (place: readonly [number, number]) => Holder {
  const parts = areas.flatMap(([code, area]) => area.map((polygon) => ({ code, polygon })));
  const index = new PolygonIndex(parts.map(({ polygon }) => polygon));
  return (place) => parts[index.holding(place)[0] ?? -1]?.code ?? null;
}

/** A sliver stays whose it was; one that was nobody's goes with the gained area beside it, or a thread of nothing would be left. */
function settleSlivers(faces: readonly Face[], slivers: ReadonlySet<Face>): void {
  if (slivers.size === 0) return;
  const borders = sharedBorders(faces.map(({ polygon }) => polygon));
  const gained = (face: Face): boolean => face.from === null && face.to !== null && !slivers.has(face);
  const settled = faces.map((face, i): Holder => {
    if (!slivers.has(face)) return face.to;
    if (face.from !== null) return face.from;
    const beside = [...(borders[i] as ReadonlyMap<number, number>)].filter(([other]) => gained(faces[other] as Face));
    const longest = beside.toSorted(([, a], [, b]) => b - a)[0];
    return longest ? (faces[longest[0]] as Face).to : null;
  });
  faces.forEach((face, i) => {
    face.to = settled[i] as Holder;
  });
}

const NOWHERE: Pick<Face, 'from' | 'to'> = { from: null, to: null };

function newBorders(faces: readonly Face[]): Line[] {
  const points = new PointIndex();
  const edges = faces.flatMap((face) =>
    face.polygon.flatMap((ring) => {
      const ids = Array.from({ length: ring.length / 2 }, (_, i) => points.idOf(ring[2 * i] as number, ring[2 * i + 1] as number));
      return ids.map((from, i) => ({ face, from, to: ids[(i + 1) % ids.length] as number }));
    }),
  );
  const leftOf = new Map(edges.map(({ face, from, to }) => [points.edgeKey(from, to), face]));
  return edges.flatMap(({ face, from, to }) => {
    const beyond = leftOf.get(points.edgeKey(to, from));
    // Each edge once: from the one side, or from the only one.
    if ((beyond && from > to) || face.from !== (beyond ?? NOWHERE).from || face.to === (beyond ?? NOWHERE).to) return [];
    return [[points.xs[from], points.ys[from], points.xs[to], points.ys[to]] as Line];
  });
}
