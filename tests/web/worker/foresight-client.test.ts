import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../core/plan/operation.ts';
import { type Correspondent, foresightClient } from '../../../web/worker/foresight-client.ts';
import type { Foresight, WorkerAnswer, WorkerRequest } from '../../../web/worker/messages.ts';
import { at, COMMUNITY, profile, town } from '../town.ts';

const question = (column: number): Operation => ({ type: 'cut', line: [at(0, 0), at(column, 1)] });
const nothing: Foresight = { sides: [], cutBuildings: [], border: [], obstacle: null };

/** A worker at the other end of a wire: answers when told to. */
function wire() {
  const sent: WorkerRequest[] = [];
  const told: number[] = [];
  let listener: (event: { data: WorkerAnswer }) => void = () => undefined;
  const worker: Correspondent = {
    postMessage: (message) => void sent.push(message),
    addEventListener: (_type, given) => {
      listener = given;
    },
  };
  const client = foresightClient(worker, (_foresight, askedAt) => void told.push(askedAt));
  const questions = () => sent.filter((message) => message.type === 'foresee');
  const answerLast = () => {
    const last = questions().at(-1);
    if (last !== undefined) listener({ data: { serial: last.serial, foresight: nothing, milliseconds: 1 } });
  };
  return { client, sent, told, questions, answerLast };
}

describe('questions to the worker', () => {
  it('has one under way, and of those that wait asks only the newest', () => {
    const { client, questions, told, answerLast } = wire();
    for (const column of [1, 2, 3, 4]) client.ask(question(column), column);
    expect(questions()).toHaveLength(1);
    answerLast();
    expect(questions().map(({ operation }) => operation)).toEqual([question(1), question(4)]);
    answerLast();
    expect(told).toEqual([1, 4]);
  });

  it('shows nothing that was forgotten, and everything asked afterwards', () => {
    const { client, told, answerLast } = wire();
    client.ask(question(1), 1);
    client.forget();
    client.ask(question(2), 2);
    answerLast();
    answerLast();
    expect(told).toEqual([2]);
  });

  it('shows nothing about a community that was replaced', () => {
    const { client, told, questions, answerLast } = wire();
    client.ask(question(1), 1);
    if (profile === null) throw new Error('the profile of the tests is missing');
    client.hold({ community: COMMUNITY, profile, ...town });
    client.ask(question(2), 2);
    expect(questions()).toHaveLength(2);
    answerLast();
    expect(told).toEqual([2]);
  });
});
