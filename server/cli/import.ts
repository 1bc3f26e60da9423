// onegrid import: communities, buildings, barriers and institutions from GeoJSON into the database.
import { Command } from 'commander';
import type { ImportReport } from '../../core/api/messages.ts';
import { fileNames, findingSentence, problemSentence } from '../../core/import/texts.ts';
import { openDatabase } from '../database/open.ts';
import type { ImportPaths } from '../imports/prepare.ts';
import { type ImportOutcome, runImport } from '../imports/run-import.ts';
import { createPlan, newPlanSchema } from '../plans/routes.ts';
import { EXIT_UNUSABLE, UnusableInput } from './exit.ts';
import { endProgress, progressWriter } from './progress.ts';
import { dataDirOption, type SettingOptions, settingsOf } from './settings.ts';

/** Findings written to standard error; all that are kept are in the JSON. */
const SHOWN_FINDINGS = 20;

interface ImportCommandOptions extends SettingOptions, ImportPaths {
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
  if (plan !== undefined && !newPlanSchema.shape.name.safeParse(plan).success) {
    throw new UnusableInput('--plan: the name has to have 1 to 80 characters.');
  }
  const database = await openDatabase(settingsOf(options));
  try {
    const outcome = await runImport(
      database,
      { communities, buildings, barriers, institutions },
      { skipRefused, onProgress: progressWriter(process.stderr) },
    );
    endProgress(process.stderr);
    writeFindings(outcome.report);
    const plans = outcome.problem === null && plan !== undefined ? await makePlans(database, plan, outcome.report) : [];
    writeOutcome(outcome, plans);
  } finally {
    await database.close();
  }
}

async function makePlans(database: Parameters<typeof createPlan>[0]['database'], name: string, report: ImportReport | null) {
  const plans: { id: number; name: string; region: string }[] = [];
  for (const { code } of report?.counties ?? []) {
    plans.push({ id: await createPlan({ database }, newPlanSchema.parse({ name, region: code })), name, region: code });
  }
  return plans;
}

function writeFindings(report: ImportReport | null): void {
  const findings = (report?.findings ?? []).toSorted((a, b) => Number(b.verdict === 'refused') - Number(a.verdict === 'refused'));
  for (const finding of findings.slice(0, SHOWN_FINDINGS)) {
    const field = finding.field === null ? '' : ` (${finding.field})`;
    const place = finding.coordinate === null ? '' : ` [${finding.coordinate.join(', ')}]`;
    process.stderr.write(
      `${finding.verdict}: ${fileNames[finding.file].en}, feature ${finding.feature}${field}: ${findingSentence(finding, 'en')}${place}\n`,
    );
  }
  if (findings.length > SHOWN_FINDINGS) process.stderr.write(`… and ${findings.length - SHOWN_FINDINGS} more\n`);
}

function writeOutcome({ report, problem }: ImportOutcome, plans: readonly object[]): void {
  const stored = problem === null;
  process.stdout.write(
    `${JSON.stringify({ stored, ...(problem && { problem: { code: problem.code, file: problem.file } }), ...report, plans })}\n`,
  );
  if (stored) return;
  process.stderr.write(`${problemSentence(problem, 'en')}\n`);
  process.exitCode = EXIT_UNUSABLE;
}
