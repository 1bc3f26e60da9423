// Every coordinate system against PROJ inside PostGIS, and back again; the map services by their test vector.
import { PGlite } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { coordinateSystem, coordinateSystems } from '../../../core/geo/crs/list.ts';
import { fromCgcs2000, toCgcs2000, type XY } from '../../../core/geo/crs/transform.ts';

const METRES_PER_DEGREE = 111_320;
const PROJECTED_M = 0.01;
const MAP_SERVICE_M = 0.1;

const inChina = fc.tuple(fc.double({ min: 73.5, max: 135, noNaN: true }), fc.double({ min: 3.9, max: 53.5, noNaN: true }));
/** Where a system is used: about its central meridian, or the whole country. */
function placeFor(id: string): fc.Arbitrary<XY> {
  const projection = coordinateSystem(id)?.projection;
  if (projection?.kind !== 'transverse-mercator') return inChina;
  const { centralMeridian } = projection;
  return fc.tuple(
    fc.double({ min: centralMeridian - 3.5, max: centralMeridian + 3.5, noNaN: true }),
    fc.double({ min: 3.9, max: 53.5, noNaN: true }),
  );
}
const apartM = (a: XY, b: XY): number => Math.hypot(a[0] - b[0], a[1] - b[1]) * METRES_PER_DEGREE;

describe.each(coordinateSystems.map(({ id }) => id))('%s', (id) => {
  const limit = id.startsWith('EPSG') ? PROJECTED_M : MAP_SERVICE_M;

  it.each([false, true])('leads back to where it came from (swapped axes: %s)', (swapAxes) => {
    const [from, to] = [fromCgcs2000(id, swapAxes), toCgcs2000(id, swapAxes)];
    fc.assert(
      fc.property(placeFor(id), (place) => {
        expect(apartM(to(...from(...place)), place)).toBeLessThan(limit);
      }),
    );
  });
});

describe('PROJ in PostGIS', () => {
  let database: PGlite;
  beforeAll(async () => {
    database = await PGlite.create({ extensions: { postgis } });
    await database.exec('create extension postgis');
  }, 120_000);
  afterAll(() => database.close());

  const GEOGRAPHIC: Readonly<Record<string, number>> = { CGCS2000: 4490, 'WGS 84': 4326, "Xi'an 1980": 4610, 'Beijing 1954': 4214 };
  const epsg = coordinateSystems.filter(({ id }) => id.startsWith('EPSG'));

  it('puts the same place at the same numbers in every system of EPSG', async () => {
    for (const { id, datum, projection } of epsg) {
      const middle = projection.kind === 'transverse-mercator' ? projection.centralMeridian : 104;
      const places: XY[] = [
        [middle - 1.4, 21.3],
        [middle, 39.4],
        [middle + 2.9, 52.9],
      ];
      for (const [longitude, latitude] of places) {
        const { rows } = await database.query<{ x: number; y: number }>(
          'select ST_X(p) as x, ST_Y(p) as y from ST_Transform(ST_SetSRID(ST_MakePoint($1, $2), $3::int), $4::int) as p',
          [longitude, latitude, GEOGRAPHIC[datum] as number, Number(id.slice(5))],
        );
        const [x, y] = fromCgcs2000(id)(longitude, latitude);
        const inMetres = projection.kind === 'degrees' ? METRES_PER_DEGREE : 1;
        expect(Math.hypot(x - (rows[0]?.x ?? Number.NaN), y - (rows[0]?.y ?? Number.NaN)) * inMetres, id).toBeLessThan(PROJECTED_M);
      }
    }
  });

  it('calls every system by the number that it has here', async () => {
    const { rows } = await database.query<{ srid: number; name: string }>(
      `select srid, split_part(srtext, '"', 2) as name from spatial_ref_sys`,
    );
    const names = new Map(rows.map(({ srid, name }) => [`EPSG:${srid}`, name.replace('Xian', "Xi'an")]));
    for (const { id, datum, projection } of epsg) {
      const name = names.get(id) as string;
      expect(name === 'China Geodetic Coordinate System 2000' ? 'CGCS2000' : name, id).toContain(datum);
      if (projection.kind !== 'transverse-mercator' || projection.scale !== 1) continue;
      const { centralMeridian, falseEasting, zoneWidth } = projection;
      expect(name, id).toContain(falseEasting > 1e6 ? `zone ${Math.floor(falseEasting / 1e6)}` : `CM ${centralMeridian}E`);
      expect(name.includes('3-degree'), id).toBe(zoneWidth === 3);
    }
  });
});

describe('GCJ-02 and BD-09', () => {
  it('shift as the map services do', () => {
    const [longitude, latitude] = fromCgcs2000('GCJ-02')(116.404, 39.915);
    expect([longitude, latitude]).toEqual([116.41024449916938, 39.91640428150164]);
    const back = toCgcs2000('GCJ-02')(longitude, latitude);
    expect(apartM(back, [116.404, 39.915])).toBeLessThan(0.001);
  });

  it.each([
    ['高台', 99.82, 39.38, 142],
    ['黔江', 108.77, 29.53, 519],
  ] as const)('shift %s by a known distance', (_name, longitude, latitude, metres) => {
    const [x, y] = fromCgcs2000('GCJ-02')(longitude, latitude);
    const north = (y - latitude) * METRES_PER_DEGREE;
    const east = (x - longitude) * METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180);
    expect(Math.abs(Math.hypot(north, east) - metres)).toBeLessThan(20);
  });

  it.each(['GCJ-02', 'BD-09'])('%s leaves what lies outside China where it is', (id) => {
    fc.assert(
      fc.property(fc.double({ min: -180, max: 71, noNaN: true }), fc.double({ min: -85, max: 85, noNaN: true }), (longitude, latitude) => {
        expect(fromCgcs2000(id)(longitude, latitude)).toEqual([longitude, latitude]);
        expect(toCgcs2000(id)(longitude, latitude)).toEqual([longitude, latitude]);
      }),
    );
  });
});

test('what is no number stays none, in every system', () => {
  for (const { id } of coordinateSystems) {
    for (const bad of [Number.NaN, Infinity, -Infinity]) expect(toCgcs2000(id)(bad, 30)).toEqual([Number.NaN, Number.NaN]);
  }
});

test('a system that is not in the list is refused', () => {
  expect(() => toCgcs2000('EPSG:27700')).toThrow(RangeError);
});

test('only older datums carry a warning, in both languages', () => {
  for (const { datum, warning } of coordinateSystems) {
    expect(warning !== null, datum).toBe(datum === "Xi'an 1980" || datum === 'Beijing 1954');
    if (warning) expect([warning.zh, warning.en].every((text) => /\d+/.test(text))).toBe(true);
  }
});
