// The file that a command writes: whole or not there, and a sentence that names the option.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refuseUnwritable, writeOut } from '../../server/cli/out-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onegrid-out-file-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function* breakingOff() {
  yield 'row 1\n';
  throw new Error('no row 2');
}

it('leaves the older file as it was when what is written breaks off, and no part of the newer', async () => {
  const path = join(folder, 'findings.csv');
  await writeFile(path, 'older');
  await expect(writeOut(path, Readable.from(breakingOff()), '--findings')).rejects.toThrow('--findings: no row 2');
  expect([await readFile(path, 'utf8'), await readdir(folder)]).toEqual(['older', ['findings.csv']]);
  await writeOut(path, Readable.from(['row 1\n', 'row 2\n']), '--findings');
  expect([await readFile(path, 'utf8'), await readdir(folder)]).toEqual(['row 1\nrow 2\n', ['findings.csv']]);
});

it('names the option whose file cannot be written', async () => {
  await expect(refuseUnwritable(join(folder, 'nowhere', 'a.csv'), [], '--findings')).rejects.toThrow(/^--findings: /);
  await expect(refuseUnwritable(join(folder, 'nowhere', 'a.csv'))).rejects.toThrow(/^--out: /);
});
