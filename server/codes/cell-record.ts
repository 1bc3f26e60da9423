// The code of a cell, looked up by that of its grid: cells have no codes of their own in the books.
import { cellOfCode } from '../../core/codes/cell-code.ts';
import { schemeOf, schemes } from '../../core/codes/schemes.ts';
import type { Queryable } from '../database/queryable.ts';
import { type CodeRow, hasCell, readCode } from './store.ts';

const CHECKS = ['', '+mod11-10', '+mod37-36'];

/** What is known of the grid, under the code of the cell; null: no such cell. */
export async function readCellCode(db: Queryable, code: string): Promise<CodeRow | null> {
  for (const id of [...schemes.keys()].flatMap((scheme) => CHECKS.map((check) => scheme + check))) {
    const scheme = schemeOf(id);
    const meant = scheme ? cellOfCode(scheme, code) : null;
    if (!meant) continue;
    const row = await readCode(db, meant.gridCode);
    if (row?.scheme === id && row.grid !== null && (await hasCell(db, row.grid, meant.cell))) return { ...row, code };
  }
  return null;
}
