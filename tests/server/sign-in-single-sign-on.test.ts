// Single sign-on against a real OpenID provider: who gets in, who does not, and what a stolen or foreign answer is worth.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../core/api/messages.ts';
import { readSettings } from '../../server/settings.ts';
import { Browser, type PeopleServer, startPeopleServer } from './people.ts';

const START = '/api/session/single-sign-on';
const here = (port: number): string => `http://127.0.0.1:${port}`;
const settingsFor = (port: number, issuer: string) => ({
  PORT: String(port),
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: 'onegrid',
  OIDC_CLIENT_SECRET: 'only-in-the-environment-of-this-test',
  OIDC_REDIRECT: `${here(port)}${START}/return`,
});

/** preferred_username by subject; a test may give a name to somebody else. */
const usernames = new Map([
  ['subject-1', 'Wang.Fang'],
  ['subject-2', 'stranger'],
  ['subject-3', 'closed'],
  ['subject-4', 'temporary'],
]);

let provider: Server;
let issuer: string;
let server: PeopleServer;
beforeAll(async () => {
  provider = await listen();
  issuer = here(portOf(provider));
  const settings = settingsFor(await freePort(), issuer);
  provider.on('request', oidcProvider(settings).callback());
  server = await startPeopleServer(settings);
  await server.person('wang.fang', '620724', ['drafter']);
  await server.person('temporary', '620724', ['viewer'], { passwordTemporary: true });
  const closed = await server.person('closed', '620724', ['viewer']);
  await server.person('sys', '*', ['system-administrator']);
  const sys = new Browser(server.address);
  await sys.signIn('sys');
  await sys.post(`/api/accounts/${closed}`, { disabled: true });
});
afterAll(async () => {
  await server?.close();
  provider?.close();
});

async function listen(): Promise<Server> {
  const listening = createServer().listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return listening;
}

const portOf = (listening: Server): number => (listening.address() as AddressInfo).port;

/** The provider has to know where the server will listen before it does. */
async function freePort(): Promise<number> {
  const listening = await listen();
  const port = portOf(listening);
  listening.close();
  await once(listening, 'close');
  return port;
}

function oidcProvider({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_REDIRECT }: ReturnType<typeof settingsFor>): Provider {
  return new Provider(OIDC_ISSUER, {
    clients: [
      {
        client_id: OIDC_CLIENT_ID,
        client_secret: OIDC_CLIENT_SECRET,
        redirect_uris: [OIDC_REDIRECT],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, preferred_username: usernames.get(sub) }) }),
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => true },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
  });
}

/** Somebody's browser: one jar for the provider, one for the server. */
class Person {
  readonly atProvider = new Browser(issuer);
  readonly atServer = new Browser(server.address);

  /** Signs in at the provider; the address to which it sends the browser back. */
  async answerOfProvider(subject: string): Promise<string> {
    let next = location(await this.atServer.raw(START));
    while (!next.startsWith(server.address)) next = await this.#step(next, subject);
    return next;
  }

  /** One page of the provider: sign-in and consent are sent off, everything else is followed. */
  async #step(address: string, subject: string): Promise<string> {
    const page = await this.atProvider.raw(address);
    if (page.status >= 300 && page.status < 400) return location(page);
    const html = await page.text();
    const [, action = ''] = /action="([^"]+)"/.exec(html) ?? [];
    const [, prompt = ''] = /name="prompt" value="([^"]+)"/.exec(html) ?? [];
    if (action === '') throw new Error(`the provider says: ${html}`);
    const body = new URLSearchParams({ prompt, login: subject, password: 'anything' });
    return location(await this.atProvider.raw(action, { method: 'POST', body }));
  }

  /** The whole way; where the browser ends up. */
  async signOn(subject: string): Promise<string | null> {
    return (await this.atServer.raw(await this.answerOfProvider(subject))).headers.get('location');
  }

  async session(): Promise<Session> {
    return (await this.atServer.get<Session>('/api/session')).body;
  }
}

const location = (response: Response): string => new URL(response.headers.get('location') ?? '', response.url).href;

describe('somebody whom the provider knows', () => {
  it('gets the session of the account of that name', async () => {
    const wang = new Person();
    expect((await wang.session()).singleSignOn).toBe(START);
    expect(await wang.signOn('subject-1')).toBe('/');
    expect(await wang.session()).toMatchObject({ account: { login: 'wang.fang', roles: ['drafter'] } });
    expect((await wang.atServer.get('/api/plans')).status).toBe(200);
    expect(wang.atServer.lastSetCookies).toEqual([]);
    expect([...wang.atServer.cookies.keys()]).toEqual(['onegrid_session']);
  });

  it('does not need to replace a password that was never used', async () => {
    const person = new Person();
    await person.signOn('subject-4');
    expect(await person.session()).toMatchObject({ account: { login: 'temporary' }, passwordChange: false });
  });

  it.each([
    ['has no account here: none is made', 'subject-2'],
    ['has a closed account', 'subject-3'],
  ])('%s', async (_, subject) => {
    const person = new Person();
    expect(await person.signOn(subject)).toBe('/?sign-in=no-account');
    expect((await person.session()).account).toBeNull();
  });

  it('cannot take over an account by taking its name at the provider', async () => {
    usernames.set('subject-5', 'wang.fang');
    const other = new Person();
    expect(await other.signOn('subject-5')).toBe('/?sign-in=no-account');
    usernames.set('subject-1', 'renamed');
    const wang = new Person();
    expect(await wang.signOn('subject-1')).toBe('/');
    expect((await wang.session()).account?.login).toBe('wang.fang');
  });
});

describe('an answer of the provider', () => {
  it('is taken once', async () => {
    const wang = new Person();
    const answer = await wang.answerOfProvider('subject-1');
    const cookie = wang.atServer.cookies.get('onegrid_sign_on') ?? '';
    expect(location(await wang.atServer.raw(answer))).toBe(`${server.address}/`);
    const again = new Person();
    again.atServer.cookies.set('onegrid_sign_on', cookie);
    expect((await again.atServer.raw(answer)).headers.get('location')).toBe('/?sign-in=expired');
  });

  it('is worth nothing in another browser, which would be signed in as somebody else', async () => {
    const answer = await new Person().answerOfProvider('subject-1');
    const victim = new Person();
    expect((await victim.atServer.raw(answer)).headers.get('location')).toBe('/?sign-in=expired');
    await victim.atServer.raw(START);
    expect((await victim.atServer.raw(answer)).headers.get('location')).toBe('/?sign-in=provider');
    expect((await victim.session()).account).toBeNull();
  });

  it('that was changed on the way is refused', async () => {
    const wang = new Person();
    const answer = new URL(await wang.answerOfProvider('subject-1'));
    answer.searchParams.set('code', 'made-up');
    expect((await wang.atServer.raw(answer.href)).headers.get('location')).toBe('/?sign-in=provider');
  });

  it('that comes too late is refused', async () => {
    const wang = new Person();
    const answer = await wang.answerOfProvider('subject-1');
    server.clock.pass(11);
    expect((await wang.atServer.raw(answer)).headers.get('location')).toBe('/?sign-in=expired');
  });
});

it.each([
  [{ OIDC_ISSUER: 'https://id.example.cn' }, /OIDC_CLIENT_ID: is needed.*\n.*OIDC_REDIRECT: is needed/],
  [{ ...settingsFor(1, here(2)), OIDC_ISSUER: 'http://id.example.cn' }, /OIDC_ISSUER: must begin with https/],
  [{ ...settingsFor(1, here(2)), OIDC_ISSUER: 'foo' }, /OIDC_ISSUER: Invalid URL/],
  [{ ...settingsFor(1, here(2)), OIDC_REDIRECT: 'https://grid.example.cn/' }, /OIDC_REDIRECT: must end with/],
  [{ ...settingsFor(1, here(2)), OIDC_REDIRECT: 'bar' }, /OIDC_REDIRECT: Invalid URL/],
  [{ SECOND_FACTOR_ROLES: 'king' }, /SECOND_FACTOR_ROLES/],
  [{ SESSION_IDLE_MINUTES: '0' }, /SESSION_IDLE_MINUTES/],
  [{ TRUST_PROXY: 'everybody' }, /TRUST_PROXY: must be how many proxies/],
  [{ TRUST_PROXY: 'true' }, /TRUST_PROXY/],
])('settings that make no sense stop the start: %j', (variables, sentence) => {
  expect(() => readSettings(variables as NodeJS.ProcessEnv)).toThrow(sentence);
});
