// npm run bench [-- name…]: runs all benches, or those named, one after the other; prints their figures and stores them in results/.
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { benchAnswers } from './answers.ts';
import { benchCheckLayout } from './check-layout.ts';
import { benchChecks } from './checks.ts';
import { benchCodes } from './codes.ts';
import { benchCut } from './cut.ts';
import { benchDivision } from './division.ts';
import { benchDrag } from './drag.ts';
import type { Figures } from './figures.ts';
import { benchImport } from './import.ts';
import { benchOperations } from './operations.ts';
import { benchStart } from './start.ts';
import { benchTally } from './tally.ts';

const benches: Readonly<Record<string, () => Promise<Figures>>> = {
  cut: benchCut,
  checks: benchChecks,
  'check-layout': benchCheckLayout,
  tally: benchTally,
  drag: benchDrag,
  operations: benchOperations,
  answers: benchAnswers,
  start: benchStart,
  import: benchImport,
  codes: benchCodes,
  division: benchDivision,
};

const RESULTS = join(import.meta.dirname, 'results');
/** Marks the process that runs one bench: each has one to itself, so that none inherits the memory and warmth of another. */
const ALONE = '--alone';

function machine() {
  return {
    date: new Date().toISOString(),
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 1e9),
    node: process.version,
    loadBefore: loadavg()[0] ?? 0,
  };
}

function runInProcess(name: string): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, [ALONE, name]);
    child.on('message', ({ figures }: { figures?: Figures }) => figures && resolve(figures));
    child.on('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
}

async function runAll(names: readonly string[]): Promise<void> {
  const run = machine();
  const figures: Record<string, Figures> = {};
  console.table({ machine: run });
  for (const name of names) {
    try {
      figures[name] = await runInProcess(name);
      console.log(`\n${name}`);
      console.table(figures[name]);
    } catch (error) {
      console.error(`\n${name} failed: ${error}`);
      process.exitCode = 1;
    }
  }
  mkdirSync(RESULTS, { recursive: true });
  const file = join(RESULTS, `${run.date.replaceAll(':', '-')}.json`);
  writeFileSync(file, `${JSON.stringify({ machine: run, figures }, null, 2)}\n`);
  console.log(`\n${file}`);
}

const [first, ...others] = process.argv.slice(2);
const named = first === undefined ? Object.keys(benches) : [first, ...others];
if (first === ALONE) {
  const bench = benches[others[0] ?? ''];
  process.send?.({ figures: await bench?.() }, () => process.exit(0));
} else if (named.every((name) => name in benches)) {
  await runAll(named);
} else {
  console.error(`There are these benches: ${Object.keys(benches).join(', ')}`);
  process.exitCode = 2;
}
