// Statements on the staff of a grid, in SQL. Rows are only ever added.
import type { Clearance } from '../../core/api/messages.ts';
import type { StaffedGrid as NamedGrid } from '../../core/import/staff/assign-staff.ts';
import type { StaffMember } from '../../core/plan/state.ts';
import type { Queryable } from '../database/queryable.ts';

export interface StaffedGrid {
  community: string;
  staff: StaffMember[];
}

/** null: the plan has no such living grid. */
export async function readStaff(db: Queryable, plan: number, grid: number): Promise<StaffedGrid | null> {
  const { rows } = await db.query<StaffedGrid>(`select community, staff from grid where plan = $1 and id = $2 and living`, [plan, grid]);
  return rows[0] ?? null;
}

/** The living grids of a plan, as a staff list may name them. */
export async function readStaffedGrids(db: Queryable, plan: number): Promise<NamedGrid[]> {
  const { rows } = await db.query<NamedGrid>(
    `select grid.id, grid.community, region.name as "communityName", grid.code, grid.name, grid.staff
     from grid join region on region.code = grid.community where grid.plan = $1 and grid.living order by grid.id`,
    [plan],
  );
  return rows;
}

/** By community, for each that the plan has. */
export async function readRevisions(db: Queryable, plan: number): Promise<Map<string, number>> {
  const { rows } = await db.query<{ community: string; revision: number }>(
    `select community, revision from plan_community where plan = $1`,
    [plan],
  );
  return new Map(rows.map(({ community, revision }) => [community, revision]));
}

export interface NewClearance {
  plan: number;
  grid: number;
  role: string;
  name: string;
  cleared: boolean;
  account: number | null;
  person: string;
  organ: string;
}

export async function insertClearance(db: Queryable, row: NewClearance): Promise<void> {
  await db.query(
    `insert into clearance (plan, grid, role, name, cleared, account, person, organ) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [row.plan, row.grid, row.role, row.name, row.cleared, row.account, row.person, row.organ],
  );
}

/** The statements of the grid that hold: the newest on each person, unless it takes the earlier one back. */
export async function readClearances(db: Queryable, grid: number): Promise<Clearance[]> {
  const { rows } = await db.query<Clearance>(
    `select role, name, organ, person, at from (
       select distinct on (role, name) * from clearance where grid = $1 order by role, name, id desc
     ) as latest where cleared order by id`,
    [grid],
  );
  return rows;
}
