// The threads in which communities are divided. How many there are changes nothing but the time.
import { setMaxListeners } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Division, DivisionOptions, DivisionTask } from '../../core/division/divide.ts';
import type { DivisionAnswer, DivisionRequest, DivisionWork } from './division-worker.ts';

/** Jobs that a thread holds: the one it works on and one to go on with. */
const JOBS_IN_THREAD = 2;
/** A division that nobody waits for any more may end within this time; else its thread is ended, which costs the next one a new thread. */
const GRACE_MILLISECONDS = 200;
/** Threads of a server: more would take the cores from the database. */
const MAX_SERVER_THREADS = 4;

/** Threads that suit this machine. */
export const serverThreads = (): number => Math.min(MAX_SERVER_THREADS, Math.max(1, availableParallelism()));

interface Job {
  readonly request: DivisionRequest;
  readonly resolve: (made: DivisionAnswer['made']) => void;
  readonly reject: (reason: unknown) => void;
  abandoned: boolean;
}

interface Thread {
  readonly worker: Worker;
  /** In the order in which they are done. */
  readonly jobs: Map<number, Job>;
}

export interface DivideManyOptions {
  /** Told after each community how many are done. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** Threads start when they are needed, or all of them with `warmUp`, and stay until `close`. */
export class DivisionThreads {
  readonly count: number;
  readonly #threads: Thread[] = [];
  #waiting: Job[] = [];
  #lastId = 0;
  #closed = false;

  constructor(count: number) {
    this.count = count;
  }

  /** Starts all threads now, so that the first division finds them ready. */
  warmUp(): void {
    while (!this.#closed && this.#threads.length < this.count) this.#start();
  }

  /** The divisions in the order of the tasks. One that fails ends them all. */
  async divide(tasks: readonly DivisionTask[], options: DivisionOptions, more: DivideManyOptions = {}): Promise<Division[]> {
    const failed = new AbortController();
    const signal = AbortSignal.any([failed.signal, ...(more.signal ? [more.signal] : [])]);
    setMaxListeners(0, signal);
    let done = 0;
    const one = async (task: DivisionTask): Promise<Division> => {
      const division = await this.run('divide', { task, options }, { signal });
      more.onProgress?.(++done);
      return division;
    };
    try {
      return await Promise.all(tasks.map(one));
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  }

  /**
   * One piece of work. `urgent`: before all that waits, since somebody looks on. Rejected with the reason of the signal, or with the
   * error that ended the thread.
   */
  run<Kind extends keyof DivisionWork>(
    kind: Kind,
    given: DivisionWork[Kind]['given'],
    { signal, urgent = false }: { readonly signal?: AbortSignal; readonly urgent?: boolean } = {},
  ): Promise<DivisionWork[Kind]['made']> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      if (this.#closed) throw new Error('the threads are closed');
      const request = { id: ++this.#lastId, kind, given } as DivisionRequest;
      const abort = (): void => {
        this.#abandon(job);
        reject(signal?.reason);
      };
      const settled = (): void => signal?.removeEventListener('abort', abort);
      const job: Job = {
        request,
        resolve: (made) => {
          settled();
          resolve(made as DivisionWork[Kind]['made']);
        },
        reject: (reason) => {
          settled();
          reject(reason);
        },
        abandoned: false,
      };
      signal?.addEventListener('abort', abort, { once: true });
      if (urgent) this.#waiting.unshift(job);
      else this.#waiting.push(job);
      this.#feed();
    });
  }

  /** Ends the threads; what they were at is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    const jobs = [...this.#waiting, ...this.#threads.flatMap((thread) => [...thread.jobs.values()])];
    const threads = this.#threads.splice(0);
    this.#waiting = [];
    for (const { reject } of jobs) reject(new Error('the threads are closed'));
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  #start(): Thread {
    const thread: Thread = { worker: new Worker(new URL('./division-thread.js', import.meta.url)), jobs: new Map() };
    thread.worker.on('message', ({ id, made }: DivisionAnswer) => {
      const job = thread.jobs.get(id);
      thread.jobs.delete(id);
      this.#feed();
      job?.resolve(made);
    });
    thread.worker.on('error', (error) => this.#crashed(thread, error));
    this.#threads.push(thread);
    return thread;
  }

  /** A thread that died takes the job it was at with it; the others go to another. */
  #crashed(thread: Thread, error: unknown): void {
    const [running] = thread.jobs.values();
    if (running) thread.jobs.delete(running.request.id);
    this.#lose(thread);
    running?.reject(error);
  }

  #abandon(job: Job): void {
    job.abandoned = true;
    this.#waiting = this.#waiting.filter((other) => other !== job);
    const thread = this.#threads.find(({ jobs }) => jobs.has(job.request.id));
    if (!thread) return;
    const end = (): void => {
      if (!thread.jobs.has(job.request.id) || !this.#threads.includes(thread)) return;
      this.#lose(thread);
      void thread.worker.terminate();
    };
    setTimeout(end, GRACE_MILLISECONDS).unref();
  }

  #lose(thread: Thread): void {
    const at = this.#threads.indexOf(thread);
    if (at < 0) return;
    this.#threads.splice(at, 1);
    this.#waiting.unshift(...[...thread.jobs.values()].filter(({ abandoned }) => !abandoned));
    this.#feed();
  }

  #feed(): void {
    for (let thread = this.#free(); thread && this.#waiting.length > 0; thread = this.#free()) {
      const job = this.#waiting.shift() as Job;
      thread.jobs.set(job.request.id, job);
      thread.worker.postMessage(job.request);
    }
  }

  /** An idle thread, else a new one, else one that has room for a job to go on with. */
  #free(): Thread | undefined {
    if (this.#waiting.length === 0) return undefined;
    const idle = this.#threads.find(({ jobs }) => jobs.size === 0);
    if (idle) return idle;
    if (this.#threads.length < this.count) return this.#start();
    return this.#threads.find(({ jobs }) => jobs.size < JOBS_IN_THREAD);
  }
}
