// Who asks: the middleware asks once for every request.
import type { Request } from 'express';
import { SYSTEM, scoped } from '../database/transaction.ts';
import type { Identify } from '../http/authorise.ts';
import { STAND_IN } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { isLoopback } from './loopback.ts';
import { writeLastSeen } from './session-store.ts';
import { type AccountContext, identityOfSession, standingOf } from './sessions.ts';

/** That somebody is there is noted no more often. */
const NOTE_MILLISECONDS = 60_000;

/** Throws ProblemError foreign-host (403) when a demo is reached by a name that is not of this machine: a page may have got it there. */
export function identify(context: AccountContext): Identify {
  return async (request) => {
    const { demoMode, session } = await standingOf(context, request);
    if (demoMode && !isLoopback(request.hostname)) throw new ProblemError(403, 'foreign-host', { host: request.hostname });
    const identity = session && identityOfSession(session);
    if (session && identity && isUse(request)) {
      const now = context.clock();
      if (now.getTime() - session.lastSeen.getTime() >= NOTE_MILLISECONDS) {
        await writeLastSeen(scoped(context.database, SYSTEM), session.digest, now);
      }
    }
    return identity ?? (demoMode && session === null ? STAND_IN : null);
  };
}

/**
 * A page left alone keeps its live updates open, says again that it is there after a break, and asks how the session stands and what
 * waits for its reader: that is no use, so the session runs out.
 */
const isUse = ({ path }: Request): boolean => !/^\/api\/(health|session|waiting|plans\/[^/]+\/(events|presence))\/?$/i.test(path);
