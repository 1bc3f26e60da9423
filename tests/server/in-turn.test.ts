// However many files come at once, no more than two are looked into at a time, and none is forgotten.
import { expect, test } from 'vitest';
import { inTurn } from '../../server/sources/in-turn.ts';

test('work waits for its turn, also behind work that failed', async () => {
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const work = async (i: number): Promise<number> => {
    running += 1;
    most = Math.max(most, running);
    order.push(i);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    if (i % 3 === 0) throw new Error('broken file');
    return i;
  };
  const numbers = Array.from({ length: 12 }, (_, i) => i);
  const ends = await Promise.allSettled(numbers.map((i) => inTurn(() => work(i))));
  expect(most).toBe(2);
  expect(order).toEqual(numbers);
  expect(ends.map(({ status }) => status)).toEqual(numbers.map((i) => (i % 3 === 0 ? 'rejected' : 'fulfilled')));
  expect(await inTurn(() => work(1))).toBe(1);
});
