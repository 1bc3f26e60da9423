// Rows → .dbf (dBASE III) in GBK, or in GB18030 where a character needs it, and the .cpg that says which.
import iconv from 'iconv-lite';

export interface DbfField {
  /** Capital letters and digits, 10 at most. */
  readonly name: string;
  readonly type: 'text' | 'number';
  /** Digits before and after the point, and the point; text is as wide as its longest value. */
  readonly width?: number;
  readonly decimals?: number;
}
type Value = string | number;

const HEADER_BYTES = 32;
const FIELD_BYTES = 32;
const MAX_TEXT_BYTES = 254;
const END_OF_HEADER = 0x0d;
const END_OF_FILE = 0x1a;
const DBASE_III = 0x03;
const SPACE = 0x20;
/** Code page 936 as dBASE numbers it; 0 leaves the word to the .cpg. */
const GBK_LANGUAGE_DRIVER = 0x4d;

/** `day`: YYYY-MM-DD. Values in the order of the fields. */
export function dbfFile(fields: readonly DbfField[], rows: readonly (readonly Value[])[], day: string): { dbf: Uint8Array; cpg: string } {
  const encoding = encodingOf(rows.flat());
  const cells = rows.map((row) => fields.map((field, i) => cellBytes(field, row[i] as Value, encoding)));
  const widths = fields.map((field, i) => field.width ?? cells.reduce((width, row) => Math.max(width, (row[i] as Uint8Array).length), 1));
  const headerBytes = HEADER_BYTES + fields.length * FIELD_BYTES + 1;
  const rowBytes = widths.reduce((sum, width) => sum + width, 1);
  const dbf = new Uint8Array(headerBytes + rows.length * rowBytes + 1).fill(SPACE, headerBytes);
  writeHeader(dbf, { rows: rows.length, headerBytes, rowBytes, day, languageDriver: encoding === 'GBK' ? GBK_LANGUAGE_DRIVER : 0 });
  fields.forEach((field, i) => {
    writeField(dbf, HEADER_BYTES + i * FIELD_BYTES, field, widths[i] as number);
  });
  dbf[headerBytes - 1] = END_OF_HEADER;
  cells.forEach((row, i) => {
    // The first byte of a row is a space: not deleted.
    let at = headerBytes + i * rowBytes + 1;
    row.forEach((bytes, column) => {
      const width = widths[column] as number;
      dbf.set(bytes, fields[column]?.type === 'number' ? at + width - bytes.length : at);
      at += width;
    });
  });
  dbf[dbf.length - 1] = END_OF_FILE;
  return { dbf, cpg: encoding };
}

/** GBK has the common characters; a rare one in the name of a village needs GB18030, which has them all. */
function encodingOf(values: readonly Value[]): 'GBK' | 'GB18030' {
  const text = values.filter((value) => typeof value === 'string').join('');
  return iconv.decode(iconv.encode(text, 'GBK'), 'GBK') === text ? 'GBK' : 'GB18030';
}

function cellBytes(field: DbfField, value: Value, encoding: string): Uint8Array {
  if (typeof value === 'number') return iconv.encode(value.toFixed(field.decimals ?? 0), 'ascii');
  let characters = [...value];
  let bytes = iconv.encode(value, encoding);
  while (bytes.length > MAX_TEXT_BYTES) {
    characters = characters.slice(0, -1);
    bytes = iconv.encode(characters.join(''), encoding);
  }
  return bytes;
}

interface Header {
  readonly rows: number;
  readonly headerBytes: number;
  readonly rowBytes: number;
  readonly day: string;
  readonly languageDriver: number;
}

function writeHeader(dbf: Uint8Array, { rows, headerBytes, rowBytes, day, languageDriver }: Header): void {
  const view = new DataView(dbf.buffer);
  const [year = 1900, month = 1, date = 1] = day.split('-').map(Number);
  dbf.set([DBASE_III, year - 1900, month, date]);
  view.setUint32(4, rows, true);
  view.setUint16(8, headerBytes, true);
  view.setUint16(10, rowBytes, true);
  dbf[29] = languageDriver;
}

function writeField(dbf: Uint8Array, at: number, { name, type, decimals = 0 }: DbfField, width: number): void {
  dbf.set(new TextEncoder().encode(name), at);
  dbf[at + 11] = (type === 'text' ? 'C' : 'N').charCodeAt(0);
  dbf[at + 16] = width;
  dbf[at + 17] = decimals;
}
