// Runs work over files in a thread of its own, so that no file can hold up or end the server: limits of time and memory end the thread.
import { Worker } from 'node:worker_threads';
import { makeFolder, removeFolder } from './folder.ts';
import { unusable } from './source-file.ts';

const SECOND = 1_000;

/** What a file may take before its thread is ended. */
export interface ThreadLimits {
  readonly seconds: number;
  /** Heap of the thread. */
  readonly heapMegabytes: number;
}

/** The thread as long as it runs: what is told to it, and what its end is. */
export interface RunningThread<Result> {
  readonly tell: (message: unknown) => void;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

export interface ThreadRun<Message, Result> {
  /** Script that starts the thread. */
  readonly start: URL;
  readonly task: unknown;
  readonly limits: ThreadLimits;
  readonly signal: AbortSignal | undefined;
  /** Called with all that the thread says. */
  readonly hear: (message: Message, thread: RunningThread<Result>) => void;
}

/** Settles when the thread is gone. Throws UnusableFile when a limit is reached, the reason of the abort, and whatever ended the thread. */
export function runThread<Message, Result>({ start, task, limits, signal, hear }: ThreadRun<Message, Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    // A thread that is ended cannot clear its own work folder away.
    const folder = makeFolder();
    const worker = new Worker(start, {
      workerData: task,
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
    const thread: RunningThread<Result> = {
      tell: (message) => worker.postMessage(message),
      resolve: (result) => finish(() => resolve(result)),
      reject: (reason) => finish(() => reject(reason)),
    };
    const abort = (): void => thread.reject(signal?.reason);
    const timer = setTimeout(() => thread.reject(unusable('file-too-slow', { seconds: limits.seconds })), limits.seconds * SECOND);
    signal?.addEventListener('abort', abort);
    worker.on('error', (error) => thread.reject(isOutOfMemory(error) ? unusable('file-too-much-memory') : error));
    worker.on('exit', (code) => thread.reject(new Error(`the thread that reads the file ended with ${code}`)));
    worker.on('message', (message: Message) => hear(message, thread));
  });
}

const isOutOfMemory = (error: Error): boolean => 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
