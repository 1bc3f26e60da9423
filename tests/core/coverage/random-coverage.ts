// Random coverages for the property tests: communities of blocks with enclaves, exclaves and borders through vertices.
import fc from 'fast-check';
import type { CutBlock } from '../../../core/coverage/cut.ts';
import { facesBetween } from '../../../core/coverage/faces.ts';
import type { Line } from '../../../core/coverage/geometry.ts';
import { interiorPoint, locate } from '../../../core/coverage/locate.ts';

export interface CommunityBlock extends CutBlock {
  readonly community: number;
}

/** What a coverage is made of; lists of numbers so that fast-check can shrink it. */
export interface Recipe {
  /** Side of the square that the coverage lies in, lattice steps. */
  readonly size: number;
  readonly streets: readonly Line[];
  /** Community of each face in turn; 0: a face that is never a target, or an enclave. */
  readonly communities: readonly number[];
}

/** The south-west corner: real coordinates, so that arithmetic meets numbers of real size. */
const WEST = 998_000_000;
const SOUTH = 394_000_000;

/** A line anywhere in and around a square, now and then with a repeated point. */
export function lineIn(size: number, points: { min: number; max: number }): fc.Arbitrary<Line> {
  const along = fc.integer({ min: -Math.floor(size / 8), max: Math.floor((size * 9) / 8) });
  const point = fc.tuple(along, along).map(([x, y]) => [WEST + x, SOUTH + y]);
  return fc
    .array(fc.tuple(point, fc.integer({ min: 0, max: 9 })), { minLength: points.min, maxLength: points.max })
    .map((steps) => steps.flatMap(([at, again]) => (again === 0 ? [...at, ...at] : at)));
}

export function recipeOf(size: number): fc.Arbitrary<Recipe> {
  return fc.record({
    size: fc.constant(size),
    streets: fc.array(lineIn(size, { min: 2, max: 5 }), { minLength: 1, maxLength: 10 }),
    communities: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 40 }),
  });
}

/** The faces between the streets and the frame: they tile the square. */
export function tilingOf(recipe: Recipe): CommunityBlock[] {
  const [west, south, east, north] = [WEST, SOUTH, WEST + recipe.size, SOUTH + recipe.size];
  const frame = [west, south, east, south, east, north, west, north, west, south];
  const square = [frame.slice(0, -2)];
  const faces = facesBetween([frame, ...recipe.streets]).filter((face) => locate(interiorPoint(face), square) === 'inside');
  return faces.map((polygon, i) => ({ id: i + 1, community: recipe.communities[i % recipe.communities.length] as number, polygon }));
}

/** The same without the faces of community 0: communities with enclaves and in several parts. */
export function patchworkOf(recipe: Recipe): CommunityBlock[] {
  return tilingOf(recipe).filter((block) => block.community > 0);
}
