// Three communities written in every format that offices have, for the tests of the readers.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import type { Feature } from 'geojson';
import iconv from 'iconv-lite';
import { dbfFile } from '../../core/filing/shapefile/dbf.ts';
import { shapeFiles } from '../../core/filing/shapefile/shp.ts';
import { loadGdal, OUTPUT_MOUNT } from '../../server/sources/gdal.ts';

/** 𡐓 lies beyond the basic plane: four bytes in GB18030 and in UTF-8. */
export const COMMUNITIES = [
  { code: '620724100001', name: '莫𡐓村', households: 312, x: 99.8, y: 39.3 },
  { code: '620724100002', name: '人民东路社区', households: 1450, x: 99.82, y: 39.3 },
  { code: '620724100003', name: '高台村', households: 87, x: 99.84, y: 39.3 },
] as const;

const SIDE = 0.02;

const square = (x: number, y: number): number[][] => [
  [x, y],
  [x + SIDE, y],
  [x + SIDE, y + SIDE],
  [x, y + SIDE],
  [x, y],
];

export const features: Feature[] = COMMUNITIES.map(({ code, name, households, x, y }) => ({
  type: 'Feature',
  properties: { code, 名称: name, households },
  geometry: { type: 'Polygon', coordinates: [square(x, y)] },
}));

export const collection = JSON.stringify({ type: 'FeatureCollection', features });

/** A folder of its own; `write` answers the path. */
export function sourceFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'onegrid-sources-'));
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  return { folder, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export type SourceFolder = ReturnType<typeof sourceFolder>;

/** What GDAL writes of the communities with the given options, by the names of the files. */
export async function writtenByGdal(options: readonly string[], json = collection): Promise<Record<string, Uint8Array>> {
  const { folder, write, remove } = sourceFolder();
  const gdal = await loadGdal();
  const output = join(folder, 'output');
  mkdirSync(output);
  const { FS, NODEFS } = gdal.Module;
  const [dataset] = (await gdal.open(write('communities.geojson', json), [])).datasets;
  if (!dataset) throw new Error('GDAL cannot read the GeoJSON of the tests');
  FS.mount(NODEFS, { root: output }, OUTPUT_MOUNT);
  try {
    await gdal.ogr2ogr(dataset, options, 'communities');
  } finally {
    await gdal.close(dataset);
    FS.unmount(OUTPUT_MOUNT);
  }
  const written = filesBelow(output);
  remove();
  return written;
}

function filesBelow(folder: string, prefix = ''): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) Object.assign(files, filesBelow(path, `${prefix}${entry.name}/`));
    else files[prefix + entry.name] = readFileSync(path);
  }
  return files;
}

/** The parts of a Shapefile as a survey institute writes them: GBK or GB18030, its .cpg apart. */
export function shapefileParts(names: readonly string[] = COMMUNITIES.map(({ name }) => name)) {
  const { shp, shx } = shapeFiles(COMMUNITIES.map(({ x, y }) => [[square(x, y)]]));
  const rows = COMMUNITIES.map(({ code, households }, i) => [code, names[i] ?? '', households]);
  const fields = [
    { name: 'XZQDM', type: 'text' },
    { name: 'XZQMC', type: 'text' },
    { name: 'HS', type: 'number', width: 8 },
  ] as const;
  return { shp, shx, ...dbfFile(fields, rows, '2024-05-01') };
}

const LANGUAGE_DRIVER_BYTE = 29;

/** The .dbf with another word about its code page. */
export function withLanguageDriver(dbf: Uint8Array, driver: number): Uint8Array {
  const changed = dbf.slice();
  changed[LANGUAGE_DRIVER_BYTE] = driver;
  return changed;
}

export const zipped = (files: Readonly<Record<string, Uint8Array>>): Uint8Array => zipSync({ ...files });

/** One file a format, as it would be sent. DXF has no fields. */
export async function everyFormat(): Promise<Record<string, Uint8Array>> {
  const one = async (format: string, ...options: string[]): Promise<Uint8Array> => {
    const [bytes] = Object.values(await writtenByGdal(['-f', format, '-a_srs', 'EPSG:4490', ...options]));
    return bytes ?? new Uint8Array();
  };
  const kml = await one('KML');
  const { shp, shx, dbf } = shapefileParts();
  const table = ['code,名称,households', ...COMMUNITIES.map(({ code, name, households }) => `${code},${name},${households}`)].join('\r\n');
  const geodatabase = await writtenByGdal(['-f', 'OpenFileGDB', '-a_srs', 'EPSG:4490']);
  return {
    'communities.geojson': Buffer.from(collection),
    'communities.geojson.gz': gzipSync(collection),
    'communities.zip': zipped({ '边界.SHP': shp, '边界.shx': shx, '边界.dbf': dbf }),
    'communities.gpkg': await one('GPKG'),
    'communities.kml': kml,
    'communities.kmz': zipped({ 'doc.kml': kml }),
    'communities.gdb.zip': zipped(geodatabase),
    'communities.fgb': await one('FlatGeobuf'),
    'communities.xlsx': await one('XLSX'),
    'communities.csv': iconv.encode(table, 'GB18030'),
  };
}
