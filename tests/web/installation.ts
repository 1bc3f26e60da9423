// The product as it is started by its users: built, served by its own command, with the demo county in a folder of its own.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Health } from '../../core/api/messages.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const LOADED_MILLISECONDS = 280_000;
const POLL_MILLISECONDS = 200;
const STOP_MILLISECONDS = 60_000;

export interface Installation {
  readonly address: string;
  stop(): Promise<void>;
}

/** Builds the interface as it stands now, so that no test looks at yesterday's. */
export async function buildInterface(): Promise<void> {
  await promisify(execFile)(process.execPath, [resolve(ROOT, 'node_modules/vite/bin/vite.js'), 'build'], { cwd: ROOT });
}

/** Starts the server with the demo county in a folder of its own and waits until it is loaded. */
export async function startDemo(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'onegrid-web-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const server = await serveDemo({ DATA_DIR: folder });
    return { address: server.address, stop: () => server.stop().then(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The same in the database that the variables name, which is left as it is. */
export async function serveDemo(variables: Readonly<Record<string, string>>): Promise<Installation> {
  const server = await serve(['--demo'], variables);
  try {
    await untilLoaded(server.address);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Runs `onegrid serve` on a free port; resolves as soon as it is ready for requests. */
export async function serve(options: readonly string[], variables: Readonly<Record<string, string>>): Promise<Installation> {
  const { DATABASE_URL: _, ...environment } = process.env;
  const server = spawn(process.execPath, [resolve(ROOT, 'bin/onegrid.js'), 'serve', ...options], {
    cwd: ROOT,
    env: { ...environment, PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    return { address: await addressOf(server), stop: () => ended(server) };
  } catch (error) {
    await ended(server);
    throw error;
  }
}

async function addressOf(server: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of server.stdout ?? []) {
    text += chunk;
    const [, address] = /"address":"([^"]+)"/.exec(text) ?? [];
    if (address) return address;
  }
  throw new Error(`the server ended before it listened: ${text}`);
}

async function untilLoaded(address: string): Promise<void> {
  const limit = Date.now() + LOADED_MILLISECONDS;
  while (Date.now() < limit) {
    const health = (await (await fetch(`${address}/api/health`)).json()) as Health;
    const plans = (await (await fetch(`${address}/api/plans`)).json()) as unknown[];
    if (health.status === 'ready' && plans.length > 0) return;
    await new Promise((resolved) => setTimeout(resolved, POLL_MILLISECONDS));
  }
  throw new Error('the demo county was not loaded in time');
}

/** Throws when the server does not end by itself in time. */
async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolved) => server.once('exit', resolved));
  server.kill('SIGTERM');
  const tooLong = setTimeout(() => server.kill('SIGKILL'), STOP_MILLISECONDS);
  await gone;
  clearTimeout(tooLong);
  if (server.signalCode === 'SIGKILL') throw new Error(`the server did not end within ${STOP_MILLISECONDS} ms`);
}
