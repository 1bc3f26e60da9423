// Worker thread of the embedded engine: PGlite with PostGIS behind a unix socket, so that the main loop stays free.
import { closeSync, existsSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { batchMessages } from './message-batch.ts';
import { slimPostgis } from './slim-postgis.ts';

export interface EngineStart {
  /** Folder of the cluster and its mark. */
  folder: string;
  socket: string;
}

/** What the worker tells: ready once, or a failure at any time. */
export type EngineMessage = { kind: 'ready' } | { kind: 'failed'; message: string };

const { folder, socket } = workerData as EngineStart;
const port = parentPort;
if (port === null) throw new Error('engine.ts runs as a worker thread only');
const tell = (message: EngineMessage): void => port.postMessage(message);

/** Written once the cluster is complete: a first start that was killed half way left nothing worth keeping. */
const complete = join(folder, 'complete');
const cluster = join(folder, 'postgres');

async function start(): Promise<void> {
  if (!existsSync(complete)) rmSync(cluster, { recursive: true, force: true });
  const extensions = { postgis: slimPostgis(folder) };
  const db = await PGlite.create(cluster, { extensions, startParams: durable(PGlite.defaultStartParams) });
  syncToDisk(db);
  writeFileSync(complete, '');
  rmSync(socket, { force: true });
  batchMessages(db);
  reportBreakdown(db);
  const server = new PGLiteSocketServer({ db, path: socket, maxConnections: 4 });
  await server.start();
  port?.once('message', async () => {
    await server.stop();
    await db.close();
    process.exit(0);
  });
  tell({ kind: 'ready' });
}

/** The defaults switch fsync off (-F); fdatasync, the usual way to sync the log, does nothing in this build. */
const durable = (parameters: readonly string[]): string[] => [
  ...parameters.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
];

/** What the build uses of Emscripten's file system on Node. */
interface NodeFiles {
  readonly realPath: (node: unknown) => string;
  readonly stream_ops: { fsync?: (stream: { nfd?: number; node: unknown }) => number };
}
/** Its number for "input/output error". */
const EIO = 29;

/** What the build lacks: fsync that reaches the disk, so that an acknowledged commit outlives a power cut as well. */
function syncToDisk(db: PGlite): void {
  const { NODEFS } = (db.Module.FS as unknown as { filesystems: { NODEFS: NodeFiles } }).filesystems;
  NODEFS.stream_ops.fsync = ({ nfd, node }) => {
    try {
      if (nfd === undefined) syncFolder(NODEFS.realPath(node));
      else fsyncSync(nfd);
      return 0;
    } catch {
      return EIO;
    }
  };
}

/** Folders have no descriptor of their own there. */
function syncFolder(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The socket server goes silent for good when the engine crashes under a message; the main thread has to know. */
function reportBreakdown(db: PGlite): void {
  const run = db.execProtocolRawStream.bind(db);
  db.execProtocolRawStream = async (message, options) => {
    try {
      await run(message, options);
    } catch (error) {
      tell({ kind: 'failed', message: String(error) });
      throw error;
    }
  };
}

start().catch((error: unknown) => tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }));
