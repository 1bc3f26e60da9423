import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../core/plan/operation.ts';
import type { Foresight, WorkerAnswer, WorkerRequest } from '../../../web/worker/messages.ts';
import { type Correspondent, workerClient } from '../../../web/worker/worker-client.ts';
import { at, COMMUNITY, profile, town } from '../town.ts';

const question = (column: number): Operation => ({ type: 'cut', line: [at(0, 0), at(column, 1)] });
const nothing: Foresight = { sides: [], cutBuildings: [], border: [], obstacle: null };

/** A worker at the other end of a wire: answers when told to. */
function wire() {
  const sent: WorkerRequest[] = [];
  const told: string[] = [];
  let listener: (event: { data: WorkerAnswer }) => void = () => undefined;
  const worker: Correspondent = {
    postMessage: (message) => void sent.push(message),
    addEventListener: (_type, given) => {
      listener = given;
    },
  };
  const client = workerClient(worker);
  const questions = () => sent.filter((message) => message.type === 'foresee');
  const ask = (column: number) =>
    void client
      .ask({ type: 'foresee', operation: question(column) })
      .then((answer) => told.push(`${column} ${answer === null ? 'dropped' : 'answered'}`));
  const answerLast = async () => {
    const last = questions().at(-1);
    if (last !== undefined) listener({ data: { serial: last.serial, answer: nothing, milliseconds: 1 } });
    await Promise.resolve();
  };
  return { client, told, questions, ask, answerLast };
}

describe('questions to the worker', () => {
  it('has one under way, and of those that wait asks only the newest', async () => {
    const { questions, told, ask, answerLast } = wire();
    for (const column of [1, 2, 3, 4]) ask(column);
    expect(questions()).toHaveLength(1);
    await answerLast();
    expect(questions().map(({ operation }) => operation)).toEqual([question(1), question(4)]);
    await answerLast();
    expect(told).toEqual(['2 dropped', '3 dropped', '1 answered', '4 answered']);
  });

  it('answers nothing that was forgotten, and everything asked afterwards', async () => {
    const { client, told, ask, answerLast } = wire();
    ask(1);
    client.forget();
    ask(2);
    await answerLast();
    await answerLast();
    expect(told).toEqual(['1 dropped', '2 answered']);
  });

  it('answers nothing about a community that was replaced', async () => {
    const { client, told, questions, ask, answerLast } = wire();
    ask(1);
    if (profile === null) throw new Error('the profile of the tests is missing');
    client.hold({ community: COMMUNITY, profile, ...town });
    ask(2);
    expect(questions()).toHaveLength(2);
    await answerLast();
    expect(told).toEqual(['1 dropped', '2 answered']);
  });
});
