// Errors as answers (RFC 9457): a stable code, a sentence in the reader's language, never a stack.
import type { ErrorRequestHandler, Request, Response } from 'express';
import { z } from 'zod';
import type { Problem } from '../../core/api/messages.ts';
import { sqlState } from '../database/transaction.ts';
import { type Language, languageOf } from './language.ts';
import { type ProblemCode, sentence } from './sentences.ts';

/** Values that the sentence of the code names. */
export type ProblemValues = Readonly<Record<string, string | number>>;

/** Thrown anywhere below a route; becomes the answer. `stale-base` gives the newest revision among its values. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: ProblemCode;
  readonly values: ProblemValues;
  readonly at: Problem['at'];

  constructor(status: number, code: ProblemCode, values: ProblemValues = {}, at?: Problem['at']) {
    super(code);
    this.status = status;
    this.code = code;
    this.values = values;
    this.at = at;
  }
}

/** Last handler of the app: turns whatever was thrown into a problem. */
export const answerProblem: ErrorRequestHandler = (error, request, response, next) => {
  if (response.headersSent) return next(error);
  const problem = problemOf(error);
  // What stands behind the question mark may be a secret: the code of a single sign-on.
  if (problem.status >= 500) console.error(`${request.method} ${request.originalUrl.split('?')[0]}:`, error);
  send(problem, request, response);
};

/** The problem as it is sent, e.g. for the report of an import. */
export function problemBody(problem: ProblemError, language: Language): Problem {
  const { status, code, values, at } = problem;
  const found = values.found ?? sentence(`issue-${values.issue}`, language, values) ?? '';
  return {
    type: 'about:blank',
    title: sentence(`status-${status}`, language) ?? String(status),
    status,
    code,
    detail: sentence(code, language, { ...values, found }) ?? code,
    ...(at === undefined ? {} : { at }),
    ...(typeof values.revision === 'number' ? { revision: values.revision } : {}),
    ...(typeof values.until === 'string' ? { until: values.until } : {}),
  };
}

/** Any thrown thing as a problem; what nobody foresaw is `internal` and tells the reader nothing about the inside. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof z.ZodError) return schemaProblem(error);
  return bodyProblem(error) ?? databaseProblem(error) ?? new ProblemError(500, 'internal');
}

function send(problem: ProblemError, request: Request, response: Response): void {
  const language = languageOf(request);
  response.status(problem.status);
  response.set({ 'Content-Language': language, 'Cache-Control': 'no-store', Vary: 'Accept-Language' });
  response.type('application/problem+json').send(JSON.stringify(problemBody(problem, language)));
}

/** The first thing that does not fit the schema, with its path in the JSON. */
function schemaProblem({ issues: [issue] }: z.ZodError): ProblemError {
  const path = issue?.path.map(String).join('.') ?? '';
  const values: Record<string, string | number> = { path, issue: issue?.code ?? '' };
  if (issue?.code === 'invalid_type') values.expected = issue.expected;
  if (issue?.code === 'invalid_value') values.expected = issue.values.map(String).join(', ');
  if (issue?.code === 'invalid_format') values.expected = issue.pattern ?? issue.format;
  if (issue?.code === 'too_small') values.limit = Number(issue.minimum);
  if (issue?.code === 'too_big') values.limit = Number(issue.maximum);
  // A refinement may name its reason, which has a sentence of its own.
  if (issue?.code === 'custom' && typeof issue.params?.reason === 'string') values.issue = issue.params.reason;
  if (issue?.code === 'unrecognized_keys') values.keys = issue.keys.join(', ');
  return new ProblemError(400, 'bad-request', values, { path });
}

const BODY_PROBLEMS: Readonly<Record<string, readonly [status: number, code: ProblemCode]>> = {
  'entity.parse.failed': [400, 'malformed-json'],
  'entity.verify.failed': [400, 'malformed-json'],
  'request.size.invalid': [400, 'malformed-json'],
  'request.aborted': [400, 'malformed-json'],
  'entity.too.large': [413, 'body-too-large'],
  'encoding.unsupported': [415, 'unsupported-content-type'],
  'charset.unsupported': [415, 'unsupported-content-type'],
};

/** Errors of the body and address parsers: they carry `type` or at least a 4xx `status`. */
function bodyProblem(error: unknown): ProblemError | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  const type = 'type' in error && typeof error.type === 'string' ? error.type : '';
  const limit = 'limit' in error && typeof error.limit === 'number' ? error.limit : 0;
  const known = BODY_PROBLEMS[type];
  if (known !== undefined) return new ProblemError(known[0], known[1], { limit });
  return error.status >= 400 && error.status < 500 ? new ProblemError(400, 'bad-request', { path: '' }) : undefined;
}

/** SQLSTATEs that sql/ raises itself. */
const FROZEN = 'OG001';
const INVARIANT = 'OG002';
const LAST_SECURITY_ADMINISTRATOR = 'OG004';

function databaseProblem(error: unknown): ProblemError | undefined {
  const state = sqlState(error);
  if (state === FROZEN) return new ProblemError(409, 'plan-frozen');
  if (state === INVARIANT) return new ProblemError(500, 'invariant-broken', { found: (error as Error).message });
  if (state === LAST_SECURITY_ADMINISTRATOR) return new ProblemError(409, 'last-security-administrator');
  // Class 22, data exception: a value that no column can hold, such as an id beyond 32 bits or a NUL character.
  if (/^22.{3}$/.test(state)) return new ProblemError(400, 'bad-value');
  if (/^(08|40|53|57).{3}$|^ECONN|^EPIPE$|^ENOENT$/.test(state)) return new ProblemError(503, 'database-unavailable');
  return undefined;
}
