// Secrets that a browser brings back: 256 random bits in a cookie, their digest in the database.
import { createHash, randomBytes } from 'node:crypto';
import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';

export const SESSION_COOKIE = 'onegrid_session';
/** The browser that began a single sign-on; `lax`, because it comes back from the pages of somebody else. */
export const SIGN_ON_COOKIE = 'onegrid_sign_on';

const TOKEN_BYTES = 32;

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

export const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The token that came with the request; null: none. */
export function tokenOf(request: Request, cookie: string): string | null {
  return parseCookie(request.headers.cookie ?? '')[cookie] ?? null;
}

const ATTRIBUTES: Readonly<Record<string, CookieOptions>> = {
  [SESSION_COOKIE]: { httpOnly: true, sameSite: 'strict', path: '/' },
  [SIGN_ON_COOKIE]: { httpOnly: true, sameSite: 'lax', path: '/api/session/single-sign-on' },
};

/** null takes the cookie away. Without an end of its own: it goes with the browser. */
export function setToken(request: Request, response: Response, cookie: string, token: string | null): void {
  const attributes = { ...ATTRIBUTES[cookie], secure: request.secure };
  if (token === null) response.clearCookie(cookie, attributes);
  else response.cookie(cookie, token, attributes);
}
