// The code of a cell, looked up by that of its grid: cells have no codes of their own in the books.
import type { CodeRecord } from '../../core/api/messages.ts';
import { cellOfCode } from '../../core/codes/cell-code.ts';
import { schemeOf, schemes } from '../../core/codes/schemes.ts';
import type { Queryable } from '../database/queryable.ts';
import { hasCell, readCode } from './store.ts';

const CHECKS = ['', '+mod11-10', '+mod37-36'];

/** What is known of the grid, under the code of the cell; null: no such cell. */
export async function readCellCode(db: Queryable, code: string): Promise<Omit<CodeRecord, 'segments'> | null> {
  for (const id of [...schemes.keys()].flatMap((scheme) => CHECKS.map((check) => scheme + check))) {
    const scheme = schemeOf(id);
    const meant = scheme ? cellOfCode(scheme, code) : null;
    if (!meant) continue;
    const row = await readCode(db, meant.gridCode);
    if (row?.scheme === id && (await hasCell(db, row.grid, meant.cell))) return { ...row, code };
  }
  return null;
}
