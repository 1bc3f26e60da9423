// The page's end of the worker: at most one question is under way, and of those that wait only the newest is asked.
import type { Operation } from '../../core/plan/operation.ts';
import type { Foresight, HoldRequest, WorkerAnswer, WorkerRequest } from './messages.ts';

/** The part of a Worker that the client uses. */
export interface Correspondent {
  postMessage: (message: WorkerRequest) => void;
  addEventListener: (type: 'message', listener: (event: { data: WorkerAnswer }) => void) => void;
}

/** A question with the time at which the hand moved, to measure how long the answer took. */
interface Question {
  readonly operation: Operation;
  readonly askedAt: number;
}

export interface ForesightClient {
  readonly hold: (community: Omit<HoldRequest, 'type'>) => void;
  /** The newest question wins; an older one that has not been answered is never answered. */
  readonly ask: (operation: Operation, askedAt: number) => void;
  /** Nothing is to be answered any more. */
  readonly forget: () => void;
}

/** @param answered called for the newest question only, with the time the hand moved. */
export function foresightClient(worker: Correspondent, answered: (foresight: Foresight, askedAt: number) => void): ForesightClient {
  let serial = 0;
  let underWay: (Question & { serial: number; wanted: boolean }) | null = null;
  let waiting: Question | null = null;

  const send = (question: Question): void => {
    serial += 1;
    underWay = { ...question, serial, wanted: true };
    worker.postMessage({ type: 'foresee', serial, operation: question.operation });
  };
  worker.addEventListener('message', ({ data }) => {
    if (underWay === null || data.serial !== underWay.serial) return;
    const { askedAt, wanted } = underWay;
    const next = waiting;
    underWay = null;
    waiting = null;
    if (next !== null) send(next);
    if (wanted) answered(data.foresight, askedAt);
  });

  return {
    hold: (community) => {
      // What was asked of the community before is of no use now.
      underWay = null;
      waiting = null;
      worker.postMessage({ type: 'hold', ...community });
    },
    ask: (operation, askedAt) => {
      if (underWay === null) send({ operation, askedAt });
      else waiting = { operation, askedAt };
    },
    forget: () => {
      waiting = null;
      if (underWay !== null) underWay.wanted = false;
    },
  };
}
