// A flat frame in metres around one place: for distances and directions within a few kilometres, not for areas that are stored.
import { LATTICE_STEPS_PER_DEGREE, type LatticePoint } from '../coverage/geometry.ts';
import { lineLengthM } from '../geo/measure.ts';

const SAMPLE_STEPS = 1_000;

export class MetreFrame {
  readonly #originX: number;
  readonly #originY: number;
  readonly stepsPerMetreX: number;
  readonly stepsPerMetreY: number;

  /** `origin` in lattice steps; at a pole the frame would have no width, so it stops short of it. */
  constructor(origin: readonly [number, number]) {
    this.#originX = origin[0];
    const limit = 89 * LATTICE_STEPS_PER_DEGREE;
    this.#originY = Math.max(-limit, Math.min(limit, origin[1]));
    const [x, y] = [this.#originX, this.#originY];
    this.stepsPerMetreX = SAMPLE_STEPS / lineLengthM([x, y, x + SAMPLE_STEPS, y]);
    this.stepsPerMetreY = SAMPLE_STEPS / lineLengthM([x, y, x, y + SAMPLE_STEPS]);
  }

  /** Lattice steps to metres east and north of the origin. Inverse: `toLattice`. */
  toMetres(x: number, y: number): [number, number] {
    return [(x - this.#originX) / this.stepsPerMetreX, (y - this.#originY) / this.stepsPerMetreY];
  }

  toLattice(east: number, north: number): LatticePoint {
    return [Math.round(east * this.stepsPerMetreX) + this.#originX, Math.round(north * this.stepsPerMetreY) + this.#originY];
  }
}
