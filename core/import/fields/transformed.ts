// A geometry with every position transformed; what is no position stays as it is, for the judge to refuse.
import type { Geometry } from 'geojson';

export type Transformation = (x: number, y: number) => [number, number];

/** Heights stay behind the first two numbers. */
export function transformed(geometry: Geometry | null, transformation: Transformation): Geometry | null {
  if (geometry === null || typeof geometry !== 'object') return geometry;
  if (geometry.type === 'GeometryCollection') {
    return { ...geometry, geometries: geometry.geometries.map((part) => transformed(part, transformation) as Geometry) };
  }
  return { ...geometry, coordinates: transformedCoordinates(geometry.coordinates, transformation) } as Geometry;
}

function transformedCoordinates(coordinates: unknown, transformation: Transformation): unknown {
  if (!Array.isArray(coordinates)) return coordinates;
  const [x, y]: unknown[] = coordinates;
  if (typeof x !== 'number' || typeof y !== 'number')
    return coordinates.map((part: unknown) => transformedCoordinates(part, transformation));
  const position: unknown[] = transformation(x, y);
  return coordinates.length === 2 ? position : position.concat(coordinates.slice(2));
}
