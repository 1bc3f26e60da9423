// Runs a part of an import in a worker thread, where gigabytes and seconds harm nobody; an abort ends the thread at once.
import { Worker } from 'node:worker_threads';
import { UnusableFile } from '../../core/import/unusable-file.ts';
import type { RawRows } from '../../core/sources/raw-source.ts';
import { inTurn } from '../sources/in-turn.ts';
import { unusable } from '../sources/source-file.ts';
import { makeFolder, removeFolder } from './folder.ts';
import type { ThreadAnswer, ThreadMessage, ThreadTask } from './import-worker.ts';
import type { Prepared, PrepareProgress, PrepareRequest } from './prepare.ts';
import type { SampleRequest } from './sample.ts';
import type { StoredQuestions } from './stored-questions.ts';

const SECOND = 1_000;

/** What a file may take before its thread is ended. */
export interface ThreadLimits {
  readonly seconds: number;
  /** Heap of the thread. */
  readonly heapMegabytes: number;
}

/** A city of half a million buildings takes a fraction of it. */
const LIMITS: ThreadLimits = { seconds: 3_600, heapMegabytes: 8_192 };

interface Watch {
  readonly stored?: StoredQuestions;
  readonly onProgress?: (progress: PrepareProgress) => void;
  readonly signal?: AbortSignal | undefined;
  readonly limits?: ThreadLimits | undefined;
}

/** Throws UnusableFile, also when a limit is reached, or the reason of the abort. */
export const prepareInThread = (request: PrepareRequest, watch: Watch & { stored: StoredQuestions }): Promise<Prepared> =>
  inThread<Prepared>({ task: 'prepare', ...request }, watch);

/** Throws UnusableFile. */
export const sampleInThread = (request: SampleRequest): Promise<RawRows> =>
  inTurn(() => inThread<RawRows>({ task: 'sample', ...request }, {}));

function inThread<Result>(task: ThreadTask, { stored, onProgress, signal, limits = LIMITS }: Watch): Promise<Result> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    // A thread that is ended cannot clear its own work away.
    const folder = makeFolder();
    const worker = new Worker(new URL('./import-thread.js', import.meta.url), {
      workerData: task,
      env: { ...process.env, TMPDIR: folder },
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes },
    });
    const abort = (): void => finish(() => reject(signal?.reason));
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      worker.removeAllListeners('exit');
      void worker.terminate().then(() => {
        removeFolder(folder);
        settle();
      });
    };
    const answer = async ({ id, name, values }: ThreadMessage & { kind: 'question' }): Promise<void> => {
      const question = stored?.[name] as ((...values: readonly unknown[]) => Promise<unknown>) | undefined;
      worker.postMessage({ id, answer: await question?.(...values) } satisfies ThreadAnswer);
    };
    const tooSlow = (): void => finish(() => reject(unusable('file-too-slow', { seconds: limits.seconds })));
    const timer = setTimeout(tooSlow, limits.seconds * SECOND);
    signal?.addEventListener('abort', abort);
    worker.on('error', (error) => finish(() => reject(isOutOfMemory(error) ? unusable('file-too-much-memory') : error)));
    worker.on('exit', (code) => finish(() => reject(new Error(`the thread that reads the import ended with ${code}`))));
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'progress') onProgress?.(message.progress);
      else if (message.kind === 'question') answer(message).catch((error: unknown) => finish(() => reject(error)));
      else if (message.kind === 'done') finish(() => resolve(message.result as Result));
      else finish(() => reject(new UnusableFile(message.file, message.reason, message.values)));
    });
  });
}

const isOutOfMemory = (error: Error): boolean => 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
