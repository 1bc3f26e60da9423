// The command line as a script sees it: one JSON object, an exit code, and a sentence for people.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languageOf } from '../../server/cli/language.ts';
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

const onegrid = (...options: string[]): Promise<Run> => onegridIn('C', ...options);

const onegridIn = (locale: string, ...options: string[]): Promise<Run> =>
  new Promise((resolve) => {
    const env = { ...process.env, ...place.variables, LC_ALL: locale };
    execFile(process.execPath, [ONEGRID, ...options], { env }, (error, out, err) => {
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

it.each([
  [{ LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, 'zh'],
  [{ LC_ALL: '', LC_MESSAGES: 'zh_TW', LANG: 'C' }, 'zh'],
  [{ LC_MESSAGES: 'C', LANG: 'zh_CN' }, 'en'],
  [{ LANG: 'zh_CN.GB18030' }, 'zh'],
  [{}, 'en'],
])('speaks the language that %j asks for', (environment, language) => {
  expect(languageOf(environment)).toBe(language);
});

describe('unusable input ends with 2 and a message that names file, feature and reason', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      'a bad building',
      { ...county(), buildings: collection([building(0.5, 0.5), building(0.2, 0.2, { households: 'many' })]) },
      /refused: buildings \(.*buildings.*\), feature 2 \(households\): “many” is not a number/,
    ],
    ['no JSON', { ...county(), communities: 'code,name' }, /communities \(.*communities.*\): The file is not valid JSON/],
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
    expect(err).toMatch(/communities \(\/nowhere\/c\.geojson\): .*ENOENT/);
  });

  it('in the language of the terminal, with the same answer for programs', async () => {
    const files = await writeFiles({
      ...county(),
      buildings: collection([building(0.5, 0.5), building(0.2, 0.2, { households: 'many' })]),
    });
    const { communities, buildings } = files.paths;
    const options = ['import', '--communities', communities as string, '--buildings', buildings as string];
    const [chinese, english] = [await onegridIn('zh_CN.UTF-8', ...options), await onegridIn('en_US.UTF-8', ...options)];
    await files.remove();
    expect(chinese.err).toContain(`拒绝:楼栋(${buildings}),第 2 个要素 (households):“many”不是数字。`);
    expect(chinese.err).toContain('有要素被拒绝,未导入任何内容。');
    expect(english.err).toContain('Features were refused and nothing was imported.');
    const untimed = ({ out }: Run) => ({ ...JSON.parse(out), seconds: 0 });
    expect(untimed(chinese)).toEqual(untimed(english));
    expect(await onegridIn('zh', 'export', '--plan', '77', '--out', join(tmpdir(), 'never.geojson'))).toMatchObject({
      exit: 2,
      err: '--plan:没有编号为 77 的方案。\n',
    });
  });

  it('an empty file', async () => {
    const files = await writeFiles({ ...county(), communities: '' });
    const { communities, buildings } = files.paths;
    const { exit, err } = await onegrid(
      'divide',
      '--communities',
      communities as string,
      '--buildings',
      buildings as string,
      '--out',
      join(tmpdir(), 'never.geojson'),
    );
    await files.remove();
    expect(exit).toBe(2);
    expect(err).toContain(`communities (${communities}): The file is empty`);
  });

  it('a plan that is not there', async () => {
    const { exit, err } = await onegrid('export', '--plan', '77', '--out', join(tmpdir(), 'never.geojson'));
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
