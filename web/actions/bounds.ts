// The box around a grid: west, south, east, north in degrees.
import type { GridFeature } from '../../core/api/messages.ts';

export function boundsOfGrid(grid: GridFeature): [number, number, number, number] {
  const bounds: [number, number, number, number] = [180, 90, -180, -90];
  for (const [outer = []] of grid.geometry.coordinates) {
    for (const [x = 0, y = 0] of outer) {
      bounds[0] = Math.min(bounds[0], x);
      bounds[1] = Math.min(bounds[1], y);
      bounds[2] = Math.max(bounds[2], x);
      bounds[3] = Math.max(bounds[3], y);
    }
  }
  return bounds;
}
