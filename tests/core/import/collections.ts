// Small collections for the tests of the import: communities of a grid of squares, buildings within them.
import type { Feature, FeatureCollection, Geometry } from 'geojson';

/** South-west corner of the first community, in degrees. */
export const WEST = 99.8;
export const SOUTH = 39.37;
/** Side of a community, in degrees: about 860 by 1,110 metres. */
export const SIDE = 0.01;

export const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

export const collection = (features: readonly unknown[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features: features as Feature[],
});

export const feature = (geometry: Geometry | null, properties: Record<string, unknown>): Feature => ({
  type: 'Feature',
  properties,
  geometry: geometry as Geometry,
});

/** A closed box from its south-west corner, in degrees. */
export function box(west: number, south: number, width: number, height: number): number[][] {
  const [east, north] = [west + width, south + height];
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

export const code = (number: number): string => `620724100${String(number).padStart(3, '0')}`;

/** The n-th community of a row of squares, west to east. */
export function community(number: number, properties: Record<string, unknown> = {}, ring?: number[][]): Feature {
  const coordinates = [ring ?? box(WEST + (number - 1) * SIDE, SOUTH, SIDE, SIDE)];
  return feature({ type: 'Polygon', coordinates }, { code: code(number), name: `社区${number}`, town: '城关镇', ...properties });
}

/** A building of 10 by 10 metres or so, at a share of the first community. */
export function building(x: number, y: number, properties: Record<string, unknown> = {}): Feature {
  const coordinates = [box(WEST + x * SIDE, SOUTH + y * SIDE, 0.0001, 0.0001)];
  return feature({ type: 'Polygon', coordinates }, { households: 2, population: 5, ...properties });
}
