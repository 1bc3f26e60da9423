// onegrid check as a script sees it: files in, one JSON object and an exit code out, whoever made the layout.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Layout } from '../../core/export/layout.ts';

const ONEGRID = fileURLToPath(new URL('../../bin/onegrid.js', import.meta.url));
const DEMO = fileURLToPath(new URL('../../fixtures/gaotai', import.meta.url));
const demo = (file: string): string => join(DEMO, `${file}.geojson.gz`);

const onegrid = (...options: string[]): Promise<{ exit: number; out: string; err: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [ONEGRID, ...options], { maxBuffer: 2 ** 26, env: { ...process.env, LC_ALL: 'C' } }, (error, out, err) =>
      resolve({ exit: error ? Number(error.code) : 0, out, err }),
    );
  });

let folder: string;
const pathOf = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onegrid-check-'));
  const files = ['--communities', demo('communities'), '--buildings', demo('buildings'), '--barriers', demo('barriers')];
  await onegrid('divide', ...files, '--out', pathOf('layout.geojson'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const check = (layout: string, ...options: string[]) =>
  onegrid('check', '--layout', layout, '--communities', demo('communities'), '--buildings', demo('buildings'), ...options);

/** The layout of the demo county, spoilt and packed. */
function spoilt(name: string, spoil: (layout: Layout) => void): string {
  const layout = JSON.parse(readFileSync(pathOf('layout.geojson'), 'utf8')) as Layout;
  spoil(layout);
  writeFileSync(pathOf(name), gzipSync(JSON.stringify(layout)));
  return pathOf(name);
}

describe('onegrid check', () => {
  it('finds no fault with what onegrid divide made of the demo county', async () => {
    const { exit, out, err } = await check(pathOf('layout.geojson'), '--barriers', demo('barriers'));
    const report = JSON.parse(out);
    expect(report.issues.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
    expect([exit, report.errors]).toEqual([0, 0]);
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(err).toBe('reading\nvalidating\nchecking\n');
  });

  it('ends with 1 and says where, how much and in both languages', async () => {
    const layout = spoilt('dropped.geojson.gz', ({ features }) => features.splice(0, 1));
    const before = readdirSync(folder);
    const { exit, out } = await check(layout);
    const { errors, warnings, issues } = JSON.parse(out);
    expect(exit).toBe(1);
    expect(errors).toBe(issues.filter(({ severity }: { severity: string }) => severity === 'error').length);
    expect(warnings).toBe(issues.filter(({ severity }: { severity: string }) => severity === 'warning').length);
    expect(issues[0]).toEqual({
      check: 'gap',
      severity: 'error',
      grid: null,
      feature: null,
      community: '620724100001',
      measured: expect.any(Number),
      limit: 0,
      place: [expect.any(Number), expect.any(Number), expect.any(Number), expect.any(Number)],
      message: { zh: expect.stringContaining('不属于任何网格'), en: expect.stringContaining('in no grid') },
    });
    expect(readdirSync(folder)).toEqual(before);
  });

  it('goes by the profile that is named', async () => {
    const sizes = async (...options: string[]): Promise<number> => {
      const { out } = await check(pathOf('layout.geojson'), ...options);
      return JSON.parse(out).issues.filter(({ check: id }: { check: string }) => id === 'size').length;
    };
    expect(await sizes('--profile', 'gansu-2023')).toBeGreaterThan(0);
    expect(await sizes('--profile', 'qianjiang-2022')).toBe(0);
  });

  it('says by which profile it checks when it does not know the one that the layout names', async () => {
    const rename = (layout: Layout): void => void Object.assign(layout.onegrid, { profile: 'shaanxi-2030' });
    const { exit, err } = await check(spoilt('elsewhere.geojson.gz', rename));
    expect(exit).toBe(0);
    expect(err).toContain('The layout names the profile “shaanxi-2030”, which is not known here: it is checked by gansu-2023.');
  });

  it.each<[string, string, string[], RegExp]>([
    ['no such file', '/nowhere/layout.geojson', [], /^layout \(\/nowhere\/layout\.geojson\): .*ENOENT/],
    ['no JSON', 'text', [], /layout \(.*no JSON\.geojson\): The file is not valid JSON/],
    ['a Shapefile', '\0\0\u0027\n\0\0', [], /^layout \(.*\): The file is not valid JSON: [^\p{Cc}]+$/u],
    ['no features', '{"type":"Topology"}', [], /layout \(.*\): .*FeatureCollection, not “Topology”/],
    ['projected', '{"type":"FeatureCollection","crs":{"properties":{"name":"EPSG:4547"}},"features":[]}', [], /layout \(.*\): .*EPSG:4547/],
    ['an unknown profile', '', ['--profile', 'none'], /--profile: “none” is not known/],
  ])('ends with 2 and a sentence: %s', async (name, content, options, message) => {
    const path = content.startsWith('/') ? content : pathOf(`${name}.geojson`);
    if (!content.startsWith('/')) writeFileSync(path, content);
    const { exit, out, err } = await check(path, ...options);
    expect([exit, out]).toEqual([2, '']);
    expect(err.split('\n').some((line) => message.test(line))).toBe(true);
  });

  it('names file, feature and reason where communities or buildings cannot be used', async () => {
    const buildings = pathOf('buildings.geojson');
    const point = { type: 'Point', coordinates: [99.8, 39.3] };
    const features = [{ type: 'Feature', properties: { households: 'many' }, geometry: point }];
    writeFileSync(buildings, JSON.stringify({ type: 'FeatureCollection', features }));
    const files = ['--layout', pathOf('layout.geojson'), '--communities', demo('communities'), '--buildings', buildings];
    const { exit, out, err } = await onegrid('check', ...files);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain(`refused: buildings (${buildings}), feature 1 (households): “many” is not a number.`);
  });
});
