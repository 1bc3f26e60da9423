// onegrid import: files of any format into the database, by the same way as the interface.
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { ImportDecisions } from '../../core/api/import-messages.ts';
import type { FeatureFile } from '../../core/import/findings.ts';
import { MAX_TOLERANCE_M } from '../../core/import/slivers.ts';
import type { OpenSource } from '../imports/open-import.ts';
import type { ImportOutcome } from '../imports/run-import.ts';
import { EXIT_UNUSABLE, UnusableInput } from './exit.ts';
import { problemOfFiles } from './files.ts';
import { writeDropped, writeFindings } from './findings.ts';
import { FILES_HELP, fileOptions, type ToldFile } from './import-files.ts';
import { LANGUAGE } from './language.ts';
import { refuseUnwritable, writeOut } from './out-file.ts';
import { endProgress, progressWriter } from './progress.ts';
import { dataDirOption, type SettingOptions, settingsOf } from './settings.ts';
import { say } from './texts.ts';

interface ImportCommandOptions extends SettingOptions {
  readonly onGap?: 'longest-border' | 'larger';
  readonly tolerance?: string;
  readonly skipRefused?: boolean;
  readonly removeMissing?: boolean;
  readonly findings?: string;
  readonly dryRun?: boolean;
  readonly plan?: string;
}

export function importCommand(): Command {
  const command = new Command('import').description('import communities, buildings and all that goes with them from files of any format');
  const toldFiles = fileOptions(command);
  return command
    .addOption(new Option('--on-gap <rule>', 'who receives gaps and overlaps above the tolerance').choices(['longest-border', 'larger']))
    .option('--tolerance <metres>', 'mean width below which gaps and overlaps close by themselves')
    .option('--skip-refused', 'leave out refused rows instead of stopping; communities have to be whole')
    .option('--remove-missing', 'remove stored buildings that the list does not have')
    .option('--findings <file>', 'write every refused and mended row as CSV')
    .option('--dry-run', 'say what would happen and store nothing')
    .option('--plan <name>', 'make a draft plan of this name for the county')
    .addOption(dataDirOption())
    .addHelpText('after', FILES_HELP)
    .action((_files: string[], options: ImportCommandOptions) => {
      const files = toldFiles();
      if (files.length === 0) command.error('error: no file is given; name at least one, e.g. --communities villages.zip');
      return importFiles(files, options);
    });
}

async function importFiles(files: readonly ToldFile[], options: ImportCommandOptions): Promise<void> {
  const { plan, findings, dryRun = false } = options;
  const decisions = decisionsOf(options);
  for (const { path, kind } of files) await refuseUnreadable(path, kind);
  const paths = files.map(({ path }) => path);
  if (findings !== undefined) await refuseUnwritable(findings, paths, '--findings');
  // Loaded when needed: help and wrong options answer at once.
  const [{ openDatabase }, { systemIdentity }, { runImport }, { insertPlan }, { newPlanSchema }, { chosenSource }, folders] =
    await Promise.all([
      import('../database/open.ts'),
      import('../http/identity.ts'),
      import('../imports/run-import.ts'),
      import('../plans/store.ts'),
      import('../plans/routes.ts'),
      import('./import-choice.ts'),
      import('../sources/folder.ts'),
    ]);
  if (plan !== undefined && !newPlanSchema.shape.name.safeParse(plan).success) throw new UnusableInput(say('plan-name'));
  const sources = await sourcesOf(files, chosenSource);
  const broken = sources.find(({ problem }) => problem !== null);
  if (broken) return writeOutcome({ report: null, problem: brokenFile(broken) }, [], broken);
  let plans: MadePlan[] = [];
  const folder = folders.makeFolder();
  const lines = join(folder, 'findings.jsonl');
  const database = await openDatabase(settingsOf(options));
  try {
    const outcome = await runImport(database, sources, {
      by: systemIdentity('onegrid import'),
      decisions,
      asked: options.onGap !== undefined || options.tolerance !== undefined,
      store: !dryRun,
      findings: lines,
      onProgress: progressWriter(process.stderr),
      within: async (db, { counties }) => {
        plans = [];
        for (const { code: region } of plan === undefined ? [] : counties) {
          const id = await insertPlan(db, newPlanSchema.parse({ name: plan, region }));
          if (id !== null) plans.push({ id, name: plan as string, region });
        }
      },
    });
    endProgress(process.stderr);
    writeFindings(outcome.report?.findings ?? [], {});
    writeDropped(outcome.report?.dropped ?? []);
    writeOutcome(outcome, outcome.problem || dryRun ? [] : plans, null, dryRun);
    // Last: a full disk must not hide that the rows are stored.
    if (findings !== undefined && outcome.report) await writeCsv(lines, findings);
  } finally {
    await database.close();
    folders.removeFolder(folder);
  }
}

/** Throws UnusableInput with all that is open, of whatever file. */
async function sourcesOf(files: readonly ToldFile[], chosen: (told: ToldFile) => Promise<OpenSource>): Promise<OpenSource[]> {
  const settled = await Promise.allSettled(files.map(chosen));
  const open = settled.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  const other = open.find((reason) => !(reason instanceof UnusableInput));
  if (other !== undefined) throw other;
  if (open.length > 0) throw new UnusableInput(open.map((reason) => (reason as UnusableInput).message).join('\n'));
  return settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}

interface MadePlan {
  readonly id: number;
  readonly name: string;
  readonly region: string;
}

function decisionsOf({ onGap, tolerance, skipRefused = false, removeMissing = false }: ImportCommandOptions): ImportDecisions {
  const toleranceM = tolerance === undefined ? null : Number(tolerance);
  if (toleranceM !== null && !(toleranceM >= 0 && toleranceM <= MAX_TOLERANCE_M)) {
    throw new UnusableInput(say('tolerance', { value: tolerance ?? '', limit: MAX_TOLERANCE_M }));
  }
  return { skipRefused, removeMissing, toleranceM, otherMisfits: onGap ?? null, misfits: {}, successors: {} };
}

/** Said before the database is opened, which takes seconds. */
async function refuseUnreadable(path: string, kind: FeatureFile = 'source'): Promise<void> {
  await access(path, constants.R_OK).catch((error: Error) => {
    throw new UnusableInput(problemOfFiles({ code: 'file-unreadable', file: kind, values: { reason: error.message } }, { [kind]: path }));
  });
}

const brokenFile = ({ problem, choice }: OpenSource): ImportOutcome['problem'] => problem && { ...problem, file: choice.kind ?? 'source' };

async function writeCsv(lines: string, path: string): Promise<void> {
  const { findingsCsv } = await import('../imports/findings-csv.ts');
  await writeOut(path, findingsCsv(lines, LANGUAGE), '--findings');
}

function writeOutcome({ report, problem }: ImportOutcome, plans: readonly object[], broken: OpenSource | null, dryRun = false): void {
  const stored = problem === null && !dryRun;
  process.stdout.write(
    `${JSON.stringify({ stored, ...(problem && { problem: { code: problem.code, file: problem.file } }), ...report, plans })}\n`,
  );
  if (problem === null) return;
  process.stderr.write(`${problemOfFiles(problem, broken && problem.file ? { [problem.file]: broken.path } : {})}\n`);
  process.exitCode = EXIT_UNUSABLE;
}
