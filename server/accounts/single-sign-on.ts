// Single sign-on by OpenID Connect: authorization code with PKCE, state and nonce. It finds accounts and never makes one.
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { asLogin } from '../../core/accounts/account.ts';
import { audit } from '../audit/audit.ts';
import { inTransaction, SYSTEM, scoped } from '../database/transaction.ts';
import { systemIdentity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import type { Visitor } from './attempts.ts';
import { insertSignOn, type SignOn, takeSignOn } from './session-store.ts';
import type { AccountContext } from './sessions.ts';
import type { SingleSignOnSettings } from './settings.ts';
import { openSession, SIGN_ON_MINUTES } from './sign-in.ts';
import { type Account, findSubject, pinSubject } from './store.ts';
import { digestOf } from './token.ts';

const SCOPE = 'openid profile';
const MINUTE = 60_000;

/** Why a single sign-on led nowhere; the interface finds it as `sign-in` in the address of the page. */
export type SignOnFailure = 'expired' | 'provider' | 'no-account';

export interface SingleSignOn {
  /** Where the browser goes, and the state that it brings back. Throws ProblemError single-sign-on-unavailable (503). */
  begin(): Promise<{ address: URL; state: string }>;
  /** Token of a new session, or why there is none; `state` is that of the browser's cookie, `query` what the provider sent along. */
  finish(query: string, state: string | null, visitor: Visitor): Promise<{ token: string } | { failure: SignOnFailure }>;
}

export function singleSignOn(context: AccountContext, settings: SingleSignOnSettings): SingleSignOn {
  let known: Promise<Configuration> | null = null;
  /** Asked once, and again after a failure. */
  const configuration = (): Promise<Configuration> => {
    known ??= discover(settings).catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
  return {
    async begin() {
      const config = await configuration().catch((error: unknown) => {
        complain(error);
        throw new ProblemError(503, 'single-sign-on-unavailable');
      });
      const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
      await insertSignOn(scoped(context.database, SYSTEM), digestOf(state), { nonce, verifier, at: context.clock() });
      const address = buildAuthorizationUrl(config, {
        redirect_uri: settings.redirect,
        scope: SCOPE,
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return { address, state };
    },
    async finish(query, state, visitor) {
      const begun = state === null ? null : await takeSignOn(scoped(context.database, SYSTEM), digestOf(state));
      if (state === null || begun === null || isOld(context, begun)) return { failure: 'expired' };
      const subject = await askWho(await configuration(), settings, query, { ...begun, state }).catch((error: unknown) => {
        complain(error);
        return null;
      });
      if (subject === null) return { failure: 'provider' };
      const account = await accountOf(context, subject, visitor);
      if (account === null) return { failure: 'no-account' };
      return { token: await openSession(context, account, visitor, { attempt: null, proven: false, byPassword: false }) };
    },
  };
}

/** For the operator, without codes and tokens. */
function complain(error: unknown): void {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  console.error(`single sign-on: ${message}${cause instanceof Error ? `: ${cause.message}` : ''}`);
}

function discover({ issuer, clientId, clientSecret }: SingleSignOnSettings): Promise<Configuration> {
  const server = new URL(issuer);
  const execute = server.protocol === 'http:' ? [allowInsecureRequests] : [];
  return discovery(server, clientId, clientSecret, clientSecret === undefined ? None() : undefined, { execute });
}

const isOld = ({ clock }: AccountContext, { at }: SignOn): boolean => clock().getTime() - at.getTime() > SIGN_ON_MINUTES * MINUTE;

interface Subject {
  /** Issuer and subject: never given to anybody else. */
  readonly id: string;
  readonly login: string | null;
}

/** Trades the code for the identity; throws where signature, nonce, state or code do not fit. */
async function askWho(
  config: Configuration,
  { redirect, loginClaim }: SingleSignOnSettings,
  query: string,
  { state, nonce, verifier }: SignOn & { state: string },
): Promise<Subject> {
  const tokens = await authorizationCodeGrant(config, new URL(`${redirect}?${query}`), {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
  });
  const claims = tokens.claims();
  if (!claims) throw new Error('the provider sent no identity');
  // Providers put names into the identity or keep them for a question of its own.
  const told = claims[loginClaim] ?? (await fetchUserInfo(config, tokens.access_token, claims.sub))[loginClaim];
  return { id: `${claims.iss} ${claims.sub}`, login: typeof told === 'string' ? asLogin(told) : null };
}

/** The account is pinned to the subject at its first single sign-on: a login that the provider gives to somebody else later is not enough. */
function accountOf({ database }: AccountContext, { id, login }: Subject, { address }: Visitor): Promise<Account | null> {
  return inTransaction(database, SYSTEM, async (db) => {
    const account = await findSubject(db, id, login);
    if (account && !account.disabled) {
      await pinSubject(db, account.id, id);
      return account;
    }
    await audit(db, systemIdentity('?'), { action: 'sign-in-refused', subject: `account/${account?.id ?? 'unknown'}`, address });
    return null;
  });
}
