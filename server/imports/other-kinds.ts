// Judges the files of an import that are no ground: tables of region codes, old grids of departments, staff.
import type { Findings } from '../../core/import/findings.ts';
import { type RowCollection, soundFeatures } from '../../core/import/read-features.ts';
import { type AssignedStaff, assignStaff } from '../../core/import/staff/assign-staff.ts';
import { readStaffRows } from '../../core/import/staff/staff-rows.ts';
import { type ReadDepartmentGrid, readDepartmentGrids } from '../../core/one-net/read-department-grids.ts';
import { readTable } from '../../core/regions/read-table.ts';
import type { TableOrigin, TableRegion } from '../../core/regions/table.ts';
import type { ReadFile } from './read-rows.ts';
import type { StoredQuestions } from './stored-questions.ts';

export interface OtherRows {
  /** In the order of their days. */
  readonly tables: readonly { readonly table: readonly TableRegion[]; readonly origin: TableOrigin }[];
  readonly departmentGrids: readonly PlacedDepartmentGrid[];
  readonly staff: readonly (AssignedStaff & { readonly plan: number })[];
}

/** With its row in the file: only the database tells whether it lies in a community. */
export interface PlacedDepartmentGrid extends ReadDepartmentGrid {
  readonly origin: { readonly source: string; readonly feature: number };
}

const filesOf = (files: readonly ReadFile[], kind: ReadFile['kind']): ReadFile[] => files.filter((file) => file.kind === kind);

/** Files of one day and source are one table: communities in one, towns in another. */
export function judgeTables(files: readonly ReadFile[], findings: Findings): OtherRows['tables'] {
  const byOrigin = new Map<string, { origin: TableOrigin; rows: RowCollection[] }>();
  for (const { rows, settings } of filesOf(files, 'regions')) {
    const { validFrom = '', source = '' } = settings;
    const key = JSON.stringify([validFrom, source]);
    byOrigin.set(key, { origin: { validFrom, source }, rows: [...(byOrigin.get(key)?.rows ?? []), rows] });
  }
  return [...byOrigin.values()]
    .map(({ origin, rows }) => ({ origin, table: readTable(rows, findings) }))
    .toSorted((a, b) => (a.origin.validFrom < b.origin.validFrom ? -1 : 1));
}

export function judgeDepartmentGrids(files: readonly ReadFile[], findings: Findings): PlacedDepartmentGrid[] {
  return filesOf(files, 'department-grids').flatMap(({ rows, settings }) => {
    const features = soundFeatures('department-grids', rows, findings);
    const read = readDepartmentGrids(features, findings, settings.department);
    return read.map((grid) => ({ ...grid, origin: findings.originOf('department-grids', grid.feature) }));
  });
}

/** A list says for which plan it is; a plan that is not there, or that the importer does not reach, has no grids. */
export async function judgeStaff(files: readonly ReadFile[], stored: StoredQuestions, findings: Findings): Promise<OtherRows['staff']> {
  const lists: (AssignedStaff & { plan: number })[] = [];
  for (const { rows, settings } of filesOf(files, 'staff')) {
    const plan = Number(settings.plan);
    const grids = Number.isSafeInteger(plan) ? await stored.staffedGrids(plan) : [];
    lists.push({ plan, ...assignStaff(readStaffRows([rows], findings), grids, findings) });
  }
  return lists;
}
