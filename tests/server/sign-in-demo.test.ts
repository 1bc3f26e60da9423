// The demo mode: open to whoever sits at this machine, gone with the first real account.
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../../core/accounts/roles.ts';
import type { PlanSummary, Session } from '../../core/api/messages.ts';
import { seedCounty } from './harness.ts';
import { Browser, type PeopleServer, startPeopleServer } from './people.ts';

let server: PeopleServer;
beforeAll(async () => {
  server = await startPeopleServer();
  await seedCounty(server.database);
});
afterAll(() => server?.close());

const take = (browser: Browser, demo: string) => browser.post<Session>('/api/session', { demo });

/** What the server answers when it is asked for by that name; fetch would not let a test say it. */
function askedAs(host: string, path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(server.address);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

describe('without any account', () => {
  it('a stand-in acts that may work everywhere, and every role is offered', async () => {
    const browser = new Browser(server.address);
    const { body } = await browser.get<Session>('/api/session');
    expect(body).toMatchObject({ account: { id: null, login: '', region: '*' }, secondFactor: null, passwordChange: false });
    expect(new Set(body.demo?.flatMap(({ roles }) => roles))).toEqual(new Set(ROLES));
    expect(body.demo?.find(({ region }) => region === '620724100')).toMatchObject({ name: '城关镇规划员', regionName: '城关镇' });
    expect((await browser.get<PlanSummary[]>('/api/plans')).status).toBe(200);
    expect((await browser.get('/api/accounts')).status).toBe(403);
  });

  it('a demo account is taken with one click, and acts within its role and region', async () => {
    const town = new Browser(server.address);
    expect((await take(town, 'demo-town')).body.account).toMatchObject({
      id: null,
      login: 'demo-town',
      roles: ['drafter'],
      region: '620724100',
    });
    expect(town.lastSetCookies.join()).toMatch(/HttpOnly; SameSite=Strict/);
    const towns = (await town.get<{ code: string }[]>('/api/regions?parent=620724')).body;
    expect(towns.map(({ code }) => code)).toEqual(['620724100']);
    await take(town, 'demo-viewer');
    expect((await town.post('/api/plans', { name: '方案', region: '620724' })).status).toBe(403);
    await take(town, 'demo-security');
    expect((await town.get('/api/accounts')).body).toEqual([]);
    expect((await town.get('/api/plans')).status).toBe(403);
  });

  it('leaving one brings the stand-in back', async () => {
    const browser = new Browser(server.address);
    await take(browser, 'demo-viewer');
    expect((await (await browser.signOut()).json()) as Session).toMatchObject({ account: { login: '', region: '*' } });
  });

  it('what is no demo account is refused, and none has a password', async () => {
    const browser = new Browser(server.address);
    expect((await take(browser, 'demo-king')).body).toMatchObject({ status: 404, code: 'unknown-demo-account' });
    expect((await browser.signIn('demo-town')).body.code).toBe('sign-in-failed');
    await take(browser, 'demo-town');
    const change = await browser.post('/api/session/password', { current: 'whatever it is', password: 'something else' });
    expect(change.body.code).toBe('own-account-needed');
  });

  it.each(['localhost:1', '127.0.0.1:8080', '[::1]:8080', 'onegrid.localhost'])('answers to the name %s', async (host) => {
    expect(await askedAs(host, '/api/plans')).toBe(200);
  });

  it.each(['evil.example', '10.0.0.7:8080', 'localhost.evil.example', '127.0.0.1.evil.example'])(
    'tells nothing by the name %s, which a page may have pointed here',
    async (host) => {
      expect(await askedAs(host, '/api/plans')).toBe(403);
      expect(await askedAs(host, '/api/session')).toBe(403);
    },
  );
});

describe('with the first account', () => {
  it('everything needs a session, and demo sessions are over', async () => {
    const demo = new Browser(server.address);
    await take(demo, 'demo-province');
    expect((await demo.get('/api/plans')).status).toBe(200);
    await server.person('root', '*', ['security-administrator']);
    expect((await demo.get('/api/plans')).body).toMatchObject({ status: 401, code: 'sign-in-needed' });
    expect((await demo.get<Session>('/api/session')).body).toMatchObject({ account: null, demo: null });
    expect((await take(demo, 'demo-town')).body).toMatchObject({ status: 403, code: 'demo-mode-off' });
    expect((await demo.get('/api/health')).status).toBe(200);
    expect((await demo.get('/api/openapi.json')).status).toBe(200);
  });
});
