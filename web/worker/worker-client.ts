// The page's end of the worker: at most one question is under way, and of those that wait only the newest is asked.
import type { AnswerTo, HoldRequest, Question, WorkerAnswer, WorkerRequest } from './messages.ts';

/** The part of a Worker that the client uses. */
export interface Correspondent {
  postMessage: (message: WorkerRequest) => void;
  addEventListener: (type: 'message', listener: (event: { data: WorkerAnswer }) => void) => void;
}

interface Asked {
  readonly question: Question;
  /** Gets the answer; null: the question was overtaken or is of no use any more. */
  readonly answer: (answer: AnswerTo[Question['type']] | null) => void;
}

export interface WorkerClient {
  readonly hold: (community: Omit<HoldRequest, 'type'>) => void;
  /** Resolves to the answer; to null when a newer question overtook this one before it was asked, or it is of no use any more. */
  readonly ask: <Asking extends Question>(question: Asking) => Promise<AnswerTo[Asking['type']] | null>;
  /** Nothing that was asked is of use any more. */
  readonly forget: () => void;
}

export function workerClient(worker: Correspondent): WorkerClient {
  let serial = 0;
  let underWay: (Asked & { serial: number }) | null = null;
  let waiting: Asked | null = null;

  const send = (asked: Asked): void => {
    serial += 1;
    underWay = { ...asked, serial };
    worker.postMessage({ ...asked.question, serial });
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
    answer(data.answer);
  });

  return {
    hold: (community) => {
      underWay?.answer(null);
      underWay = null;
      dropWaiting();
      worker.postMessage({ type: 'hold', ...community });
    },
    ask: <Asking extends Question>(question: Asking) =>
      new Promise<AnswerTo[Asking['type']] | null>((resolve) => {
        dropWaiting();
        // The worker answers a question with an answer of its kind.
        const asked: Asked = { question, answer: (answer) => resolve(answer as AnswerTo[Asking['type']] | null) };
        if (underWay === null) send(asked);
        else waiting = asked;
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
