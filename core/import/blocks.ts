// Builds the blocks: faces between community borders and barriers, slivers merged, large blocks divided between buildings.

import { boxOf } from '../coverage/box.ts';
import { facesBetween } from '../coverage/faces.ts';
import type { LatticePoint, Line, MultiPolygon, Polygon } from '../coverage/geometry.ts';
import { interiorPoint } from '../coverage/locate.ts';
import { outlineOf } from '../coverage/outline.ts';
import { closedLine } from '../coverage/ring.ts';
import { polygonAreaM2 } from '../geo/measure.ts';
import { groupBy } from '../group-by.ts';
import { MAX_BLOCK_HOUSEHOLDS } from './bisect.ts';
import { dividingLines, type Standing } from './divide-block.ts';
import { PolygonIndex } from './polygon-index.ts';
import { BLOCK_SLIVER, isSliver, PENDING, sharedBorders, spreadLabels } from './slivers.ts';

export interface BlockCommunity {
  /** Edge-matched with its neighbours. */
  readonly area: MultiPolygon;
}

export interface BlockBuilding {
  readonly point: LatticePoint;
  readonly footprint: Polygon | null;
  readonly households: number;
  readonly population: number;
}

export interface BuiltBlock {
  /** Position in the communities. */
  readonly community: number;
  readonly polygon: Polygon;
  readonly households: number;
  readonly population: number;
  readonly buildings: number;
}

export interface BuiltBlocks {
  readonly blocks: readonly BuiltBlock[];
  /** For each building the position of its block. */
  readonly blockOf: readonly number[];
}

/** A polygon and the number of the area it was cut from. */
interface Face {
  readonly polygon: Polygon;
  readonly parent: number;
}

/**
 * Tiles every community with blocks, edge-matched within and across communities (I1, I2). Every building lies in a community. A block
 * has more than 120 households only where no border can pass between its buildings. Pure; `onProgress` is told the share done, 0–1.
 */
export function buildBlocks(
  communities: readonly BlockCommunity[],
  barriers: readonly { readonly line: Line }[],
  buildings: readonly BlockBuilding[],
  onProgress: (fraction: number) => void = () => {},
): BuiltBlocks {
  const rough = betweenBarriers(
    communities,
    barriers.map(({ line }) => line),
  );
  onProgress(0.4);
  const roughOf = housed(rough, buildings);
  const fine = divided(rough, roughOf, buildings, (fraction) => onProgress(0.4 + 0.4 * fraction));
  onProgress(0.95);
  return counted(rough, fine, housed(fine, buildings, roughOf), buildings);
}

/** Faces between borders and barriers; parent: the community. */
function betweenBarriers(communities: readonly BlockCommunity[], barriers: readonly Line[]): Face[] {
  const areas = communities.flatMap(({ area }, parent) => area.map((polygon): Face => ({ polygon, parent })));
  const faces = facesWithin(areas, barriers);
  const labels = faces.map(({ polygon }, i) => (isSliver(polygon, BLOCK_SLIVER) ? PENDING : i));
  return merged(faces, labels);
}

/** Divides what has too many households; parent: the rough block. */
function divided(
  rough: readonly Face[],
  roughOf: readonly number[],
  buildings: readonly BlockBuilding[],
  onProgress: (fraction: number) => void,
): Face[] {
  const whole = rough.map(({ polygon }, parent): Face => ({ polygon, parent }));
  const lines = linesThroughLarge(rough, roughOf, buildings, onProgress);
  if (lines.length === 0) return whole;
  const parts = facesWithin(whole, lines);
  // A part without a building was cut off behind a corner; a block without buildings has one part.
  const inhabited = new Set(housed(parts, buildings, roughOf));
  const inhabitedParents = new Set([...inhabited].map((part) => parts[part]?.parent));
  const labels = parts.map(({ parent }, i) => (inhabited.has(i) || !inhabitedParents.has(parent) ? i : PENDING));
  return merged(parts, labels);
}

function linesThroughLarge(
  rough: readonly Face[],
  roughOf: readonly number[],
  buildings: readonly BlockBuilding[],
  onProgress: (fraction: number) => void,
): Line[] {
  const households = rough.map(() => 0);
  roughOf.forEach((block, i) => {
    households[block] = (households[block] as number) + (buildings[i] as BlockBuilding).households;
  });
  const footprints = new PolygonIndex(buildings.map(({ point, footprint }) => footprint ?? [[...point]]));
  return rough.flatMap(({ polygon }, block) => {
    onProgress(block / rough.length);
    if ((households[block] as number) <= MAX_BLOCK_HOUSEHOLDS) return [];
    const { minX, minY, maxX, maxY } = boxOf(polygon);
    const standing = footprints.near(minX, minY, maxX, maxY).map((i): Standing => {
      const building = buildings[i] as BlockBuilding;
      return roughOf[i] === block ? building : { ...building, households: 0 };
    });
    return dividingLines(polygon, standing);
  });
}

/** Nodes areas and lines together; a face belongs to the area that holds it, faces in none are left out. */
function facesWithin(areas: readonly Face[], lines: readonly Line[]): Face[] {
  const index = new PolygonIndex(areas.map(({ polygon }) => polygon));
  return facesBetween([...areas.flatMap(({ polygon }) => polygon.map(closedLine)), ...lines]).flatMap((polygon) => {
    const area = areas[index.holding(interiorPoint(polygon))[0] ?? -1];
    return area ? [{ polygon, parent: area.parent }] : [];
  });
}

/** Merges pending faces into a neighbour of the same parent; where all are pending the largest stands for the rest. */
function merged(faces: readonly Face[], labels: number[]): Face[] {
  const polygons = faces.map(({ polygon }) => polygon);
  const borders = sharedBorders(polygons);
  const areas = polygons.map((polygon) => polygonAreaM2(polygon));
  const isPending = (face: number) => labels[face] === PENDING;
  let pending = faces
    .map((_, i) => i)
    .filter(isPending)
    .sort((a, b) => (areas[a] as number) - (areas[b] as number));
  while (pending.length > 0) {
    spreadLabels(labels, borders, pending, (face, label) => faces[face]?.parent === faces[label]?.parent);
    pending = pending.filter(isPending);
    const largest = pending.pop();
    if (largest !== undefined) labels[largest] = largest;
  }
  const members = groupBy([...labels.keys()], (face) => labels[face] as number);
  return [...members].flatMap(([label, group]) => {
    const parent = (faces[label] as Face).parent;
    const parts =
      group.length === 1 ? [polygons[group[0] as number] as Polygon] : outlineOf(group.map((face) => polygons[face] as Polygon));
    return parts.map((polygon) => ({ polygon, parent }));
  });
}

/** For each building the face that holds its point; on a border, with `parentOf`, the one that came from the parent it was in before. */
function housed(faces: readonly Face[], buildings: readonly BlockBuilding[], parentOf?: readonly number[]): number[] {
  const index = new PolygonIndex(faces.map(({ polygon }) => polygon));
  return buildings.map(({ point }, i) => {
    const holding = index.holding(point);
    return holding.find((face) => faces[face]?.parent === parentOf?.[i]) ?? holding[0] ?? index.nearest(point);
  });
}

function counted(
  rough: readonly Face[],
  fine: readonly Face[],
  blockOf: readonly number[],
  buildings: readonly BlockBuilding[],
): BuiltBlocks {
  const counts = fine.map(() => ({ households: 0, population: 0, buildings: 0 }));
  blockOf.forEach((block, i) => {
    const count = counts[block] as (typeof counts)[number];
    const building = buildings[i] as BlockBuilding;
    count.households += building.households;
    count.population += building.population;
    count.buildings += 1;
  });
  const blocks = fine.map(({ polygon, parent }, i): BuiltBlock => {
    return { community: (rough[parent] as Face).parent, polygon, ...(counts[i] as (typeof counts)[number]) };
  });
  return { blocks, blockOf };
}
