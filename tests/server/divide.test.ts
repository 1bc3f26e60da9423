// Division in threads and on the command line: the number of threads plays no part, and a stranger's files become a coded layout.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_DIVISION, divideCommunity } from '../../core/division/divide.ts';
import { generateCounty, geojsonText } from '../../fixtures/generate.ts';
import { DivisionThreads } from '../../server/division/division-threads.ts';
import { town, URBAN } from '../core/division/graphs.ts';

const ONEGRID = fileURLToPath(new URL('../../bin/onegrid.js', import.meta.url));

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
      execFile(process.execPath, [ONEGRID, 'divide', ...options], (error, out, err) =>
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

  it.each([
    [['--profile', 'none'], /--profile: “none” is not known/],
    [['--scheme', 'none'], /--scheme: “none” is not known/],
    [['--barriers', '/nowhere/r.geojson'], /barriers: .*ENOENT/],
  ])('refuses %s', async (options, message) => {
    const { exit, out, err } = await divide(...files(), ...options, '--out', pathOf('never'));
    expect([exit, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });
});
