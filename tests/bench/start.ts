// How long `onegrid serve` takes to be ready on the embedded engine: the first start, later ones, and with the demo county.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Installation, serve, serveDemo } from '../web/installation.ts';
import { type Figures, rounded, spreadOf } from './figures.ts';

const FIRST_STARTS = 3;
const LATER_STARTS = 5;

export async function benchStart(): Promise<Figures> {
  const first: number[] = [];
  const later: number[] = [];
  const laterWithCounty: number[] = [];
  for (let i = 0; i < FIRST_STARTS; i++) await inFreshFolder(async (place) => first.push(await timeOf(() => serve([], place))));
  await inFreshFolder(async (place) => {
    await timeOf(() => serve([], place));
    for (let i = 0; i < LATER_STARTS; i++) later.push(await timeOf(() => serve([], place)));
  });
  let withCounty = 0;
  await inFreshFolder(async (place) => {
    withCounty = await timeOf(() => serveDemo(place));
    for (let i = 0; i < LATER_STARTS; i++) laterWithCounty.push(await timeOf(() => serve([], place)));
  });
  return {
    'first start, empty': inSeconds(first),
    'later start, empty': inSeconds(later),
    'first start until the demo county is loaded': inSeconds([withCounty]),
    'later start with the demo county': inSeconds(laterWithCounty),
  };
}

const inSeconds = (times: readonly number[]) => {
  const { p50Ms, maxMs } = spreadOf(times);
  return { starts: times.length, medianSeconds: rounded(p50Ms / 1000), slowestSeconds: rounded(maxMs / 1000) };
};

async function inFreshFolder(work: (place: { DATA_DIR: string }) => Promise<unknown>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'onegrid-bench-'));
  await work({ DATA_DIR: folder }).finally(() => rmSync(folder, { recursive: true, force: true }));
}

async function timeOf(start: () => Promise<Installation>): Promise<number> {
  const begun = performance.now();
  const server = await start();
  const milliseconds = performance.now() - begun;
  await server.stop();
  return milliseconds;
}
