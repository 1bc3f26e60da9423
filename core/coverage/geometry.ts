// Shapes of the coverage: integers on the lattice of 1e-7 degree (I4), about 1 cm; compared exactly, never with a tolerance.

/** Lattice steps in one degree. */
export const LATTICE_STEPS_PER_DEGREE = 1e7;

/** Longitude and latitude in lattice steps. */
export type LatticePoint = readonly [x: number, y: number];

/** Open chain of lattice points, flat: x0, y0, x1, y1, … */
export type Line = readonly number[];

/** Closed chain without the repeated end, flat: outer rings counter-clockwise, holes clockwise. */
export type Ring = readonly number[];

/** Outer ring first, then its holes. */
export type Polygon = readonly Ring[];

/** Polygons with disjoint interiors. */
export type MultiPolygon = readonly Polygon[];

/** Axis-parallel box in lattice steps. */
export interface Box {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}
