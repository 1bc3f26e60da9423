// Whom data have to be attributed to on every map of the place.
import type { Box } from '../coverage/geometry.ts';

export interface Attribution {
  readonly text: string;
  /** Where the data lie, in lattice steps. */
  readonly box: Box;
}
