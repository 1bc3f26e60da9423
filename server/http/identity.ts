// Who asks: set once per request by server/http/authorise.ts, read by the routes.
import type { Request } from 'express';
import type { Role } from '../../core/accounts/roles.ts';
import type { Database } from '../database/open.ts';
import type { Queryable } from '../database/queryable.ts';
import { type Reach, scoped } from '../database/transaction.ts';

export interface Identity extends Reach {
  /** null: nobody in particular, such as the command line or the stand-in of the demo mode. */
  readonly account: number | null;
  readonly name: string;
  /** 政法委, 平安办, 民政局 …; empty: none. */
  readonly organ: string;
  readonly roles: ReadonlySet<Role>;
}

/** Work that nobody in particular asked for; `name` is what histories say. */
export const systemIdentity = (name: string): Identity => ({ account: null, name, organ: '', region: '*', roles: new Set() });

/** The demo mode: whoever has not taken one of its accounts may do what all of them may, but sign. */
export const STAND_IN: Identity = {
  ...systemIdentity('演示'),
  roles: new Set(['viewer', 'drafter', 'reviewer', 'city', 'province']),
};

const identities = new WeakMap<Request, Identity>();

export function setIdentity(request: Request, identity: Identity): void {
  identities.set(request, identity);
}

/** null: nobody is signed in, or the request was refused before anybody asked. */
export const identityIfAny = (request: Request): Identity | null => identities.get(request) ?? null;

/** Behind `authorise` there always is one, but for operations that are open to everybody. */
export function identityOf(request: Request): Identity {
  const identity = identities.get(request);
  if (!identity) throw new Error(`nobody was identified for ${request.method} ${request.path}`);
  return identity;
}

/** The database as far as the asker reaches; for single queries. */
export function dbOf({ database }: { readonly database: Database }, request: Request): Queryable {
  return scoped(database, identityOf(request));
}
