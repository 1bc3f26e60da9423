// changes.csv: which code came from which, and why. Opens in a spreadsheet with its codes whole and nothing taken for a formula.
import { stringify } from 'csv-stringify/sync';
import type { FilingPlan } from './contents.ts';
import { changeNames } from './names.ts';

const HEADER = ['方案', '村(社区)代码', '原编码', '原网格名称', '新编码', '新网格名称', '变更', '原因'];

export function changesCsv(plans: readonly FilingPlan[]): string {
  const rows = plans.flatMap(({ plan, grids, changes }) => {
    const nameOf = new Map(grids.map(({ properties: { code, name } }) => [code, name]));
    return changes.map(({ community, from, fromName, to, kind, reason }) => [
      plan.name,
      asText(community),
      asText(from),
      fromName,
      asText(to),
      to === null ? '' : (nameOf.get(to) ?? ''),
      changeNames[kind],
      reason,
    ]);
  });
  return stringify([HEADER, ...rows], { bom: true, record_delimiter: 'windows', escape_formulas: true });
}

/** A space that does not break behind the digits: a spreadsheet would make a number of them and keep 15. */
const asText = (code: string | null): string => (code === null ? '' : `${code}\u00A0`);
