// onegrid serve: the server with its interface.
import { Command } from 'commander';
import { loadDemo } from '../demo/load-demo.ts';
import { startServer, stopWithProcess } from '../serve.ts';
import { dataDirOption, type SettingOptions, settingsOf } from './settings.ts';

export function serveCommand(): Command {
  return new Command('serve')
    .description('run the server with its interface')
    .option('--port <port>', 'port (or PORT; default 8080)')
    .option('--host <host>', 'address to listen on (or HOST; default 127.0.0.1)')
    .addOption(dataDirOption())
    .option('--demo', 'load the demo county into an empty database')
    .action(serve);
}

async function serve(options: SettingOptions & { demo?: boolean }): Promise<void> {
  const running = await startServer(settingsOf(options));
  stopWithProcess(running);
  process.stdout.write(`${JSON.stringify({ address: running.address })}\n`);
  if (!options.demo) return;
  process.stderr.write('loading the demo county\n');
  const loaded = await loadDemo(running.context);
  process.stderr.write(loaded ? 'the demo county is ready\n' : 'the database is not empty: no demo county was loaded\n');
}
