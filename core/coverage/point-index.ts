// Numbers points: equal coordinates, equal number. Makes edges comparable without text keys.
import { PairIndex } from './pair-index.ts';

/** More points than this would make edge keys inexact. */
const MAX_POINTS = 2 ** 26;

export class PointIndex extends PairIndex {
  /** A number for the directed edge between two points of this index, as a key of maps. */
  edgeKey(from: number, to: number): number {
    return from * MAX_POINTS + to;
  }
}
