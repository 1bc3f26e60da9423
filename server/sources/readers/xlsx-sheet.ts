// One sheet of a workbook, cell by cell.
import { type Cell, columnLetters, type TableReader } from '../../../core/sources/table.ts';
import type { ZipEntry } from '../safe-zip.ts';
import { readXml } from './xml.ts';

/** What the cells of all sheets refer to. */
export interface SheetTexts {
  readonly shared: readonly string[];
  /** Styles that show a number as a day. */
  readonly dates: ReadonlySet<number>;
  /** Days count from 1904, as in old workbooks of the Macintosh. */
  readonly from1904: boolean;
}

const MILLISECONDS_OF_DAY = 86_400_000;
/** Day 0 of Excel, which takes 1900 for a leap year. */
const EPOCH = Date.UTC(1899, 11, 30);
const DAYS_1904 = 1_462;
/** The last column, XFD. */
const MAX_COLUMNS = 16_384;

/** The cell that is being read. */
interface OpenCell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  formula: boolean;
  text: string | null;
}

/** Hands every row on with the number that Excel shows. */
export async function readSheet(entry: ZipEntry, texts: SheetTexts, reader: TableReader): Promise<void> {
  let row = 0;
  let cells: Cell[] = [];
  let notes: [message: string, values: Record<string, string>][] = [];
  let cell: OpenCell | null = null;
  let inText = false;
  let inGuide = false;
  await readXml(entry, {
    open(tag, attributes) {
      if (tag === 'row') {
        row = attributes.r === undefined ? row + 1 : Number(attributes.r);
        [cells, notes] = [[], []];
      } else if (tag === 'c') {
        const column = attributes.r === undefined ? cells.length : columnOf(attributes.r);
        cell = { column, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), formula: false, text: null };
      } else if (tag === 'f' && cell) cell.formula = true;
      else if (tag === 'rPh') inGuide = true;
      else if ((tag === 'v' || tag === 't') && !inGuide) inText = true;
      else if (tag === 'mergeCell') addMerged(reader, attributes.ref ?? '');
    },
    text(part) {
      if (inText && cell) cell.text = (cell.text ?? '') + part;
    },
    close(tag) {
      if (tag === 'v' || tag === 't') inText = false;
      else if (tag === 'rPh') inGuide = false;
      else if (tag === 'c' && cell) {
        if (cell.column < MAX_COLUMNS) {
          while (cells.length < cell.column) cells.push(null);
          cells[cell.column] = cellValue(cell, texts);
          const note = noteOf(cell);
          if (note) notes.push([note, { column: columnLetters(cell.column), value: cell.text ?? '' }]);
        }
        cell = null;
      } else if (tag === 'row') {
        reader.add(row, cells);
        for (const [message, values] of notes) reader.note(row, message, values);
      }
    },
  });
}

/** A range such as C5:D8: its first column from row to row; what else is in it was blank from the beginning. */
function addMerged(reader: TableReader, range: string): void {
  const [, start = '', first, last] = /^([A-Z]+(\d+)):[A-Z]+(\d+)$/i.exec(range) ?? [];
  if (Number(first) < Number(last)) reader.merge({ column: columnOf(start), first: Number(first), last: Number(last) });
}

/** AB12 → 27. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference.toUpperCase()) {
    if (letter < 'A' || letter > 'Z') break;
    column = column * 26 + letter.charCodeAt(0) - 64;
  }
  return column - 1;
}

function cellValue({ type, style, text }: OpenCell, { shared, dates, from1904 }: SheetTexts): Cell {
  if (text === null) return null;
  switch (type) {
    case 's':
      return shared[Number(text)] ?? null;
    case 'b':
      return text === '1';
    case 'e':
      return null;
    case 'n': {
      const number = Number(text);
      if (!Number.isFinite(number)) return text;
      return dates.has(style) ? dayOf(number, from1904) : number;
    }
    default:
      return unescaped(text).trim();
  }
}

/** What is told about a cell that has no value to be taken. */
function noteOf({ type, formula, text }: OpenCell): string | null {
  if (type === 'e') return 'cell-error';
  return formula && text === null ? 'formula-without-value' : null;
}

/** `_x000D_` is how the format writes a control character. */
const unescaped = (text: string): string =>
  text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

function dayOf(serial: number, from1904: boolean): Cell {
  const day = new Date(EPOCH + Math.round((serial + (from1904 ? DAYS_1904 : 0)) * MILLISECONDS_OF_DAY));
  if (Number.isNaN(day.getTime())) return serial;
  const text = day.toISOString();
  return Number.isInteger(serial) ? text.slice(0, 10) : text.slice(0, 19);
}
