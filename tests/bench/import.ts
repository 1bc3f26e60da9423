// How long an import takes, phase by phase, and how much memory: the demo county, a generated city, half a million buildings in three
// formats, and a sheet of a million rows.
import { fork } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { ImportKind } from '../../core/api/import-messages.ts';
import { generateCounty } from '../../fixtures/generate.ts';
import { type GroundPaths, groundSources, type SourceToRead } from '../../server/imports/source-to-read.ts';
import type { ImportToMeasure } from './import-alone.ts';
import { LARGE_FILES } from './large-files.ts';

const CITY_HOUSEHOLDS = 250_000;
const CITY_SEED = 7;
const FILES = ['communities', 'buildings', 'barriers', 'institutions'] as const;
const LARGE_FORMATS = ['geojson', 'geopackage', 'shapefile'] as const;

/** Each import in a process of its own; the sheet goes to the buildings that were taken in before. */
export async function benchImport(): Promise<Record<string, Record<string, number>>> {
  const folder = mkdtempSync(join(tmpdir(), 'onegrid-bench-'));
  const place = (name: string): string => join(folder, name);
  try {
    const ofGround = (paths: GroundPaths, name: string) =>
      alone({ sources: groundSources(paths), inspect: false, dataDir: place(`data-${name}`) });
    const figures: Record<string, Record<string, number>> = {
      demoCounty: await ofGround(demoPaths(), 'demo'),
      city: await ofGround(cityPaths(folder), 'city'),
    };
    await ended('large-files.ts', folder);
    for (const format of LARGE_FORMATS) {
      const sources = [source(folder, 'communities', LARGE_FILES.communities), source(folder, 'buildings', LARGE_FILES[format])];
      figures[format] = await alone({ sources, inspect: true, dataDir: place(`data-${format}`) });
    }
    cpSync(place('data-geojson'), place('data-sheet'), { recursive: true });
    const sheet = source(folder, 'households', LARGE_FILES.households);
    figures.sheet = await alone({ sources: [sheet], inspect: true, dataDir: place('data-sheet') });
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function demoPaths(): GroundPaths {
  const pathOf = (file: string) => fileURLToPath(new URL(`../../fixtures/gaotai/${file}.geojson.gz`, import.meta.url));
  return Object.fromEntries(FILES.map((file) => [file, pathOf(file)]));
}

function cityPaths(folder: string): GroundPaths {
  const city = generateCounty({ households: CITY_HOUSEHOLDS, seed: CITY_SEED });
  const written = FILES.map((file) => {
    const path = join(folder, `city-${file}.geojson.gz`);
    writeFileSync(path, gzipSync(JSON.stringify(city[file])));
    return [file, path];
  });
  return Object.fromEntries(written);
}

/** Our field → theirs, in the large files: a .dbf has short names. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [LARGE_FILES.communities]: { code: 'code', name: 'name' },
  [LARGE_FILES.geojson]: { id: 'id', name: 'name', households: 'households' },
  [LARGE_FILES.geopackage]: { id: 'id', name: 'name', households: 'households' },
  [LARGE_FILES.shapefile]: { id: 'LDBH', name: 'LDMC', households: 'HS' },
  [LARGE_FILES.households]: { building: '楼栋编号', households: '户数', population: '人口数' },
};

function source(folder: string, kind: ImportKind, name: string): SourceToRead {
  const crs = kind === 'households' ? null : 'EPSG:4490';
  const choice = { kind, layer: null, encoding: null, crs, swapAxes: false, fields: { ...FIELDS[name] }, settings: {} };
  return { path: join(folder, name), name, choice };
}

const alone = (what: ImportToMeasure): Promise<Record<string, number>> => ended('import-alone.ts', JSON.stringify(what));

/** What a script of this folder says at its end. */
function ended(script: string, argument: string): Promise<Record<string, number>> {
  return new Promise((resolve, reject) => {
    let said: Record<string, number> = {};
    fork(join(import.meta.dirname, script), [argument])
      .on('message', (figures: Record<string, number>) => {
        said = figures;
      })
      .on('exit', (code) => (code === 0 ? resolve(said) : reject(new Error(`${script} ended with ${code}`))));
  });
}
