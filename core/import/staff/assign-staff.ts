// Brings a staff list to the grids of a plan. Of every grid in the list, the roles that the list names are taken from it.

import { groupBy } from '../../group-by.ts';
import type { StaffMember } from '../../plan/state.ts';
import type { Findings } from '../findings.ts';
import { sameCommunity } from '../households/place-words.ts';
import type { StaffRow } from './staff-rows.ts';

export interface StaffedGrid {
  readonly id: number;
  /** Code and name of its community. */
  readonly community: string;
  readonly communityName: string;
  /** null: none issued yet. */
  readonly code: string | null;
  readonly name: string;
  readonly staff: readonly StaffMember[];
}

export interface StaffChange {
  readonly grid: number;
  readonly community: string;
  readonly staff: readonly StaffMember[];
}

export interface AssignedStaff {
  readonly changes: readonly StaffChange[];
  /** Rows of grids whose staff stays as it is. */
  readonly unchanged: number;
}

/** Pure. Rows whose grid is not found, or not the only one of that name, are refused in the findings. */
export function assignStaff(rows: readonly StaffRow[], grids: readonly StaffedGrid[], findings: Findings): AssignedStaff {
  const rowsOf = new Map<StaffedGrid, StaffRow[]>();
  const byCode = groupBy(grids, ({ code }) => code ?? '');
  const byName = groupBy(grids, ({ name }) => name);
  for (const row of rows) {
    const alike = row.grid === '' ? byName.get(row.gridName) : byCode.get(row.grid);
    const found = (alike ?? []).filter((grid) => means(row, grid));
    const [grid, ...others] = found;
    if (!grid || others.length > 0) {
      const values = { value: row.grid || row.gridName, count: found.length };
      findings.refuse('staff', grid ? 'staff-grid-several' : 'staff-grid-unknown', { feature: row.feature, field: 'grid', values });
      continue;
    }
    const own = rowsOf.get(grid);
    if (own) own.push(row);
    else rowsOf.set(grid, [row]);
  }
  const settled = [...rowsOf].map(([grid, own]) => ({ grid, own, staff: newStaff(grid, own) }));
  const changed = settled.filter(({ grid, staff }) => JSON.stringify(staff) !== JSON.stringify(grid.staff));
  return {
    changes: changed.map(({ grid: { id, community }, staff }) => ({ grid: id, community, staff })),
    unchanged: settled.reduce((sum, { own }) => sum + own.length, 0) - changed.reduce((sum, { own }) => sum + own.length, 0),
  };
}

/** Of a grid of that code or name: whether the community that the row names fits, too. */
function means({ grid, community }: StaffRow, known: StaffedGrid): boolean {
  return grid !== '' || community === '' || known.community === community || sameCommunity(known.communityName, community);
}

/** Whoever stays keeps their place in the list; the same person in the same role twice counts once. */
function newStaff({ staff }: StaffedGrid, rows: readonly StaffRow[]): StaffMember[] {
  const listed = new Map(rows.map(({ member }) => [`${member.role} ${member.name}`, member]));
  const roles = new Set(rows.map(({ member }) => member.role));
  const stays = staff.filter(({ role, name }) => !roles.has(role) || listed.has(`${role} ${name}`));
  const kept = stays.map((member): StaffMember => ({ ...member, ...listed.get(`${member.role} ${member.name}`) }));
  const known = new Set(stays.map(({ role, name }) => `${role} ${name}`));
  return [...kept, ...[...listed].flatMap(([key, member]) => (known.has(key) ? [] : [member]))];
}
