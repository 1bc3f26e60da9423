// The data folder of the embedded engine: private to its owner, and open in one process at a time.
import { randomUUID } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { chmod, link, mkdir, rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { StartFailure } from '../settings.ts';
import { sqlState as errorCode } from './transaction.ts';

/** sun_path holds 108 bytes on Linux and 104 on macOS; what is left is for the names of the sockets. */
const MAX_SOCKET_FOLDER_BYTES = 70;

export interface DataFolder {
  readonly path: string;
  /** The same folder, short enough for unix sockets in it. */
  readonly socketPath: string;
  release(): Promise<void>;
}

/**
 * Creates the folder where needed and takes its lock. The lock is a listening unix socket: it ends with the process, however
 * that ends, so what a killed process leaves behind never blocks the next start. Throws StartFailure when another process has it.
 */
export async function takeDataFolder(path: string): Promise<DataFolder> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700);
  const short = shortPath(path);
  const server = await takeLock(short.path, path);
  return {
    path,
    socketPath: short.path,
    async release() {
      await rm(join(short.path, 'lock'), { force: true });
      await new Promise((done) => server.close(done));
      short.close();
    },
  };
}

async function takeLock(folder: string, name: string): Promise<Server> {
  const lock = join(folder, 'lock');
  const own = join(folder, `lock.${randomUUID().slice(0, 8)}`);
  if (await answers(lock)) throw inUse(name);
  const server = await listen(own);
  const giveUp = (): StartFailure => {
    server.close();
    return inUse(name);
  };
  for (;;) {
    try {
      await link(own, lock);
      await rm(own);
      return server;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    if (await answers(lock)) throw giveUp();
    // Moved aside first and asked again there: another starter may just have taken the place of the dead one.
    const dead = `${own}.dead`;
    await rename(lock, dead).catch(ignoreMissing);
    const alive = await answers(dead);
    if (alive) await link(dead, lock);
    await rm(dead, { force: true });
    if (alive) throw giveUp();
  }
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(path, () => resolve(server.unref()));
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Linux reaches a deep folder through an open descriptor; elsewhere a path that is too long has to be given shorter. */
function shortPath(path: string): { path: string; close: () => void } {
  if (Buffer.byteLength(path) <= MAX_SOCKET_FOLDER_BYTES) return { path, close: () => undefined };
  if (process.platform !== 'linux') {
    throw new StartFailure(`The path of the data folder is too long for its sockets (${MAX_SOCKET_FOLDER_BYTES} bytes): ${path}`);
  }
  const descriptor = openSync(path, 'r');
  return { path: `/proc/self/fd/${descriptor}`, close: () => closeSync(descriptor) };
}

const inUse = (folder: string): StartFailure =>
  new StartFailure(
    `The data folder ${folder} is in use by another OneGrid process. Stop that one, or choose another folder with DATA_DIR.`,
  );

function ignoreMissing(error: unknown): void {
  if (errorCode(error) !== 'ENOENT') throw error;
}
