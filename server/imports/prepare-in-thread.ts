// Runs the preparation of an import in a worker thread; an abort ends the thread at once.
import { Worker } from 'node:worker_threads';
import { UnusableFile } from '../../core/import/unusable-file.ts';
import type { Prepared, PrepareProgress, PrepareRequest } from './prepare.ts';
import type { PrepareMessage } from './prepare-worker.ts';

/** Heap of the thread; a city of 250,000 households takes a fifth of it. */
const MAX_HEAP_MEGABYTES = 8_192;

/** Throws UnusableFile, or the reason of the abort. */
export function prepareInThread(
  request: PrepareRequest,
  onProgress: (progress: PrepareProgress) => void,
  signal?: AbortSignal,
): Promise<Prepared> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = new Worker(new URL('./prepare-thread.js', import.meta.url), {
      workerData: request,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MEGABYTES },
    });
    const abort = (): void => finish(() => reject(signal?.reason));
    const finish = (settle: () => void): void => {
      signal?.removeEventListener('abort', abort);
      worker.removeAllListeners('exit');
      void worker.terminate().then(settle);
    };
    signal?.addEventListener('abort', abort);
    worker.on('error', (error) => finish(() => reject(error)));
    worker.on('exit', (code) => finish(() => reject(new Error(`the thread that prepares the import ended with ${code}`))));
    worker.on('message', (message: PrepareMessage) => {
      if (message.kind === 'progress') onProgress(message.progress);
      else if (message.kind === 'prepared') finish(() => resolve(message.prepared));
      else finish(() => reject(new UnusableFile(message.file, message.reason, message.values)));
    });
  });
}
