// onegrid verify as a script sees it: one JSON object, an exit code, and sentences for people. No database anywhere.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sm3 } from '../../core/filing/digest.ts';
import { buildPackage } from '../../core/filing/package.ts';
import { filedCounty } from '../core/filing/filed-county.ts';

const ONEGRID = fileURLToPath(new URL('../../bin/onegrid.js', import.meta.url));

let folder: string;
let bytes: Uint8Array;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onegrid-verify-'));
  bytes = await buildPackage(filedCounty(800));
});
afterAll(() => rm(folder, { recursive: true }));

async function verify(name: string, content: Uint8Array | null, locale = 'C'): Promise<{ exit: number; out: string; err: string }> {
  const path = join(folder, name);
  if (content) await writeFile(path, content);
  // An address that nobody answers: whoever asked a database would fail.
  const env = { ...process.env, DATABASE_URL: 'postgres://127.0.0.1:1/none', DATA_DIR: join(folder, 'data'), LC_ALL: locale };
  return new Promise((resolve) => {
    execFile(process.execPath, [ONEGRID, 'verify', path], { env }, (error, out, err) => {
      resolve({ exit: error ? Number(error.code) : 0, out, err });
    });
  });
}

it('a sound package ends with 0', async () => {
  const { exit, out, err } = await verify('sound.zip', bytes);
  expect(exit).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    valid: true,
    digest: sm3(bytes),
    errors: 0,
    warnings: 0,
    findings: [],
    counts: { communities: 4 },
  });
  expect(err).toBe('The package is sound.\n');
});

it('a changed byte ends with 1, and says in which file, in the language of the terminal', async () => {
  const changed = bytes.slice();
  const at = Buffer.from(bytes).indexOf('register.xlsx') + 100;
  changed[at] = (changed[at] as number) ^ 1;
  const { exit, out, err } = await verify('changed.zip', changed, 'zh_CN.UTF-8');
  expect(exit).toBe(1);
  const answer = JSON.parse(out);
  expect(answer).toMatchObject({ valid: false, digest: sm3(changed) });
  expect(answer.errors).toBe(answer.findings.length);
  expect(answer.findings).toContainEqual(expect.objectContaining({ file: 'register.xlsx', message: 'zip-data-changed' }));
  expect(err).toMatch(/register\.xlsx 的内容被改动.*\n(.*\n)*备案包核验不通过:\d+ 个错误。\n$/);
});

it('a file that is no package ends with 1', async () => {
  const { exit, out } = await verify('letter.zip', Buffer.from('各位领导:'));
  expect(exit).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ valid: false, counts: null, findings: [{ message: 'zip-not-zip' }] });
});

it('a file that is not there ends with 2', async () => {
  const { exit, out, err } = await verify('nowhere.zip', null);
  expect([exit, out]).toEqual([2, '']);
  expect(err).toContain('nowhere.zip cannot be read');
});
