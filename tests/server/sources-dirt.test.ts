// Files made to harm, and files that are broken: each ends in a reason or in rows, never in a crash.
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { UnusableFile, type UnusableReason } from '../../core/import/unusable-file.ts';
import { inspectSource, readSource } from '../../server/sources/open-source.ts';
import {
  collection,
  everyFormat,
  features,
  type SourceFolder,
  shapefileParts,
  sourceFolder,
  writtenByGdal,
  zipped,
} from './source-files.ts';

let folder: SourceFolder;
beforeAll(() => {
  folder = sourceFolder();
});
afterAll(() => folder.remove());

const inspect = (name: string, content: string | Uint8Array) => inspectSource(folder.write(name, content), name);
const read = (name: string, content: string | Uint8Array) => readSource(folder.write(name, content), name, { layer: null, encoding: null });
const refused = (name: string, content: string | Uint8Array, reason: UnusableReason) =>
  expect(inspect(name, content)).rejects.toMatchObject({ name: 'UnusableFile', reason });

const UNIX = 3;
const LINK = 0o120777;
const LOCAL_SIGNATURE = 0x04034b50;
const CENTRAL_SIGNATURE = 0x02014b50;

/** Changes every header of a zip, local and central; `at` counts from the general purpose flags. */
function withHeaders(zip: Uint8Array, change: (view: DataView, flags: number) => void): Uint8Array {
  const changed = zip.slice();
  const view = new DataView(changed.buffer);
  for (let at = 0; at + 4 <= changed.length; at++) {
    const signature = view.getUint32(at, true);
    if (signature === LOCAL_SIGNATURE) change(view, at + 6);
    if (signature === CENTRAL_SIGNATURE) change(view, at + 8);
  }
  return changed;
}

describe('zips', () => {
  const { shp, shx, dbf } = shapefileParts();
  const parts = { 'x.shp': shp, 'x.shx': shx, 'x.dbf': dbf };

  it.each(['../x.shp', '/etc/x.shp', 'C:/x.shp', 'a/../../x.shp', '..\\x.shp'])('refuses the path %s', async (path) => {
    await refused('path.zip', zipped({ ...parts, [path]: shp }), 'zip-unsafe-path');
  });

  it('refuses links, zips in zips and encrypted zips', async () => {
    await refused('link.zip', zipSync({ ...parts, 'y.shp': [strToU8('/etc/passwd'), { os: UNIX, attrs: LINK * 0x10000 }] }), 'zip-link');
    await refused('nested.zip', zipped({ ...parts, 'more.zip': zipped(parts) }), 'zip-nested');
    const encrypted = withHeaders(zipped(parts), (view, flags) => view.setUint16(flags, view.getUint16(flags, true) | 1, true));
    await refused('encrypted.zip', encrypted, 'zip-encrypted');
  });

  it('refuses what unpacks to an enormous size, whatever it says of its size', async () => {
    const zeros = new Uint8Array(65 * 1024 * 1024);
    const bomb = zipSync({ 'x.shp': zeros, 'x.dbf': dbf }, { level: 9 });
    expect(bomb.length).toBeLessThan(200_000);
    await refused('bomb.zip', bomb, 'zip-bomb');
    const SIZE = 16;
    const lying = withHeaders(bomb, (view, flags) => {
      if (view.getUint32(flags + SIZE, true) === zeros.length) view.setUint32(flags + SIZE, 1000, true);
    });
    await refused('lying.zip', lying, 'file-broken');
    const huge = withHeaders(zipped({ ...parts, a: shp, b: shp }), (view, flags) => view.setUint32(flags + SIZE, 0x7fffffff, true));
    await expect(inspect('huge.zip', huge)).rejects.toMatchObject({ reason: expect.stringMatching(/zip-bomb|file-too-large/) });
  });

  it('judges the only file of a zip like every other', async () => {
    await refused('bomb.zip', zipSync({ 'x.csv': new Uint8Array(65 * 1024 * 1024) }, { level: 9 }), 'zip-bomb');
    await refused('path.zip', zipped({ '../x.csv': strToU8('a,b\n1,2\n') }), 'zip-unsafe-path');
    await refused('hidden.zip', zipped({ 'x.csv': zipped({ 'y.csv': strToU8('a,b\n1,2\n') }) }), 'zip-nested');
  });

  it('refuses more files than a zip of data has', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`${i}.txt`, new Uint8Array()]));
    await refused('many.zip', zipSync({ ...parts, ...many }, { level: 0 }), 'zip-too-many');
  });

  it('finds bytes that were changed', async () => {
    const damaged = zipSync({ ...parts }, { level: 0 });
    damaged[Buffer.from(damaged.buffer).indexOf(Buffer.from('620724100002')) + 3] = 0x39;
    await refused('damaged.zip', damaged, 'file-broken');
  });

  it('says which part of a Shapefile is missing', async () => {
    await expect(inspect('no-dbf.zip', zipped({ 'x.shp': shp }))).rejects.toMatchObject({
      reason: 'file-part-missing',
      values: { part: 'x.dbf' },
    });
    await refused('bare.shp', shp, 'file-part-missing');
    // Its index can be made anew.
    expect((await read('no-shx.zip', zipped({ 'x.shp': shp, 'x.dbf': dbf }))).features).toHaveLength(3);
  });

  it('leaves the forks of macOS aside', async () => {
    const zip = zipped({ ...parts, '__MACOSX/._x.shp': strToU8('fork'), '._x.dbf': strToU8('fork') });
    expect((await inspect('mac.zip', zip)).layers).toHaveLength(1);
  });
});

describe('broken files', () => {
  it.each<[string, string | Uint8Array, UnusableReason]>([
    ['nothing.geojson', '', 'file-empty'],
    ['none.geojson', '{"type":"FeatureCollection","features":[]}', 'file-empty'],
    ['open.geojson', collection.slice(0, -20), 'file-not-json'],
    ['other.json', '{"type":"Topology","objects":{}}', 'file-not-features'],
    ['old.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file-format-old'],
    ['picture.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'file-format-unknown'],
    ['page.html', '<html><body>x</body></html>', 'file-format-unknown'],
    ['open.kml', '<kml><Document><Placemark><name>x', 'file-broken'],
    ['half.zip', Buffer.from('504b030414000000', 'hex'), 'file-broken'],
    ['half.gpkg', Buffer.from('SQLite format 3\0\u0001'), 'file-broken'],
    ['half.fgb', Buffer.from('fgb\u0003fgb'), 'file-empty'],
    ['half.geojson.gz', Buffer.from('1f8b0800', 'hex'), 'file-empty'],
  ])('%s is refused with its reason', async (name, content, reason) => {
    await refused(name, content, reason);
  });

  it('keeps the row of a shape that is cut off, so that it is refused under its number', async () => {
    const { shp, shx, dbf } = shapefileParts();
    const rows = await read('cut.zip', zipped({ 'x.shp': shp.subarray(0, shp.length - 40), 'x.shx': shx, 'x.dbf': dbf }));
    expect(rows.numbers).toEqual([1, 2, 3]);
    expect(rows.features.map(({ geometry }) => geometry !== null)).toEqual([true, true, false]);
  });

  it('refuses a FlatGeobuf that breaks off rather than taking half of it', async () => {
    const [bytes = new Uint8Array()] = Object.values(await writtenByGdal(['-f', 'FlatGeobuf', '-lco', 'SPATIAL_INDEX=NO']));
    await refused('cut.fgb', bytes.subarray(0, bytes.length - 150), 'file-broken');
  });

  it('hands on what the judges have to see: bowties, open rings, heights, no geometry, mixed kinds', async () => {
    const ring = (coordinates: number[][]) => ({ type: 'Polygon', coordinates: [coordinates] });
    const geometries = [
      ring([
        [99.8, 39.3, 5],
        [99.9, 39.4, 5],
        [99.9, 39.3, 5],
        [99.8, 39.4, 5],
        [99.8, 39.3, 5],
      ]),
      ring([
        [99.8, 39.3],
        [99.9, 39.3],
        [99.9, 39.4],
      ]),
      { type: 'Point', coordinates: [99.8, 39.3] },
      null,
      { type: 'Polygon', coordinates: [] },
    ];
    const dirty = JSON.stringify({ type: 'FeatureCollection', features: geometries.map((geometry) => ({ ...features[0], geometry })) });
    const plain = await read('dirty.geojson', dirty);
    expect(plain.features.map(({ geometry }) => geometry)).toEqual(geometries);
    const [layer] = (await inspect('dirty.geojson', dirty)).layers;
    expect(layer).toMatchObject({ geometry: 'mixed', features: 5, bounds: [99.8, 39.3, 99.9, 39.4] });
    const [bytes] = Object.values(await writtenByGdal(['-f', 'GPKG', '-nlt', 'GEOMETRY'], dirty));
    const packed = await read('dirty.gpkg', bytes as Uint8Array);
    expect(packed.numbers).toEqual([1, 2, 3, 4, 5]);
    expect(packed.features.map(({ geometry }) => geometry?.type)).toEqual(['Polygon', 'Polygon', 'Point', undefined, undefined]);
  });

  it('ends in rows or in a reason, wherever a file breaks off or a byte is wrong', async () => {
    const files = Object.entries(await everyFormat());
    // Others who read files at the same time unpack elsewhere.
    vi.stubEnv('TMPDIR', folder.folder);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.nat(255)), { maxLength: 4 }),
        async ([name, bytes], share, changes) => {
          const broken = bytes.slice(0, Math.ceil(bytes.length * (share < 0.5 ? share * 2 : 1)));
          for (const [at, byte] of changes) broken[Math.floor(at * broken.length)] = byte;
          try {
            const { layers } = await inspect(name, broken);
            expect(layers.length).toBeGreaterThan(0);
            for (const layer of layers) expect(Number.isInteger(layer.features)).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(UnusableFile);
          }
        },
      ),
      { numRuns: 150 },
    );
    // Nothing of what was unpacked is left.
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('onegrid-source-'))).toEqual([]);
    vi.unstubAllEnvs();
  });
});
