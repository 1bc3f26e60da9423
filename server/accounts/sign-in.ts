// Signing in: password, second factor, a password of one's own, in this order; each step ends in a token that was never used before.
import { asLogin } from '../../core/accounts/account.ts';
import { DEMO_ACCOUNTS } from '../../core/accounts/demo-accounts.ts';
import { FAILURES_COUNT_MINUTES } from '../../core/accounts/lock-out.ts';
import { passwordFailure } from '../../core/accounts/password.ts';
import { audit } from '../audit/audit.ts';
import type { Queryable } from '../database/queryable.ts';
import { inTransaction, SYSTEM, scoped } from '../database/transaction.ts';
import { ProblemError } from '../http/problem.ts';
import { type Attempt, beginAttempt, failAttempt, type Visitor } from './attempts.ts';
import { hashPassword, passwordMatches } from './password.ts';
import { newSecret, timeStepOf } from './second-factor.ts';
import { confirmSecondFactor, deleteSession, insertSession, sweep, writePendingSecret } from './session-store.ts';
import { type AccountContext, identityOfAccount, identityOfSession, idleSince, type LiveSession, newSession } from './sessions.ts';
import {
  type Account,
  deleteFailure,
  deleteFailures,
  findAccount,
  lockAccount,
  storeSecondFactor,
  takeTimeStep,
  updateAccount,
  writeSignIn,
} from './store.ts';
import { digestOf, newToken } from './token.ts';

/** A single sign-on that has not come back by then never does. */
export const SIGN_ON_MINUTES = 10;
const MINUTE = 60_000;

export interface Credentials {
  readonly login: string;
  readonly password: string;
  readonly code?: string | undefined;
}

/**
 * The token of a new session, which may still await a second factor or another password. Throws ProblemError sign-in-failed (401)
 * whether the login, the password or the account is wrong, second-factor-wrong (403), locked-out (429).
 */
export async function signIn(context: AccountContext, { login: typed, password, code }: Credentials, visitor: Visitor): Promise<string> {
  const login = asLogin(typed);
  const attempt = await beginAttempt(context, login, visitor);
  const account = await findAccount(scoped(context.database, SYSTEM), login);
  const right = await passwordMatches(password, account?.passwordHash ?? null);
  if (!account || account.disabled || !right) return failAttempt(context, attempt, account, new ProblemError(401, 'sign-in-failed'));
  const proven = account.totpSecret !== null && code !== undefined && (await takeCode(context, account, account.totpSecret, code));
  if (account.totpSecret !== null && code !== undefined && !proven) {
    return failAttempt(context, attempt, account, new ProblemError(403, 'second-factor-wrong'));
  }
  return openSession(context, account, visitor, { attempt, proven, byPassword: true });
}

interface Opening {
  /** null: none was needed. */
  readonly attempt: Attempt | null;
  /** The second factor was proven with it. */
  readonly proven: boolean;
  readonly byPassword: boolean;
}

/** For somebody whose first factor is proven; the session that they had before ends. */
export async function openSession(context: AccountContext, account: Account, visitor: Visitor, opening: Opening): Promise<string> {
  const required = context.settings.accounts.secondFactorRoles.some((role) => account.roles.includes(role));
  const awaitsSecondFactor = !opening.proven && (required || account.totpSecret !== null);
  const { token, row } = newSession(context, {
    account: account.id,
    demo: null,
    awaitsSecondFactor,
    awaitsPassword: opening.byPassword && account.passwordTemporary,
    pendingSecret: awaitsSecondFactor && account.totpSecret === null ? newSecret() : null,
  });
  await inTransaction(context.database, SYSTEM, async (db) => {
    await refuseOvertaken(db, account);
    await sweepAll(context, db);
    if (visitor.token !== null) await deleteSession(db, digestOf(visitor.token));
    await insertSession(db, row);
    if (awaitsSecondFactor) {
      if (opening.attempt) await deleteFailure(db, opening.attempt.failure);
    } else {
      await welcome(context, db, account, visitor);
    }
  });
  return token;
}

/** Trying a password takes a moment: whoever set another meanwhile, or closed the account, has ended its sessions, this one too. */
async function refuseOvertaken(db: Queryable, { id, passwordHash, totpSecret }: Account): Promise<void> {
  const now = await lockAccount(db, id);
  if (now?.disabled !== false || now.passwordHash !== passwordHash || now.totpSecret !== totpSecret) {
    throw new ProblemError(401, 'sign-in-failed');
  }
}

/** Everything is proven: earlier failures are forgotten, the sign-in is noted. */
async function welcome({ clock }: AccountContext, db: Queryable, account: Account, { address }: Visitor): Promise<void> {
  await deleteFailures(db, account.login);
  await writeSignIn(db, account.id, clock());
  await audit(db, identityOfAccount(account), { action: 'sign-in', subject: `account/${account.id}`, address });
}

function sweepAll(context: AccountContext, db: Queryable): Promise<void> {
  const now = context.clock();
  const ago = (minutes: number): Date => new Date(now.getTime() - minutes * MINUTE);
  return sweep(db, { now, lastSeen: idleSince(context), failure: ago(FAILURES_COUNT_MINUTES), signOn: ago(SIGN_ON_MINUTES) });
}

/** Token of a session of a demo account. Throws ProblemError unknown-demo-account (404). */
export async function takeDemoAccount(context: AccountContext, login: string, visitor: Visitor): Promise<string> {
  if (!DEMO_ACCOUNTS.some((account) => account.login === login)) throw new ProblemError(404, 'unknown-demo-account', { login });
  const { token, row } = newSession(context, { account: null, demo: login });
  await inTransaction(context.database, SYSTEM, async (db) => {
    await sweepAll(context, db);
    if (visitor.token !== null) await deleteSession(db, digestOf(visitor.token));
    await insertSession(db, row);
  });
  return token;
}

export async function signOut(context: AccountContext, session: LiveSession, { address }: Visitor): Promise<void> {
  await inTransaction(context.database, SYSTEM, async (db) => {
    await deleteSession(db, session.digest);
    if (session.account) {
      await audit(db, identityOfAccount(session.account), { action: 'sign-out', subject: `account/${session.account.id}`, address });
    }
  });
}

/**
 * Proves the second factor of a session, or enrols the secret that the session was shown; a new token. Throws ProblemError
 * second-factor-not-asked (409), second-factor-wrong (403), locked-out (429).
 */
export async function proveSecondFactor(context: AccountContext, session: LiveSession, code: string, visitor: Visitor): Promise<string> {
  const { account, pendingSecret } = session;
  const enrolling = account !== null && account.totpSecret === null;
  const secret = enrolling ? pendingSecret : (account?.totpSecret ?? null);
  if (!account || secret === null || !(session.awaitsSecondFactor || enrolling)) throw new ProblemError(409, 'second-factor-not-asked');
  const attempt = await beginAttempt(context, account.login, visitor);
  const right = await (enrolling ? enrolSecret : takeCode)(context, account, secret, code);
  if (!right) return failAttempt(context, attempt, account, new ProblemError(403, 'second-factor-wrong'));
  const token = newToken();
  await inTransaction(context.database, SYSTEM, async (db) => {
    await confirmSecondFactor(db, session.digest, digestOf(token));
    if (enrolling) {
      await audit(db, identityOfAccount(account), { action: 'second-factor-changed', subject: `account/${account.id}` });
    }
    if (session.awaitsSecondFactor) await welcome(context, db, account, visitor);
    else await deleteFailures(db, account.login);
  });
  return token;
}

async function takeCode({ database, clock }: AccountContext, { id }: Account, secret: string, code: string): Promise<boolean> {
  const step = timeStepOf(code, secret, clock());
  return step !== null && (await takeTimeStep(scoped(database, SYSTEM), id, step));
}

async function enrolSecret({ database, clock }: AccountContext, { id }: Account, secret: string, code: string): Promise<boolean> {
  const step = timeStepOf(code, secret, clock());
  return step !== null && (await storeSecondFactor(scoped(database, SYSTEM), id, secret, step));
}

/**
 * Shows somebody who is signed in a secret to enrol; the password once more, because a desk may be left alone. Throws ProblemError
 * second-factor-there (409), password-wrong (403), locked-out (429).
 */
export async function beginEnrolment(context: AccountContext, session: LiveSession, password: string, visitor: Visitor): Promise<void> {
  const account = ownAccount(session);
  if (account.totpSecret !== null) throw new ProblemError(409, 'second-factor-there');
  await confirmPassword(context, account, password, visitor);
  await writePendingSecret(scoped(context.database, SYSTEM), session.digest, newSecret());
}

/**
 * Another password for oneself; every session of the account ends, and this browser gets a new one. Throws ProblemError password-…
 * (422) where it is unfit, password-wrong (403), locked-out (429).
 */
export async function changePassword(
  context: AccountContext,
  session: LiveSession,
  { current, password }: { current: string; password: string },
  visitor: Visitor,
): Promise<string> {
  const account = ownAccount({ ...session, awaitsPassword: false });
  refuseUnfit(password, account.login);
  if (password === current) throw new ProblemError(422, 'password-same');
  await confirmPassword(context, account, current, visitor);
  const passwordHash = await hashPassword(password);
  const { token, row } = newSession(context, { account: account.id, demo: null, endsAt: session.endsAt });
  await inTransaction(context.database, SYSTEM, async (db) => {
    await updateAccount(db, account.id, { passwordHash, passwordTemporary: false });
    await insertSession(db, row);
    await audit(db, identityOfAccount(account), { action: 'password-changed', subject: `account/${account.id}` });
  });
  return token;
}

/** Throws ProblemError password-short, password-long, password-login or password-common (422). */
export function refuseUnfit(password: string, login: string): void {
  const failure = passwordFailure(password, login);
  if (failure !== null) throw new ProblemError(422, `password-${failure}`);
}

/** Throws ProblemError sign-in-needed (401) to whoever is not signed in, own-account-needed (409) to a demo account. */
function ownAccount(session: LiveSession): Account {
  if (identityOfSession(session) === null) throw new ProblemError(401, 'sign-in-needed');
  if (session.account === null) throw new ProblemError(409, 'own-account-needed');
  return session.account;
}

async function confirmPassword(context: AccountContext, account: Account, password: string, visitor: Visitor): Promise<void> {
  const attempt = await beginAttempt(context, account.login, visitor);
  if (!(await passwordMatches(password, account.passwordHash))) {
    return failAttempt(context, attempt, account, new ProblemError(403, 'password-wrong'));
  }
  await deleteFailures(scoped(context.database, SYSTEM), account.login);
}
