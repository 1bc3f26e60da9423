// Faces between lines: special cases, what must hold for any lines, and PostGIS as an independent judge.
import { PGlite } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { facesBetween } from '../../../core/coverage/faces.ts';
import type { Line, Polygon } from '../../../core/coverage/geometry.ts';
import { coverageFaults } from '../../../core/coverage/invariants.ts';
import { MAX_SPAN_STEPS } from '../../../core/coverage/noding.ts';
import { canonicalPolygon, comparePolygons, directedRing, doubledArea } from '../../../core/coverage/ring.ts';
import { lineIn } from './random-coverage.ts';

const linesIn = (size: number): fc.Arbitrary<Line[]> => fc.array(lineIn(size, { min: 1, max: 8 }), { minLength: 1, maxLength: 8 });
const numbered = (faces: readonly Polygon[]) => faces.map((polygon, id) => ({ id, polygon }));

describe('faces', () => {
  it('are none between lines that enclose nothing', () => {
    expect(facesBetween([])).toEqual([]);
    expect(facesBetween([[], [1, 1], [5, 5, 5, 5], [0, 0, 10, 0, 10, 10], [0, 5, 20, 5]])).toEqual([]);
  });

  it('have holes where something stands free, and an end that hangs in leaves a vertex at most', () => {
    const yard = [0, 0, 90, 0, 90, 90, 0, 90, 0, 0];
    const house = [30, 30, 60, 30, 60, 60, 30, 60, 30, 30];
    const path = [0, 45, 20, 45];
    expect(facesBetween([yard, house, path])).toEqual([
      [
        [0, 0, 90, 0, 90, 90, 0, 90, 0, 45],
        [30, 30, 30, 60, 60, 60, 60, 30],
      ],
      [[30, 30, 60, 30, 60, 60, 30, 60]],
    ]);
  });

  it('nest: each has the next one as its hole', () => {
    const around = (margin: number) => [margin, margin, 90 - margin, margin, 90 - margin, 90 - margin, margin, 90 - margin, margin, margin];
    const faces = facesBetween([around(30), around(0), around(20), around(10)]);
    expect(faces.map((face) => face.map((ring) => ring[0]))).toEqual([[0, 10], [10, 20], [20, 30], [30]]);
  });

  it('lose a bridge between two of their borders', () => {
    const yard = [0, 0, 90, 0, 90, 90, 0, 90, 0, 0];
    const house = [30, 30, 60, 30, 60, 60, 30, 60, 30, 30];
    const faces = facesBetween([yard, house, [0, 30, 30, 30]]);
    expect(faces.map((face) => [face.length, doubledArea(face)])).toEqual([
      [2, 14_400],
      [1, 1_800],
    ]);
  });

  it('keep a hole that touches the border in a point', () => {
    const [, face] = facesBetween([
      [0, 0, 90, 0, 90, 90, 0, 90, 0, 0],
      [0, 0, 40, 20, 20, 40, 0, 0],
    ]);
    expect(face).toEqual([
      [0, 0, 90, 0, 90, 90, 0, 90],
      [0, 0, 20, 40, 40, 20],
    ]);
  });

  it('come apart at a point where four of them meet', () => {
    expect(facesBetween([[0, 0, 10, 10, 10, 0, 0, 10, 0, 0]]).length).toBe(2);
  });

  it('arise between lines around the world, too', () => {
    const around = [-1_800_000_000, -900_000_000, 1_800_000_000, -900_000_000, 1_800_000_000, 900_000_000, -1_800_000_000, 900_000_000];
    const faces = facesBetween([
      [...around, ...around.slice(0, 2)],
      [-1_800_000_000, 123_456_789, 1_800_000_000, -7],
    ]);
    expect(faces.length).toBe(2);
    expect(coverageFaults(numbered(faces))).toEqual([]);
    const spans = faces.flat().flatMap((ring) => ring.map((value, i) => Math.abs(value - (ring[(i + 2) % ring.length] as number))));
    expect(Math.max(...spans)).toBeLessThanOrEqual(MAX_SPAN_STEPS);
  });
});

describe.each([20, 300, 10_000, 2_000_000])('any lines in a square %s steps wide', (size) => {
  it('have faces that match edge by edge and never overlap', () => {
    fc.assert(
      fc.property(linesIn(size), (lines) => {
        expect(coverageFaults(numbered(facesBetween(lines)))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('have the same faces in any order and either direction', () => {
    const backwards = (line: Line) =>
      Array.from({ length: line.length / 2 }, (_, i) => line.slice(line.length - 2 - 2 * i, line.length - 2 * i)).flat();
    fc.assert(
      fc.property(linesIn(size), (lines) => {
        expect(facesBetween(lines.map(backwards).reverse())).toEqual(facesBetween(lines));
      }),
      { numRuns: 200 },
    );
  });
});

it('finds the faces that PostGIS finds', async () => {
  const database = await PGlite.create({ extensions: { postgis } });
  await database.exec('create extension postgis');
  const facesByPostgis = async (lines: readonly Line[]): Promise<Polygon[]> => {
    const coordinates = lines.map((line) => Array.from({ length: line.length / 2 }, (_, i) => [line[2 * i], line[2 * i + 1]]));
    const { rows } = await database.query<{ face: { coordinates: [number, number][][] } }>(
      `select ST_AsGeoJSON((ST_Dump(ST_Polygonize(ST_UnaryUnion(ST_SetSRID(ST_GeomFromGeoJSON($1), 0), 1.0)))).geom)::json as face`,
      [JSON.stringify({ type: 'MultiLineString', coordinates })],
    );
    const rings = rows.map(({ face }) => face.coordinates.map((ring) => ring.slice(1).flat()));
    return rings.map((polygon) => canonicalPolygon(polygon.map((ring, i) => directedRing(ring, i === 0)))).sort(comparePolygons);
  };
  // Wide apart against a step: where several vertices share a step, GEOS moves more than snap rounding has to.
  await fc.assert(
    fc.asyncProperty(fc.array(lineIn(5_000_000, { min: 2, max: 9 }), { minLength: 2, maxLength: 9 }), async (lines) => {
      expect(facesBetween(lines)).toEqual(await facesByPostgis(lines));
    }),
    { numRuns: 40, seed: 4490 },
  );
  await database.close();
}, 120_000);
