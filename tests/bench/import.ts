// How long an import takes, phase by phase, and how much memory: the demo county, and a generated city of 250,000 households.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { ImportProgress } from '../../core/api/import-messages.ts';
import { generateCounty } from '../../fixtures/generate.ts';
import { openDatabase } from '../../server/database/open.ts';
import { systemIdentity } from '../../server/http/identity.ts';
import { NO_DECISIONS, runImport } from '../../server/imports/run-import.ts';
import { type GroundPaths, groundSources } from '../../server/imports/source-to-read.ts';

const CITY_HOUSEHOLDS = 250_000;
const CITY_SEED = 7;
const SAMPLE_MILLISECONDS = 50;
const FILES = ['communities', 'buildings', 'barriers', 'institutions'] as const;

/** Seconds by phase and as a whole, rows, and the peak of the process (embedded database included) in megabytes. */
export async function benchImport(): Promise<Record<string, Record<string, number>>> {
  const folder = mkdtempSync(join(tmpdir(), 'onegrid-bench-'));
  try {
    return { demoCounty: await measure(demoPaths(), join(folder, 'demo')), city: await measure(cityPaths(folder), join(folder, 'city')) };
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
    const path = join(folder, `${file}.geojson.gz`);
    writeFileSync(path, gzipSync(JSON.stringify(city[file])));
    return [file, path];
  });
  return Object.fromEntries(written);
}

async function measure(paths: GroundPaths, dataDir: string): Promise<Record<string, number>> {
  const database = await openDatabase({ dataDir, databaseUrl: undefined });
  let peakBytes = 0;
  const sampler = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
  }, SAMPLE_MILLISECONDS);
  try {
    const begun = new Map<string, number>();
    const note = ({ phase }: Pick<ImportProgress, 'phase'>): void => {
      if (!begun.has(phase)) begun.set(phase, performance.now());
    };
    note({ phase: 'reading' });
    const { report, problem } = await runImport(database, groundSources(paths), {
      by: systemIdentity('bench'),
      decisions: NO_DECISIONS,
      store: true,
      onProgress: note,
    });
    if (!report || problem) throw new Error(`the import failed: ${problem?.code}`);
    note({ phase: 'done' });
    const seconds = (from: string, to: string) => Math.round(((begun.get(to) ?? 0) - (begun.get(from) ?? 0)) / 100) / 10;
    return {
      households: report.households,
      buildings: report.counts.buildings.taken,
      blocks: report.blocks,
      validateSeconds: seconds('reading', 'building-blocks'),
      blocksSeconds: seconds('building-blocks', 'writing'),
      writeSeconds: seconds('writing', 'done'),
      seconds: seconds('reading', 'done'),
      peakMegabytes: Math.round(peakBytes / 1_000_000),
    };
  } finally {
    clearInterval(sampler);
    await database.close();
  }
}
