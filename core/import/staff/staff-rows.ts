// Judges the rows of a staff list: who works in which grid, and in what role. Numbers of identity cards are refused, never repeated.
import { staffMember } from '../../plan/operation.ts';
import type { StaffMember } from '../../plan/state.ts';
import { holdsIdNumber } from '../../staff/id-number.ts';
import type { Findings } from '../findings.ts';
import type { RowCollection } from '../read-features.ts';
import { textProperty } from '../text-property.ts';

export interface StaffRow {
  /** Counts from 1 through all staff lists of the import. */
  readonly feature: number;
  /** Code of the grid; empty: none, as with its name and its community. */
  readonly grid: string;
  readonly gridName: string;
  readonly community: string;
  readonly member: StaffMember;
}

/** The role of everybody in a list that says nothing of roles: every grid needs one of these. */
const ROLE_OF_ALL = '专职网格员';

type Properties = Readonly<Record<string, unknown>>;

export function readStaffRows(collections: readonly RowCollection[], findings: Findings): StaffRow[] {
  return collections.flatMap((collection) => {
    const { source, features, numbers } = collection;
    const before = findings.begin('staff', { source, count: features.length, numbers });
    const rows = features.map((feature, i) => ({
      feature: before + i + 1,
      properties: ((feature as { properties?: Properties | null }).properties ?? {}) as Properties,
    }));
    const [first] = rows;
    const withoutRoles = rows.every(({ properties }) => roleOf(properties) === '');
    if (first && withoutRoles) findings.mend('staff', 'staff-role-assumed', { feature: first.feature, values: { role: ROLE_OF_ALL } });
    return rows.flatMap((row) => readRow(row, withoutRoles ? ROLE_OF_ALL : '', findings));
  });
}

const roleOf = ({ role, post }: Properties): string => textProperty(role) || textProperty(post);

function readRow({ feature, properties }: { feature: number; properties: Properties }, assumed: string, findings: Findings): StaffRow[] {
  const [name, phone, grid, gridName] = ['name', 'phone', 'grid', 'gridName'].map((field) => textProperty(properties[field])) as [
    string,
    string,
    string,
    string,
  ];
  const role = roleOf(properties) || assumed;
  const refuse = (message: string, field: string): [] => {
    findings.refuse('staff', message, { feature, field });
    return [];
  };
  if ([name, phone, role].some(holdsIdNumber)) return refuse('staff-id-number', 'name');
  if (grid === '' && gridName === '') return refuse('staff-grid-missing', 'grid');
  if (name === '') return refuse('staff-name-missing', 'name');
  if (role === '') return refuse('staff-role-missing', 'role');
  const { data, error } = staffMember.safeParse(phone === '' ? { role, name } : { role, name, phone });
  if (!data) return refuse(error.issues.some(({ path }) => path[0] === 'phone') ? 'staff-phone' : 'staff-too-long', 'phone');
  return [{ feature, grid, gridName, community: textProperty(properties.community), member: data }];
}
