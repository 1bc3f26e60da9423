// Tries of a password or a code: each counts before it is looked at, so that many at once find out no more than one after the other.
import { lockedUntil } from '../../core/accounts/lock-out.ts';
import { audit } from '../audit/audit.ts';
import type { Queryable } from '../database/queryable.ts';
import { inTransaction, SYSTEM } from '../database/transaction.ts';
import { systemIdentity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { type AccountContext, identityOfAccount } from './sessions.ts';
import { type Account, insertFailure, lockLogin, readFailures } from './store.ts';

/** Whoever tries, as the server sees them. */
export interface Visitor {
  readonly address: string;
  /** Token of the session that they have already; null: none. */
  readonly token: string | null;
}

export interface Attempt {
  /** Stands as a failure until it turns out to be right. */
  readonly failure: number;
  readonly login: string;
  readonly address: string;
}

/** Throws ProblemError locked-out (429), with the time when it ends, for logins that exist and logins that do not. */
export async function beginAttempt(context: AccountContext, login: string, { address }: Visitor): Promise<Attempt> {
  const now = context.clock();
  const begun = await inTransaction(context.database, SYSTEM, async (db) => {
    await lockLogin(db, login);
    const until = lockedUntil(await readFailures(db, login, now), now);
    return until ?? { failure: await insertFailure(db, { login, address, at: now }), login, address };
  });
  if (begun instanceof Date) throw lockedOut(begun, now);
  return begun;
}

/** What was tried is wrong: the attempt stays a failure. Throws that problem, or locked-out where it was one too many. */
export async function failAttempt(
  context: AccountContext,
  attempt: Attempt,
  account: Account | null,
  problem: ProblemError,
): Promise<never> {
  const now = context.clock();
  const until = await inTransaction(context.database, SYSTEM, async (db) => {
    await auditAttempt(db, attempt, account, 'sign-in-refused');
    const locked = lockedUntil(await readFailures(db, attempt.login, now), now);
    if (locked !== null) await auditAttempt(db, attempt, account, 'locked-out');
    return locked;
  });
  throw until === null ? problem : lockedOut(until, now);
}

/** What was typed as a login of nobody stays unsaid: it may well have been a password. */
function auditAttempt(db: Queryable, { address }: Attempt, account: Account | null, action: 'sign-in-refused' | 'locked-out') {
  const actor = account ? identityOfAccount(account) : systemIdentity('?');
  return audit(db, actor, { action, subject: `account/${account?.id ?? 'unknown'}`, address });
}

function lockedOut(until: Date, now: Date): ProblemError {
  const minutes = Math.ceil((until.getTime() - now.getTime()) / 60_000);
  return new ProblemError(429, 'locked-out', { until: until.toISOString(), minutes });
}
