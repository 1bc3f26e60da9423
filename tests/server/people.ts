// A server with accounts, a clock that the test sets, and browsers that keep their cookies.

import type { Role } from '../../core/accounts/roles.ts';
import type { Problem, Session } from '../../core/api/messages.ts';
import { insertWithHash } from '../../server/accounts/administer.ts';
import type { Database } from '../../server/database/open.ts';
import type { Context } from '../../server/http/context.ts';
import { systemIdentity } from '../../server/http/identity.ts';
import { startServer } from '../../server/serve.ts';
import { readSettings } from '../../server/settings.ts';
import type { Answer } from './client.ts';
import { freshPlace, type Place } from './harness.ts';

export const PASSWORD = 'correct horse battery';
const MINUTE = 60_000;

/** Stands still until it is told to go on. */
export class TestClock {
  #now = Date.now();
  readonly now = (): Date => new Date(this.#now);

  pass(minutes: number): void {
    this.#now += minutes * MINUTE;
  }
}

export interface PeopleServer {
  readonly address: string;
  readonly context: Context;
  readonly database: Database;
  readonly clock: TestClock;
  readonly place: Place;
  /** Makes an account as the command line does; its id. */
  person(login: string, region: string, roles: readonly Role[], set?: { passwordTemporary?: boolean }): Promise<number>;
  close(): Promise<void>;
}

/** Listens on this machine in an empty database; `variables` are settings. */
export async function startPeopleServer(variables: Readonly<Record<string, string>> = {}): Promise<PeopleServer> {
  const place = await freshPlace();
  const clock = new TestClock();
  const running = await startServer(readSettings({ PORT: '0', ...place.variables, ...variables }), clock.now);
  const { context } = running;
  return {
    address: running.address,
    context,
    database: context.database,
    clock,
    place,
    async person(login, region, roles, { passwordTemporary = false } = {}) {
      const account = { login, name: login, organ: '政法委', region, roles, password: PASSWORD, passwordTemporary };
      return (await insertWithHash(context, systemIdentity('test'), account)).id;
    },
    async close() {
      await running.stop();
      await place.remove();
    },
  };
}

/** A browser: brings back the cookies that it was given. */
export class Browser {
  readonly address: string;
  readonly cookies = new Map<string, string>();
  /** As the last answer set them, with all attributes. */
  lastSetCookies: string[] = [];

  constructor(address: string) {
    this.address = address;
  }

  async raw(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0) headers.set('cookie', [...this.cookies].map((pair) => pair.join('=')).join('; '));
    const response = await fetch(path.startsWith('http') ? path : `${this.address}${path}`, { redirect: 'manual', ...init, headers });
    this.lastSetCookies = response.headers.getSetCookie();
    for (const cookie of this.lastSetCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  async get<T>(path: string): Promise<Answer<T & Problem>> {
    const response = await this.raw(path);
    return { status: response.status, body: (await response.json()) as T & Problem };
  }

  async post<T>(path: string, body: unknown, headers: HeadersInit = {}): Promise<Answer<T & Problem>> {
    const response = await this.raw(path, {
      method: 'POST',
      headers: new Headers([['content-type', 'application/json'], ...new Headers(headers)]),
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as T & Problem };
  }

  signIn(login: string, password: string = PASSWORD, code?: string): Promise<Answer<Session & Problem>> {
    return this.post<Session>('/api/session', { login, password, ...(code !== undefined && { code }) });
  }

  signOut(): Promise<Response> {
    return this.raw('/api/session', { method: 'DELETE' });
  }
}
