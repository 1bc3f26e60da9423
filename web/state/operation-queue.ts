// Operations on their way to the server: in order, one at a time, kept over an outage or a reload of the page, not done twice.
import type { OperationAnswer, Problem } from '../../core/api/messages.ts';
import type { Operation } from '../../core/plan/operation.ts';
import type { Client } from '../api/client.ts';
import { problemOf, ServerUnreachable, SIGN_IN_NEEDED } from '../api/problem.ts';
import type { SaveState } from './workspace.ts';

export interface Unsent {
  plan: number;
  community: string;
  /** Revision that the hand saw. */
  base: number;
  operation: Operation;
  /** It has left once; the server may have done it although no answer came back. */
  attempted: boolean;
}

export interface QueueReport {
  state: (state: SaveState, unsent: number) => void;
  /** No answer: the server is away; the queue tries again by itself. */
  away: () => void;
  /** The session has ended; the queue waits until it is woken. */
  signedOut: () => void;
  /** null: done by an earlier attempt whose answer was lost. */
  done: (item: Unsent, answer: OperationAnswer | null) => void;
  /** `dropped`: later operations of the same community, which rested on this one and were not sent. */
  refused: (item: Unsent, problem: Problem, dropped: number) => void;
}

export interface OperationQueue {
  /** @param possible whether it is sent at all; until that is known it counts as unsent, and what comes after it waits */
  add: (item: Omit<Unsent, 'attempted'>, possible: Promise<boolean>) => Promise<'done' | 'refused'>;
  /** Takes up what an earlier page left unsent. */
  resume: () => void;
  /** The server is back: send now, not after the pause. */
  wake: () => void;
}

/** Everybody's work is kept apart: it is sent by whoever did it. */
const storageKey = (person: string): string => (person === '' ? 'onegrid.unsent' : `onegrid.unsent.${person}`);
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/** The server judges it. */
export const POSSIBLE = Promise.resolve(true);

type Settle = (result: 'done' | 'refused') => void;
interface Waiting extends Unsent {
  possible: Promise<boolean>;
  settle: Settle;
}

/** @param person login of whoever works here */
export function createOperationQueue(
  client: Client,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  person: () => string,
  report: QueueReport,
): OperationQueue {
  let waiting: Waiting[] = [];
  let running = false;
  let last: SaveState = 'saved';
  let pause = FIRST_PAUSE_MS;
  let endPause: (() => void) | null = null;
  let signedOut = false;

  const keep = (): void =>
    storage.setItem(storageKey(person()), JSON.stringify(waiting.map(({ settle: _, possible: __, ...item }) => item)));

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    for (let item = waiting[0]; item !== undefined; item = waiting[0]) {
      report.state('saving', waiting.length);
      if (await item.possible) last = await attempt(item);
      else drop(item);
      keep();
      if (last === 'waiting') {
        report.state('waiting', waiting.length);
        await rest(signedOut ? null : nextPause());
        signedOut = false;
      }
    }
    running = false;
    report.state(last, 0);
  }

  async function attempt(item: Waiting): Promise<SaveState> {
    const repeated = item.attempted;
    item.attempted = true;
    keep();
    const { plan, community, base, operation } = item;
    try {
      const answer = await client.operate(plan, { community, base, operation });
      finish(item, answer.revision);
      report.done(item, answer);
      item.settle('done');
      return 'saved';
    } catch (error) {
      if (error instanceof ServerUnreachable) {
        report.away();
        return 'waiting';
      }
      const problem = problemOf(error);
      if (problem.code === SIGN_IN_NEEDED) {
        item.attempted = repeated;
        signedOut = true;
        report.signedOut();
        return 'waiting';
      }
      if (repeated && problem.code === 'stale-base') return settleRepeated(item, problem);
      refuse(item, problem);
      return 'failed';
    }
  }

  /** What was drawn after it does not rest on it: it was never to be seen on the map. */
  function drop(item: Waiting): void {
    waiting = waiting.filter((other) => other !== item);
    item.settle('refused');
  }

  async function settleRepeated(item: Waiting, problem: Problem): Promise<SaveState> {
    try {
      const done = (await client.history(item.plan, item.community)).find(
        (record) => record.revision > item.base && sameJson(record.operation, item.operation),
      );
      if (done === undefined) {
        refuse(item, problem);
        return 'failed';
      }
      finish(item, done.revision);
      report.done(item, null);
      item.settle('done');
      return 'saved';
    } catch (error) {
      problemOf(error);
      return 'waiting';
    }
  }

  /** What follows in the same community was drawn over this operation, so it may rest on the revision that the operation made. */
  function finish(item: Waiting, revision: number): void {
    pause = FIRST_PAUSE_MS;
    waiting = waiting.filter((other) => other !== item);
    for (const other of waiting) {
      const follows = other.plan === item.plan && other.community === item.community && other.base === item.base;
      if (follows && revision === item.base + 1) other.base = revision;
    }
  }

  function refuse(item: Waiting, problem: Problem): void {
    const rests = (other: Waiting): boolean => other.plan === item.plan && other.community === item.community;
    const dropped = waiting.filter(rests);
    waiting = waiting.filter((other) => !rests(other));
    report.refused(item, problem, dropped.length - 1);
    for (const other of dropped) other.settle('refused');
  }

  /** null: until it is woken. */
  async function rest(milliseconds: number | null): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = milliseconds === null ? undefined : setTimeout(resolve, milliseconds);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    endPause = null;
  }

  function nextPause(): number {
    const now = pause;
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    return now;
  }

  return {
    add: (item, possible) =>
      new Promise((settle) => {
        waiting.push({ ...item, attempted: false, possible, settle });
        keep();
        void run();
      }),
    resume: () => {
      const kept = JSON.parse(storage.getItem(storageKey(person())) ?? '[]') as Unsent[];
      if (waiting.length === 0) waiting = kept.map((item) => ({ ...item, possible: POSSIBLE, settle: () => undefined }));
      if (waiting.length > 0) void run();
    },
    wake: () => endPause?.(),
  };
}

/** Equality of JSON values whatever the order of their keys (the database reorders them). */
function sameJson(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length || Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  return keys.every((key) => key in right && sameJson(left[key], right[key]));
}
