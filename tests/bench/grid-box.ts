// The box of a grid in degrees, and how far a line reaches beyond it so that it surely crosses.
import type { GridFeature } from '../../core/api/messages.ts';

/** Of the width and height of the box. */
const MARGIN = 0.02;

export interface GridBox {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export function boxOfGrid({ geometry }: GridFeature): GridBox {
  const [xs, ys] = [geometry.coordinates.flat(2).map(([x]) => x as number), geometry.coordinates.flat(2).map(([, y]) => y as number)];
  return { west: Math.min(...xs), south: Math.min(...ys), east: Math.max(...xs), north: Math.max(...ys) };
}

export function widened({ west, south, east, north }: GridBox): GridBox {
  const [x, y] = [(east - west) * MARGIN, (north - south) * MARGIN];
  return { west: west - x, south: south - y, east: east + x, north: north + y };
}
