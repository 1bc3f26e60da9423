// register.xlsx, the register of grids (网格台账): one row per grid, codes as text, phones masked.
import { unzipSync } from 'fflate';
import { maskedPhone } from '../staff/masked-phone.ts';
import { tableWorkbook, type WorkbookColumn } from '../table-workbook.ts';
import type { FilingCommunity, FilingGrid, FilingPlan } from './contents.ts';
import { kindNames } from './names.ts';
import { writeZip } from './zip/write-zip.ts';

interface RegisterColumn extends WorkbookColumn {
  readonly value: (grid: FilingGrid['properties'], community: FilingCommunity | undefined) => string | number;
}

export const REGISTER_COLUMNS: readonly RegisterColumn[] = [
  { title: '网格编码', width: 20, value: ({ code }) => code ?? '' },
  { title: '网格名称', width: 26, value: ({ name }) => name },
  { title: '类型', width: 10, value: ({ kind }) => kindNames[kind] },
  { title: '县(市、区)', width: 14, value: (_, community) => community?.county ?? '' },
  { title: '乡镇(街道)', width: 14, value: (_, community) => community?.town ?? '' },
  { title: '村(社区)', width: 22, value: (_, community) => community?.name ?? '' },
  { title: '村(社区)代码', width: 16, value: ({ community }) => community },
  { title: '户数', width: 8, value: ({ households }) => households },
  { title: '人口', width: 8, value: ({ population }) => population },
  { title: '楼栋数', width: 8, value: ({ buildings }) => buildings },
  { title: '面积(平方米)', width: 14, value: ({ area_m2 }) => Math.round(area_m2) },
  { title: '党组织', width: 26, value: ({ party }) => party },
  { title: '工作人员', width: 40, value: ({ staff }) => staff.map(staffText).join(';') },
  { title: '例外原因', width: 40, value: ({ reason }) => reason },
];

export async function registerWorkbook(plans: readonly FilingPlan[]): Promise<Uint8Array> {
  const workbook = await tableWorkbook('网格台账', REGISTER_COLUMNS, registerRows(plans));
  // The library writes the time of day into the zip; the same register has to give the same bytes.
  return writeZip(new Map(Object.entries(unzipSync(new Uint8Array(workbook)))));
}

/** What the register says, in the order of the codes within each plan. */
export function registerRows(plans: readonly FilingPlan[]): (string | number)[][] {
  return plans.flatMap(({ grids, communities }) => {
    const communityOf = new Map(communities.map((community) => [community.code, community]));
    const sorted = grids.map(({ properties }) => properties).sort((a, b) => compare(a.code ?? '', b.code ?? ''));
    return sorted.map((grid) => REGISTER_COLUMNS.map(({ value }) => value(grid, communityOf.get(grid.community))));
  });
}

function staffText({ role, name, phone }: FilingGrid['properties']['staff'][number]): string {
  return [role, name, phone === undefined ? '' : maskedPhone(phone)].filter((part) => part !== '').join(' ');
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
