// The files of an import together: none counts twice.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SourceChoice } from '../../core/api/import-messages.ts';
import { readFiles } from '../../server/imports/read-rows.ts';
import { cleanChoice, type SourceToRead } from '../../server/imports/source-to-read.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onegrid-read-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function list(name: string, households: number, choice: Partial<SourceChoice> = {}): Promise<SourceToRead> {
  const path = join(folder, name);
  await writeFile(path, `building,households\nB1,${households}\n`);
  return { path, name, choice: { ...cleanChoice('households'), ...choice } };
}
const read = async (...sources: SourceToRead[]): Promise<number> => (await readFiles(sources, () => undefined)).files.length;

test('a list that is sent twice is refused by the name of the second', async () => {
  await expect(read(await list('a.csv', 5), await list('b.csv', 5))).rejects.toMatchObject({
    reason: 'file-twice',
    file: 'households',
    values: { name: 'b.csv' },
  });
});

test('lists that differ, or a file read in another way, are not', async () => {
  expect(await read(await list('a.csv', 5), await list('b.csv', 6))).toBe(2);
  expect(await read(await list('a.csv', 5), await list('b.csv', 5, { fields: { building: 'building' } }))).toBe(2);
});
