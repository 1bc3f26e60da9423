// The old grids of departments beside the grids of a plan: what became of each.
import { setImmediate as breathe } from 'node:timers/promises';
import type { OneNetOverview, OneNetRow } from '../../core/api/one-net-messages.ts';
import { toLattice } from '../../core/coverage/lattice.ts';
import { isLeftOver, OverlapIndex } from '../../core/one-net/overlap.ts';
import { placeOf } from '../../core/rules/finding.ts';
import type { Queryable } from '../database/queryable.ts';
import { wkbToMultiPolygon } from '../database/wkb.ts';
import { listDepartments, type NewGridRow, type OldGridRow, readHomes, readNewGrids, readOldGrids } from './store.ts';

/** Others are answered after so much work on end. */
const BREATHE_AFTER_MILLISECONDS = 20;

/** An old grid with the department that it is of. */
export type DepartmentRow = OneNetRow & { readonly department: string };

/** What became of the old grids of a department; of the first one where none is named. */
export async function oneNetOverview(db: Queryable, plan: number, wanted: string | undefined): Promise<OneNetOverview> {
  const departments = await listDepartments(db, plan);
  const department = wanted ?? departments[0]?.department ?? null;
  const rows = department === null ? [] : await departmentRows(db, plan, department);
  rows.sort((a, b) => Number(b.leftOver) - Number(a.leftOver) || b.left.households - a.left.households || b.left.share - a.left.share);
  const count = (verdict: OneNetRow['verdict']): number => rows.filter((row) => row.verdict === verdict).length;
  const sum = (of: (row: OneNetRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  return {
    plan,
    departments,
    department,
    rows: rows.map(({ department: _, ...row }) => row),
    counts: {
      ...{ grids: rows.length, mapped: count('mapped'), split: count('split'), leftOut: count('left-out') },
      leftOver: rows.filter(({ leftOver }) => leftOver).length,
      households: sum(({ households }) => households),
      householdsLeft: sum(({ left }) => left.households),
    },
  };
}

/** Old grids of one department, or of all, in the order of their codes. */
export async function departmentRows(db: Queryable, plan: number, department: string | null): Promise<DepartmentRow[]> {
  const olds = await readOldGrids(db, plan, department);
  if (olds.length === 0) return [];
  const grids = await readNewGrids(db, plan);
  const homes = await readHomes(db, plan);
  const index = new OverlapIndex(
    grids.map(({ id, outline }) => ({ id, outline: wkbToMultiPolygon(outline) })),
    homes.map(({ x, y, households, grid }) => ({ point: [toLattice(x), toLattice(y)], households, grid })),
  );
  const gridOf = new Map(grids.map((grid) => [grid.id, grid]));
  const rows: DepartmentRow[] = [];
  let since = performance.now();
  for (const old of olds) {
    rows.push(rowOf(old, index, gridOf));
    if (performance.now() - since < BREATHE_AFTER_MILLISECONDS) continue;
    await breathe();
    since = performance.now();
  }
  return rows;
}

function rowOf(old: OldGridRow, index: OverlapIndex, gridOf: ReadonlyMap<number, NewGridRow>): DepartmentRow {
  const area = wkbToMultiPolygon(old.area);
  const overlap = index.overlapOf({ area });
  const { households, areaM2, to, left, verdict } = overlap;
  return {
    ...{ id: old.id, department: old.department, code: old.code, name: old.name, households, areaM2, left, verdict },
    community: { code: old.home, name: old.homeName },
    to: to.flatMap((portion) => {
      const grid = gridOf.get(portion.grid);
      return grid ? { ...portion, code: grid.code, name: grid.name, community: grid.communityName } : [];
    }),
    leftOver: isLeftOver(overlap),
    outsideShare: old.outsideShare,
    place: [...(placeOf(area) as OneNetRow['place'])],
  };
}
