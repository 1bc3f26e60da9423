// onegrid account: the first administrators, made before anybody can sign in; then the server that others may reach.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountRecord } from '../../core/api/messages.ts';
import { startServer } from '../../server/serve.ts';
import { readSettings } from '../../server/settings.ts';
import { freshPlace, type Place } from './harness.ts';
import { Browser, PASSWORD } from './people.ts';

const ONEGRID = fileURLToPath(new URL('../../bin/onegrid.js', import.meta.url));

let place: Place;
beforeAll(async () => {
  place = await freshPlace();
});
afterAll(() => place?.remove());

interface Run {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

const account = (options: string[], input = '', locale = 'C'): Promise<Run> =>
  new Promise((resolve) => {
    const env = { ...process.env, ...place.variables, LC_ALL: locale };
    const child = execFile(process.execPath, [ONEGRID, 'account', ...options], { env }, (error, out, err) => {
      resolve({ exit: error ? Number(error.code) : 0, out, err });
    });
    child.stdin?.end(input);
  });

const record = ({ out }: Run): AccountRecord => JSON.parse(out) as AccountRecord;

it('a public address without accounts is refused; with one it starts, and nothing is open', { timeout: 240_000 }, async () => {
  const everywhere = readSettings({ ...place.variables, PORT: '0', HOST: '0.0.0.0' });
  await expect(startServer(everywhere)).rejects.toThrow(/HOST 0\.0\.0\.0 .*onegrid account add/s);

  const added = await account(['add', 'Root', '--name', '赵敏', '--roles', 'security-administrator'], `${PASSWORD}\nnot this line\n`);
  expect(added).toMatchObject({ exit: 0, err: '' });
  expect(record(added)).toMatchObject({ login: 'root', name: '赵敏', organ: '', region: '*', roles: ['security-administrator'] });
  expect(added.out).not.toContain('scrypt');

  const running = await startServer(everywhere);
  try {
    const browser = new Browser(running.address.replace('0.0.0.0', '127.0.0.1'));
    expect((await browser.get('/api/plans')).status).toBe(401);
    expect((await browser.post('/api/session', { demo: 'demo-county' })).body.code).toBe('demo-mode-off');
    expect((await browser.signIn('root')).body).toMatchObject({ account: { login: 'root', name: '赵敏' }, demo: null });
  } finally {
    await running.stop();
  }
});

describe('with the first one there', () => {
  it('others are made, entitled, shut out, let in, and given another password', { timeout: 240_000 }, async () => {
    expect(record(await account(['add', 'wang.fang', '--organ', '政法委', '--region', '620724'], PASSWORD))).toMatchObject({ roles: [] });
    expect(record(await account(['roles', 'wang.fang', 'drafter,reviewer']))).toMatchObject({ roles: ['drafter', 'reviewer'] });
    expect(record(await account(['disable', 'wang.fang']))).toMatchObject({ disabled: true });
    expect(record(await account(['enable', 'WANG.FANG']))).toMatchObject({ disabled: false });
    expect((await account(['password', 'wang.fang', '--temporary'], 'set at the console\n')).exit).toBe(0);
    const { accounts } = JSON.parse((await account(['list'])).out) as { accounts: AccountRecord[] };
    expect(accounts.map(({ login, roles }) => [login, roles])).toEqual([
      ['root', ['security-administrator']],
      ['wang.fang', ['drafter', 'reviewer']],
    ]);
    const running = await startServer(place.settings);
    try {
      expect((await new Browser(running.address).signIn('wang.fang', 'set at the console')).body).toMatchObject({ passwordChange: true });
    } finally {
      await running.stop();
    }
  });

  it.each([
    ['a login twice', ['add', 'root', '--region', '62'], PASSWORD, 'The login “root” is taken.'],
    ['no password', ['add', 'other', '--region', '62'], '', 'There is no password on standard input.'],
    ['half a region', ['add', 'other', '--region', '62072'], PASSWORD, '“62072” cannot be the region of an account.'],
    ['no region', ['add', 'other', '--roles', 'drafter'], PASSWORD, '“” cannot be the region of an account.'],
    ['an unknown role', ['roles', 'root', 'king'], '', 'The roles “king” are not known or named twice'],
    ['an unknown login', ['disable', 'nobody'], '', 'There is no account with the login “nobody”.'],
    ['the last security administrator', ['disable', 'root'], '', 'This is the last security administrator'],
    ['a password as an argument', ['add', 'other', '--region', '62', '--password', PASSWORD], '', 'unknown option'],
  ])('%s changes nothing and says why', { timeout: 120_000 }, async (_, options, input, sentence) => {
    const { exit, out, err } = await account(options, input);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
  });
});
