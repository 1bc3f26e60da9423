// Writes every refusal into the audit log: who asked for something without a session, or without the right to it.
import type { ErrorRequestHandler, Request } from 'express';
import { inTransaction, SYSTEM } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import { identityIfAny } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { type Actor, audit } from './audit.ts';

/** Somebody who has not signed in: every auditor sees what was refused to them. */
const NOBODY: Actor = { account: null, name: '', organ: '', region: '*' };

const REFUSED: ReadonlySet<number> = new Set([401, 403]);
/** The sign-in writes rows of its own, which say more. */
const WRITTEN_ALREADY: ReadonlySet<string> = new Set(['sign-in-failed', 'second-factor-wrong', 'password-wrong']);
const MAX_SUBJECT = 200;

/** Before the handler that answers; a refusal that cannot be written is answered all the same. */
export function auditRefusals({ database }: Pick<Context, 'database'>): ErrorRequestHandler {
  return async (error, request, _response, next) => {
    if (error instanceof ProblemError && REFUSED.has(error.status) && !WRITTEN_ALREADY.has(error.code)) {
      const actor = identityIfAny(request) ?? NOBODY;
      await inTransaction(database, SYSTEM, (db) =>
        audit(db, actor, {
          action: 'refusal',
          subject: `${request.method} ${request.path}`.slice(0, MAX_SUBJECT),
          detail: { status: error.status, code: error.code },
          ...addressOf(request),
        }),
      ).catch((failure: Error) => console.error(`a refusal was not written into the audit log: ${failure.message}`));
    }
    next(error);
  };
}

const addressOf = ({ ip }: Request): { address?: string } => (ip === undefined ? {} : { address: ip });
