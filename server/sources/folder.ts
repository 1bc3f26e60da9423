// Folders for what offices send and what it unpacks to: there only as long as the import is open, and never longer than the server.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'onegrid-import-';
const MILLISECONDS = 1_000;

const folders = new Set<string>();

/** A new folder that only this user can read; gone with the process at the latest. */
export function makeFolder(): string {
  if (folders.size === 0) process.off('exit', removeAll).once('exit', removeAll);
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  folders.add(folder);
  return folder;
}

export function removeFolder(folder: string): void {
  folders.delete(folder);
  rmSync(folder, { recursive: true, force: true });
}

/** What servers that were killed left behind. */
export function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    const path = join(tmpdir(), name);
    if (owner === undefined || !isLeftover(path, Number(owner))) continue;
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Another server that starts may be removing it, too; what stays is for the next start.
    }
  }
}

/** In a container every server has the same process id: then the folder is older than the process. */
function isLeftover(path: string, owner: number): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  if (!there || there.uid !== (process.getuid?.() ?? there.uid)) return false;
  const started = Date.now() - process.uptime() * MILLISECONDS;
  return owner === process.pid ? there.mtimeMs < started : !isAlive(owner);
}

function isAlive(owner: number): boolean {
  try {
    process.kill(owner, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function removeAll(): void {
  for (const folder of folders) removeFolder(folder);
}
