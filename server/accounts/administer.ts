// Accounts as administrators see and change them: one half makes them, another half grants rights, nobody does both.
import { type AccountChange, GRANTS, type NewAccount, roleBeyondRegion } from '../../core/accounts/account.ts';
import { lockedUntil } from '../../core/accounts/lock-out.ts';
import { reaches } from '../../core/accounts/reach.ts';
import { permissionsOf, roleFailure, SEPARATED_ROLES } from '../../core/accounts/roles.ts';
import type { AccountRecord } from '../../core/api/messages.ts';
import type { AuditAction, AuditDetail } from '../../core/audit/actions.ts';
import { audit } from '../audit/audit.ts';
import type { Queryable } from '../database/queryable.ts';
import { inTransaction, scoped } from '../database/transaction.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { hashPassword } from './password.ts';
import type { AccountContext } from './sessions.ts';
import { refuseUnfit } from './sign-in.ts';
import {
  type Account,
  type AccountRow,
  type AccountSet,
  deleteFailures,
  insertAccount,
  listAccounts,
  lockAccount,
  removeSecondFactor,
  updateAccount,
} from './store.ts';

/** Those within reach, or the one. */
export async function accountRecords({ clock }: Pick<AccountContext, 'clock'>, db: Queryable, id?: number): Promise<AccountRecord[]> {
  const now = clock();
  return (await listAccounts(db, now, id)).map(({ failures, ...account }) => ({
    id: account.id,
    login: account.login,
    name: account.name,
    organ: account.organ,
    region: account.region,
    roles: [...account.roles],
    disabled: account.disabled,
    lockedUntil: lockedUntil(failures, now)?.toISOString() ?? null,
    secondFactor: account.totpSecret !== null,
    createdAt: account.createdAt.toISOString(),
    lastSignIn: account.lastSignIn?.toISOString() ?? null,
  }));
}

/**
 * An account that may do nothing yet, with a password for its first sign-in. Throws ProblemError login-taken (409),
 * region-out-of-reach (403), password-… (422).
 */
export async function makeAccount(context: AccountContext, admin: Identity, wanted: NewAccount): Promise<AccountRecord> {
  return insertWithHash(context, admin, { ...wanted, roles: [], passwordTemporary: true });
}

/** With roles, for the command line: somebody has to be the first. */
export async function insertWithHash(
  context: Pick<AccountContext, 'database' | 'clock'>,
  admin: Identity,
  { password, ...wanted }: NewAccount & Pick<AccountRow, 'roles' | 'passwordTemporary'>,
): Promise<AccountRecord> {
  refuseBeyond(admin, wanted.region);
  refuseUnfit(password, wanted.login);
  if (wanted.roles.length > 0) refuseRoles(wanted);
  const passwordHash = await hashPassword(password);
  return inTransaction(context.database, admin, async (db) => {
    const id = await insertAccount(db, { ...wanted, passwordHash, by: admin.name });
    if (id === null) throw new ProblemError(409, 'login-taken', { login: wanted.login });
    const detail = { roles: wanted.roles.join(' ') };
    await audit(db, admin, { action: 'account-made', region: wanted.region, subject: `account/${id}`, detail });
    return theOnly(await accountRecords(context, db, id));
  });
}

/**
 * Changes what is given, each half by whoever may. Throws ProblemError unknown-account (404), not-permitted, own-account, password-of-administrator (403),
 * region-out-of-reach (403), roles-… (422), password-… (422), last-security-administrator (409).
 */
export async function changeAccount(context: AccountContext, admin: Identity, id: number, change: AccountChange): Promise<AccountRecord> {
  refuseWithoutPermission(admin, change);
  if (admin.account === id && [...GRANTS, 'disabled', 'password'].some((field) => field in change)) {
    throw new ProblemError(403, 'own-account');
  }
  const account = await withinReach(context, admin, id);
  // Whoever sets the password of an administrator could act as one, and would be both.
  if (change.password !== undefined && account.roles.some((role) => SEPARATED_ROLES.includes(role))) {
    throw new ProblemError(403, 'password-of-administrator');
  }
  return applyChange(context, admin, id, change);
}

/** Whoever asks; what they may is looked at before, or is the command line's. */
export async function applyChange(
  context: Pick<AccountContext, 'database' | 'clock'>,
  admin: Identity,
  id: number,
  change: AccountChange & { passwordTemporary?: boolean },
): Promise<AccountRecord> {
  const { password, unlock, resetSecondFactor, passwordTemporary = true, ...set } = change;
  const passwordHash = password === undefined ? undefined : await hashPassword(password);
  return inTransaction(context.database, admin, async (db) => {
    const account = await lockAccount(db, id);
    if (!account) throw new ProblemError(404, 'unknown-account', { account: id });
    if (password !== undefined) refuseUnfit(password, account.login);
    refuseSet(admin, account, set);
    await updateAccount(db, id, { ...set, ...(passwordHash !== undefined && { passwordHash, passwordTemporary }) });
    if (unlock || password !== undefined) await deleteFailures(db, account.login);
    if (resetSecondFactor) await removeSecondFactor(db, id);
    for (const [action, detail] of entriesOf(change)) {
      await audit(db, admin, { action, region: set.region ?? account.region, subject: `account/${id}`, detail });
    }
    return theOnly(await accountRecords(context, db, id));
  });
}

function refuseWithoutPermission(admin: Identity, change: AccountChange): void {
  const has = permissionsOf(admin.roles);
  for (const field of Object.keys(change) as (keyof AccountChange)[]) {
    if (!has.has(GRANTS.includes(field) ? 'grant-roles' : 'manage-accounts')) throw new ProblemError(403, 'not-permitted');
  }
}

async function withinReach(context: AccountContext, admin: Identity, id: number): Promise<Account> {
  const [account] = await listAccounts(scoped(context.database, admin), context.clock(), id);
  if (!account) throw new ProblemError(404, 'unknown-account', { account: id });
  return account;
}

function refuseSet(admin: Identity, account: Account, set: AccountSet): void {
  const { roles = account.roles, region = account.region } = set;
  if (set.region !== undefined) refuseBeyond(admin, region);
  if (roles.length > 0) refuseRoles({ roles, region });
}

function refuseBeyond(admin: Identity, region: string): void {
  if (!reaches(admin.region, region)) throw new ProblemError(403, 'region-out-of-reach', { region });
}

/** Throws ProblemError roles-separated or role-beyond-region (422); the database says the same (sql/005). */
function refuseRoles({ roles, region }: Pick<Account, 'roles' | 'region'>): void {
  if (roleFailure(roles) === 'separated') throw new ProblemError(422, 'roles-separated');
  const role = roleBeyondRegion(roles, region);
  if (role !== null) throw new ProblemError(422, 'role-beyond-region', { role, region });
}

/** What the log says of a change: which fields, and which roles; never what was written in them. */
function entriesOf(change: AccountChange): [AuditAction, AuditDetail][] {
  const { roles, unlock, resetSecondFactor, disabled, password, ...described } = change;
  const fields = (['name', 'organ', 'region'] as const).filter((field) => described[field] !== undefined);
  const entries: [AuditAction, AuditDetail][] = [];
  if (fields.length > 0 || disabled === false) {
    entries.push(['account-changed', { fields: fields.join(' '), ...(disabled === false && { disabled }) }]);
  }
  if (disabled) entries.push(['account-closed', {}]);
  if (password !== undefined) entries.push(['password-changed', { by: 'administrator' }]);
  if (roles !== undefined) entries.push(['roles-granted', { roles: roles.join(' ') }]);
  if (unlock) entries.push(['account-unlocked', {}]);
  if (resetSecondFactor) entries.push(['second-factor-changed', { by: 'administrator' }]);
  return entries;
}

function theOnly(records: readonly AccountRecord[]): AccountRecord {
  const [record] = records;
  if (!record) throw new Error('the account that was written cannot be read');
  return record;
}
