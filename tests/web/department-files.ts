// A file that comes into the demo county after its first plan: the old grids of a department, in KML.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Feature, FeatureCollection, Polygon, Position } from 'geojson';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/gaotai');

/** Divided in the demo plan. */
export const DRAWN = { code: '620724100003', name: '人民东路' };
/** Beside it, not divided there. */
export const UNDRAWN = { code: '620724100012', name: '东苑' };

const borders: FeatureCollection<Polygon, { code: string }> = JSON.parse(
  gunzipSync(readFileSync(join(FIXTURES, 'communities.geojson.gz'))).toString('utf8'),
);

function borderOf(code: string): Feature<Polygon, { code: string }> {
  const found = borders.features.find(({ properties }) => properties.code === code);
  if (found === undefined) throw new Error(`the demo county has no community ${code}`);
  return found;
}

/** Parts of the box around a community, from its south-western corner: west, south, east, north. */
type Part = readonly [west: number, south: number, east: number, north: number];

/** As a city management office draws: straight lines across, one grid over another, and a corner that nobody has. */
const OLD_GRIDS: readonly { name: string; of: string; part: Part }[] = [
  { name: '城东一片', of: DRAWN.code, part: [0, 0, 0.5, 1] },
  { name: '城东二片', of: DRAWN.code, part: [0.5, 0, 1, 1] },
  { name: '城东三片', of: UNDRAWN.code, part: [0, 0, 1, 0.5] },
  { name: '城东四片', of: UNDRAWN.code, part: [0, 0.45, 0.7, 1] },
];
export const OLD_GRID_NAMES = OLD_GRIDS.map(({ name }) => name);

function corners(code: string, [west, south, east, north]: Part): Position[] {
  const places = borderOf(code).geometry.coordinates.flat();
  const [xs, ys] = [places.map(([x = 0]) => x), places.map(([, y = 0]) => y)];
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const at = (x: number, y: number): Position => [left + (right - left) * x, bottom + (top - bottom) * y];
  return [at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)];
}

/** In KML, as mapping services give it away. */
export function oldGrids(folder: string): string {
  const placemarks = OLD_GRIDS.map(
    ({ name, of, part }, i) => `<Placemark><name>${name}</name>
      <ExtendedData><Data name="网格编号"><value>CG${String(i + 1).padStart(3, '0')}</value></Data></ExtendedData>
      <Polygon><outerBoundaryIs><LinearRing><coordinates>${corners(of, part).join(' ')}</coordinates></LinearRing></outerBoundaryIs></Polygon>
    </Placemark>`,
  );
  return written(
    folder,
    '高台县原有网格.kml',
    `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>原有网格</name>${placemarks.join('')}</Document></kml>`,
  );
}

function written(folder: string, name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
