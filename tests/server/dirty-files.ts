// Files as they should not be, on ground of their own: every case of the corpus has its own rows of communities, far from the others.
import type { Feature, Geometry } from 'geojson';
import iconv from 'iconv-lite';
import type { ImportKind, SourceChoice } from '../../core/api/import-messages.ts';
import { dbfFile } from '../../core/filing/shapefile/dbf.ts';
import { shapeFiles } from '../../core/filing/shapefile/shp.ts';
import { box, collection, feature, SIDE, SOUTH, WEST } from '../core/import/collections.ts';
import type { SentFile } from './import-desk.ts';
import { writtenByGdal, zipped } from './source-files.ts';

const ROWS_APART = 3;
const FIRST_TOWN = 110;

/** Two squares side by side, with three buildings in the western one. */
export class Plot {
  readonly south: number;
  readonly town: number;

  constructor(number: number) {
    this.south = SOUTH + (number + 1) * ROWS_APART * SIDE;
    this.town = FIRST_TOWN + number;
  }

  code(number: number): string {
    return `620724${this.town}${String(number).padStart(3, '0')}`;
  }

  /** In degrees, at shares of the western square. */
  at(x: number, y: number): [number, number] {
    return [WEST + x * SIDE, this.south + y * SIDE];
  }

  ring(number: number): number[][] {
    return box(...this.at(number - 1, 0), SIDE, SIDE);
  }

  community(number: number, ring: unknown = this.ring(number), properties: Record<string, unknown> = {}): Feature {
    const geometry = { type: 'Polygon', coordinates: [ring] } as Geometry;
    return feature(geometry, { code: this.code(number), name: `${this.town}社区${number}`, town: `${this.town}镇`, ...properties });
  }

  communities(): Feature[] {
    return [this.community(1), this.community(2)];
  }

  id(number: number): string {
    return `D${this.town}-${number}`;
  }

  building(number: number, geometry?: unknown, properties: Record<string, unknown> = {}): Feature {
    const footprint = { type: 'Polygon', coordinates: [box(...this.at(number * 0.2, 0.5), SIDE / 50, SIDE / 50)] };
    return feature((geometry ?? footprint) as Geometry, { id: this.id(number), households: 2, population: 5, ...properties });
  }

  buildings(): Feature[] {
    return [1, 2, 3].map((number) => this.building(number));
  }

  point(x: number, y: number): Geometry {
    return { type: 'Point', coordinates: this.at(x, y) };
  }
}

/** What a person confirms of a file: what it is, and degrees. */
export const sent = (kind: ImportKind, name: string, content: string | Uint8Array, choice: Partial<SourceChoice> = {}): SentFile => ({
  name,
  content,
  choice: { kind, ...(kind === 'households' ? {} : { crs: 'EPSG:4490' }), ...choice },
});

export const geojson = (kind: ImportKind, features: readonly unknown[]): SentFile =>
  sent(kind, `${kind}.geojson`, JSON.stringify(collection(features)));

/** JSON has no word for these numbers; careless programs write them nevertheless. */
export const withNumber = (kind: ImportKind, features: readonly unknown[], number: string): SentFile =>
  sent(kind, `${kind}.geojson`, JSON.stringify(collection(features)).replaceAll('"NUMBER"', number));

interface ShapefileParts {
  shp: Uint8Array;
  shx: Uint8Array;
  dbf: Uint8Array;
}

/** The communities as a Shapefile in GBK, changed before it is packed. */
export function shapefile(plot: Plot, change: (parts: ShapefileParts) => Partial<ShapefileParts> = () => ({})): SentFile {
  const { shp, shx } = shapeFiles([[[plot.ring(1)]], [[plot.ring(2)]]]);
  const fields = [
    { name: 'XZQDM', type: 'text' },
    { name: 'XZQMC', type: 'text' },
  ] as const;
  const { dbf } = dbfFile(
    fields,
    [1, 2].map((number) => [plot.code(number), `幸福社区${number}`]),
    '2024-05-01',
  );
  const parts = { shp, shx, dbf, ...change({ shp, shx, dbf }) };
  return sent('communities', 'communities.zip', zipped({ 'x.shp': parts.shp, 'x.shx': parts.shx, 'x.dbf': parts.dbf }));
}

/** With the bytes of a GBK text replaced, wherever it stands. */
export function replacedText(bytes: Uint8Array, text: string, by: readonly number[]): Uint8Array {
  const changed = Buffer.from(bytes);
  const at = changed.indexOf(iconv.encode(text, 'GBK'));
  for (const [i, byte] of by.entries()) changed[at + i] = byte;
  return changed;
}

/** The communities as GDAL writes them. */
export async function byGdal(plot: Plot, name: string, options: readonly string[], features = plot.communities()): Promise<SentFile> {
  const [bytes] = Object.values(await writtenByGdal(options, JSON.stringify(collection(features))));
  return sent('communities', name, bytes ?? new Uint8Array());
}

const xml = (text: string): Uint8Array => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`);

/** A workbook of one sheet; `rows` and what follows them as XML. */
export function workbook(rows: string, after = ''): Uint8Array {
  return zipped({
    'xl/workbook.xml': xml('<workbook xmlns:r="r"><sheets><sheet name="户数" sheetId="1" r:id="rId1"/></sheets></workbook>'),
    'xl/_rels/workbook.xml.rels': xml('<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'),
    'xl/worksheets/sheet1.xml': xml(`<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`),
  });
}

export const textCell = (value: string): string => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
export const numberCell = (value: number): string => `<c><v>${value}</v></c>`;
export const sheetRow = (...cells: string[]): string => `<row>${cells.join('')}</row>`;
