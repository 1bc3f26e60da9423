// Automatic division of two cities of 1,000,000 households, beside METIS and SCOTCH where they are installed; splits; from files to a layout.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { outlineOf } from '../../core/coverage/outline.ts';
import { barrierIndex } from '../../core/division/barrier-index.ts';
import { componentsOf } from '../../core/division/components.ts';
import { DEFAULT_DIVISION, type Division, type DivisionOptions, type DivisionTask, divideCommunity } from '../../core/division/divide.ts';
import { type BlockGraph, blockGraph, type DivisionBlock } from '../../core/division/graph.ts';
import { scoreOf } from '../../core/division/score.ts';
import { communityKind } from '../../core/geo/region.ts';
import { buildBlocks } from '../../core/import/blocks.ts';
import { validateImport } from '../../core/import/validate.ts';
import type { Profile } from '../../core/rules/profile.ts';
import { DEFAULT_PROFILE, profileOf } from '../../core/rules/profiles.ts';
import { generateCounty, geojsonText } from '../../fixtures/generate.ts';
import { DivisionThreads } from '../../server/division/division-threads.ts';
import { type Figures, rounded, spreadOf } from './figures.ts';
import { lotsCity } from './lots-city.ts';
import { type Partitioner, partitioners } from './partitioners.ts';

const HOUSEHOLDS = 1_000_000;
const SEEDS = [1, 2, 3, 4, 5];
const THREAD_COUNTS = [1, 2];
const AIM = 400;
const MAX_HOUSEHOLDS = 500;
const SPLITS = 400;
const FILES = ['communities', 'buildings', 'barriers'] as const;
const ONEGRID = fileURLToPath(new URL('../../bin/onegrid.js', import.meta.url));

interface Town {
  readonly task: DivisionTask;
  readonly blocks: readonly DivisionBlock[];
}

/** By city: size, legality over several seeds, quality beside other partitioners, times; then splitting, outlines, and the command from end to end. */
export async function benchDivision(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'onegrid-bench-'));
  try {
    const figures: Record<string, Record<string, number>> = {};
    const cities = { streetBlocks: await generatedCity(folder), lots: lots() };
    for (const [name, towns] of Object.entries(cities)) Object.assign(figures, await divideCity(name, towns));
    figures.split = splits(cities.lots);
    figures.fromFiles = await fromFiles(folder);
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const profile = profileOf(DEFAULT_PROFILE) as Profile;

/** The city of the generator, through the import; leaves its files in the folder. */
async function generatedCity(folder: string): Promise<Town[]> {
  const county = generateCounty({ households: HOUSEHOLDS });
  const texts = FILES.map((file) => Buffer.from(geojsonText(county[file])));
  for (const [i, file] of FILES.entries()) writeFileSync(join(folder, `${file}.geojson`), texts[i] as Buffer);
  const [communities, buildings, barriers] = texts as [Buffer, Buffer, Buffer];
  const valid = validateImport({ communities, buildings, barriers });
  const { blocks } = buildBlocks(valid.communities, valid.barriers, valid.buildings);
  const classAt = barrierIndex(valid.barriers);
  return valid.communities.map(({ code }, i) => {
    const own = blocks.filter(({ community }) => community === i);
    return { blocks: own, task: { community: code, graph: blockGraph(own, classAt), rule: profile.size[communityKind(code)] } };
  });
}

function lots(): Town[] {
  return lotsCity(1).map(({ code, blocks, barriers }) => ({
    blocks,
    task: { community: code, graph: blockGraph(blocks, barrierIndex(barriers)), rule: profile.size.urban },
  }));
}

async function divideCity(name: string, towns: readonly Town[]): Promise<Record<string, Record<string, number>>> {
  const tasks = towns.map(({ task }) => task);
  const times: Record<string, number> = {};
  let divisions: Division[] = [];
  for (const count of THREAD_COUNTS) {
    const run = await timed(count, tasks, DEFAULT_DIVISION);
    times[`normalSeconds${count}Threads`] = run.seconds;
    divisions = run.divisions;
  }
  const deep = await timed(2, tasks, { ...DEFAULT_DIVISION, effort: 'deep' });
  times.deepSeconds2Threads = deep.seconds;
  const households = tasks.reduce((sum, { graph }) => sum + graph.households.reduce((a, b) => a + b, 0), 0);
  const size = { communities: tasks.length, blocks: tasks.reduce((sum, { graph }) => sum + graph.size, 0), households };
  return {
    [name]: { ...size, ...(await legality(tasks)), ...quality(divisions), ...times },
    [`${name}Outlines`]: outlines(towns, divisions),
    ...Object.fromEntries(
      partitioners
        .filter(({ isInstalled }) => isInstalled())
        .map((partitioner) => [`${name}Beside${partitioner.name}`, beside(partitioner, tasks, divisions, deep.divisions, times)]),
    ),
  };
}

async function timed(count: number, tasks: readonly DivisionTask[], options: DivisionOptions) {
  const threads = new DivisionThreads(count);
  try {
    // Threads that stand ready, as those of a server do.
    await threads.divide(tasks.slice(0, 4 * count), options);
    const begun = performance.now();
    const divisions = await threads.divide(tasks, options);
    return { divisions, seconds: rounded((performance.now() - begun) / 1_000, 2) };
  } finally {
    await threads.close();
  }
}

/** Communities over all seeds that are not wholly legal, with a proof and without. */
async function legality(tasks: readonly DivisionTask[]): Promise<Record<string, number>> {
  const threads = new DivisionThreads(2);
  const counts = { seeds: SEEDS.length, proved: 0, unexplained: 0 };
  try {
    for (const seed of SEEDS) {
      for (const { score, grids, certificates } of await threads.divide(tasks, { ...DEFAULT_DIVISION, seed })) {
        if (certificates.length > 0) counts.proved++;
        else if (score.legal < grids) counts.unexplained++;
      }
    }
    return counts;
  } finally {
    await threads.close();
  }
}

function quality(divisions: readonly Division[]): Record<string, number> {
  const grids = divisions.reduce((sum, division) => sum + division.grids, 0);
  const borderM = divisions.reduce((sum, { score }) => sum + score.borderM, 0);
  return {
    grids,
    polsbyPopper: rounded(divisions.reduce((sum, division) => sum + division.score.compactness * division.grids, 0) / grids, 3),
    borderOnRoads: rounded(divisions.reduce((sum, { score }) => sum + score.onBarriers * score.borderM, 0) / borderM, 3),
  };
}

/** Outlines of all grids one after the other, and each by itself as after a change of it. */
function outlines(towns: readonly Town[], divisions: readonly Division[]): Record<string, number> {
  const polygonsOf = divisions.flatMap(({ gridOf, grids }, town) =>
    Array.from({ length: grids }, (_, grid) =>
      (towns[town] as Town).blocks.flatMap(({ polygon }, i) => (gridOf[i] === grid ? [polygon] : [])),
    ),
  );
  const each = polygonsOf.map((polygons) => {
    const begun = performance.now();
    outlineOf(polygons);
    return performance.now() - begun;
  });
  return {
    grids: each.length,
    allMs: rounded(
      each.reduce((sum, ms) => sum + ms, 0),
      0,
    ),
    ...spreadOf(each),
  };
}

/** Urban communities of two grids and more; the partitioner is told to make them of 400 households. */
function beside(
  partitioner: Partitioner,
  tasks: readonly DivisionTask[],
  normal: readonly Division[],
  deep: readonly Division[],
  times: Record<string, number>,
): Record<string, number> {
  const sums = { communities: 0, legalCommunities: 0, ourLegalCommunities: 0, grids: 0, ourGrids: 0, theirs: 0, normal: 0, deep: 0 };
  const begun = performance.now();
  tasks.forEach(({ graph, rule }, i) => {
    const parts = Math.round(graph.households.reduce((sum, count) => sum + count, 0) / AIM);
    if (parts < 2 || rule !== profile.size.urban) return;
    const partOf = partitioner.partsOf(graph, parts);
    const score = scoreOf(graph, rule, partOf, parts);
    sums.communities++;
    sums.legalCommunities += score.legal === parts && areConnected(graph, partOf, parts) ? 1 : 0;
    sums.ourLegalCommunities += (normal[i] as Division).score.legal === (normal[i] as Division).grids ? 1 : 0;
    sums.grids += parts;
    sums.ourGrids += (normal[i] as Division).grids;
    sums.theirs += score.borderCost;
    sums.normal += (normal[i] as Division).score.borderCost;
    sums.deep += (deep[i] as Division).score.borderCost;
  });
  const { communities, legalCommunities, ourLegalCommunities, grids, ourGrids } = sums;
  const seconds = (performance.now() - begun) / 1_000;
  return {
    communities,
    legalShare: rounded(legalCommunities / communities, 3),
    ourLegalShare: rounded(ourLegalCommunities / communities, 3),
    grids,
    ourGrids,
    seconds: rounded(seconds, 1),
    timeRatio1Thread: rounded((times.normalSeconds1Threads ?? 0) / seconds, 3),
    normalCostRatio: rounded(sums.normal / sums.theirs, 3),
    deepCostRatio: rounded(sums.deep / sums.theirs, 3),
  };
}

function areConnected(graph: BlockGraph, partOf: Int32Array, parts: number): boolean {
  return Array.from({ length: parts }, (_, part) => componentsOf(graph, (block) => partOf[block] === part).length).every(
    (count) => count === 1,
  );
}

/** Splits of grids of 2 to 5 times the size: whole communities of lots, cut down to it. */
function splits(towns: readonly Town[]): Record<string, number> {
  const times: number[] = [];
  const worst: number[] = [];
  let illegal = 0;
  for (let i = 0; i < SPLITS; i++) {
    const parts = 2 + (i % 4);
    const { task } = towns[i % towns.length] as Town;
    const locked = beyond(task, MAX_HOUSEHOLDS * 0.8 * parts);
    const begun = performance.now();
    const division = divideCommunity({ ...task, locked }, { ...DEFAULT_DIVISION, seed: i, parts });
    times.push(performance.now() - begun);
    const sizes = division.score.parts.map(({ households }) => households);
    const share = sizes.reduce((sum, size) => sum + size, 0) / parts;
    worst.push(Math.max(...sizes.map((size) => Math.abs(size / share - 1))));
    if (share <= MAX_HOUSEHOLDS && division.score.legal < parts) illegal++;
  }
  const off = worst.reduce((sum, value) => sum + value, 0) / worst.length;
  return { splits: SPLITS, illegal, ...spreadOf(times), worstPartOffShare: rounded(off, 4) };
}

/** Everything but a connected piece of that many households, grown from the first block. */
function beyond({ graph }: DivisionTask, households: number): Uint8Array {
  const locked = new Uint8Array(graph.size).fill(1);
  const piece = [0];
  let sum = 0;
  for (let done = 0; done < piece.length && sum < households; done++) {
    const block = piece[done] as number;
    sum += graph.households[block] as number;
    for (let at = graph.starts[block] as number; at < (graph.starts[block + 1] as number); at++) {
      const next = graph.neighbours[at] as number;
      if (piece.includes(next)) continue;
      piece.push(next);
    }
    locked[block] = 0;
  }
  return locked;
}

/** The command, in a process of its own that says how much memory it took. */
async function fromFiles(folder: string): Promise<Record<string, number>> {
  const options = FILES.flatMap((file) => [`--${file}`, join(folder, `${file}.geojson`)]);
  const peak = `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS))`;
  const watch = `data:text/javascript,${encodeURIComponent(peak)}`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    '--import',
    watch,
    ONEGRID,
    'divide',
    ...options,
    '--out',
    join(folder, 'layout.geojson'),
  ]);
  const { infeasible, ...counts } = JSON.parse(stdout) as Record<string, number> & { infeasible: unknown[] };
  return { ...counts, infeasible: infeasible.length, peakMegabytes: Math.round(Number(/peak (\d+)/.exec(stderr)?.[1]) / 1_000) };
}
