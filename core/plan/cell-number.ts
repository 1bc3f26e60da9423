// How the number of a cell is written, in codes and in sentences: 01.

/** DESIGN §8: cells add two digits; 00 is the whole grid. */
const DIGITS = 2;

export function cellNumber(cell: number): string {
  return String(cell).padStart(DIGITS, '0');
}
