// onegrid crosswalk as a script sees it: a file, one JSON object, an exit code.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { inTransaction, SYSTEM } from '../../server/database/transaction.ts';
import { writeDepartmentGrids } from '../../server/one-net/store.ts';
import { freshPlace, type Place, seedCounty, seedPlan, square } from './harness.ts';

const ONEGRID = fileURLToPath(new URL('../../bin/onegrid.js', import.meta.url));

let place: Place;
let plan: number;
let folder: string;
beforeAll(async () => {
  place = await freshPlace();
  folder = await mkdtemp(join(tmpdir(), 'onegrid-crosswalk-'));
  const database = await openDatabase(place.settings);
  await seedCounty(database);
  plan = await seedPlan(database);
  const rows = ['health', 'party'].map((department, i) => ({
    ...{ feature: i + 1, department, code: '', name: `${i + 1}片`, area: [square(0, 0, 2, 2)] },
  }));
  await inTransaction(database, SYSTEM, (db) => writeDepartmentGrids(db, SYSTEM, rows));
  await database.close();
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await place.remove();
});

const crosswalk = (...options: string[]): Promise<{ exit: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, ...place.variables, LC_ALL: 'C' };
    execFile(process.execPath, [ONEGRID, 'crosswalk', ...options], { env }, (error, out, err) => {
      resolve({ exit: error ? Number(error.code) : 0, out, err });
    });
  });

test('the crosswalk of one department or of all, as CSV or as a workbook', async () => {
  const csv = join(folder, 'a.csv');
  const one = await crosswalk('--plan', String(plan), '--out', csv, '--department', '卫健委');
  expect([one.exit, JSON.parse(one.out)]).toEqual([0, { plan, format: 'csv', file: csv, oldGrids: 1 }]);
  expect(await readFile(csv, 'utf8')).toContain('卫健,,1片,东街社区,240,');
  const book = join(folder, 'b.xlsx');
  expect(JSON.parse((await crosswalk('--plan', String(plan), '--out', book)).out)).toMatchObject({ format: 'xlsx', oldGrids: 2 });
  expect((await readFile(book)).subarray(0, 2).toString()).toBe('PK');
});

test('a file of another kind and a plan that is none are refused with a sentence, and nothing is written', async () => {
  const txt = join(folder, 'c.txt');
  const other = await crosswalk('--plan', String(plan), '--out', txt);
  expect([other.exit, other.out, other.err]).toEqual([2, '', expect.stringContaining('.xlsx')]);
  const missing = await crosswalk('--plan', '9999', '--out', join(folder, 'd.csv'));
  expect([missing.exit, missing.err]).toEqual([2, expect.stringContaining('9999')]);
  expect([existsSync(txt), existsSync(join(folder, 'd.csv'))]).toEqual([false, false]);
});
