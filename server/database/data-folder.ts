// The data folder of the embedded engine: private to its owner, and open in one process at a time.
import { randomUUID } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { chmod, link, mkdir, rename, rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { StartFailure } from '../settings.ts';
import { sqlState as errorCode } from './transaction.ts';

/** sun_path holds 108 bytes on Linux and 104 on macOS; what is left is for the names of the sockets. */
const MAX_SOCKET_FOLDER_BYTES = 70;
/** Nobody listens there: the socket of a process that ended, nothing, or a file that is no socket, as a backup may bring it back. */
const DEAD = ['ECONNREFUSED', 'ENOENT', 'ENOTSOCK'];

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
  if (await answers(lock)) throw inUse(name);
  const own = join(folder, `lock.${randomUUID().slice(0, 8)}`);
  const server = await listen(own);
  if (!(await claim(own, lock))) {
    server.close();
    throw inUse(name);
  }
  await rm(own);
  return server;
}

/**
 * Links the socket to a place, also over what a dead process left there. Between asking the dead one and clearing it away somebody
 * else may do so and take the place: hence only whoever has claimed its succession clears it, a place of its own that a process may
 * have died in, too. False: somebody else has the place, or takes it.
 */
async function claim(own: string, place: string): Promise<boolean> {
  try {
    await link(own, place);
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  const before = await identityOf(place);
  if (before === null) return claim(own, place);
  if (await answers(place)) return false;
  const succession = join(dirname(place), `lock.${before}`);
  if (!(await claim(own, succession))) return false;
  if ((await identityOf(place)) === before) {
    await rename(succession, place);
    return true;
  }
  await rm(succession);
  return false;
}

/** No other socket ever has the same, and its path still fits; null: nothing is there. */
async function identityOf(path: string): Promise<string | null> {
  try {
    const { ino, mtimeNs } = await stat(path, { bigint: true });
    return `${ino.toString(36)}-${mtimeNs.toString(36)}`;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    return null;
  }
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(path, () => resolve(server.unref()));
  });
}

/** Whoever cannot be asked may well be alive, e.g. too busy to answer. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => resolve(!DEAD.includes(errorCode(error))));
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
