// A slow answer to an earlier question does not take the place of a later one.
import { expect, test } from 'vitest';
import { turns } from '../../../web/state/turns.ts';

test('a turn lasts until the next one begins, whatever the order of the answers', async () => {
  const begin = turns();
  const shown: string[] = [];
  const answers = new Map<string, () => void>();
  const ask = async (department: string): Promise<void> => {
    const lasts = begin();
    await new Promise<void>((resolve) => answers.set(department, resolve));
    if (lasts()) shown.push(department);
  };
  const asked = ['party', 'health'].map(ask);
  for (const department of ['health', 'party']) answers.get(department)?.();
  await Promise.all(asked);
  expect(shown).toEqual(['health']);
});

test('those of one panel do not end those of another', () => {
  const lasts = turns()();
  turns()();
  expect(lasts()).toBe(true);
});
