// Accounts and failures to sign in, in SQL. Logins come in one way of writing (core/accounts/account.ts).
import type { NewAccount } from '../../core/accounts/account.ts';
import { FAILURES_COUNT_MINUTES } from '../../core/accounts/lock-out.ts';
import type { Role } from '../../core/accounts/roles.ts';
import type { Queryable } from '../database/queryable.ts';

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly name: string;
  readonly organ: string;
  readonly region: string;
  readonly roles: readonly Role[];
  readonly passwordHash: string | null;
  readonly passwordTemporary: boolean;
  readonly totpSecret: string | null;
  readonly disabled: boolean;
  readonly createdAt: Date;
  readonly lastSignIn: Date | null;
}

export const ACCOUNT_COLUMNS = `account.id, account.login, account.name, account.organ, account.region, account.roles,
  account.password_hash as "passwordHash", account.password_temporary as "passwordTemporary", account.totp_secret as "totpSecret",
  account.disabled, account.created_at as "createdAt", account.last_sign_in as "lastSignIn"`;

/** Whether anybody was given an account, disabled or not: from then on everything needs one. */
export async function hasAccounts(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ there: boolean }>('select exists (select from account) as there');
  return rows[0]?.there ?? false;
}

export async function findAccount(db: Queryable, login: string): Promise<Account | null> {
  const { rows } = await db.query<Account>(`select ${ACCOUNT_COLUMNS} from account where login = $1`, [login]);
  return rows[0] ?? null;
}

/** Locked until the transaction ends; null: it is not within reach, or not at all. */
export async function lockAccount(db: Queryable, id: number): Promise<Account | null> {
  const { rows } = await db.query<Account>(`select ${ACCOUNT_COLUMNS} from account where id = $1 for update`, [id]);
  return rows[0] ?? null;
}

/** Those within reach, with the recent failures of each, in the order of their regions. */
export async function listAccounts(db: Queryable, now: Date, id?: number): Promise<(Account & { failures: Date[] })[]> {
  const { rows } = await db.query<Account & { failures: Date[] }>(
    `select ${ACCOUNT_COLUMNS}, array(
       select at from sign_in_failure as failure
       where failure.login = account.login and at > $1::timestamptz - make_interval(mins => $2)
     ) as failures
     from account where $3::integer is null or id = $3 order by region, login`,
    [now, FAILURES_COUNT_MINUTES, id ?? null],
  );
  return rows;
}

export interface AccountRow extends Omit<NewAccount, 'password'> {
  readonly passwordHash: string;
  readonly passwordTemporary: boolean;
  readonly roles: readonly Role[];
  /** Who makes it. */
  readonly by: string;
}

/** Its id; null where that login is taken. */
export async function insertAccount(db: Queryable, account: AccountRow): Promise<number | null> {
  const { login, name, organ, region, roles, passwordHash, passwordTemporary, by } = account;
  const { rows } = await db.query<{ id: number }>(
    `insert into account (login, name, organ, region, roles, password_hash, password_temporary, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning id`,
    [login, name, organ, region, roles, passwordHash, passwordTemporary, by],
  );
  return rows[0]?.id ?? null;
}

export type AccountSet = Partial<Pick<Account, 'name' | 'organ' | 'region' | 'disabled' | 'roles' | 'passwordHash' | 'passwordTemporary'>>;

/** Sets what is given. A change of rights or password, or disabling it, ends its sessions (sql/005). */
export async function updateAccount(db: Queryable, id: number, set: AccountSet): Promise<void> {
  await db.query(
    `update account set name = coalesce($2, name), organ = coalesce($3, organ), region = coalesce($4, region),
       disabled = coalesce($5, disabled), roles = coalesce($6, roles), password_hash = coalesce($7, password_hash),
       password_temporary = coalesce($8, password_temporary)
     where id = $1`,
    [id, set.name, set.organ, set.region, set.disabled, set.roles, set.passwordHash, set.passwordTemporary],
  );
}

/** The second factor is asked for anew: enrolled again where the role needs it. */
export async function removeSecondFactor(db: Queryable, id: number): Promise<void> {
  await db.query('update account set totp_secret = null, totp_step = null where id = $1', [id]);
}

/** Enrols a secret by the time step of the code that proved it; false where there is one already. */
export async function storeSecondFactor(db: Queryable, id: number, secret: string, step: number): Promise<boolean> {
  const { rowCount } = await db.query('update account set totp_secret = $2, totp_step = $3 where id = $1 and totp_secret is null', [
    id,
    secret,
    step,
  ]);
  return rowCount === 1;
}

/** Each time step is taken once; false: this one or a later one was taken before. */
export async function takeTimeStep(db: Queryable, id: number, step: number): Promise<boolean> {
  const { rowCount } = await db.query('update account set totp_step = $2 where id = $1 and totp_step < $2', [id, step]);
  return rowCount === 1;
}

export async function writeSignIn(db: Queryable, id: number, now: Date): Promise<void> {
  await db.query('update account set last_sign_in = $2 where id = $1', [id, now]);
}

/** Other tries of this login wait until the transaction ends. */
export async function lockLogin(db: Queryable, login: string): Promise<void> {
  await db.query(`select pg_advisory_xact_lock(hashtext('sign-in'), hashtext($1))`, [login]);
}

/** Those that can still keep the login out. */
export async function readFailures(db: Queryable, login: string, now: Date): Promise<Date[]> {
  const { rows } = await db.query<{ at: Date }>(
    'select at from sign_in_failure where login = $1 and at > $2::timestamptz - make_interval(mins => $3)',
    [login, now, FAILURES_COUNT_MINUTES],
  );
  return rows.map(({ at }) => at);
}

/** Its id. */
export async function insertFailure(db: Queryable, failure: { login: string; address: string; at: Date }): Promise<number> {
  const { rows } = await db.query<{ id: number }>('insert into sign_in_failure (login, address, at) values ($1, $2, $3) returning id', [
    failure.login,
    failure.address,
    failure.at,
  ]);
  return (rows[0] as { id: number }).id;
}

export async function deleteFailure(db: Queryable, id: number): Promise<void> {
  await db.query('delete from sign_in_failure where id = $1', [id]);
}

export async function deleteFailures(db: Queryable, login: string): Promise<void> {
  await db.query('delete from sign_in_failure where login = $1', [login]);
}

/** The account that this subject of single sign-on was pinned to, or that bears its login and is not pinned yet. */
export async function findSubject(db: Queryable, subject: string, login: string | null): Promise<Account | null> {
  const { rows } = await db.query<Account>(
    `select ${ACCOUNT_COLUMNS} from account where subject = $1 or subject is null and login = $2
     order by subject is null limit 1 for update`,
    [subject, login],
  );
  return rows[0] ?? null;
}

export async function pinSubject(db: Queryable, id: number, subject: string): Promise<void> {
  await db.query('update account set subject = $2 where id = $1', [id, subject]);
}

/** Regions that have a name, by code. */
export async function readRegionNames(db: Queryable, codes: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ code: string; name: string }>('select code, name from region where code = any($1::text[])', [codes]);
  return new Map(rows.map(({ code, name }) => [code, name]));
}
