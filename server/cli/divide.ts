// onegrid divide: from files to a coded layout, without a database.
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { CodeError, DEFAULT_SCHEME, schemes } from '../../core/codes/schemes.ts';
import { UnusableFile } from '../../core/import/unusable-file.ts';
import { DEFAULT_PROFILE, profiles } from '../../core/rules/profiles.ts';
import type { DividedFiles, DivideProgress } from '../division/divide-files.ts';
import { EXIT_ERRORS, UnusableInput } from './exit.ts';
import { problemOfFiles } from './files.ts';
import { writeFindings } from './findings.ts';
import { oneOf } from './known.ts';
import { refuseUnwritable, writeOut } from './out-file.ts';
import { endProgress, progressWriter } from './progress.ts';
import { say } from './texts.ts';

interface DivideCommandOptions {
  readonly communities: string;
  readonly buildings: string;
  readonly barriers?: string;
  readonly institutions?: string;
  readonly profile: string;
  readonly scheme: string;
  readonly out: string;
}

export function divideCommand(): Command {
  return new Command('divide')
    .description('divide communities into grids: GeoJSON files in (.geojson or .geojson.gz), a coded layout out')
    .requiredOption('--communities <file>', 'areas with code (12 digits) and name')
    .requiredOption('--buildings <file>', 'footprints or points with households and, if known, population, id, use, group')
    .option('--barriers <file>', 'lines with class: river, railway, main-road, secondary, street, lane, wall')
    .option('--institutions <file>', 'areas with name, use and staff: large ones become dedicated grids')
    .option('--profile <id>', 'the rules that decide', DEFAULT_PROFILE)
    .option('--scheme <id>', 'what codes are made of', DEFAULT_SCHEME)
    .requiredOption('--out <file>', 'layout to write')
    .action(divide);
}

async function divide(options: DivideCommandOptions): Promise<void> {
  const started = performance.now();
  await refuseUnwritable(options.out, [options.communities, options.buildings, options.barriers, options.institutions]);
  const progress = progressWriter(process.stderr);
  const { layout, unexplained, ...summary } = await divided(options, progress);
  progress({ phase: 'writing', fraction: 0 });
  endProgress(process.stderr);
  await writeOut(options.out, JSON.stringify(layout));
  const seconds = Math.round(performance.now() - started) / 1_000;
  process.stdout.write(`${JSON.stringify({ ...summary, seconds })}\n`);
  if (unexplained.length === 0) return;
  process.stderr.write(`${say('unexplained', { codes: unexplained.join(', ') })}\n`);
  process.exitCode = EXIT_ERRORS;
}

async function divided(
  { profile, scheme, ...files }: DivideCommandOptions,
  onProgress: (progress: DivideProgress) => void,
): Promise<DividedFiles> {
  const known = { profile: oneOf('--profile', profiles, profile), scheme: oneOf('--scheme', schemes, scheme) };
  // Loaded when needed: help and wrong options answer at once.
  const { divideFiles } = await import('../division/divide-files.ts');
  try {
    const { findings, divided } = await divideFiles({ ...files, ...known, threads: availableParallelism(), onProgress });
    endProgress(process.stderr);
    writeFindings(findings, files);
    if (!divided) throw new UnusableInput(say('nothing-divided'));
    return divided;
  } catch (error) {
    if (error instanceof CodeError) throw new UnusableInput(`--scheme ${scheme}: ${error.message}.`);
    if (!(error instanceof UnusableFile)) throw error;
    throw new UnusableInput(problemOfFiles({ code: error.reason, file: error.file, values: error.values }, files));
  }
}
