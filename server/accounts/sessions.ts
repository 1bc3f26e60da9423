// Sessions: what a token stands for at present, how long it lasts, and what the interface is told of it.
import type { Request } from 'express';
import { DEMO_ACCOUNTS, type DemoAccount } from '../../core/accounts/demo-accounts.ts';
import { permissionsOf } from '../../core/accounts/roles.ts';
import type { Session, SessionAccount } from '../../core/api/messages.ts';
import { SYSTEM, scoped } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import { type Identity, STAND_IN } from '../http/identity.ts';
import { isLoopback } from './loopback.ts';
import { enrolmentAddress } from './second-factor.ts';
import { type NewSession, readSession, type StoredSession } from './session-store.ts';
import { type Account, readRegionNames } from './store.ts';
import { digestOf, newToken, SESSION_COOKIE, tokenOf } from './token.ts';

export type AccountContext = Pick<Context, 'database' | 'settings' | 'clock'>;

const MINUTE = 60_000;
/** However busy somebody is, a session ends after a working day. */
const LONGEST_MINUTES = 12 * 60;

export interface LiveSession extends StoredSession {
  readonly digest: Buffer;
}

export interface Standing {
  /** No accounts were ever made, and only this machine can reach the server. */
  readonly demoMode: boolean;
  /** null: none, or it has run out. */
  readonly session: LiveSession | null;
}

export const standingOf = (context: AccountContext, request: Request): Promise<Standing> =>
  standingOfToken(context, tokenOf(request, SESSION_COOKIE));

export async function standingOfToken(context: AccountContext, token: string | null): Promise<Standing> {
  const digest = token === null ? null : digestOf(token);
  const { hasAccounts, session } = await readSession(scoped(context.database, SYSTEM), digest);
  const demoMode = !hasAccounts && isLoopback(context.settings.host);
  const lives = digest !== null && session !== null && !hasRunOut(session, context) && (session.demo === null || demoMode);
  return { demoMode, session: lives ? { ...session, digest } : null };
}

function hasRunOut({ lastSeen, endsAt }: StoredSession, { clock, settings }: AccountContext): boolean {
  const now = clock().getTime();
  return now >= endsAt.getTime() || now >= lastSeen.getTime() + settings.accounts.idleMinutes * MINUTE;
}

/** Sessions last seen before then have run out. */
export const idleSince = ({ clock, settings }: AccountContext): Date =>
  new Date(clock().getTime() - settings.accounts.idleMinutes * MINUTE);

/** A session that is to be stored, and its token. */
export function newSession(
  { clock }: AccountContext,
  whose: Pick<NewSession, 'account' | 'demo'> & Partial<NewSession>,
): { token: string; row: NewSession } {
  const token = newToken();
  const now = clock();
  const endsAt = new Date(now.getTime() + LONGEST_MINUTES * MINUTE);
  const row = { endsAt, awaitsSecondFactor: false, awaitsPassword: false, pendingSecret: null, ...whose, digest: digestOf(token), now };
  return { token, row };
}

/** Whoever is signed in with it; null: something is still to be done. */
export function identityOfSession({ account, demo, awaitsSecondFactor, awaitsPassword }: StoredSession): Identity | null {
  if (awaitsSecondFactor || awaitsPassword) return null;
  if (account !== null) return identityOfAccount(account);
  const taken = DEMO_ACCOUNTS.find(({ login }) => login === demo);
  return taken ? { account: null, name: taken.name, organ: taken.organ, region: taken.region, roles: new Set(taken.roles) } : null;
}

export const identityOfAccount = ({ id, name, organ, region, roles }: Account): Identity => ({
  account: id,
  name,
  organ,
  region,
  roles: new Set(roles),
});

/** What the interface is told: who is signed in, or what is to be done first. */
export async function describeSession(context: AccountContext, { demoMode, session }: Standing): Promise<Session> {
  const names = await readRegionNames(scoped(context.database, SYSTEM), regionsOf(session, demoMode));
  const identity = session === null ? (demoMode ? STAND_IN : null) : identityOfSession(session);
  const login = session?.account?.login ?? session?.demo ?? '';
  return {
    account: identity && describeIdentity(identity, login, names),
    demo: demoMode ? DEMO_ACCOUNTS.map((account) => describeDemo(account, names)) : null,
    singleSignOn: context.settings.accounts.singleSignOn === null ? null : '/api/session/single-sign-on',
    secondFactor: secondFactorOf(session),
    passwordChange: session?.awaitsPassword ?? false,
    idleMinutes: context.settings.accounts.idleMinutes,
  };
}

function regionsOf(session: LiveSession | null, demoMode: boolean): string[] {
  return [...(session?.account ? [session.account.region] : []), ...(demoMode ? DEMO_ACCOUNTS.map(({ region }) => region) : [])];
}

function describeIdentity({ account, roles, ...who }: Identity, login: string, names: ReadonlyMap<string, string>): SessionAccount {
  const { name, organ, region } = who;
  const regionName = names.get(region) ?? '';
  return { id: account, login, name, organ, region, regionName, roles: [...roles], permissions: [...permissionsOf(roles)] };
}

const describeDemo = ({ roles, ...account }: DemoAccount, names: ReadonlyMap<string, string>) => ({
  id: null,
  ...account,
  regionName: names.get(account.region) ?? '',
  roles: [...roles],
});

/** The secret is shown until the first code proves that it arrived, and never again. */
function secondFactorOf(session: LiveSession | null): Session['secondFactor'] {
  if (session?.account && session.pendingSecret !== null) {
    return { need: 'enrol', address: enrolmentAddress(session.pendingSecret, session.account.login) };
  }
  return session?.awaitsSecondFactor ? { need: 'enter' } : null;
}
