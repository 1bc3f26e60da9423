// The text of a cell, whatever a reader made of it.

/** Formulas stay the text they are; nothing is worked out. Dates as 2024-05-01. */
export function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}
