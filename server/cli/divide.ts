// onegrid divide: from files to a coded layout, without a database.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import type { LayoutRequest } from '../division/divide-files.ts';
import { EXIT_ERRORS, UnusableInput } from './exit.ts';

interface DivideCommandOptions extends Omit<LayoutRequest, 'threads'> {
  readonly out: string;
}

export function divideCommand(): Command {
  return new Command('divide')
    .description('divide communities into grids: GeoJSON files in (.geojson or .geojson.gz), a coded layout out')
    .requiredOption('--communities <file>', 'areas with code (12 digits) and name')
    .requiredOption('--buildings <file>', 'footprints or points with households and, if known, population, id, use')
    .option('--barriers <file>', 'lines with class: river, railway, main-road, secondary, street, lane, wall')
    .addOption(new Option('--profile <id>', 'the rules that decide').default('gansu-2023'))
    .addOption(new Option('--scheme <id>', 'what codes are made of').default('gb15'))
    .requiredOption('--out <file>', 'layout to write')
    .action(divide);
}

async function divide({ out, ...request }: DivideCommandOptions): Promise<void> {
  const started = performance.now();
  // Loaded when needed: help and wrong options answer at once.
  const { divideFiles } = await import('../division/divide-files.ts');
  const { layout, summary, unexplained } = await divideFiles({ ...request, threads: availableParallelism() });
  try {
    writeFileSync(out, JSON.stringify(layout));
  } catch (error) {
    throw new UnusableInput(`--out: ${error instanceof Error ? error.message : String(error)}`);
  }
  const seconds = Math.round(performance.now() - started) / 1_000;
  process.stdout.write(`${JSON.stringify({ ...summary, seconds })}\n`);
  if (unexplained.length === 0) return;
  process.stderr.write(`No legal division was found, and no proof that there is none: ${unexplained.join(', ')}\n`);
  process.exitCode = EXIT_ERRORS;
}
