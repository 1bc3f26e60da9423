// A table as a workbook for spreadsheets: the titles stay in sight, and text stays text.
import writeExcelFile, { type Cell } from 'write-excel-file/node';

export interface WorkbookColumn {
  readonly title: string;
  /** Characters. */
  readonly width: number;
}

/** One sheet: the titles of the columns, then the rows. XLSX, with the time of day in its zip. */
export function tableWorkbook(
  sheet: string,
  columns: readonly WorkbookColumn[],
  rows: readonly (readonly (string | number)[])[],
): Promise<Buffer> {
  const header = columns.map(({ title }): Cell => ({ value: title, type: String, fontWeight: 'bold', wrap: true }));
  return writeExcelFile([header, ...rows.map((row) => row.map(cellOf))], {
    sheet,
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    orientation: 'landscape',
  }).toBuffer();
}

/** Text is written as text: Excel keeps 15 digits of a number, and takes no text for a formula. */
function cellOf(value: string | number): Cell {
  return typeof value === 'number' ? { value, type: Number } : { value, type: String, format: '@', wrap: true };
}
