// Rows of cells → rows with field names: finds the header below titles, leaves blank rows and rows of totals out, fills merged cells.
import { groupBy } from '../group-by.ts';
import { MAX_FEATURES } from '../import/read-features.ts';
import { UnusableFile } from '../import/unusable-file.ts';
import type { RawFeature, RawFinding } from './raw-source.ts';

export type Cell = string | number | boolean | null;

export interface Table {
  readonly features: RawFeature[];
  /** As the office's program numbers the rows, from 1. */
  readonly numbers: number[];
  /** Names of the columns, in their order. */
  readonly fields: string[];
  /** Number of the row that has the names; null: the sheet is blank. */
  readonly headerRow: number | null;
  readonly findings: RawFinding[];
}

/** Titles, units and dates above a header take fewer rows than this. */
const HEADER_WITHIN = 30;
/** Names have to stand over at least this share of the columns. */
const HEADER_SHARE = 0.5;
const TOTALS = /^(合计|总计|小计|共计|总和|(grand )?total|sum)[::]?$/i;
/** Totals are called so in one of the first columns. */
const TOTALS_WITHIN = 3;

/** Digits of so many are a code, not a count. */
const CODE = /^\d{9,}$/;

interface Row {
  readonly number: number;
  /** From column A on; trailing ones may be missing. */
  readonly cells: readonly Cell[];
}

/** Cells of one column that a sheet shows as one, from the first row to the last; the first has the value. */
interface MergedCells {
  readonly column: number;
  readonly first: number;
  readonly last: number;
}

/** Takes the rows one after the other, so that a sheet of a million is never there twice. */
export class TableReader {
  readonly #features: RawFeature[] = [];
  readonly #numbers: number[] = [];
  readonly #findings: RawFinding[] = [];
  readonly #merged: MergedCells[] = [];
  #first: Row[] = [];
  #names: string[] | null = null;
  #headerRow: number | null = null;

  add(number: number, cells: readonly Cell[]): void {
    if (cells.every(isBlank)) return;
    if (this.#names) this.#take({ number, cells }, this.#names);
    else if (this.#first.push({ number, cells }) === HEADER_WITHIN) this.#settleHeader();
  }

  /** A cell of a row that was added could not be taken as it is. */
  note(row: number, message: string, values: RawFinding['values']): void {
    this.#findings.push({ row, verdict: 'mended', message, values });
  }

  /** At any time before the end: workbooks tell after all rows which cells are merged. */
  merge(cells: MergedCells): void {
    this.#merged.push(cells);
  }

  finish(): Table {
    if (!this.#names) this.#settleHeader();
    for (const [column, merged] of groupBy(this.#merged, (cells) => cells.column)) this.#fillDown(column, merged);
    const numbers = new Set(this.#findings.length > 0 ? this.#numbers : []);
    const findings = this.#findings.filter(({ row, message }) => message === 'row-of-totals' || numbers.has(row));
    return { features: this.#features, numbers: this.#numbers, fields: this.#names ?? [], headerRow: this.#headerRow, findings };
  }

  #settleHeader(): void {
    const at = headerOf(this.#first);
    const header = this.#first[at];
    const rest = this.#first.slice(at + 1);
    this.#first = [];
    if (!header) return;
    const names = fieldNames(header.cells);
    this.#names = names;
    this.#headerRow = header.number;
    for (const row of rest) this.#take(row, names);
  }

  /** Words and codes stand for every row of their merged cells; any other number may be the sum of these rows. */
  #fillDown(column: number, merged: readonly MergedCells[]): void {
    const name = this.#names?.[column];
    if (name === undefined) return;
    const filled: number[] = [];
    let row = 0;
    for (const { first, last } of merged.toSorted((a, b) => a.first - b.first)) {
      while (row < this.#numbers.length && (this.#numbers[row] as number) < first) row++;
      if (this.#numbers[row] !== first) continue;
      const value: Cell = this.#features[row]?.properties?.[name] ?? null;
      for (row++; row < this.#numbers.length && (this.#numbers[row] as number) <= last; row++) {
        const { properties } = this.#features[row] as RawFeature;
        if (!properties || !isBlank(properties[name]) || !standsForAll(value)) continue;
        properties[name] = value;
        filled.push(this.#numbers[row] as number);
      }
    }
    const [firstFilled] = filled;
    if (firstFilled !== undefined) this.note(firstFilled, 'merged-cells-filled', { column: columnLetters(column), count: filled.length });
  }

  #take({ number, cells }: Row, names: string[]): void {
    if (cells.slice(0, TOTALS_WITHIN).some((cell) => typeof cell === 'string' && TOTALS.test(cell.replaceAll(/\s/g, '')))) {
      this.note(number, 'row-of-totals', {});
      return;
    }
    if (this.#features.length === MAX_FEATURES) throw new UnusableFile('source', 'file-too-many', { limit: MAX_FEATURES });
    const properties: Record<string, Cell> = {};
    names.forEach((name, column) => {
      properties[name] = cells[column] ?? null;
    });
    for (let column = names.length; column < cells.length; column++) {
      const cell = cells[column] ?? null;
      if (!isBlank(cell)) properties[columnLetters(column)] = cell;
    }
    this.#features.push({ type: 'Feature', properties, geometry: null });
    this.#numbers.push(number);
  }
}

/** 0 → A, 26 → AA. */
export function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last;
}

const isBlank = (cell: Cell | undefined): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');

/** The first row with words over enough columns; where none has, the first row. */
function headerOf(rows: readonly Row[]): number {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.filter((cell) => !isBlank(cell)).length));
  const enough = Math.max(Math.min(2, width), width * HEADER_SHARE);
  const at = rows.findIndex(({ cells }) => {
    const filled = cells.filter((cell) => !isBlank(cell));
    return filled.length >= enough && filled.every(isWord);
  });
  return Math.max(at, 0);
}

const standsForAll = (cell: Cell): boolean => !isBlank(cell) && (isWord(cell) || CODE.test(String(cell)));

const isWord = (cell: Cell): boolean => typeof cell === 'string' && !/^[\d.,%-]+$/.test(cell.trim());

/** Every column has a name of its own: a blank one is called by its letter, a repeated one by its count. */
function fieldNames(cells: readonly Cell[]): string[] {
  const counts = new Map<string, number>();
  return cells.map((cell, column) => {
    const name = isBlank(cell) ? columnLetters(column) : String(cell).replaceAll(/\s+/g, ' ').trim();
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
