// Divides communities in a thread of its own, one message each.
import { parentPort } from 'node:worker_threads';
import { type Division, type DivisionOptions, type DivisionTask, divideCommunity } from '../../core/division/divide.ts';

export interface DivisionRequest {
  readonly id: number;
  readonly task: DivisionTask;
  readonly options: DivisionOptions;
}

export interface DivisionAnswer {
  readonly id: number;
  readonly division: Division;
}

parentPort?.on('message', ({ id, task, options }: DivisionRequest) => {
  parentPort?.postMessage({ id, division: divideCommunity(task, options) } satisfies DivisionAnswer);
});
