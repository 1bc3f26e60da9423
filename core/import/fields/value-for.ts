// The value of a cell as one of our fields has it. What cannot be read stays as it is, for the judge to refuse with its reason.
import { barrierClassOf } from './barrier-class.ts';
import { cellText } from './cell-text.ts';
import type { OurField } from './our-fields.ts';

/** A number or a text. */
export function valueFor({ values }: OurField, cell: unknown): string | number {
  if (values === 'class') return barrierClassOf(cellText(cell)) ?? cellText(cell);
  if (values === 'region-code') return regionCode(cell);
  return typeof cell === 'number' && values !== 'code' ? cell : cellText(cell);
}

/**
 * Sheets and DBF files hold codes as numbers. As text only where that is exact: 6.20724E+11 has lost digits and stays as it is. The 19
 * digits of land surveys (TD/T 1057) end in seven zeros for a whole community.
 */
function regionCode(cell: unknown): string {
  if (typeof cell === 'number') return cellText(cell);
  const text = cellText(cell).normalize('NFKC').replace(/[\s']/g, '');
  return text.replace(/^(\d+)\.0+$/, '$1').replace(/^(\d{12})0{7}$/, '$1');
}
