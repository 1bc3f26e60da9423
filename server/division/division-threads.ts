// Divides many communities at once in worker threads. How many threads there are changes nothing but the time.
import { Worker } from 'node:worker_threads';
import type { Division, DivisionOptions, DivisionTask } from '../../core/division/divide.ts';
import type { DivisionAnswer, DivisionRequest } from './division-worker.ts';

/** Tasks that a thread holds: the one it works on and one to go on with. */
const TASKS_IN_THREAD = 2;

interface Job {
  readonly request: DivisionRequest;
  readonly onDone: (division: Division) => void;
  readonly onFailure: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly jobs: Map<number, Job>;
}

export interface DivideManyOptions {
  /** Told after each community how many are done. */
  readonly onProgress?: (done: number) => void;
  /** Tasks not begun are dropped; the promise is rejected with the reason. */
  readonly signal?: AbortSignal;
}

/** Threads that wait for communities to divide. They start at once, so that they are warm when the first task comes. */
export class DivisionThreads {
  readonly #count: number;
  readonly #threads: Thread[] = [];
  #waiting: Job[] = [];
  #lastId = 0;

  constructor(count: number) {
    this.#count = count;
    this.#fill();
  }

  /** The divisions in the order of the tasks. */
  async divide(tasks: readonly DivisionTask[], options: DivisionOptions, more: DivideManyOptions = {}): Promise<Division[]> {
    const { onProgress, signal } = more;
    signal?.throwIfAborted();
    const own = new Set<Job>();
    let done = 0;
    let abort = (): void => {};
    try {
      return await new Promise((resolve, reject) => {
        abort = () => reject(signal?.reason);
        signal?.addEventListener('abort', abort);
        const divisions: Division[] = [];
        if (tasks.length === 0) resolve(divisions);
        tasks.forEach((task, i) => {
          const onDone = (division: Division): void => {
            divisions[i] = division;
            done++;
            onProgress?.(done);
            if (done === tasks.length) resolve(divisions);
          };
          own.add({ request: { id: ++this.#lastId, task, options }, onDone, onFailure: reject });
        });
        this.#waiting.push(...own);
        this.#fill();
        for (const thread of this.#threads) this.#feed(thread);
      });
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#waiting = this.#waiting.filter((job) => !own.has(job));
    }
  }

  /** Ends the threads; to be called when nothing is being divided. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #fill(): void {
    while (this.#threads.length < this.#count) this.#threads.push(this.#start());
  }

  #start(): Thread {
    const thread: Thread = { worker: new Worker(new URL('./division-thread.js', import.meta.url)), jobs: new Map() };
    thread.worker.on('message', ({ id, division }: DivisionAnswer) => {
      const job = thread.jobs.get(id);
      thread.jobs.delete(id);
      this.#feed(thread);
      job?.onDone(division);
    });
    thread.worker.on('error', (error) => this.#lose(thread, error));
    return thread;
  }

  /** A thread that died takes its tasks with it; the next call starts another. */
  #lose(dead: Thread, error: unknown): void {
    this.#threads.splice(this.#threads.indexOf(dead), 1);
    for (const { onFailure } of dead.jobs.values()) onFailure(error);
    if (this.#threads.length > 0) return;
    for (const { onFailure } of this.#waiting) onFailure(error);
  }

  #feed(thread: Thread): void {
    while (thread.jobs.size < TASKS_IN_THREAD) {
      const job = this.#waiting.shift();
      if (!job) return;
      thread.jobs.set(job.request.id, job);
      thread.worker.postMessage(job.request);
    }
  }
}
