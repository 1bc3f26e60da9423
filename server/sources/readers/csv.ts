// CSV: encoding and delimiter are guessed; the rows are numbered as Excel would show them.
import { parse } from 'csv-parse/sync';
import { describeLayer } from '../../../core/sources/describe-layer.ts';
import { type Cell, type Table, TableReader } from '../../../core/sources/table.ts';
import { decodeText, type TextEncoding } from '../../../core/sources/text-encoding.ts';
import { layerName } from '../layer-name.ts';
import { type SourceFile, unusable, wholeFile } from '../source-file.ts';
import type { SourceReader } from './reader.ts';

const DELIMITERS = [',', '\t', ';', '|', '\uFF0C'];
/** Lines by which the delimiter is guessed. */
const GUESS_LINES = 20;
/** As spreadsheets read it: quotes may stand anywhere, rows may be short. */
const LENIENT = { bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: false } as const;

export const csvReader: SourceReader = {
  async inspect(file, encoding) {
    const { table, encoding: found } = readTable(file, encoding);
    const layer = describeLayer(layerName(file.name), table.features, { claimedCrs: null, encoding: found }, table.fields);
    return { layers: [{ ...layer, headerRow: table.headerRow }], attribution: null };
  },
  async read(file, { encoding }) {
    const { features, numbers, findings } = readTable(file, encoding).table;
    return { layer: layerName(file.name), features, numbers, synthetic: false, claimedCrs: null, attribution: null, findings };
  },
};

function readTable(file: SourceFile, chosen: string | null): { readonly table: Table; readonly encoding: TextEncoding } {
  const { text, encoding } = decodeText(wholeFile(file), chosen);
  const reader = new TableReader();
  let number = 0;
  parse(text, {
    ...LENIENT,
    delimiter: delimiterOf(text),
    on_record: (record: string[]) => {
      number += 1;
      reader.add(number, record.map(cellOf));
      return null;
    },
  });
  const table = reader.finish();
  if (table.headerRow === null) throw unusable('file-empty');
  return { table, encoding };
}

/** The one that parts the first lines into most columns. */
function delimiterOf(text: string): string {
  const lines = text.split('\n', GUESS_LINES).join('\n');
  const columns = (delimiter: string): number => {
    const records = parse(lines, { ...LENIENT, delimiter, to: GUESS_LINES - 1 }) as string[][];
    return records.reduce((sum, record) => sum + record.length, 0);
  };
  return DELIMITERS.reduce((best, delimiter) => (columns(delimiter) > columns(best) ? delimiter : best));
}

/** A count or a coordinate; what has more digits or begins with 0 is a code and stays text. */
const NUMBER = /^-?(0|[1-9]\d{0,7})(\.\d+)?$/;

function cellOf(value: string): Cell {
  const trimmed = value.trim();
  return trimmed === '' ? null : NUMBER.test(trimmed) ? Number(trimmed) : trimmed;
}
