// Starts and stops the embedded engine: data folder, worker thread, socket.
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { StartFailure } from '../settings.ts';
import { takeDataFolder } from './data-folder.ts';
import type { EngineMessage, EngineStart } from './engine.ts';

/** PostgreSQL clients look for `.s.PGSQL.<port>` in the folder that is given as host. */
const SOCKET_PORT = 5432;

export interface EmbeddedEngine {
  /** For the `pg` pool: folder of the socket and its number. */
  readonly host: string;
  readonly port: number;
  /** Called when the engine breaks down while running; nothing can be read or written any more. */
  onFailure(listener: (message: string) => void): void;
  stop(): Promise<void>;
}

/** Opens the data folder (created on first start). Throws StartFailure when it is in use or cannot be opened. */
export async function startEmbedded(dataDir: string): Promise<EmbeddedEngine> {
  const folder = await takeDataFolder(dataDir);
  const start: EngineStart = { folder: folder.path, socket: join(folder.socketPath, `.s.PGSQL.${SOCKET_PORT}`) };
  const worker = new Worker(new URL('./engine-thread.js', import.meta.url), { workerData: start });
  const listeners = new Set<(message: string) => void>();
  try {
    await ready(worker);
  } catch (error) {
    await worker.terminate();
    await folder.release();
    throw error;
  }
  const failed = (message: string): void => {
    for (const listener of listeners) listener(message);
  };
  worker.on('error', (error) => failed(error.message));
  worker.on('message', (message: EngineMessage) => {
    if (message.kind === 'failed') failed(message.message);
  });
  return {
    host: folder.socketPath,
    port: SOCKET_PORT,
    onFailure: (listener) => listeners.add(listener),
    async stop() {
      listeners.clear();
      const gone = once(worker, 'exit');
      worker.postMessage('stop');
      await gone;
      await folder.release();
    },
  };
}

function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (message: EngineMessage) => {
      worker.off('error', reject);
      if (message.kind === 'ready') resolve();
      else reject(new StartFailure(`The embedded database cannot be opened: ${message.message}`));
    });
  });
}
