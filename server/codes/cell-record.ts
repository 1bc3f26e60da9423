// The code of a cell, looked up by that of its grid: cells have no codes of their own in the books.
import { cellOfCode } from '../../core/codes/cell-code.ts';
import type { Queryable } from '../database/queryable.ts';
import { possibleSchemes } from '../schemes/known-schemes.ts';
import { type CodeRow, hasCell, readCode } from './lookup-store.ts';

/** What is known of the grid, under the code of the cell; null: no such cell. */
export async function readCellCode(db: Queryable, code: string): Promise<CodeRow | null> {
  for (const scheme of await possibleSchemes(db)) {
    const meant = cellOfCode(scheme, code);
    if (!meant) continue;
    const row = await readCode(db, meant.gridCode);
    if (row?.scheme === scheme.id && row.grid !== null && (await hasCell(db, row.grid, meant.cell))) return { ...row, code };
  }
  return null;
}
