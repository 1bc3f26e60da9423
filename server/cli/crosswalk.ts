// onegrid crosswalk: which old grid of which department went into which grid of a plan, into a file.
import { extname } from 'node:path';
import { Command } from 'commander';
import { CROSSWALK_FORMATS } from '../../core/one-net/crosswalk-format.ts';
import { UnusableInput } from './exit.ts';
import { refuseUnwritable, writeOut } from './out-file.ts';
import { planNumber } from './plan-number.ts';
import { dataDirOption, type SettingOptions, settingsOf } from './settings.ts';
import { say } from './texts.ts';

interface CrosswalkCommandOptions extends SettingOptions {
  readonly plan: string;
  readonly out: string;
  readonly department?: string;
}

export function crosswalkCommand(): Command {
  return new Command('crosswalk')
    .description('write which old grids of departments went into which grids of a plan')
    .requiredOption('--plan <id>', 'number of the plan')
    .requiredOption('--out <file>', 'file to write, .csv or .xlsx')
    .option('--department <department>', 'only that of this department')
    .addOption(dataDirOption())
    .action(writeCrosswalk);
}

async function writeCrosswalk(options: CrosswalkCommandOptions): Promise<void> {
  const { plan: wanted, out, department } = options;
  const id = planNumber(wanted);
  const format = CROSSWALK_FORMATS.find((known) => extname(out).toLowerCase() === `.${known}`);
  if (!format) throw new UnusableInput(say('crosswalk-format', { path: out }));
  await refuseUnwritable(out);
  // Loaded when needed: help and wrong options answer at once.
  const [{ openDatabase }, { scoped, SYSTEM }, { readPlan }, { crosswalkFile }, { systemIdentity }] = await Promise.all([
    import('../database/open.ts'),
    import('../database/transaction.ts'),
    import('../plans/store.ts'),
    import('../one-net/crosswalk.ts'),
    import('../http/identity.ts'),
  ]);
  const database = await openDatabase(settingsOf(options));
  try {
    const db = scoped(database, SYSTEM);
    const plan = await readPlan(db, id);
    if (!plan) throw new UnusableInput(say('plan-missing', { plan: id }));
    const { file, rows } = await crosswalkFile(db, systemIdentity('onegrid crosswalk'), plan, format, department ?? null);
    await writeOut(out, file);
    process.stdout.write(`${JSON.stringify({ plan: id, format, file: out, oldGrids: rows })}\n`);
  } finally {
    await database.close();
  }
}
