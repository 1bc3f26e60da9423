// Looks into a file in a thread of its own, so that no file can hold up or end the server: limits of time and memory end the thread.
import { Worker } from 'node:worker_threads';
import { UnusableFile } from '../../core/import/unusable-file.ts';
import type { InspectedSource } from '../../core/sources/raw-source.ts';
import { makeFolder, removeFolder } from '../imports/folder.ts';
import type { InspectMessage, InspectRequest } from './inspect-worker.ts';
import { unusable } from './source-file.ts';

const SECOND = 1_000;
/** A file of half a million buildings takes a fraction of it. */
const MAX_SECONDS = 600;
/** Heap of the thread. */
const MAX_HEAP_MEGABYTES = 2_048;

/** Throws UnusableFile, also when a limit is reached, or the reason of the abort. */
export function inspectInThread(
  request: InspectRequest,
  signal?: AbortSignal,
  limits = { seconds: MAX_SECONDS, heapMegabytes: MAX_HEAP_MEGABYTES },
): Promise<InspectedSource> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    // A thread that is ended cannot clear its own work folder away.
    const folder = makeFolder();
    const worker = new Worker(new URL('./inspect-thread.js', import.meta.url), {
      workerData: request,
      env: { ...process.env, TMPDIR: folder },
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes },
    });
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      worker.removeAllListeners();
      worker.on('error', () => {});
      void worker.terminate().then(() => {
        removeFolder(folder);
        settle();
      });
    };
    const abort = (): void => finish(() => reject(signal?.reason));
    const timer = setTimeout(() => finish(() => reject(unusable('file-too-slow', { seconds: limits.seconds }))), limits.seconds * SECOND);
    signal?.addEventListener('abort', abort);
    worker.on('error', (error) => finish(() => reject(reasonOf(error))));
    worker.on('exit', () => finish(() => reject(unusable('file-broken', { reason: '' }))));
    worker.on('message', (message: InspectMessage) =>
      finish(() => {
        if (message.kind === 'inspected') resolve(message.inspected);
        else reject(new UnusableFile('source', message.reason, message.values));
      }),
    );
  });
}

/** What ends a thread from within: its memory, or a library that failed in a way of its own. */
function reasonOf(error: Error): UnusableFile {
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') return unusable('file-too-much-memory');
  return unusable('file-broken', { reason: error.message.slice(0, 200) });
}
