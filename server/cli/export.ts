// onegrid export: the layout of a plan into a file.
import { Command, Option } from 'commander';
import { UnusableInput } from './exit.ts';
import { refuseUnwritable, writeOut } from './out-file.ts';
import { planNumber } from './plan-number.ts';
import { dataDirOption, type SettingOptions, settingsOf } from './settings.ts';
import { say } from './texts.ts';

interface ExportCommandOptions extends SettingOptions {
  readonly plan: string;
  readonly format: 'geojson';
  readonly out: string;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('write the layout of a plan: one feature per grid with code, name, kind, counts')
    .requiredOption('--plan <id>', 'number of the plan')
    .addOption(new Option('--format <format>', 'file format').choices(['geojson']).default('geojson'))
    .requiredOption('--out <file>', 'file to write')
    .addOption(dataDirOption())
    .action(exportPlan);
}

async function exportPlan(options: ExportCommandOptions): Promise<void> {
  const { plan: wanted, format, out } = options;
  const id = planNumber(wanted);
  await refuseUnwritable(out);
  // Loaded when needed: help and wrong options answer at once.
  const [{ openDatabase }, { scoped, SYSTEM }, { readPlan }, { exportLayout }, { audit }, { systemIdentity }] = await Promise.all([
    import('../database/open.ts'),
    import('../database/transaction.ts'),
    import('../plans/store.ts'),
    import('../export/export.ts'),
    import('../audit/audit.ts'),
    import('../http/identity.ts'),
  ]);
  const database = await openDatabase(settingsOf(options));
  try {
    const db = scoped(database, SYSTEM);
    const plan = await readPlan(db, id);
    if (!plan) throw new UnusableInput(say('plan-missing', { plan: id }));
    await audit(db, systemIdentity('onegrid export'), { action: 'export', region: plan.region, subject: `plan/${id}`, detail: { format } });
    const layout = await exportLayout(db, plan);
    await writeOut(out, JSON.stringify(layout));
    process.stdout.write(`${JSON.stringify({ plan: id, format, file: out, grids: layout.features.length })}\n`);
  } finally {
    await database.close();
  }
}
