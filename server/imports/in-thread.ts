// Runs a part of an import in a worker thread, where gigabytes and seconds harm nobody; an abort ends the thread at once.
import { UnusableFile } from '../../core/import/unusable-file.ts';
import type { RawRows } from '../../core/sources/raw-source.ts';
import { inTurn } from '../sources/in-turn.ts';
import { runThread, type ThreadLimits } from '../sources/run-thread.ts';
import type { ThreadAnswer, ThreadMessage, ThreadTask } from './import-worker.ts';
import type { Prepared, PrepareProgress, PrepareRequest } from './prepare.ts';
import type { SampleRequest } from './sample.ts';
import type { StoredQuestions } from './stored-questions.ts';

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

/** Throws UnusableFile, or the reason of the abort. */
export const sampleInThread = (request: SampleRequest, signal: AbortSignal): Promise<RawRows> =>
  inTurn(() => inThread<RawRows>({ task: 'sample', ...request }, { signal }));

const inThread = <Result>(task: ThreadTask, { stored, onProgress, signal, limits = LIMITS }: Watch): Promise<Result> =>
  runThread<ThreadMessage, Result>({
    start: new URL('./import-thread.js', import.meta.url),
    task,
    limits,
    signal,
    hear(message, { tell, resolve, reject }) {
      const answer = async ({ id, name, values }: ThreadMessage & { kind: 'question' }): Promise<void> => {
        const question = stored?.[name] as ((...values: readonly unknown[]) => Promise<unknown>) | undefined;
        tell({ id, answer: await question?.(...values) } satisfies ThreadAnswer);
      };
      if (message.kind === 'progress') onProgress?.(message.progress);
      else if (message.kind === 'question') answer(message).catch(reject);
      else if (message.kind === 'done') resolve(message.result as Result);
      else reject(new UnusableFile(message.file, message.reason, message.values));
    },
  });
