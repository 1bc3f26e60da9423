// The crosswalk of a plan as the bytes of a file.
import { crosswalkCsv, crosswalkWorkbook } from '../../core/one-net/crosswalk.ts';
import type { CrosswalkFormat } from '../../core/one-net/crosswalk-format.ts';
import type { Queryable } from '../database/queryable.ts';
import { departmentRows } from './overview.ts';

export const CROSSWALK_TYPES: Readonly<Record<CrosswalkFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** `department` null: of all of them. `rows`: old grids in it. */
export async function crosswalkFile(
  db: Queryable,
  plan: number,
  format: CrosswalkFormat,
  department: string | null,
): Promise<{ readonly file: Buffer; readonly rows: number }> {
  const rows = await departmentRows(db, plan, department);
  return { file: format === 'csv' ? Buffer.from(crosswalkCsv(rows)) : await crosswalkWorkbook(rows), rows: rows.length };
}
