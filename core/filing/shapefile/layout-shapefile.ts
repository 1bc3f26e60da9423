// layout-shp.zip: the grids as a Shapefile with the field names of the published tables, and the dictionary that explains them.
import type { Layout } from '../../export/layout.ts';
import { kindNames } from '../names.ts';
import { writeZip } from '../zip/write-zip.ts';
import { type DbfField, dbfFile } from './dbf.ts';
import { shapeFiles } from './shp.ts';

type Grid = Layout['features'][number]['properties'];

interface Column extends DbfField {
  /** For the dictionary. */
  readonly meaning: string;
  readonly value: (grid: Grid) => string | number;
}

/** Initials of the Chinese words, as survey institutes name their fields. */
const COLUMNS: readonly Column[] = [
  { name: 'WGBM', type: 'text', meaning: '网格编码(文本)', value: ({ code }) => code ?? '' },
  { name: 'WGMC', type: 'text', meaning: '网格名称', value: ({ name }) => name },
  { name: 'WGLX', type: 'text', meaning: `网格类型:${Object.values(kindNames).join('、')}`, value: ({ kind }) => kindNames[kind] },
  { name: 'SSCSQ', type: 'text', meaning: '所属村、社区代码(12 位,文本)', value: ({ community }) => community },
  { name: 'MJ', type: 'number', width: 16, decimals: 2, meaning: '面积(平方米,CGCS2000 椭球面积)', value: ({ area_m2 }) => area_m2 },
  { name: 'HS', type: 'number', width: 10, meaning: '户数', value: ({ households }) => households },
  { name: 'RS', type: 'number', width: 10, meaning: '人口数', value: ({ population }) => population },
];

/** EPSG:4490 as ESRI writes it. */
const CGCS2000 =
  'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],' +
  'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';

/** `day`: YYYY-MM-DD. */
export function layoutShapefile({ features, onegrid }: Layout, day: string): Uint8Array {
  const { shp, shx } = shapeFiles(features.map(({ geometry }) => geometry.coordinates));
  const rows = features.map(({ properties }) => COLUMNS.map(({ value }) => value(properties)));
  const { dbf, cpg } = dbfFile(COLUMNS, rows, day);
  const text = new TextEncoder();
  return writeZip(
    new Map([
      ['layout.shp', shp],
      ['layout.shx', shx],
      ['layout.dbf', dbf],
      ['layout.prj', text.encode(CGCS2000)],
      ['layout.cpg', text.encode(cpg)],
      ['dictionary.txt', text.encode(dictionary(cpg, onegrid.note))],
    ]),
  );
}

/** With a byte order mark, for editors that guess otherwise. */
function dictionary(encoding: string, note: string): string {
  const fields = COLUMNS.map(({ name, meaning }) => `${name}\t${meaning}`);
  const head = ['layout.shp:网格面,一个要素一个网格', `坐标系:CGCS2000 经纬度(EPSG:4490);属性表编码:${encoding}`, '', '字段\t含义'];
  return `\uFEFF${[...head, ...fields, '', note].join('\r\n')}\r\n`;
}
