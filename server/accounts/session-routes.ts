// Sessions over HTTP: who is signed in, signing in and out, second factor, password, single sign-on.
import { type Request, type Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import { MAX_PASSWORD_CHARACTERS } from '../../core/accounts/password.ts';
import type { Context } from '../http/context.ts';
import { ProblemError } from '../http/problem.ts';
import type { Visitor } from './attempts.ts';
import { describeSession, type LiveSession, standingOf, standingOfToken } from './sessions.ts';
import { SIGN_ON_RETURN } from './settings.ts';
import { beginEnrolment, changePassword, proveSecondFactor, signIn, signOut, takeDemoAccount } from './sign-in.ts';
import { type SingleSignOn, singleSignOn } from './single-sign-on.ts';
import { SESSION_COOKIE, SIGN_ON_COOKIE, setToken, tokenOf } from './token.ts';

const MINUTE = 60_000;
/** Failures of one address, whatever the login: an office behind one address signs in, a guesser does not. */
const FAILURES_PER_ADDRESS = 60;
const FAILURE_MINUTES = 15;

/** Longer than any that is taken, so that the refusal says why. */
const password = z.string().max(4 * MAX_PASSWORD_CHARACTERS);
const code = z
  .string()
  .trim()
  .regex(/^\d{6}$/);
const signInSchema = z.union([
  z.strictObject({ login: z.string().max(100), password, code: code.optional() }),
  z.strictObject({ demo: z.string().max(100) }),
]);
const secondFactorSchema = z.union([z.strictObject({ code }), z.strictObject({ password })]);
const passwordSchema = z.strictObject({ current: password, password });

export function sessionRoutes(context: Context): Router {
  describeOperations(context);
  const { singleSignOn: settings } = context.settings.accounts;
  const signOn = settings && singleSignOn(context, settings);
  const limit = failureLimit();
  const router = Router();
  router.use('/api/session', (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  /** What the request came to: a new token, or the session as it stands. */
  const answer = async (request: Request, response: Response, token: string | null): Promise<void> => {
    if (token !== tokenOf(request, SESSION_COOKIE)) setToken(request, response, SESSION_COOKIE, token);
    response.json(await describeSession(context, await standingOfToken(context, token)));
  };
  router.get('/api/session', async (request, response) => {
    response.json(await describeSession(context, await standingOf(context, request)));
  });
  router.post('/api/session', limit, async (request, response) => {
    const body = signInSchema.parse(request.body);
    const visitor = visitorOf(request);
    if ('demo' in body) {
      const { demoMode } = await standingOf(context, request);
      if (!demoMode) throw new ProblemError(403, 'demo-mode-off');
      return answer(request, response, await takeDemoAccount(context, body.demo, visitor));
    }
    await answer(request, response, await signIn(context, body, visitor));
  });
  router.delete('/api/session', async (request, response) => {
    const { session } = await standingOf(context, request);
    if (session) await signOut(context, session, visitorOf(request));
    await answer(request, response, null);
  });
  router.post('/api/session/second-factor', limit, async (request, response) => {
    const body = secondFactorSchema.parse(request.body);
    const session = await sessionOf(context, request);
    const visitor = visitorOf(request);
    if ('code' in body) return answer(request, response, await proveSecondFactor(context, session, body.code, visitor));
    await beginEnrolment(context, session, body.password, visitor);
    await answer(request, response, visitor.token);
  });
  router.post('/api/session/password', limit, async (request, response) => {
    const body = passwordSchema.parse(request.body);
    const session = await sessionOf(context, request);
    await answer(request, response, await changePassword(context, session, body, visitorOf(request)));
  });
  if (signOn !== null) addSignOn(router, signOn);
  return router;
}

function addSignOn(router: Router, signOn: SingleSignOn): void {
  router.get('/api/session/single-sign-on', async (request, response) => {
    const { address, state } = await signOn.begin();
    setToken(request, response, SIGN_ON_COOKIE, state);
    response.redirect(303, address.href);
  });
  router.get(SIGN_ON_RETURN, async (request, response) => {
    const query = request.originalUrl.split('?')[1] ?? '';
    const outcome = await signOn.finish(query, tokenOf(request, SIGN_ON_COOKIE), visitorOf(request));
    setToken(request, response, SIGN_ON_COOKIE, null);
    if ('failure' in outcome) return response.redirect(303, `/?sign-in=${outcome.failure}`);
    setToken(request, response, SESSION_COOKIE, outcome.token);
    response.redirect(303, '/');
  });
}

const visitorOf = (request: Request): Visitor => ({ address: request.ip ?? '', token: tokenOf(request, SESSION_COOKIE) });

async function sessionOf(context: Context, request: Request): Promise<LiveSession> {
  const { session } = await standingOf(context, request);
  if (!session) throw new ProblemError(401, 'sign-in-needed');
  return session;
}

const failureLimit = () =>
  rateLimit({
    windowMs: FAILURE_MINUTES * MINUTE,
    limit: FAILURES_PER_ADDRESS,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, _response, next) => next(new ProblemError(429, 'too-many-failures', { minutes: FAILURE_MINUTES })),
  });

function describeOperations({ api, settings }: Context): void {
  const session = { needs: null, path: '/api/session' };
  api.add(
    { ...session, method: 'get', summary: 'Who is signed in, or what is still to be done' },
    {
      ...session,
      method: 'post',
      summary: 'Sign in with a password, or take a demo account',
      body: signInSchema,
      problems: ['sign-in-failed', 'second-factor-wrong', 'locked-out', 'too-many-failures', 'demo-mode-off', 'unknown-demo-account'],
    },
    { ...session, method: 'delete', summary: 'Sign out' },
    {
      ...session,
      method: 'post',
      path: '/api/session/second-factor',
      summary: 'Prove the second factor by a code, or have a new one shown by the password',
      body: secondFactorSchema,
      problems: ['second-factor-wrong', 'second-factor-not-asked', 'second-factor-there', 'password-wrong', 'locked-out'],
    },
    {
      ...session,
      method: 'post',
      path: '/api/session/password',
      summary: 'Another password of one’s own; all other sessions end',
      body: passwordSchema,
      problems: ['password-wrong', 'password-short', 'password-login', 'password-common', 'password-same', 'locked-out'],
    },
  );
  if (settings.accounts.singleSignOn === null) return;
  api.add(
    {
      ...session,
      method: 'get',
      path: '/api/session/single-sign-on',
      summary: 'Leads to the provider',
      problems: ['single-sign-on-unavailable'],
    },
    { ...session, method: 'get', path: SIGN_ON_RETURN, summary: 'Where the provider leads back to' },
  );
}
