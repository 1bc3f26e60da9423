// Before any route: who asks, and whether they may. What an operation needs is said where it is registered.
import type { Request, RequestHandler } from 'express';
import { type Permission, permissionsOf } from '../../core/accounts/roles.ts';
import type { ApiDocument } from './api-document.ts';
import { type Identity, setIdentity } from './identity.ts';
import { ProblemError } from './problem.ts';

/** null: nobody is signed in. */
export type Identify = (request: Request) => Promise<Identity | null>;

/** Where there is nothing but operations. */
const OPERATIONS = /^\/(api|tiles)(\/|$)/i;

/**
 * Throws ProblemError sign-in-needed (401) and not-permitted (403). What is no operation goes on to the files of the interface, but never
 * to a route that forgot to say what it needs: not-found (404).
 */
export function authorise(api: ApiDocument, identify: Identify): RequestHandler {
  return async (request, _response, next) => {
    const operation = api.find(request.method, request.path);
    if (!operation && OPERATIONS.test(request.path)) throw new ProblemError(404, 'not-found', { path: request.path });
    if (!operation) return next();
    const identity = await identify(request);
    if (identity) setIdentity(request, identity);
    if (operation.needs === null) return next();
    if (!identity) throw new ProblemError(401, 'sign-in-needed');
    if (!mayDo(identity, operation.needs)) throw new ProblemError(403, 'not-permitted');
    next();
  };
}

const mayDo = ({ roles }: Identity, needs: Permission | readonly Permission[]): boolean => {
  const has = permissionsOf(roles);
  return [needs].flat().some((permission) => has.has(permission));
};
