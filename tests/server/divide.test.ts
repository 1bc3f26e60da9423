// Division in threads and on the command line: the number of threads plays no part, and a stranger's files become a coded layout.
import { execFile } from 'node:child_process';
import { linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_DIVISION, divideCommunity } from '../../core/division/divide.ts';
import type { LayoutGrid } from '../../core/export/layout.ts';
import { generateCounty, geojsonText } from '../../fixtures/generate.ts';
import { DivisionThreads } from '../../server/division/division-threads.ts';
import { town, URBAN } from '../core/division/graphs.ts';

const ONEGRID = fileURLToPath(new URL('../../bin/onegrid.js', import.meta.url));

/** Side of a community in degrees, its rows of buildings, and how many rows of fields lie between two villagers' groups. */
const SIDE = 0.01;
const ROWS = 16;
const FIELDS = 16;

describe('threads', () => {
  const tasks = Array.from({ length: 8 }, (_, i) => ({ community: `62072400100${i}`, graph: town(i, 1_500), rule: URBAN }));

  it.each([1, 2, 4])('%i of them give the same bytes as none', async (count) => {
    const threads = new DivisionThreads(count);
    const progress: number[] = [];
    try {
      const divisions = await threads.divide(tasks, DEFAULT_DIVISION, { onProgress: (done) => progress.push(done) });
      expect(divisions).toEqual(tasks.map((task) => divideCommunity(task, DEFAULT_DIVISION)));
      expect(progress).toEqual(tasks.map((_, i) => i + 1));
    } finally {
      await threads.close();
    }
  });

  it('drop what was cancelled and go on with what comes next', async () => {
    const threads = new DivisionThreads(1);
    try {
      const controller = new AbortController();
      const cancelled = threads.divide(tasks, DEFAULT_DIVISION, {
        onProgress: () => controller.abort(new Error('enough')),
        signal: controller.signal,
      });
      await expect(cancelled).rejects.toThrow('enough');
      expect(await threads.divide(tasks.slice(0, 1), DEFAULT_DIVISION)).toHaveLength(1);
    } finally {
      await threads.close();
    }
  });

  it('say what went wrong in them and go on', async () => {
    const threads = new DivisionThreads(1);
    try {
      const broken = { ...(tasks[0] as (typeof tasks)[number]), rule: null as unknown as typeof URBAN };
      await expect(threads.divide([broken], DEFAULT_DIVISION)).rejects.toThrow(TypeError);
      expect(await threads.divide(tasks.slice(0, 1), DEFAULT_DIVISION)).toHaveLength(1);
    } finally {
      await threads.close();
    }
  });
});

describe('onegrid divide', () => {
  let folder: string;
  const pathOf = (file: string): string => join(folder, `${file}.geojson`);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'onegrid-divide-'));
    const county = generateCounty({ households: 9_000, seed: 3 });
    for (const file of ['communities', 'buildings', 'barriers'] as const) writeFileSync(pathOf(file), geojsonText(county[file]));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const divide = (...options: string[]): Promise<{ exit: number; out: string; err: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, [ONEGRID, 'divide', ...options], { env: { ...process.env, LC_ALL: 'C' } }, (error, out, err) =>
        resolve({ exit: error ? Number(error.code) : 0, out, err }),
      );
    });
  const files = (): string[] => ['--communities', pathOf('communities'), '--buildings', pathOf('buildings')];

  it('turns files into a coded layout that holds every household once', async () => {
    const { exit, out, err } = await divide(...files(), '--barriers', pathOf('barriers'), '--out', pathOf('layout'));
    expect(exit).toBe(0);
    const phases = ['reading', 'validating', 'building-blocks', 'dividing', 'drawing-outlines', 'writing'];
    expect(err.split('\n').filter((line) => phases.includes(line))).toEqual(phases);
    const summary = JSON.parse(out);
    const layout = JSON.parse(readFileSync(pathOf('layout'), 'utf8'));
    const buildings = JSON.parse(readFileSync(pathOf('buildings'), 'utf8')).features as { properties: { households: number } }[];
    const households = buildings.reduce((sum, { properties }) => sum + properties.households, 0);
    expect(summary).toEqual({
      communities: layout.onegrid.totals.communities,
      grids: layout.features.length,
      households,
      within: layout.features.length,
      infeasible: [],
      seconds: expect.any(Number),
    });
    const codes = layout.features.map((feature: { properties: { code: string } }) => feature.properties.code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.every((code: string) => /^\d{15}$/.test(code))).toBe(true);
    expect(layout.features[0].properties.name).toMatch(/第一网格$/);
    expect(layout.onegrid).toMatchObject({ profile: 'gansu-2023', scheme: 'gb15', totals: { households } });
  });

  it('sets large institutions apart as grids of their own, named after them', { timeout: 120_000 }, async () => {
    const demo = (file: string): string => fileURLToPath(new URL(`../../fixtures/gaotai/${file}.geojson.gz`, import.meta.url));
    const options = ['communities', 'buildings', 'barriers', 'institutions'].flatMap((file) => [`--${file}`, demo(file)]);
    const { exit, out } = await divide(...options, '--out', pathOf('demo'));
    expect(exit).toBe(0);
    const layout = JSON.parse(readFileSync(pathOf('demo'), 'utf8')) as { features: { properties: LayoutGrid }[] };
    const grids = layout.features.map(({ properties }) => properties);
    const dedicated = grids.filter(({ kind }) => kind === 'dedicated');
    expect(dedicated.map(({ name }) => name)).toContain('医院西路高台县人民医院网格');
    for (const { households } of dedicated) expect(households).toBeLessThanOrEqual(30);
    expect(new Set(grids.map(({ community, name }) => `${community.slice(0, 9)} ${name}`)).size).toBe(grids.length);
    expect(JSON.parse(out)).toMatchObject({ grids: grids.length, within: grids.length, infeasible: [] });
  });

  it('makes one grid of each residents’ group where the rules ask for it', async () => {
    const options = ['--barriers', pathOf('barriers'), '--profile', 'qianjiang-2022'];
    expect((await divide(...files(), ...options, '--out', pathOf('grouped'))).exit).toBe(0);
    const layout = JSON.parse(readFileSync(pathOf('grouped'), 'utf8'));
    const { features } = JSON.parse(readFileSync(pathOf('buildings'), 'utf8')) as { features: { properties: { group?: string } }[] };
    const groups = new Set(features.flatMap(({ properties }) => properties.group ?? []));
    expect(groups.size).toBeGreaterThan(0);
    for (const { properties } of layout.features as { properties: LayoutGrid }[]) {
      if (properties.kind === 'rural') expect([...groups].some((group) => properties.name.endsWith(`${group}网格`))).toBe(true);
    }
  });

  it.each([
    [['--profile', 'none'], /--profile: “none” is not known/],
    [['--scheme', 'none'], /--scheme: “none” is not known/],
    [['--barriers', '/nowhere/r.geojson'], /barriers \(.*\): .*ENOENT/],
    [['--institutions', '/nowhere/i.geojson'], /institutions \(.*\): .*ENOENT/],
  ])('refuses %s', async (options, message) => {
    const { exit, out, err } = await divide(...files(), ...options, '--out', pathOf('never'));
    expect([exit, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  it.each([
    ['a folder that is not there', () => '/nowhere/l.geojson', /--out: there is no folder \/nowhere/],
    ['a folder', () => folder, /--out: .* is a folder/],
    ['no name', () => '', /--out: the name of a file is needed/],
    ['one of its own files', () => pathOf('buildings'), /--out: .* is one of the files that are read/],
  ])('refuses to write to %s before it reads anything', async (_, path, message) => {
    const before = readFileSync(pathOf('buildings'));
    const { exit, out, err } = await divide(...files(), '--out', path());
    expect([exit, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).not.toContain('reading');
    expect(readFileSync(pathOf('buildings')).equals(before)).toBe(true);
  });

  it('puts the layout in the place of an older one, which is never written into', async () => {
    const one = village('one', [{ code: '620724100001', name: '新建东村居民委员会' }]);
    writeFileSync(pathOf('replaced'), 'older');
    linkSync(pathOf('replaced'), pathOf('older'));
    expect((await divide(...one, '--out', pathOf('replaced'))).exit).toBe(0);
    expect(readFileSync(pathOf('older'), 'utf8')).toBe('older');
    expect(JSON.parse(readFileSync(pathOf('replaced'), 'utf8')).features).toHaveLength(1);
    expect(readdirSync(folder).filter((file) => file.endsWith('.part'))).toEqual([]);
  });

  it('says that nothing was divided where features were refused', async () => {
    const lonely = village('lonely', [{ code: '620724100001', name: '' }]);
    const { exit, out, err } = await divide(...lonely, '--out', pathOf('never'));
    expect([exit, out]).toEqual([2, '']);
    expect(err).toMatch(/feature 1 \(name\): The name is missing/);
    expect(err).toMatch(/nothing was divided/);
    expect(err).not.toMatch(/import|skip/);
  });

  it('says which community has more grids than the scheme has numbers', async () => {
    const crowded = village('crowded', [{ code: '620724100001', name: '新建东村居民委员会' }], { households: 400 });
    const { exit, out, err } = await divide(...crowded, '--scheme', 'cjt349-20', '--out', pathOf('never'));
    expect([exit, out]).toEqual([2, '']);
    expect(err.trim().split('\n').at(-1)).toBe('--scheme cjt349-20: 620724100001 has used up its 99 grid numbers.');
  });

  it('gives no name twice in a town where a village and a community are called the same', async () => {
    const street = village('street', [
      { code: '620724100001', name: '东街社区居民委员会' },
      { code: '620724100201', name: '东街村民委员会' },
      { code: '620724101201', name: '东街村民委员会' },
    ]);
    expect((await divide(...street, '--out', pathOf('street'))).exit).toBe(0);
    expect(gridsOf('street').map(({ name }) => name)).toEqual(['东街社区居民委员会第一网格', '东街村民委员会第一网格', '东街第一网格']);
  });

  it("keeps to villagers' groups", async () => {
    const grouped = village('grouped', [{ code: '620724101201', name: '利丰村民委员会' }], { households: 4, groups: 4 });
    expect((await divide(...grouped, '--barriers', pathOf('grouped-barriers'), '--out', pathOf('grouped'))).exit).toBe(0);
    expect(gridsOf('grouped').map(({ households }) => households)).toEqual([256, 256, 256, 256]);
  });

  const gridsOf = (file: string): { name: string; households: number }[] =>
    JSON.parse(readFileSync(pathOf(file), 'utf8')).features.map(({ properties }: { properties: unknown }) => properties);

  /** Square communities side by side, in each of them rows of buildings; fields and a lane between the groups. */
  function village(
    name: string,
    communities: readonly { code: string; name: string }[],
    { households = 1, groups = 0 }: { households?: number; groups?: number } = {},
  ): string[] {
    const square = (x: number, y: number, side: number) => ({
      type: 'Polygon',
      coordinates: [
        [
          [x, y],
          [x + side, y],
          [x + side, y + side],
          [x, y + side],
          [x, y],
        ].map((position) => position.map((degrees) => Math.round(degrees * 1e7) / 1e7)),
      ],
    });
    const collection = (features: readonly { properties: object; geometry: object }[]): string =>
      JSON.stringify({ type: 'FeatureCollection', features: features.map((feature) => ({ type: 'Feature', ...feature })) });
    const areas = communities.map((properties, i) => ({ properties, geometry: square(99.8 + i * SIDE, 39.3, SIDE) }));
    const buildings = communities.flatMap((_, i) =>
      Array.from({ length: ROWS * ROWS }, (_, at) => {
        const [column, row] = [at % ROWS, Math.floor(at / ROWS)];
        const quarter = Math.floor((column * groups) / ROWS);
        const x = 99.8 + (i + (column + 0.2 + quarter * FIELDS) / (ROWS + 1 + groups * FIELDS)) * SIDE;
        const group = groups === 0 ? '' : `${quarter + 1}组`;
        return {
          properties: { households, population: households * 3, group },
          geometry: square(x, 39.3 + ((row + 0.2) * SIDE) / (ROWS + 1), SIDE / 100),
        };
      }),
    );
    writeFileSync(pathOf(`${name}-communities`), collection(areas));
    writeFileSync(pathOf(`${name}-buildings`), collection(buildings));
    const lanes = Array.from({ length: Math.max(0, groups - 1) }, (_, lane) => {
      const x = 99.8 + (((lane + 1) * (ROWS / groups + FIELDS) - FIELDS / 2) / (ROWS + 1 + groups * FIELDS)) * SIDE;
      const positions = [
        [x, 39.3],
        [x, 39.3 + SIDE],
      ];
      return { properties: { class: 'lane' }, geometry: { type: 'LineString', coordinates: positions } };
    });
    writeFileSync(pathOf(`${name}-barriers`), collection(lanes));
    return ['--communities', pathOf(`${name}-communities`), '--buildings', pathOf(`${name}-buildings`)];
  }
});
