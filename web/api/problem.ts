// Failures of a request as values the interface can word: a refusal by the server, or no server at all.
import type { Problem } from '../../core/api/messages.ts';

/** The server answered and refused; `problem` says what, where and why. */
export class ServerRefused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ServerRefused';
    this.problem = problem;
  }
}

/** No answer: network down, server gone or starting, gateway without a server behind it, time-out. */
export class ServerUnreachable extends Error {
  constructor(cause?: unknown) {
    super('server unreachable', { cause });
    this.name = 'ServerUnreachable';
  }
}

/** Code of the problem that there is no session, or none any more. */
export const SIGN_IN_NEEDED = 'sign-in-needed';

const SERVICE_UNAVAILABLE = 503;
const FIRST_SERVER_ERROR = 500;

/** Turns an answer outside 2xx into the error to throw. */
export async function failureOf(response: Response): Promise<ServerRefused | ServerUnreachable> {
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body) && response.status !== SERVICE_UNAVAILABLE) return new ServerRefused(body);
  // Without a body of ours it is not our server that speaks, but a gateway without one behind it.
  if (response.status >= FIRST_SERVER_ERROR) return new ServerUnreachable(response.status);
  return new ServerRefused({
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    code: 'unexpected-answer',
    detail: '',
  });
}

/** The problem to show for anything that was thrown by the client; a programming error is thrown on. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ServerRefused) return error.problem;
  if (error instanceof ServerUnreachable) {
    return { type: 'about:blank', title: '', status: 0, code: 'server-unreachable', detail: '' };
  }
  throw error;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && 'status' in body;
}
