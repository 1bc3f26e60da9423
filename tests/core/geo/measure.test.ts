// Areas and lengths against PostGIS geography, the judge that the database uses.
import { PGlite } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Polygon } from '../../../core/coverage/geometry.ts';
import { geojsonMultiPolygon, geojsonPolygon } from '../../../core/coverage/lattice.ts';
import { lineLengthM, multiPolygonAreaM2, polygonAreaM2 } from '../../../core/geo/measure.ts';

/** Relative difference that no table shows, and the rounding of GeographicLib itself on areas of a few square metres. */
const RELATIVE = 1e-6;
const ROUNDING_M2 = 1e-4;

let database: PGlite;
beforeAll(async () => {
  database = await PGlite.create({ extensions: { postgis } });
  await database.exec('create extension postgis');
}, 120_000);
afterAll(() => database.close());

async function measured(measure: 'ST_Area' | 'ST_Length', geometry: object): Promise<number> {
  const { rows } = await database.query<{ value: number }>(
    `select ${measure}(ST_SetSRID(ST_GeomFromGeoJSON($1), 4490)::geography) as value`,
    [JSON.stringify(geometry)],
  );
  return rows[0]?.value ?? Number.NaN;
}

/** A star with a hole, `radius` steps wide, at a latitude. */
function star(radius: number, latitude: number): Polygon {
  const corners = (factor: number): number[][] =>
    Array.from({ length: 9 }, (_, i) => {
      const [angle, reach] = [(i * 2 * Math.PI) / 9, factor * radius * (1 + (i % 3))];
      return [Math.round(99.8e7 + reach * Math.cos(angle)), Math.round(latitude * 1e7 + reach * Math.sin(angle))];
    });
  return [corners(1).flat(), corners(0.3).reverse().flat()];
}

describe.each([18.2, 39.4, 53.4])('at %s degrees north', (latitude) => {
  it.each([1e2, 1e3, 1e4, 1e5, 5e5])('measures a shape %s steps wide like PostGIS', async (radius) => {
    const shape = star(radius, latitude);
    const area = await measured('ST_Area', { type: 'Polygon', coordinates: geojsonPolygon(shape) });
    expect(Math.abs(polygonAreaM2(shape) - area)).toBeLessThan(area * RELATIVE + ROUNDING_M2);

    const border = [...(shape[0] as number[]), ...(shape[0] as number[]).slice(0, 2)];
    const length = await measured('ST_Length', { type: 'LineString', coordinates: geojsonPolygon(shape)[0] });
    expect(Math.abs(lineLengthM(border) / length - 1)).toBeLessThan(RELATIVE);
  });

  it('adds up parts', async () => {
    const parts = [star(2e4, latitude), star(3e4, latitude + 0.5)];
    const area = await measured('ST_Area', { type: 'MultiPolygon', coordinates: geojsonMultiPolygon(parts) });
    expect(Math.abs(multiPolygonAreaM2(parts) / area - 1)).toBeLessThan(RELATIVE);
  });
});
