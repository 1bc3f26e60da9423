// Requests that change something come from our own pages or from no page at all: never from a page of somebody else.
import type { Request, RequestHandler } from 'express';
import { ProblemError } from '../http/problem.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Throws ProblemError foreign-origin (403). Programs that are no browsers say neither where they come from nor carry a cookie unasked. */
export const refuseForeignOrigin: RequestHandler = (request, _response, next) => {
  if (!READING.has(request.method) && !fromHere(request)) throw new ProblemError(403, 'foreign-origin');
  next();
};

/** Sec-Fetch-Site is the browser's own judgement and survives proxies that rename the host; plain http over a network comes without it. */
function fromHere(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.get('origin');
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === request.host);
}
