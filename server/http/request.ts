// What a request may carry: its content type and size are looked at before anything else.
import type { Request, RequestHandler } from 'express';
import { ProblemError } from './problem.ts';

/** Largest JSON body; files go through the import, which has its own limit. */
export const MAX_JSON_BYTES = 1024 * 1024;
export const JSON_TYPES = ['application/json', 'application/geo+json'];
const FORM_TYPE = 'multipart/form-data';

/** Refuses a body that no route reads: 415. */
export const checkContentType: RequestHandler = (request, _response, next) => {
  if (hasBody(request) && !request.is([...JSON_TYPES, FORM_TYPE])) {
    throw new ProblemError(415, 'unsupported-content-type', { found: request.get('content-type') ?? '' });
  }
  next();
};

const hasBody = (request: Request): boolean =>
  request.get('transfer-encoding') !== undefined || Number(request.get('content-length') ?? 0) > 0;
