// Sessions and single sign-ons under way, in SQL: found by the digest of what the browser brings back.
import type { Queryable } from '../database/queryable.ts';
import { ACCOUNT_COLUMNS, type Account } from './store.ts';

export interface StoredSession {
  readonly account: Account | null;
  /** Login of a demo account. */
  readonly demo: string | null;
  readonly lastSeen: Date;
  readonly endsAt: Date;
  readonly awaitsSecondFactor: boolean;
  readonly awaitsPassword: boolean;
  readonly pendingSecret: string | null;
}

export interface NewSession {
  readonly digest: Buffer;
  readonly account: number | null;
  readonly demo: string | null;
  readonly now: Date;
  readonly endsAt: Date;
  readonly awaitsSecondFactor: boolean;
  readonly awaitsPassword: boolean;
  readonly pendingSecret: string | null;
}

/** One query for every request: whether there are accounts, and the session with its account as it is now. */
export async function readSession(db: Queryable, digest: Buffer | null): Promise<{ hasAccounts: boolean; session: StoredSession | null }> {
  const { rows } = await db.query<Account & Omit<StoredSession, 'account'> & { hasAccounts: boolean }>(
    `select exists (select from account) as "hasAccounts", session.demo, session.last_seen as "lastSeen", session.ends_at as "endsAt",
       session.awaits_second_factor as "awaitsSecondFactor", session.awaits_password as "awaitsPassword",
       session.pending_secret as "pendingSecret", ${ACCOUNT_COLUMNS}
     from (select) as one
     left join session on session.token_digest = $1
     left join account on account.id = session.account and not account.disabled`,
    [digest],
  );
  const { hasAccounts, demo, lastSeen, endsAt, awaitsSecondFactor, awaitsPassword, pendingSecret, ...account } =
    rows[0] as (typeof rows)[0];
  const whose = { demo, account: account.id === null ? null : account };
  const found = lastSeen !== null && (whose.account !== null || whose.demo !== null);
  return { hasAccounts, session: found ? { ...whose, lastSeen, endsAt, awaitsSecondFactor, awaitsPassword, pendingSecret } : null };
}

export async function insertSession(db: Queryable, session: NewSession): Promise<void> {
  await db.query(
    `insert into session
       (token_digest, account, demo, created_at, last_seen, ends_at, awaits_second_factor, awaits_password, pending_secret)
     values ($1, $2, $3, $4, $4, $5, $6, $7, $8)`,
    [
      session.digest,
      session.account,
      session.demo,
      session.now,
      session.endsAt,
      session.awaitsSecondFactor,
      session.awaitsPassword,
      session.pendingSecret,
    ],
  );
}

export async function writeLastSeen(db: Queryable, digest: Buffer, now: Date): Promise<void> {
  await db.query('update session set last_seen = $2 where token_digest = $1', [digest, now]);
}

/** The secret that is being enrolled; null: none. */
export async function writePendingSecret(db: Queryable, digest: Buffer, secret: string | null): Promise<void> {
  await db.query('update session set pending_secret = $2 where token_digest = $1', [digest, secret]);
}

/** Under a new token, since it may do more than before. */
export async function confirmSecondFactor(db: Queryable, digest: Buffer, newDigest: Buffer): Promise<void> {
  await db.query('update session set token_digest = $2, awaits_second_factor = false, pending_secret = null where token_digest = $1', [
    digest,
    newDigest,
  ]);
}

export async function deleteSession(db: Queryable, digest: Buffer): Promise<void> {
  await db.query('delete from session where token_digest = $1', [digest]);
}

/** What nobody can use any more: idle or ended sessions, single sign-ons that never came back, failures that no longer count. */
export async function sweep(db: Queryable, before: { now: Date; lastSeen: Date; failure: Date; signOn: Date }): Promise<void> {
  await db.query('delete from session where ends_at <= $1 or last_seen <= $2', [before.now, before.lastSeen]);
  await db.query('delete from sign_in_failure where at <= $1', [before.failure]);
  await db.query('delete from sign_on where at <= $1', [before.signOn]);
}

export interface SignOn {
  readonly nonce: string;
  readonly verifier: string;
  readonly at: Date;
}

export async function insertSignOn(db: Queryable, digest: Buffer, { nonce, verifier, at }: SignOn): Promise<void> {
  await db.query('insert into sign_on (state_digest, nonce, verifier, at) values ($1, $2, $3, $4)', [digest, nonce, verifier, at]);
}

/** Takes it: a single sign-on comes back once. */
export async function takeSignOn(db: Queryable, digest: Buffer): Promise<SignOn | null> {
  const { rows } = await db.query<SignOn>('delete from sign_on where state_digest = $1 returning nonce, verifier, at', [digest]);
  return rows[0] ?? null;
}
