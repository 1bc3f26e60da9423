// The README's own commands, run as they stand there: files of the names they use lie in an empty folder, and nothing may fail.
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import type { Feature, LineString, Polygon } from 'geojson';
import { afterAll, beforeAll, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { buildPackage } from '../../core/filing/package.ts';
import { fromCgcs2000 } from '../../core/geo/crs/transform.ts';
import packageFile from '../../package.json' with { type: 'json' };
import { filedCounty } from '../core/filing/filed-county.ts';
import { collection } from '../core/import/collections.ts';
import { freshPlace, type Place } from './harness.ts';
import { county } from './import-files.ts';
import { writtenByGdal } from './source-files.ts';

const ONEGRID = fileURLToPath(new URL('../../bin/onegrid.js', import.meta.url));
const README = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
const PASSWORD = 'Correct-horse-battery-9\n';
const SECONDS = 240_000;

const said = new Set<string>();
const isNew = (command: string): boolean => command !== '' && !said.has(command) && said.add(command).has(command);

/** Commands by code block: within one they follow each other. Those that stand in several are run once. */
const blocks = README.split(/\n(?! {4}\S)/)
  .map((block) => block.split('\n').map(commandOf).filter(isNew).map(argumentsOf))
  .filter((commands) => commands.length > 0);

/** What is said to onegrid in a line of a code block; empty: nothing. */
function commandOf(line: string): string {
  const [, command = ''] = /^ {4}npx onegrid (.+?)\s*(#.*)?$/.exec(line) ?? [];
  return command;
}

/** As a shell parts them: quotes hold a text together. */
function argumentsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? (plain as string));
}

let folder: string;
const places: Place[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onegrid-readme-'));
  await writeEveryFile();
});
afterAll(async () => {
  for (const place of places) await place.remove();
  await rm(folder, { recursive: true, force: true });
});

it('has examples of every step, in both languages', () => {
  const commands = blocks.flat().map(([name]) => name);
  expect(commands).toEqual(expect.arrayContaining(['import', 'serve', 'export', 'divide', 'check', 'verify', 'account']));
  expect(commands.filter((name) => name === 'import')).toHaveLength(2);
});

it('names no script that there is not', () => {
  const named = [...README.matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script as string);
  expect(named.filter((script) => !(script in packageFile.scripts))).toEqual([]);
});

it.each(blocks.map((commands) => [commands.map(([name]) => name).join(', '), commands] as const))(
  'works as written: %s',
  { timeout: SECONDS },
  async (_, commands) => {
    const place = await freshPlace();
    places.push(place);
    for (const command of commands) {
      const { exit, err } = await run(place, command);
      expect({ command: command.join(' '), exit, err }).toMatchObject({ exit: 0 });
    }
  },
);

/** A server is stopped as soon as it has said where it listens. */
async function run(place: Place, command: readonly string[]): Promise<{ exit: number | null; err: string }> {
  const env = { ...process.env, ...place.variables, PORT: '0', LC_ALL: 'C' };
  const child = spawn(process.execPath, [ONEGRID, ...command], { cwd: folder, env });
  child.stdin.end(PASSWORD);
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  child.stdout.on('data', (chunk) => {
    if (command[0] === 'serve' && String(chunk).includes('"address"')) child.kill('SIGTERM');
  });
  return { exit: await exitOf(child), err };
}

const exitOf = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('close', resolve));

/** The same small county in every format that the examples name. */
async function writeEveryFile(): Promise<void> {
  const { communities, buildings, barriers } = county();
  const write = (names: readonly string[], content: Uint8Array | string) =>
    Promise.all(names.map((name) => writeFile(join(folder, name), content)));
  await write(['C', '社区.geojson'], JSON.stringify(communities));
  await write(['B', '楼栋.geojson'], JSON.stringify(buildings));
  await write(['R', '道路.geojson'], JSON.stringify(barriers));
  await write(['I'], JSON.stringify(collection([])));
  const shapefile = await writtenByGdal(
    ['-f', 'ESRI Shapefile', '-a_srs', 'EPSG:4490', '-lco', 'ENCODING=UTF-8'],
    JSON.stringify(communities),
  );
  await write(['villages.zip', '社区.zip'], zipSync(shapefile));
  const streets = barriers.features.map((street) => shifted(street as Feature<LineString>));
  const [kml] = Object.values(await writtenByGdal(['-f', 'KML'], JSON.stringify(collection(streets))));
  await write(['roads.kml', '道路.kml'], kml as Uint8Array);
  const sheet = join(folder, 'buildings.xlsx');
  await writeExcelFile(rowsOf(buildings.features as Feature<Polygon>[])).toFile(sheet);
  await copyFile(sheet, join(folder, '楼栋.xlsx'));
  await write(['package.zip'], await buildPackage(filedCounty(800)));
}

const toGcj02 = fromCgcs2000('GCJ-02');

const shifted = (street: Feature<LineString>): Feature => ({
  ...street,
  geometry: { type: 'LineString', coordinates: street.geometry.coordinates.map(([x = 0, y = 0]) => toGcj02(x, y)) },
});

function rowsOf(buildings: readonly Feature<Polygon>[]) {
  const header = ['楼栋编号', '经度', '纬度', '户数', '人口数'].map((value) => ({ value }));
  const rows = buildings.map(({ properties, geometry }) => {
    const [[west = 0, south = 0] = []] = geometry.coordinates[0] ?? [];
    return [properties?.id, ...toGcj02(west, south), properties?.households, properties?.population].map((value) => ({ value }));
  });
  return [header, ...rows];
}
