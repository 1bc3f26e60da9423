// The second factor: required by role or taken by choice, proven once by each code, never shown again.
import { Secret, type TOTP, URI } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../core/api/messages.ts';
import { inTransaction, SYSTEM } from '../../server/database/transaction.ts';
import { Browser, PASSWORD, type PeopleServer, startPeopleServer } from './people.ts';

let server: PeopleServer;
beforeAll(async () => {
  server = await startPeopleServer({ SECOND_FACTOR_ROLES: 'security-administrator, reviewer' });
  await server.person('guard', '*', ['security-administrator']);
  await server.person('li.na', '620724', ['viewer']);
});
afterAll(() => server?.close());

let browser: Browser;
beforeEach(() => {
  server.clock.pass(60);
  browser = new Browser(server.address);
});

/** The app on somebody's phone, which knows what the enrolment showed. */
const phoneOf = ({ body }: { body: Session }): TOTP => {
  if (body.secondFactor?.need !== 'enrol') throw new Error(`nothing to enrol: ${JSON.stringify(body.secondFactor)}`);
  return URI.parse(body.secondFactor.address) as TOTP;
};
const codeOf = (phone: TOTP): string => phone.generate({ timestamp: server.clock.now().getTime() });
const prove = (code: string) => browser.post<Session>('/api/session/second-factor', { code });
const secretOf = async (login: string) =>
  (await inTransaction(server.database, SYSTEM, (db) => db.query('select totp_secret from account where login = $1', [login]))).rows[0];

/** A fresh reviewer with a phone, signed out again. */
async function enrolled(login: string): Promise<TOTP> {
  await server.person(login, '620724', ['reviewer']);
  const phone = phoneOf(await browser.signIn(login));
  expect((await prove(codeOf(phone))).status).toBe(200);
  await browser.signOut();
  server.clock.pass(1);
  return phone;
}

describe('a role that requires it', () => {
  it('lets nobody in before a code has proven that the secret arrived', async () => {
    const begun = await browser.signIn('guard');
    const phone = phoneOf(begun);
    expect(phone).toMatchObject({ issuer: 'OneGrid', label: 'guard', algorithm: 'SHA1', digits: 6, period: 30 });
    expect(phone.secret.bytes).toHaveLength(20);
    expect(begun.body.account).toBeNull();
    expect((await browser.get('/api/accounts')).status).toBe(401);
    expect(await secretOf('guard')).toEqual({ totp_secret: null });
    expect((await prove('000000')).body).toMatchObject({ status: 403, code: 'second-factor-wrong' });
    const before = browser.cookies.get('onegrid_session');
    expect((await prove(codeOf(phone))).body).toMatchObject({ account: { login: 'guard' }, secondFactor: null });
    expect(browser.cookies.get('onegrid_session')).not.toBe(before);
    expect((await browser.get('/api/accounts')).status).toBe(200);
    expect(await secretOf('guard')).toEqual({ totp_secret: phone.secret.base32 });
  });

  it('asks for a code at every sign-in, and shows the secret never again', async () => {
    const phone = await enrolled('rev.one');
    expect((await browser.signIn('rev.one')).body).toMatchObject({ account: null, secondFactor: { need: 'enter' } });
    expect(JSON.stringify((await browser.get('/api/session')).body)).not.toContain(phone.secret.base32);
    expect((await browser.get('/api/plans')).status).toBe(401);
    expect((await browser.post('/api/session/password', { current: PASSWORD, password: 'another good one' })).status).toBe(401);
    expect((await prove(codeOf(phone))).body).toMatchObject({ account: { login: 'rev.one' } });
    expect((await browser.get('/api/plans')).status).toBe(200);
  });

  it('takes the code together with the password', async () => {
    const phone = await enrolled('rev.two');
    expect((await browser.signIn('rev.two', PASSWORD, '000000')).body.code).toBe('second-factor-wrong');
    expect((await browser.signIn('rev.two', PASSWORD, codeOf(phone))).body).toMatchObject({ account: { login: 'rev.two' } });
  });

  it('takes no code twice, nor one of a time before', async () => {
    const phone = await enrolled('rev.three');
    const earlier = codeOf(phone);
    server.clock.pass(0.5);
    const code = codeOf(phone);
    expect((await browser.signIn('rev.three', PASSWORD, code)).status).toBe(200);
    const thief = new Browser(server.address);
    expect((await thief.signIn('rev.three', PASSWORD, code)).body.code).toBe('second-factor-wrong');
    expect((await thief.signIn('rev.three', PASSWORD, earlier)).body.code).toBe('second-factor-wrong');
    server.clock.pass(0.5);
    expect((await thief.signIn('rev.three', PASSWORD, codeOf(phone))).status).toBe(200);
  });

  it('takes a code once, however many ask at the same moment', async () => {
    const phone = await enrolled('rev.four');
    const code = codeOf(phone);
    const answers = await Promise.all([1, 2, 3, 4].map(() => new Browser(server.address).signIn('rev.four', PASSWORD, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('lets nobody guess: wrong codes shut the login, and the right password does not open it again', async () => {
    const phone = await enrolled('rev.five');
    for (let i = 0; i < 4; i += 1) {
      await browser.signIn('rev.five');
      expect((await prove('000000')).body.code).toBe('second-factor-wrong');
    }
    await browser.signIn('rev.five');
    expect((await prove('000000')).body).toMatchObject({ code: 'locked-out', until: expect.any(String) });
    expect((await prove(codeOf(phone))).body.code).toBe('locked-out');
    expect((await browser.signIn('rev.five')).body.code).toBe('locked-out');
  });

  it('takes codes of half a minute before and after, not more', async () => {
    const phone = await enrolled('rev.six');
    server.clock.pass(5);
    const codeAt = (seconds: number) => phone.generate({ timestamp: server.clock.now().getTime() + seconds * 1000 });
    expect((await browser.signIn('rev.six', PASSWORD, codeAt(-61))).body.code).toBe('second-factor-wrong');
    expect((await browser.signIn('rev.six', PASSWORD, codeAt(61))).body.code).toBe('second-factor-wrong');
    expect((await browser.signIn('rev.six', PASSWORD, codeAt(-30))).status).toBe(200);
    expect((await browser.signIn('rev.six', PASSWORD, codeAt(30))).status).toBe(200);
  });
});

describe('by choice', () => {
  it('is shown for the password, and asked for from then on', async () => {
    await browser.signIn('li.na');
    const begin = (password: string) => browser.post<Session>('/api/session/second-factor', { password });
    expect((await prove('123456')).body).toMatchObject({ status: 409, code: 'second-factor-not-asked' });
    expect((await begin('not that password')).body.code).toBe('password-wrong');
    const shown = await begin(PASSWORD);
    expect(shown.body.account).toMatchObject({ login: 'li.na' });
    const phone = phoneOf(shown);
    expect((await prove(codeOf(phone))).body.secondFactor).toBeNull();
    expect((await begin(PASSWORD)).body).toMatchObject({ status: 409, code: 'second-factor-there' });
    await browser.signOut();
    expect((await browser.signIn('li.na')).body.secondFactor).toEqual({ need: 'enter' });
  });

  it('an unfinished enrolment changes nothing', async () => {
    await server.person('half.way', '620724', ['viewer']);
    await browser.signIn('half.way');
    await browser.post('/api/session/second-factor', { password: PASSWORD });
    expect((await new Browser(server.address).signIn('half.way')).body).toMatchObject({
      account: { login: 'half.way' },
      secondFactor: null,
    });
  });
});

it('is never there without the step that proved it', async () => {
  const secret = new Secret().base32;
  await expect(
    inTransaction(server.database, SYSTEM, (db) => db.query(`update account set totp_secret = $1 where login = 'half.way'`, [secret])),
  ).rejects.toThrow(/check constraint/);
});
