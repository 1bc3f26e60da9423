// The crosswalk of a plan as the bytes of a file.
import { crosswalkCsv, crosswalkWorkbook } from '../../core/one-net/crosswalk.ts';
import type { CrosswalkFormat } from '../../core/one-net/crosswalk-format.ts';
import { departmentOf } from '../../core/one-net/departments.ts';
import { audit } from '../audit/audit.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Identity } from '../http/identity.ts';
import { departmentRows } from './overview.ts';

export const CROSSWALK_TYPES: Readonly<Record<CrosswalkFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The table of a plan, noted in the audit. `department`: what people call it; null: all of them. `rows`: old grids in it. */
export async function crosswalkFile(
  db: Queryable,
  by: Identity,
  { id, region }: { readonly id: number; readonly region: string },
  format: CrosswalkFormat,
  department: string | null,
): Promise<{ readonly file: Buffer; readonly rows: number }> {
  const rows = await departmentRows(db, id, department === null ? null : departmentOf(department));
  const file = format === 'csv' ? Buffer.from(crosswalkCsv(rows)) : await crosswalkWorkbook(rows);
  await audit(db, by, { action: 'export', region, subject: `plan/${id}`, detail: { format, crosswalk: rows.length } });
  return { file, rows: rows.length };
}
