// The command line: reads the arguments and runs the command; every failure ends in a sentence and an exit code.
import { Command, CommanderError } from 'commander';
import { StartFailure } from '../settings.ts';
import { accountCommand } from './account.ts';
import { auditCommand } from './audit.ts';
import { checkCommand } from './check.ts';
import { crosswalkCommand } from './crosswalk.ts';
import { divideCommand } from './divide.ts';
import { EXIT_ERRORS, EXIT_UNUSABLE, UnusableInput } from './exit.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { serveCommand } from './serve.ts';
import { verifyCommand } from './verify.ts';

const program = new Command('onegrid')
  .description('一张网: draw, check, code and export the governance grids of a city.')
  .addHelpText(
    'after',
    '\nStandard output is one JSON object, progress goes to standard error. Exit codes: 0 fine, 1 has errors, 2 unusable input.',
  )
  .exitOverride();
for (const command of [
  serveCommand(),
  importCommand(),
  exportCommand(),
  crosswalkCommand(),
  divideCommand(),
  checkCommand(),
  verifyCommand(),
  auditCommand(),
  accountCommand(),
]) {
  program.addCommand(command.copyInheritedSettings(program));
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  // Commander has said it already; asking for help is no failure.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_UNUSABLE;
  if (error instanceof StartFailure || error instanceof UnusableInput) {
    process.stderr.write(`${error.message}\n`);
    return EXIT_UNUSABLE;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT_ERRORS;
}
