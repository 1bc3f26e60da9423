// Packages are built, verified and looked into in threads: hashing and unpacking a city takes seconds.
import { Worker } from 'node:worker_threads';
import type { CodeLookup } from '../../core/filing/verification.ts';
import { ProblemError } from '../http/problem.ts';
import type { FilingAnswer, FilingRequest, FilingWork } from './filing-worker.ts';

/** Each may take hundreds of megabytes; the others wait. */
const MAX_THREADS = 2;
const MAX_HEAP_MEGABYTES = 4_096;
/** A city takes seconds; a shape made for it would take days, and the others would wait. */
const MAX_MILLISECONDS = 10 * 60_000;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * `lookup`: answers what the thread asks about codes. Throws the error that ended the thread, ProblemError filing-too-slow (422) where it
 * went on for longer than `limit` milliseconds.
 */
export async function inFilingThread<Kind extends keyof FilingWork>(
  kind: Kind,
  given: FilingWork[Kind]['given'],
  lookup?: CodeLookup,
  limit = MAX_MILLISECONDS,
): Promise<FilingWork[Kind]['made']> {
  if (running >= MAX_THREADS) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return (await work({ kind, given } as FilingRequest, lookup, limit)) as FilingWork[Kind]['made'];
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function work(request: FilingRequest, lookup: CodeLookup | undefined, limit: number): Promise<FilingWork[keyof FilingWork]['made']> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./filing-thread.js', import.meta.url), {
      workerData: request,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MEGABYTES },
    });
    const finish = (settle: () => void): void => {
      clearTimeout(tooSlow);
      worker.removeAllListeners('exit');
      void worker.terminate().then(settle);
    };
    const tooSlow = setTimeout(() => finish(() => reject(new ProblemError(422, 'filing-too-slow', { minutes: limit / 60_000 }))), limit);
    worker.on('error', (error) => finish(() => reject(error)));
    worker.on('exit', (code) => finish(() => reject(new Error(`the thread of a filing ended with ${code}`))));
    worker.on('message', (answer: FilingAnswer) => {
      if (answer.kind === 'made') return finish(() => resolve(answer.made));
      const known = lookup ? lookup(answer.codes) : Promise.resolve(new Map());
      known.then(
        (codes) => worker.postMessage(codes),
        (error: unknown) => finish(() => reject(error)),
      );
    });
  });
}
