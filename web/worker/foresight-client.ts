// The page's end of the worker: at most one question is under way, and of those that wait only the newest is asked.
import type { Operation } from '../../core/plan/operation.ts';
import type { Foresight, HoldRequest, WorkerAnswer, WorkerRequest } from './messages.ts';

/** The part of a Worker that the client uses. */
export interface Correspondent {
  postMessage: (message: WorkerRequest) => void;
  addEventListener: (type: 'message', listener: (event: { data: WorkerAnswer }) => void) => void;
}

interface Question {
  readonly operation: Operation;
  /** Gets the answer; null: the question was overtaken or is of no use any more. */
  readonly answer: (foresight: Foresight | null) => void;
}

export interface ForesightClient {
  readonly hold: (community: Omit<HoldRequest, 'type'>) => void;
  /** Resolves to the answer; to null when a newer question overtook this one before it was asked, or it is of no use any more. */
  readonly ask: (operation: Operation) => Promise<Foresight | null>;
  /** Nothing that was asked is of use any more. */
  readonly forget: () => void;
}

export function foresightClient(worker: Correspondent): ForesightClient {
  let serial = 0;
  let underWay: (Question & { serial: number }) | null = null;
  let waiting: Question | null = null;

  const send = (question: Question): void => {
    serial += 1;
    underWay = { ...question, serial };
    worker.postMessage({ type: 'foresee', serial, operation: question.operation });
  };
  const dropWaiting = (): void => {
    waiting?.answer(null);
    waiting = null;
  };
  worker.addEventListener('message', ({ data }) => {
    if (underWay === null || data.serial !== underWay.serial) return;
    const { answer } = underWay;
    underWay = null;
    const next = waiting;
    waiting = null;
    if (next !== null) send(next);
    answer(data.foresight);
  });

  return {
    hold: (community) => {
      underWay?.answer(null);
      underWay = null;
      dropWaiting();
      worker.postMessage({ type: 'hold', ...community });
    },
    ask: (operation) =>
      new Promise((answer) => {
        dropWaiting();
        if (underWay === null) send({ operation, answer });
        else waiting = { operation, answer };
      }),
    forget: () => {
      dropWaiting();
      if (underWay === null) return;
      // It is answered all the same, and the worker is busy until then: only nobody listens.
      underWay.answer(null);
      underWay = { ...underWay, answer: () => undefined };
    },
  };
}
