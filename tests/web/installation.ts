// The product as it is started by its users: built, served by its own command, with the demo county in a folder of its own.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Health } from '../../core/api/messages.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const READY_MILLISECONDS = 240_000;

export interface Installation {
  readonly address: string;
  stop(): Promise<void>;
}

/** Builds the interface as it stands now, so that no test looks at yesterday's. */
export async function buildInterface(): Promise<void> {
  await promisify(execFile)(process.execPath, [resolve(ROOT, 'node_modules/vite/bin/vite.js'), 'build'], { cwd: ROOT });
}

/** Starts the server with the demo county and waits until it is loaded. */
export async function startDemo(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'onegrid-web-'));
  const { DATABASE_URL: _, ...environment } = process.env;
  const server = spawn(process.execPath, [resolve(ROOT, 'bin/onegrid.js'), 'serve', '--demo'], {
    cwd: ROOT,
    env: { ...environment, PORT: '0', DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    await ended(server);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const address = await addressOf(server);
    await untilReady(address);
    return { address, stop };
  } catch (error) {
    await stop();
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

async function untilReady(address: string): Promise<void> {
  const limit = Date.now() + READY_MILLISECONDS;
  while (Date.now() < limit) {
    const health = (await (await fetch(`${address}/api/health`)).json()) as Health;
    const plans = (await (await fetch(`${address}/api/plans`)).json()) as unknown[];
    if (health.status === 'ready' && plans.length > 0) return;
    await new Promise((resolved) => setTimeout(resolved, 500));
  }
  throw new Error('the demo county was not loaded in time');
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const gone = new Promise((resolved) => server.once('exit', resolved));
  server.kill('SIGTERM');
  await gone;
}
