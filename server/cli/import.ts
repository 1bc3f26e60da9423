// onegrid import: communities, buildings, barriers and institutions from GeoJSON into the database.
import { access, constants } from 'node:fs/promises';
import { Command } from 'commander';
import { GROUND_KINDS, type GroundKind } from '../../core/import/validate.ts';
import type { ImportOutcome } from '../imports/run-import.ts';
import type { GroundPaths } from '../imports/source-to-read.ts';
import { EXIT_UNUSABLE, UnusableInput } from './exit.ts';
import { type FilePaths, problemOfFiles } from './files.ts';
import { writeFindings } from './findings.ts';
import { endProgress, progressWriter } from './progress.ts';
import { dataDirOption, type SettingOptions, settingsOf } from './settings.ts';
import { say } from './texts.ts';

interface ImportCommandOptions extends SettingOptions, GroundPaths {
  readonly skipRefused?: boolean;
  readonly plan?: string;
}

export function importCommand(): Command {
  return new Command('import')
    .description('import a county from GeoJSON files (.geojson or .geojson.gz), longitude and latitude on CGCS2000 or WGS 84')
    .requiredOption('--communities <file>', 'areas with code (12 digits), name and, for the regions above, town, county, city, province')
    .requiredOption('--buildings <file>', 'footprints or points with households and, if known, population, id, name, use')
    .option('--barriers <file>', 'lines with class: river, railway, main-road, secondary, street, lane, wall')
    .option('--institutions <file>', 'areas with name and use')
    .option('--skip-refused', 'leave out refused buildings, barriers and institutions instead of stopping')
    .option('--plan <name>', 'make a draft plan of this name for the county')
    .addOption(dataDirOption())
    .action(importCounty);
}

async function importCounty(options: ImportCommandOptions): Promise<void> {
  const { communities, buildings, barriers, institutions, skipRefused = false, plan } = options;
  // Loaded when needed: help and wrong options answer at once.
  const [{ openDatabase }, { systemIdentity }, { NO_DECISIONS, runImport }, { groundSources }, { insertPlan }, { newPlanSchema }] =
    await Promise.all([
      import('../database/open.ts'),
      import('../http/identity.ts'),
      import('../imports/run-import.ts'),
      import('../imports/source-to-read.ts'),
      import('../plans/store.ts'),
      import('../plans/routes.ts'),
    ]);
  if (plan !== undefined && !newPlanSchema.shape.name.safeParse(plan).success) {
    throw new UnusableInput(say('plan-name'));
  }
  const paths = { communities, buildings, barriers, institutions };
  for (const file of GROUND_KINDS) await refuseUnreadable(file, paths);
  let plans: MadePlan[] = [];
  const database = await openDatabase(settingsOf(options));
  try {
    const outcome = await runImport(database, groundSources(paths), {
      by: systemIdentity('onegrid import'),
      decisions: { ...NO_DECISIONS, skipRefused },
      store: true,
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
    writeFindings(outcome.report?.findings ?? [], paths);
    writeOutcome(outcome, outcome.problem ? [] : plans, paths);
  } finally {
    await database.close();
  }
}

interface MadePlan {
  readonly id: number;
  readonly name: string;
  readonly region: string;
}

/** Said before the database is opened, which takes seconds. */
async function refuseUnreadable(file: GroundKind, paths: FilePaths): Promise<void> {
  const path = paths[file];
  if (path === undefined) return;
  await access(path, constants.R_OK).catch((error: Error) => {
    throw new UnusableInput(problemOfFiles({ code: 'file-unreadable', file, values: { reason: error.message } }, paths));
  });
}

function writeOutcome({ report, problem }: ImportOutcome, plans: readonly object[], paths: FilePaths): void {
  const stored = problem === null;
  process.stdout.write(
    `${JSON.stringify({ stored, ...(problem && { problem: { code: problem.code, file: problem.file } }), ...report, plans })}\n`,
  );
  if (stored) return;
  process.stderr.write(`${problemOfFiles(problem, paths)}\n`);
  process.exitCode = EXIT_UNUSABLE;
}
