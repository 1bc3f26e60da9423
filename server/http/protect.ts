// What every answer says to the browser about what it may do, and how often one address may ask.
import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { BaseMap } from '../../core/api/messages.ts';
import type { Settings } from '../settings.ts';
import { ProblemError } from './problem.ts';

const MINUTE_MILLISECONDS = 60_000;
const MILLISECONDS = 1_000;

/**
 * No script but our own files, no frame, no foreign host but that of a configured base map. Styles may be written into the page, as
 * Ant Design and MapLibre do. Plain http stays possible: many offices have nothing else.
 */
export function safeHeaders({ baseMap }: Pick<Settings, 'baseMap'>): RequestHandler {
  const maps = baseMapOrigins(baseMap);
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        workerSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...maps],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", ...maps],
      },
    },
    // Only a page that came by https may ask for it for good.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  });
}

/** A `{s}` or `{a-d}` in the host stands for any name there. */
function baseMapOrigins(baseMap: BaseMap | null): string[] {
  const [, scheme, host] = /^(https?):\/\/([^/?#]+)/i.exec(baseMap?.url ?? '') ?? [];
  return scheme && host ? [`${scheme}://${host.replace(/^[^.]*\{[^}]+\}[^.]*/, '*')}`] : [];
}

/** Throws ProblemError too-many-requests (429). */
export function requestLimit({ requestsPerMinute }: Pick<Settings, 'requestsPerMinute'>): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MILLISECONDS,
    limit: requestsPerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response, next) => {
      const seconds = Math.ceil(MINUTE_MILLISECONDS / MILLISECONDS);
      response.set('Retry-After', String(seconds));
      next(new ProblemError(429, 'too-many-requests', { seconds }));
    },
  });
}
