// Live updates end with the session that opened them: nobody hears more than they may still ask for.
import type { RequestHandler } from 'express';
import type { Identify } from '../http/authorise.ts';

const LOOK_MILLISECONDS = 10_000;
/** As the router reads it: letter case and a slash at the end do not matter. */
const STREAM = /\/events\/?$/i;

/** Looks at the session of every open stream again and again, without counting that as use. */
export function endStreamsWithSession(identify: Identify): RequestHandler {
  return (request, response, next) => {
    if (!STREAM.test(request.path)) return next();
    const look = setInterval(() => {
      identify(request).then(
        (identity) => identity ?? response.destroy(),
        // The database cannot be asked at the moment: the next look will tell.
        () => undefined,
      );
    }, LOOK_MILLISECONDS);
    response.once('close', () => clearInterval(look));
    next();
  };
}
