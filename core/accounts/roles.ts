// Who may do what: roles, and the permissions that each of them carries.

/** In the order in which people read them. */
export const ROLES = [
  'viewer',
  'drafter',
  'reviewer',
  'city',
  'province',
  'system-administrator',
  'security-administrator',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

/** Never two of them in one account: who makes accounts, who gives them rights, and who watches both (三员分立). */
export const SEPARATED_ROLES: readonly Role[] = ['system-administrator', 'security-administrator', 'auditor'];

/** Organs that sign and file; an account may name another one. */
export const ORGANS = ['政法委', '平安办', '民政局', '民政厅'] as const;

export const PERMISSIONS = [
  /** Plans, grids, regions, codes, rules of one's own region. */
  'read',
  /** Draw, divide, describe, issue provisional codes, make and branch plans. */
  'edit-plan',
  'import',
  /** Take, sign or return a step of the lifecycle; which one is decided by the profile. */
  'take-step',
  /** The dated statement that a person in the staff was looked at. */
  'state-clearance',
  /** Build a filing package, take in a receipt. */
  'file',
  /** The inbox: look at packages, accept or return them. */
  'decide-filing',
  /** Rules, code schemes and ranges of code numbers. */
  'govern',
  'manage-accounts',
  /** Roles, unlocking, second factor. */
  'grant-roles',
  'read-audit',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const OF_ROLE: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['read'],
  drafter: ['read', 'edit-plan', 'import', 'take-step'],
  reviewer: ['read', 'take-step', 'state-clearance'],
  city: ['read', 'take-step', 'state-clearance', 'file'],
  province: ['read', 'take-step', 'decide-filing', 'govern'],
  'system-administrator': ['manage-accounts'],
  'security-administrator': ['grant-roles'],
  auditor: ['read-audit'],
};

/** Everything that somebody with these roles may do, within their region. */
export function permissionsOf(roles: Iterable<Role>): Set<Permission> {
  return new Set([...roles].flatMap((role) => OF_ROLE[role]));
}

export type RoleFailure = 'separated' | 'none';

/** Why one account cannot hold these roles; null: it can. */
export function roleFailure(roles: readonly Role[]): RoleFailure | null {
  if (roles.length === 0) return 'none';
  const separated = roles.filter((role) => SEPARATED_ROLES.includes(role));
  return separated.length > 1 || (separated.length === 1 && roles.length > 1) ? 'separated' : null;
}
