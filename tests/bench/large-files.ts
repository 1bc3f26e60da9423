// Files as a large city would send them: half a million buildings in three formats, a sheet of a million households. A process of its own:
// node … large-files.ts FOLDER
import { closeSync, createWriteStream, mkdirSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Zip, ZipDeflate, zipSync } from 'fflate';
import { dbfFile } from '../../core/filing/shapefile/dbf.ts';
import { shapeFiles } from '../../core/filing/shapefile/shp.ts';
import { loadGdal, OUTPUT_MOUNT } from '../../server/sources/gdal.ts';

/** Communities stand in a square of so many by so many, buildings in each likewise. */
const COMMUNITIES_PER_SIDE = 10;
const BUILDINGS_PER_SIDE = 71;
const BUILDINGS = 500_000;
const SHEET_ROWS = 1_000_000;
const WEST = 99.5;
const SOUTH = 39;
/** Degrees. */
const COMMUNITY_SIDE = 0.02;
const STEP = COMMUNITY_SIDE / (BUILDINGS_PER_SIDE + 1);
const FOOTPRINT_SIDE = STEP / 2;
const PIECE = 10_000;

type Ring = [number, number][];

export const LARGE_FILES = {
  communities: 'communities.geojson',
  geojson: 'buildings.geojson',
  geopackage: 'buildings.gpkg',
  shapefile: 'buildings.zip',
  households: 'households.xlsx',
} as const;

export async function writeLargeFiles(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, LARGE_FILES.communities), communities());
  writeBuildings(join(folder, LARGE_FILES.geojson));
  writeShapefile(join(folder, LARGE_FILES.shapefile));
  await writeSheet(join(folder, LARGE_FILES.households));
  await writeGeopackage(folder);
}

function box(west: number, south: number, side: number): Ring {
  const at = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
  const [w, s, e, n] = [at(west), at(south), at(west + side), at(south + side)];
  return [
    [w, s],
    [e, s],
    [e, n],
    [w, n],
    [w, s],
  ];
}

const cornerOf = (i: number): [number, number] => [
  WEST + (i % COMMUNITIES_PER_SIDE) * COMMUNITY_SIDE,
  SOUTH + Math.floor(i / COMMUNITIES_PER_SIDE) * COMMUNITY_SIDE,
];

function communities(): string {
  const features = Array.from({ length: COMMUNITIES_PER_SIDE ** 2 }, (_, i) => ({
    type: 'Feature',
    properties: { code: `620724${String(100 + Math.floor(i / 20))}${String(1 + (i % 20)).padStart(3, '0')}`, name: `第${i + 1}社区` },
    geometry: { type: 'Polygon', coordinates: [box(...cornerOf(i), COMMUNITY_SIDE)] },
  }));
  return JSON.stringify({ type: 'FeatureCollection', features });
}

interface Building {
  readonly id: string;
  readonly name: string;
  readonly households: number;
  readonly ring: Ring;
}

function building(i: number): Building {
  const perCommunity = BUILDINGS / COMMUNITIES_PER_SIDE ** 2;
  const [west, south] = cornerOf(Math.floor(i / perCommunity));
  const place = i % perCommunity;
  const [column, row] = [place % BUILDINGS_PER_SIDE, Math.floor(place / BUILDINGS_PER_SIDE)];
  const ring = box(west + (column + 0.5) * STEP, south + (row + 0.5) * STEP, FOOTPRINT_SIDE);
  return { id: `L${i + 1}`, name: `${1 + (i % 99)}号楼`, households: i % 7, ring };
}

function* pieces(count: number): Generator<number[]> {
  for (let start = 0; start < count; start += PIECE) yield Array.from({ length: Math.min(PIECE, count - start) }, (_, i) => start + i);
}

function writeBuildings(path: string): void {
  const file = openSync(path, 'w');
  writeSync(file, '{"type":"FeatureCollection","features":[\n');
  for (const piece of pieces(BUILDINGS)) {
    const features = piece.map((i) => {
      const { id, name, households, ring } = building(i);
      return JSON.stringify({ type: 'Feature', properties: { id, name, households }, geometry: { type: 'Polygon', coordinates: [ring] } });
    });
    writeSync(file, `${piece[0] === 0 ? '' : ',\n'}${features.join(',\n')}`);
  }
  writeSync(file, '\n]}');
  closeSync(file);
}

/** Names in GBK; the .dbf says so. */
function writeShapefile(path: string): void {
  const all = Array.from({ length: BUILDINGS }, (_, i) => building(i));
  const { shp, shx } = shapeFiles(all.map(({ ring }) => [[ring]]));
  const fields = [
    { name: 'LDBH', type: 'text' },
    { name: 'LDMC', type: 'text' },
    { name: 'HS', type: 'number', width: 6 },
  ] as const;
  const rows = all.map(({ id, name, households }) => [id, name, households]);
  const { dbf } = dbfFile(fields, rows, '2024-05-01');
  writeFileSync(path, zipSync({ 'buildings.shp': shp, 'buildings.shx': shx, 'buildings.dbf': dbf }, { level: 1 }));
}

async function writeGeopackage(folder: string): Promise<void> {
  const gdal = await loadGdal();
  const output = join(folder, 'output');
  mkdirSync(output);
  const { FS, NODEFS } = gdal.Module;
  const [dataset] = (await gdal.open(join(folder, LARGE_FILES.geojson), [])).datasets;
  if (!dataset) throw new Error('GDAL cannot read its GeoJSON');
  FS.mount(NODEFS, { root: output }, OUTPUT_MOUNT);
  await gdal.ogr2ogr(dataset, ['-f', 'GPKG', '-a_srs', 'EPSG:4490'], 'buildings');
  await gdal.close(dataset);
  FS.unmount(OUTPUT_MOUNT);
  renameSync(join(output, 'buildings.gpkg'), join(folder, LARGE_FILES.geopackage));
  rmSync(output, { recursive: true });
}

const BOOK = '<workbook xmlns:r="r"><sheets><sheet name="户数" sheetId="1" r:id="rId1"/></sheets></workbook>';
const RELATIONS = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>';

/** Two rows for every building, with a column about persons. */
async function writeSheet(path: string): Promise<void> {
  const text = (value: string): string => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  const add = (name: string): ZipDeflate => {
    const entry = new ZipDeflate(name, { level: 1 });
    zip.add(entry);
    return entry;
  };
  const encode = (xml: string): Uint8Array => new TextEncoder().encode(xml);
  add('xl/workbook.xml').push(encode(BOOK), true);
  add('xl/_rels/workbook.xml.rels').push(encode(RELATIONS), true);
  const sheet = add('xl/worksheets/sheet1.xml');
  sheet.push(encode(`<worksheet><sheetData><row>${['楼栋编号', '户主姓名', '户数', '人口数'].map(text).join('')}</row>`));
  for (const piece of pieces(SHEET_ROWS)) {
    const rows = piece.map((i) => `<row>${text(`L${1 + (i % BUILDINGS)}`)}${text('张三')}<c><v>1</v></c><c><v>3</v></c></row>`);
    sheet.push(encode(rows.join('')));
  }
  sheet.push(encode('</sheetData></worksheet>'), true);
  zip.end();
  await pipeline(chunks, createWriteStream(path));
}

const [folder] = process.argv.slice(2);
if (process.argv[1] === import.meta.filename && folder) await writeLargeFiles(folder);
