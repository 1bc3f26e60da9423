// Signing in and staying signed in: what works, what is refused with which words, and when a session ends.
import { createHook } from 'node:async_hooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PlanSummary, Session } from '../../core/api/messages.ts';
import { inTransaction, SYSTEM } from '../../server/database/transaction.ts';
import { seedCounty, seedPlan } from './harness.ts';
import { Browser, PASSWORD, type PeopleServer, startPeopleServer } from './people.ts';

let server: PeopleServer;
let plan: number;
beforeAll(async () => {
  server = await startPeopleServer();
  await seedCounty(server.database);
  plan = await seedPlan(server.database);
  await server.person('wang.fang', '620724', ['drafter']);
  await server.person('li.na', '620724', ['viewer']);
  const closed = await server.person('closed', '620724', ['viewer']);
  await inTransaction(server.database, SYSTEM, (db) => db.query('update account set disabled = true where id = $1', [closed]));
  await server.person('newcomer', '620724', ['viewer'], { passwordTemporary: true });
});
afterAll(() => server?.close());

let browser: Browser;
beforeEach(() => {
  // Locks of the test before are over.
  server.clock.pass(60);
  browser = new Browser(server.address);
});

const mayRead = async (who: Browser): Promise<boolean> => (await who.get<PlanSummary[]>('/api/plans')).status === 200;
const stored = async <T>(text: string): Promise<T[]> => (await inTransaction(server.database, SYSTEM, (db) => db.query(text))).rows as T[];

describe('a password', () => {
  it('opens what the roles allow, and nothing is open without it', async () => {
    expect((await browser.get('/api/plans')).body).toMatchObject({ status: 401, code: 'sign-in-needed' });
    expect((await browser.signIn('Wang.Fang ')).body).toMatchObject({
      account: { login: 'wang.fang', region: '620724', regionName: '高台县', roles: ['drafter'] },
      demo: null,
      secondFactor: null,
      passwordChange: false,
    });
    expect(await mayRead(browser)).toBe(true);
  });

  it('that is wrong gets the same answer as a login of nobody', async () => {
    const wrong = await browser.signIn('wang.fang', 'not that password');
    const nobody = await browser.signIn('wang.fan', 'not that password');
    expect(wrong.body).toMatchObject({ status: 401, code: 'sign-in-failed' });
    expect(nobody).toEqual(wrong);
    expect(browser.cookies.size).toBe(0);
    expect(await mayRead(browser)).toBe(false);
  });

  it('costs the server the same work, whether the login exists or not', async () => {
    let derivations = 0;
    const hook = createHook({ init: (_id, type) => (derivations += Number(type === 'SCRYPTREQUEST')) }).enable();
    const workFor = async (login: string): Promise<number> => {
      const before = derivations;
      await browser.signIn(login, 'not that password');
      return derivations - before;
    };
    expect([await workFor('wang.fang'), await workFor('nobody'), await workFor('closed')]).toEqual([1, 1, 1]);
    hook.disable();
  });

  it('may be typed in another way of writing the same characters', async () => {
    await server.person('wide', '620724', ['viewer']);
    expect((await browser.signIn('wide', PASSWORD.replace('horse', 'ｈｏｒｓｅ'))).status).toBe(200);
  });

  it('is not kept, nor is the token', async () => {
    await browser.signIn('wang.fang');
    const [account] = await stored<object>(`select * from account where login = 'wang.fang'`);
    expect(account).toMatchObject({ password_hash: expect.stringMatching(/^scrypt\$32768\$8\$3\$[^$]{24}\$[^$]{44}$/) });
    expect(JSON.stringify(account)).not.toContain(PASSWORD);
    const everything = JSON.stringify(await stored<{ text: string }>('select session::text as text from session'));
    expect(everything).not.toContain(browser.cookies.get('onegrid_session'));
  });
});

describe('too many failures', () => {
  const fail = async (login: string, times: number) => {
    let last = await browser.signIn(login, 'not that password');
    for (let i = 1; i < times; i += 1) last = await browser.signIn(login, 'not that password');
    return last.body;
  };

  it.each(['li.na', 'nobody.at.all'])('shut the login %s for fifteen minutes, and the answer says until when', async (login) => {
    expect(await fail(login, 4)).toMatchObject({ code: 'sign-in-failed' });
    const until = new Date(server.clock.now().getTime() + 15 * 60_000).toISOString();
    expect(await fail(login, 1)).toMatchObject({ status: 429, code: 'locked-out', until });
    expect((await browser.signIn(login)).body).toMatchObject({ code: 'locked-out', until });
    server.clock.pass(14.9);
    expect((await browser.signIn(login)).body).toMatchObject({ code: 'locked-out', until });
    server.clock.pass(0.1);
    expect((await browser.signIn(login)).status).toBe(login === 'li.na' ? 200 : 401);
  });

  it('at the same moment count one by one', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => browser.signIn('li.na', 'not that password')));
    expect(answers.filter(({ body }) => body.code === 'sign-in-failed').length).toBeLessThanOrEqual(4);
    expect((await browser.signIn('li.na')).body.code).toBe('locked-out');
  });

  it('are forgotten after a success, and do not touch others', async () => {
    await fail('li.na', 4);
    expect((await browser.signIn('li.na')).status).toBe(200);
    expect(await fail('li.na', 4)).toMatchObject({ code: 'sign-in-failed' });
    expect((await browser.signIn('wang.fang')).status).toBe(200);
  });

  it('from one address are refused whatever the login', async () => {
    const own = await startPeopleServer();
    try {
      await own.person('admin', '*', ['security-administrator']);
      const guesser = new Browser(own.address);
      const answers = await Promise.all(
        Array.from({ length: 61 }, (_, i) => guesser.post('/api/session', { login: `guess-${i % 3}`, password: 'not that password' })),
      );
      expect(answers.filter(({ body }) => body.code === 'too-many-failures')).toHaveLength(1);
      expect((await guesser.signIn('admin')).body.code).toBe('too-many-failures');
    } finally {
      await own.close();
    }
  });
});

describe('the session cookie', () => {
  const attributes = async (headers: HeadersInit = {}): Promise<string> => {
    await browser.post('/api/session', { login: 'li.na', password: PASSWORD }, headers);
    return browser.lastSetCookies.join('\n');
  };

  it('is out of reach of scripts and of other sites, and holds 256 bits', async () => {
    expect(await attributes()).toMatch(/^onegrid_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  it('is Secure behind a proxy that speaks https, where that proxy is trusted', async () => {
    expect(await attributes({ 'x-forwarded-proto': 'https' })).not.toContain('Secure');
    const behind = await startPeopleServer({ TRUST_PROXY: 'loopback' });
    try {
      await behind.person('li.na', '620724', ['viewer']);
      browser = new Browser(behind.address);
      expect(await attributes({ 'x-forwarded-proto': 'https' })).toContain('; Secure');
    } finally {
      await behind.close();
    }
  });

  it('is another one after every sign-in, whatever was brought along', async () => {
    browser.cookies.set('onegrid_session', 'planted-by-somebody-else');
    await browser.signIn('li.na');
    const first = browser.cookies.get('onegrid_session');
    expect(first).not.toBe('planted-by-somebody-else');
    await browser.signIn('li.na');
    expect(browser.cookies.get('onegrid_session')).not.toBe(first);
    const other = new Browser(server.address);
    other.cookies.set('onegrid_session', first ?? '');
    expect(await mayRead(other)).toBe(false);
  });
});

describe('a session ends', () => {
  beforeEach(() => browser.signIn('li.na'));

  it('when it is signed out', async () => {
    const token = browser.cookies.get('onegrid_session') ?? '';
    expect((await (await browser.signOut()).json()) as Session).toMatchObject({ account: null, demo: null });
    expect(browser.cookies.size).toBe(0);
    browser.cookies.set('onegrid_session', token);
    expect(await mayRead(browser)).toBe(false);
  });

  it('half an hour after the last use', async () => {
    server.clock.pass(29);
    expect(await mayRead(browser)).toBe(true);
    server.clock.pass(29);
    expect(await mayRead(browser)).toBe(true);
    server.clock.pass(30);
    expect(await mayRead(browser)).toBe(false);
    expect((await browser.get<Session>('/api/session')).body.account).toBeNull();
  });

  it('though a map is left open: live updates, looking at the session and at what waits are no use', async () => {
    for (let minutes = 0; minutes < 29; minutes += 7) {
      const stream = await browser.raw(`/api/plans/${plan}/events`);
      expect(stream.status).toBe(200);
      await stream.body?.cancel();
      const presence = JSON.stringify({ tab: 'left-open', name: '', community: null });
      await browser.raw(`/api/plans/${plan}/presence`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: presence });
      expect((await browser.get<Session>('/api/session')).body.account).not.toBeNull();
      expect((await browser.get('/api/waiting')).status).toBe(200);
      server.clock.pass(7);
    }
    expect(await mayRead(browser)).toBe(false);
  });

  it('and with it the live updates', async () => {
    const stream = await browser.raw(`/api/plans/${plan}/events`);
    server.clock.pass(30);
    const ended = await (async () => {
      for await (const _ of stream.body ?? []);
    })().then(
      () => true,
      () => true,
    );
    expect(ended).toBe(true);
  });

  it('twelve hours after the sign-in, however busy somebody is', async () => {
    for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
      expect(await mayRead(browser)).toBe(true);
      server.clock.pass(20);
    }
    expect(await mayRead(browser)).toBe(false);
  });
});

describe('a password of one’s own', () => {
  it('has to replace one that somebody else has set, before anything else', async () => {
    expect((await browser.signIn('newcomer')).body).toMatchObject({ account: null, passwordChange: true });
    expect(await mayRead(browser)).toBe(false);
    const change = (current: string, password: string) => browser.post<Session>('/api/session/password', { current, password });
    expect((await change(PASSWORD, 'short')).body).toMatchObject({ status: 422, code: 'password-short' });
    expect((await change(PASSWORD, PASSWORD)).body.code).toBe('password-same');
    expect((await change('not that password', 'another good one')).body).toMatchObject({ status: 403, code: 'password-wrong' });
    const before = browser.cookies.get('onegrid_session');
    expect((await change(PASSWORD, 'another good one')).body).toMatchObject({ account: { login: 'newcomer' }, passwordChange: false });
    expect(browser.cookies.get('onegrid_session')).not.toBe(before);
    expect(await mayRead(browser)).toBe(true);
    const later = new Browser(server.address);
    expect((await later.signIn('newcomer')).body.code).toBe('sign-in-failed');
    expect((await later.signIn('newcomer', 'another good one')).body).toMatchObject({ passwordChange: false });
  });

  it('ends the sessions of all other browsers', async () => {
    const elsewhere = new Browser(server.address);
    await elsewhere.signIn('wang.fang');
    await browser.signIn('wang.fang');
    await browser.post('/api/session/password', { current: PASSWORD, password: 'yet another one' });
    expect([await mayRead(browser), await mayRead(elsewhere)]).toEqual([true, false]);
    await browser.post('/api/session/password', { current: 'yet another one', password: PASSWORD });
  });
});

describe('a page of somebody else', () => {
  const change = (headers: HeadersInit) =>
    browser.post(`/api/plans`, { name: '方案', region: '620724' }, headers).then(({ status, body }) => [status, body.code]);
  beforeEach(() => browser.signIn('wang.fang'));

  it.each<HeadersInit>([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'http://127.0.0.1:1' },
    { origin: 'null' },
  ])('changes nothing: %j', async (headers) => {
    expect(await change(headers)).toEqual([403, 'foreign-origin']);
  });

  it.each<() => HeadersInit>([() => ({}), () => ({ 'sec-fetch-site': 'same-origin' }), () => ({ origin: server.address })])(
    'is no page of ours (%#)',
    async (headers) => {
      expect((await change(headers()))[0]).toBe(201);
    },
  );
});
