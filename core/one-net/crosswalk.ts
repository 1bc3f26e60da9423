// The crosswalk (对照表): which old grid of which department went into which new grid, as a table for spreadsheets.
import { stringify } from 'csv-stringify/sync';
import type { OneNetPortion, OneNetRow } from '../api/one-net-messages.ts';
import { tableWorkbook, type WorkbookColumn } from '../table-workbook.ts';
import { departmentName } from './departments.ts';
import { NEGLIGIBLE_SHARE } from './old-grid.ts';

type CrosswalkRow = OneNetRow & { readonly department: string };

interface Column extends WorkbookColumn {
  /** Codes: a spreadsheet would make numbers of them and keep 15 digits. */
  readonly isCode?: true;
}

const COLUMNS: readonly Column[] = [
  { title: '部门', width: 12 },
  { title: '原网格编号', width: 18, isCode: true },
  { title: '原网格名称', width: 26 },
  { title: '村(社区)', width: 22 },
  { title: '原网格户数', width: 12 },
  { title: '原网格面积(平方米)', width: 18 },
  { title: '去向', width: 10 },
  { title: '新网格编码', width: 20, isCode: true },
  { title: '新网格名称', width: 26 },
  { title: '其中户数', width: 10 },
  { title: '其中面积(平方米)', width: 18 },
  { title: '占比(%)', width: 10 },
];
const VERDICTS: Readonly<Record<OneNetRow['verdict'], string>> = { mapped: '并入', split: '拆分', 'left-out': '未并入' };
const LEFT = '未并入';
const NO_BREAK_SPACE = '\u00A0';

/** One line for each part of an old grid; slips along borders where nobody lives are left out. */
function crosswalkRows(rows: readonly CrosswalkRow[]): (string | number)[][] {
  return rows.flatMap((row) => {
    const { department, code, name, community, households, areaM2 } = row;
    const old = [departmentName(department, 'zh'), code, name, community.name, households, Math.round(areaM2)];
    const line = (verdict: string, newCode: string, newName: string, portion: OneNetPortion): (string | number)[] => [
      ...[...old, verdict, newCode, newName, portion.households, Math.round(portion.areaM2)],
      Math.round(portion.share * 1_000) / 10,
    ];
    const lines = row.to.filter(isWorthALine).map((part) => line(VERDICTS[row.verdict], part.code ?? '', part.name, part));
    return row.leftOver || lines.length === 0 ? [...lines, line(LEFT, '', '', row.left)] : lines;
  });
}

const isWorthALine = ({ households, share }: OneNetPortion): boolean => households > 0 || share >= NEGLIGIBLE_SHARE;

/** With a mark that says UTF-8, codes whole, and nothing taken for a formula. */
export function crosswalkCsv(rows: readonly CrosswalkRow[]): string {
  const lines = crosswalkRows(rows).map((row) =>
    row.map((value, i) => (COLUMNS[i]?.isCode && value !== '' ? `${value}${NO_BREAK_SPACE}` : value)),
  );
  const titles = COLUMNS.map(({ title }) => title);
  return stringify([titles, ...lines], { bom: true, record_delimiter: 'windows', escape_formulas: true });
}

export function crosswalkWorkbook(rows: readonly CrosswalkRow[]): Promise<Buffer> {
  return tableWorkbook('网格对照表', COLUMNS, crosswalkRows(rows));
}
