// Makes the communities tile: slivers of overlap and gap go to a neighbour, larger ones are named and left to people.

import { facesBetween } from '../coverage/faces.ts';
import type { MultiPolygon, Polygon } from '../coverage/geometry.ts';
import { interiorPoint } from '../coverage/locate.ts';
import { outlineOf } from '../coverage/outline.ts';
import { bridgesAcrossGaps } from './bridges.ts';
import { PolygonIndex } from './polygon-index.ts';
import { closedLine } from './shapes.ts';
import { BORDER_SLIVER, isSliver, measureOf, PENDING, sharedBorders, spreadLabels } from './slivers.ts';

/** An area that no community has, or more than one. `place` in lattice steps; `communities` are positions in the input. */
export interface Misfit {
  readonly kind: 'gap' | 'overlap';
  readonly communities: readonly number[];
  /** Who got it; null: too large to be given away. */
  readonly givenTo: number | null;
  readonly areaM2: number;
  readonly widthM: number;
  readonly place: readonly [number, number];
}

export interface Tiling {
  /** The area of each community, edge-matched with its neighbours; empty where nothing is left of it. */
  readonly areas: readonly MultiPolygon[];
  readonly misfits: readonly Misfit[];
}

/** Below this an overlap or gap comes from rounding to the lattice and is not worth a word, in square metres. */
const SILENT_AREA_M2 = 0.5;

export function tileCommunities(communities: readonly (readonly Polygon[])[]): Tiling {
  const faces = facesBetween([...communities.flat(2).map(closedLine), ...bridgesAcrossGaps(communities)]);
  const owners = ownersOf(faces, communities);
  const borders = sharedBorders(faces);
  const labels = owners.map((own) => (own.length === 1 ? (own[0] as number) : PENDING));
  const slivers = faces.flatMap((face, i) => (labels[i] === PENDING && isSliver(face, BORDER_SLIVER) ? [i] : []));
  spreadLabels(labels, borders, slivers, (face, label) => {
    const own = owners[face] as number[];
    return own.length === 0 || own.includes(label);
  });
  // A sliver between overlaps only: any neighbour will do.
  spreadLabels(
    labels,
    borders,
    slivers.filter((face) => labels[face] === PENDING),
    () => true,
  );
  return { areas: areasOf(faces, labels, communities.length), misfits: misfitsOf(faces, owners, labels, borders) };
}

function ownersOf(faces: readonly Polygon[], communities: readonly (readonly Polygon[])[]): number[][] {
  const parts = communities.flatMap((polygons, community) => polygons.map((polygon) => ({ polygon, community })));
  const index = new PolygonIndex(parts.map(({ polygon }) => polygon));
  return faces.map((face) => {
    const holding = index.holding(interiorPoint(face)).map((part) => parts[part]?.community as number);
    return [...new Set(holding)];
  });
}

function areasOf(faces: readonly Polygon[], labels: readonly number[], communities: number): MultiPolygon[] {
  const facesOf = Array.from({ length: communities }, (): Polygon[] => []);
  faces.forEach((face, i) => {
    if (labels[i] !== PENDING) facesOf[labels[i] as number]?.push(face);
  });
  return facesOf.map(outlineOf);
}

function misfitsOf(
  faces: readonly Polygon[],
  owners: readonly number[][],
  labels: readonly number[],
  borders: readonly ReadonlyMap<number, number>[],
): Misfit[] {
  return faces.flatMap((face, i): Misfit[] => {
    const own = owners[i] as number[];
    if (own.length === 1) return [];
    const around = [...new Set([...(borders[i] as ReadonlyMap<number, number>).keys()].flatMap((other) => owners[other] as number[]))];
    const givenTo = labels[i] === PENDING ? null : (labels[i] as number);
    // A hole that one community drew itself is an enclave, not a gap.
    if (own.length === 0 && givenTo === null && around.length < 2) return [];
    const measure = measureOf(face);
    if (givenTo !== null && measure.areaM2 < SILENT_AREA_M2) return [];
    const communities = (own.length > 0 ? own : around).toSorted((a, b) => a - b);
    return [{ kind: own.length === 0 ? 'gap' : 'overlap', communities, givenTo, ...measure, place: interiorPoint(face) }];
  });
}
