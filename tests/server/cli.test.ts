// The command line as a script sees it: one JSON object, an exit code, and a sentence for people.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { building, collection } from '../core/import/collections.ts';
import { freshPlace, type Place } from './harness.ts';
import { BUILDINGS, county, HOUSEHOLDS_PER_BUILDING, writeFiles } from './import-files.ts';

const ONEGRID = fileURLToPath(new URL('../../bin/onegrid.js', import.meta.url));

let place: Place;
beforeAll(async () => {
  place = await freshPlace();
});
afterAll(async () => {
  await place.remove();
});

interface Run {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

const onegrid = (...options: string[]): Promise<Run> =>
  new Promise((resolve) => {
    execFile(process.execPath, [ONEGRID, ...options], { env: { ...process.env, ...place.variables } }, (error, out, err) => {
      resolve({ exit: error ? Number(error.code) : 0, out, err });
    });
  });

describe('help', () => {
  it.each([
    [[], 'serve'],
    [['serve'], '--demo'],
    [['import'], '--communities'],
    [['export'], '--plan'],
  ])('of %s', async (command, word) => {
    const { exit, out } = await onegrid(...command, '--help');
    expect(exit).toBe(0);
    expect(out).toContain(word);
  });

  it.each([[['divine']], [['import']], [['import', '--colour', 'red']], [['export', '--plan', '1']]])(
    'is pointed to by %s',
    async (command) => {
      const { exit, out, err } = await onegrid(...command);
      expect([exit, out]).toEqual([2, '']);
      expect(err).toMatch(/^error: /);
    },
  );
});

describe('unusable input ends with 2 and a message that names file, feature and reason', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      'a bad building',
      { ...county(), buildings: collection([building(0.5, 0.5), building(0.2, 0.2, { households: 'many' })]) },
      /refused: buildings, feature 2 \(households\): “many” is not a number/,
    ],
    ['no JSON', { ...county(), communities: 'code,name' }, /communities: The file is not valid JSON/],
  ])('%s', async (_, content, message) => {
    const files = await writeFiles(content);
    const { exit, out, err } = await onegrid(
      'import',
      '--communities',
      files.paths.communities as string,
      '--buildings',
      files.paths.buildings as string,
    );
    await files.remove();
    expect(exit).toBe(2);
    expect(err).toMatch(message);
    expect(JSON.parse(out)).toMatchObject({ stored: false });
  });

  it('a file that is not there', async () => {
    const { exit, err } = await onegrid('import', '--communities', '/nowhere/c.geojson', '--buildings', '/nowhere/b.geojson');
    expect(exit).toBe(2);
    expect(err).toMatch(/communities: .*ENOENT/);
  });

  it('a plan that is not there', async () => {
    const { exit, err } = await onegrid('export', '--plan', '77', '--out', '/tmp/never.geojson');
    expect([exit, err]).toEqual([2, '--plan: there is no plan 77.\n']);
  });
});

describe('import and export', () => {
  it('bring a county in, make its plan, and take the layout out', async () => {
    const files = await writeFiles(county());
    const imported = await onegrid(
      'import',
      '--communities',
      files.paths.communities as string,
      '--buildings',
      files.paths.buildings as string,
      '--barriers',
      files.paths.barriers as string,
      '--plan',
      '试划方案',
    );
    expect(imported.exit).toBe(0);
    expect(imported.out.trim().split('\n')).toHaveLength(1);
    const { stored, households, plans } = JSON.parse(imported.out);
    expect([stored, households]).toEqual([true, BUILDINGS * HOUSEHOLDS_PER_BUILDING]);
    expect(plans).toEqual([{ id: expect.any(Number), name: '试划方案', region: '620724' }]);

    const out = join(files.folder, 'layout.geojson');
    const exported = await onegrid('export', '--plan', String(plans[0].id), '--out', out);
    expect(exported.exit).toBe(0);
    expect(JSON.parse(exported.out)).toEqual({ plan: plans[0].id, format: 'geojson', file: out, grids: 0 });
    expect(JSON.parse(await readFile(out, 'utf8'))).toMatchObject({ type: 'FeatureCollection', features: [] });
    await files.remove();
  });
});
