// Degrees ⇄ lattice steps (I4), for numbers, lines and GeoJSON areas: rounded once at the door, never again.
import { LATTICE_STEPS_PER_DEGREE, type Line, type MultiPolygon, type Polygon, type Ring } from './geometry.ts';
import { directedRing, withArea } from './ring.ts';

type Position = readonly number[];

/** Nearest lattice step. Inverse: `toDegrees`. */
export function toLattice(degrees: number): number {
  // + 0 turns -0 into 0: the two are one place, but not one text and not one hash.
  return Math.round(degrees * LATTICE_STEPS_PER_DEGREE) + 0;
}

/** The double nearest to the step's decimal value, so that it prints with at most seven digits. Inverse: `toLattice`. */
export function toDegrees(steps: number): number {
  return steps / LATTICE_STEPS_PER_DEGREE;
}

/** Positions in degrees to a line; points that fall on the same step as their predecessor are dropped. */
export function latticeLine(positions: readonly Position[]): Line {
  const line: number[] = [];
  for (const position of positions) {
    const x = toLattice(position[0] as number);
    const y = toLattice(position[1] as number);
    if (x !== line[line.length - 2] || y !== line[line.length - 1]) line.push(x, y);
  }
  return line;
}

/**
 * Coordinates of a GeoJSON Polygon to a polygon with the ring directions of this room. Holes that vanish in the rounding are
 * dropped; a polygon whose outer ring vanishes is empty (no rings). Inverse: `geojsonPolygon`.
 */
export function latticePolygon(coordinates: readonly (readonly Position[])[]): Polygon {
  const [outer, ...holes] = coordinates.map(latticeRing);
  if (outer === undefined || !withArea(outer)) return [];
  return [directedRing(outer, true), ...holes.filter(withArea).map((hole) => directedRing(hole, false))];
}

/** Coordinates of a GeoJSON Polygon, rings closed. */
export function geojsonPolygon(polygon: Polygon): number[][][] {
  return polygon.map((ring) => {
    const positions: number[][] = [];
    for (let i = 0; i < ring.length; i += 2) positions.push([toDegrees(ring[i] as number), toDegrees(ring[i + 1] as number)]);
    positions.push([toDegrees(ring[0] as number), toDegrees(ring[1] as number)]);
    return positions;
  });
}

/** Coordinates of a GeoJSON MultiPolygon. */
export function geojsonMultiPolygon(multiPolygon: MultiPolygon): number[][][][] {
  return multiPolygon.map(geojsonPolygon);
}

function latticeRing(positions: readonly Position[]): Ring {
  const line = latticeLine(positions);
  const closed = line.length >= 4 && line[0] === line[line.length - 2] && line[1] === line[line.length - 1];
  return closed ? line.slice(0, -2) : line;
}
