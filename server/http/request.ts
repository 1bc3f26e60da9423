// Reads what a request carries against its schema; what does not fit becomes a 4xx problem before anything else happens.
import type { Request } from 'express';
import type { z } from 'zod';
import { ProblemError } from './problem.ts';

/** Largest JSON body; files go through the import, which has its own limit. */
export const MAX_JSON_BYTES = 1024 * 1024;

/** Ids are 32-bit in the database. */
const MAX_ID = 2 ** 31 - 1;

/** The JSON body. Throws 415 for another content type, 400 with the path for what does not fit. */
export function readBody<T extends z.ZodType>(schema: T, request: Request): z.infer<T> {
  if (!request.is(['application/json', 'application/geo+json'])) {
    throw new ProblemError(415, 'unsupported-content-type', { found: request.get('content-type') ?? '' });
  }
  return schema.parse(request.body);
}

/** The query string; every value arrives as text. */
export function readQuery<T extends z.ZodType>(schema: T, request: Request): z.infer<T> {
  return schema.parse(request.query);
}

/** A numeric id in the path; anything else is simply not there: 404 with the given code. */
export function readId(text: string | undefined, missing: ProblemError['code']): number {
  const id = /^[1-9]\d{0,9}$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (!(id <= MAX_ID)) throw new ProblemError(404, missing, { id: text ?? '' });
  return id;
}
