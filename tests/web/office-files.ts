// Files as an office brings them, for a made-up county beside the demo: borders in GBK and metres of a 3° zone, buildings, a sheet of households.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import writeXlsxFile from 'write-excel-file/node';
import { dbfFile } from '../../core/filing/shapefile/dbf.ts';
import { shapeFiles } from '../../core/filing/shapefile/shp.ts';
import { fromCgcs2000, toCgcs2000 } from '../../core/geo/crs/transform.ts';

/** CGCS2000, 3° zone 34 around 102° E, the zone number in the easting. */
const ZONE = 'EPSG:4522';
const COUNTY = '临泽县';
export const COMMUNITIES = [
  { code: '620723100001', name: '颐和社区', column: 0, row: 0 },
  { code: '620723100002', name: '惠民社区', column: 1, row: 0 },
  { code: '620723100003', name: '莫𡐓村', column: 0, row: 1 },
  { code: '620723100004', name: '西关村', column: 1, row: 1 },
] as const;

/** South-western corner in degrees. */
const CORNER = [100.91, 39.12] as const;
/** Metres. */
const SIDE = 1_200;
const GAP_M = 30;
const GAP_END_M = 200;
const DAY = '2024-05-01';
const LANGUAGE_DRIVER_BYTE = 29;

const [EAST_ZERO, NORTH_ZERO] = fromCgcs2000(ZONE)(...CORNER);
type Place = [east: number, north: number];

const metres = (east: number, north: number): Place => [EAST_ZERO + east, NORTH_ZERO + north];
const degrees = (east: number, north: number): Place => {
  const [longitude, latitude] = toCgcs2000(ZONE)(...metres(east, north));
  return [longitude, latitude];
};

/** Within the gap. */
export const GAP_PLACE = degrees(SIDE - GAP_M / 2, SIDE / 2);

/** The first community leaves a strip of 30 m open beside the second: closed at both ends, so that it is a gap and no bay. */
function outline(column: number, row: number): Place[] {
  const [west, east] = [column * SIDE, (column + 1) * SIDE];
  const [south, north] = [row * SIDE, (row + 1) * SIDE];
  const strip =
    column === 0 && row === 0
      ? [
          metres(east, north - GAP_END_M),
          metres(east - GAP_M, north - GAP_END_M),
          metres(east - GAP_M, south + GAP_END_M),
          metres(east, south + GAP_END_M),
        ]
      : [];
  return [metres(west, south), metres(west, north), metres(east, north), ...strip, metres(east, south), metres(west, south)];
}

/** A shapefile without .prj and .cpg, whose .dbf says nothing of its encoding, as the parts that lie in a folder. */
export function borders(folder: string): string[] {
  const { shp, shx } = shapeFiles(COMMUNITIES.map(({ column, row }) => [[outline(column, row)]]));
  const { dbf } = dbfFile(
    [
      { name: 'XZQDM', type: 'text' },
      { name: 'XZQMC', type: 'text' },
      { name: 'XZMC', type: 'text' },
      { name: 'XQMC', type: 'text' },
      { name: 'HS', type: 'number', width: 8 },
    ],
    COMMUNITIES.map(({ code, name }) => [code, name, '沙河镇', COUNTY, 120]),
    DAY,
  );
  dbf[LANGUAGE_DRIVER_BYTE] = 0;
  return Object.entries({ shp, shx, dbf }).map(([ending, bytes]) => written(folder, `村级界线.${ending}`, bytes));
}

const BUILDINGS_PER_SIDE = 24;
export const BUILDINGS = COMMUNITIES.length * BUILDINGS_PER_SIDE ** 2;

/** Points in degrees, without households; the last lies outside every community. */
export function buildings(folder: string): string {
  const step = SIDE / (BUILDINGS_PER_SIDE + 1);
  const features = COMMUNITIES.flatMap(({ column, row }) =>
    Array.from({ length: BUILDINGS_PER_SIDE ** 2 }, (_, i) => {
      const number = (row * 2 + column) * BUILDINGS_PER_SIDE ** 2 + i + 1;
      const place = degrees(
        column * SIDE + step * ((i % BUILDINGS_PER_SIDE) + 0.8),
        row * SIDE + step * (Math.floor(i / BUILDINGS_PER_SIDE) + 1),
      );
      return building(`L${number}`, `${number}号楼`, place);
    }),
  );
  features.push(building('L9999', '界外楼', degrees(-500, -500)));
  return written(folder, '楼栋.geojson', JSON.stringify({ type: 'FeatureCollection', features }));
}

const building = (id: string, name: string, coordinates: Place) => ({
  type: 'Feature',
  properties: { 楼栋编号: id, 楼栋名称: name, 户数: 5 },
  geometry: { type: 'Point', coordinates },
});

/** Households by building, with columns about persons; one row has a word for a number, one a building that is not there. */
export async function households(folder: string): Promise<string> {
  const text = (value: string) => ({ value, type: String });
  const number = (value: number) => ({ value, type: Number });
  const header = ['楼栋编号', '户主姓名', '联系电话', '户数', '人口数'].map(text);
  const rows = Array.from({ length: BUILDINGS }, (_, i) => [text(`L${i + 1}`), text('张三'), text('13800138000'), number(8), number(21)]);
  const bad = [
    [text('L1'), text('李四'), text('13900139000'), text('好几户'), number(3)],
    [text('L70000'), text('王五'), text('13700137000'), number(4), number(9)],
  ];
  const path = join(folder, '户数.xlsx');
  await writeXlsxFile([header, ...rows, ...bad]).toFile(path);
  return path;
}

/** Called a zip, and none. */
export const broken = (folder: string): string => written(folder, '坏的.zip', 'this is no zip');

function written(folder: string, name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
