// The audit log as CSV for a spreadsheet: with BOM, in local time, and nothing in it that a spreadsheet would take for a formula.
import { stringify } from 'csv-stringify/sync';
import type { AuditRecord } from '../../core/api/messages.ts';
import { AUDIT_ACTION_NAMES } from '../../core/audit/names.ts';

const BOM = '\uFEFF';
/** Rows that are held in memory at a time. */
export const CSV_PAGE = 1_000;

const TITLES = {
  zh: [
    '编号',
    '链上位置',
    '时间(北京时间)',
    '时间(UTC)',
    '操作人',
    '账号编号',
    '单位',
    '区划',
    '操作',
    '操作代码',
    '对象',
    '明细',
    '网络地址',
    '摘要(SM3)',
  ],
  en: [
    'Number',
    'Position',
    'Time (Beijing)',
    'Time (UTC)',
    'Person',
    'Account',
    'Organ',
    'Region',
    'Action',
    'Action code',
    'Subject',
    'Detail',
    'Address',
    'Digest (SM3)',
  ],
} as const;

/** `page` gives the rows before that id, newest first, up to CSV_PAGE of them; null: the newest. */
export async function* auditCsv(
  page: (before: number | null) => Promise<readonly AuditRecord[]>,
  language: 'zh' | 'en',
): AsyncGenerator<string> {
  yield BOM + linesOf([TITLES[language]]);
  for (let before: number | null = null; ; ) {
    const rows = await page(before);
    if (rows.length > 0) yield linesOf(rows.map((row) => cellsOf(row, language)));
    if (rows.length < CSV_PAGE) return;
    before = rows.at(-1)?.id ?? null;
  }
}

const linesOf = (rows: readonly (readonly (string | number | null)[])[]): string =>
  stringify(rows as (string | number | null)[][], { escape_formulas: true, record_delimiter: 'windows' });

function cellsOf(row: AuditRecord, language: 'zh' | 'en'): (string | number | null)[] {
  const { id, position, at, actor, account, organ, region, action, subject, detail, address, digest } = row;
  const name = (AUDIT_ACTION_NAMES as Readonly<Record<string, Record<'zh' | 'en', string>>>)[action]?.[language] ?? action;
  return [id, position, beijing(at), at, actor, account, organ, region, name, action, subject, JSON.stringify(detail), address, digest];
}

/** 2026-03-01 16:30:00 */
const BEIJING = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' });
const beijing = (at: string): string => BEIJING.format(new Date(at));
