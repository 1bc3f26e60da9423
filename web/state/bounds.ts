// Boxes around what the map should show: west, south, east, north in degrees.
import type { FeatureCollection } from 'geojson';
import type { CommunityProgress, GridFeature } from '../../core/api/messages.ts';

export type Bounds = [west: number, south: number, east: number, north: number];

export const boundsOfGrid = (grid: GridFeature): Bounds => boundsOfGrids([grid]);

/** At least one grid. */
export function boundsOfGrids(grids: readonly Pick<GridFeature, 'geometry'>[]): Bounds {
  const corners = grids.flatMap(({ geometry }) => geometry.coordinates.flatMap(([outer = []]) => outer));
  return around(corners.map(([x = 0, y = 0]) => [x, y, x, y]));
}

export function boundsOfCommunities(communities: readonly CommunityProgress[]): Bounds {
  return around(communities.map(({ bounds }) => bounds));
}

/** null: nothing with a place. */
export function boundsOfFeatures({ features }: FeatureCollection): Bounds | null {
  const whole: Bounds = [180, 90, -180, -90];
  const visit = (coordinates: unknown): void => {
    if (!Array.isArray(coordinates)) return;
    const [x, y] = coordinates as unknown[];
    if (typeof x !== 'number' || typeof y !== 'number') {
      coordinates.forEach(visit);
      return;
    }
    whole[0] = Math.min(whole[0], x);
    whole[1] = Math.min(whole[1], y);
    whole[2] = Math.max(whole[2], x);
    whole[3] = Math.max(whole[3], y);
  };
  for (const { geometry } of features) if (geometry !== null && 'coordinates' in geometry) visit(geometry.coordinates);
  return whole[0] <= whole[2] && whole[1] <= whole[3] ? whole : null;
}

function around(boxes: readonly (readonly number[])[]): Bounds {
  const whole: Bounds = [180, 90, -180, -90];
  for (const [west = 0, south = 0, east = 0, north = 0] of boxes) {
    whole[0] = Math.min(whole[0], west);
    whole[1] = Math.min(whole[1], south);
    whole[2] = Math.max(whole[2], east);
    whole[3] = Math.max(whole[3], north);
  }
  return whole;
}
