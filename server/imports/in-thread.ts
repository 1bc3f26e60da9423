// Runs a part of an import in a worker thread, where gigabytes and seconds harm nobody; an abort ends the thread at once.
import { Worker } from 'node:worker_threads';
import { UnusableFile } from '../../core/import/unusable-file.ts';
import type { RawRows } from '../../core/sources/raw-source.ts';
import type { ThreadAnswer, ThreadMessage, ThreadTask } from './import-worker.ts';
import type { Prepared, PrepareProgress, PrepareRequest } from './prepare.ts';
import type { SampleRequest } from './sample.ts';
import type { StoredQuestions } from './stored-questions.ts';

/** Heap of the thread; a city of 250,000 households takes a fifth of it. */
const MAX_HEAP_MEGABYTES = 8_192;

interface Watch {
  readonly stored?: StoredQuestions;
  readonly onProgress?: (progress: PrepareProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Throws UnusableFile, or the reason of the abort. */
export const prepareInThread = (request: PrepareRequest, watch: Watch & { stored: StoredQuestions }): Promise<Prepared> =>
  inThread<Prepared>({ task: 'prepare', ...request }, watch);

/** Throws UnusableFile. */
export const sampleInThread = (request: SampleRequest): Promise<RawRows> => inThread<RawRows>({ task: 'sample', ...request }, {});

function inThread<Result>(task: ThreadTask, { stored, onProgress, signal }: Watch): Promise<Result> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = new Worker(new URL('./import-thread.js', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MEGABYTES },
    });
    const abort = (): void => finish(() => reject(signal?.reason));
    const finish = (settle: () => void): void => {
      signal?.removeEventListener('abort', abort);
      worker.removeAllListeners('exit');
      void worker.terminate().then(settle);
    };
    const answer = async ({ id, name, values }: ThreadMessage & { kind: 'question' }): Promise<void> => {
      const question = stored?.[name] as ((...values: readonly unknown[]) => Promise<unknown>) | undefined;
      worker.postMessage({ id, answer: await question?.(...values) } satisfies ThreadAnswer);
    };
    signal?.addEventListener('abort', abort);
    worker.on('error', (error) => finish(() => reject(error)));
    worker.on('exit', (code) => finish(() => reject(new Error(`the thread that reads the import ended with ${code}`))));
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'progress') onProgress?.(message.progress);
      else if (message.kind === 'question') answer(message).catch((error: unknown) => finish(() => reject(error)));
      else if (message.kind === 'done') finish(() => resolve(message.result as Result));
      else finish(() => reject(new UnusableFile(message.file, message.reason, message.values)));
    });
  });
}
