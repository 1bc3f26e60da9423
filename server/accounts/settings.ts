// Settings of accounts and sessions, from the environment.
import { isIP } from 'node:net';
import { z } from 'zod';
import { ROLES, type Role } from '../../core/accounts/roles.ts';
import { isLoopback } from './loopback.ts';

export interface AccountSettings {
  /** Without a request for so long, a session ends. */
  readonly idleMinutes: number;
  /** Whoever bears one of them needs a second factor; others may have one. */
  readonly secondFactorRoles: readonly Role[];
  readonly singleSignOn: SingleSignOnSettings | null;
  /** Proxies whose word is taken for the address and the scheme of a request, as express reads it; false: none. */
  readonly trustProxy: number | string | false;
}

export interface SingleSignOnSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** undefined: a public client; the code is bound by PKCE alone. */
  readonly clientSecret: string | undefined;
  /** Where the provider sends the browser back to: https://…/api/session/single-sign-on/return */
  readonly redirect: string;
  /** Claim that names the login of an account at its first single sign-on. */
  readonly loginClaim: string;
}

/** Where the browser comes back to. */
export const SIGN_ON_RETURN = '/api/session/single-sign-on/return';

/** What is no address is not looked at any further. */
const webAddress = z.url({ protocol: /^https?$/, abort: true });
/** In the clear only to this machine. */
const issuer = webAddress.refine((url) => url.startsWith('https:') || isLoopback(new URL(url).hostname), 'must begin with https://');
const roles = z
  .string()
  .transform((text) => text.split(',').map((role) => role.trim()))
  .pipe(z.array(z.enum(ROLES)));

/** As express reads it. Never simply everybody: then each client could say who it is. */
function namesProxies(text: string): boolean {
  const isRange = (range: string): boolean => {
    const [address = '', prefix = '0', ...more] = range.split('/');
    return isIP(address) !== 0 && /^\d{1,3}$/.test(prefix) && more.length === 0;
  };
  const known = ['loopback', 'linklocal', 'uniquelocal'];
  return /^\d$/.test(text) || text.split(',').every((part) => known.includes(part.trim()) || isRange(part.trim()));
}

export const accountVariables = {
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).max(720).default(30),
  SECOND_FACTOR_ROLES: roles.default([]),
  TRUST_PROXY: z
    .string()
    .trim()
    .refine(
      namesProxies,
      'must be how many proxies there are, or their addresses, or loopback, linklocal, uniquelocal, separated by commas',
    )
    .transform((text) => (/^\d$/.test(text) ? Number(text) : text))
    .optional(),
  OIDC_ISSUER: issuer.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_REDIRECT: webAddress.refine((url) => new URL(url).pathname === SIGN_ON_RETURN, `must end with ${SIGN_ON_RETURN}`).optional(),
  OIDC_LOGIN_CLAIM: z.string().trim().min(1).default('preferred_username'),
};
type Variables = z.output<z.ZodObject<typeof accountVariables>>;

/** Settings that belong together and are not all there; empty: none. */
export function missingVariables({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_REDIRECT }: Variables): string[] {
  const together = { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_REDIRECT };
  const missing = Object.entries(together).filter(([, value]) => value === undefined);
  return missing.length === Object.keys(together).length ? [] : missing.map(([name]) => `${name}: is needed for single sign-on`);
}

export function accountSettings(data: Variables): AccountSettings {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_REDIRECT: redirect } = data;
  return {
    idleMinutes: data.SESSION_IDLE_MINUTES,
    secondFactorRoles: data.SECOND_FACTOR_ROLES,
    singleSignOn:
      issuer === undefined || clientId === undefined || redirect === undefined
        ? null
        : { issuer, clientId, redirect, clientSecret: data.OIDC_CLIENT_SECRET, loginClaim: data.OIDC_LOGIN_CLAIM },
    trustProxy: data.TRUST_PROXY ?? false,
  };
}
