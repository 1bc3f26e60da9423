// The plan that a command names by its number.
import { UnusableInput } from './exit.ts';
import { say } from './texts.ts';

const MAX_ID = 2_147_483_647;

/** Throws UnusableInput for what can be no number of a plan. */
export function planNumber(text: string): number {
  const id = Number(text);
  if (!Number.isInteger(id) || id < 1 || id > MAX_ID) throw new UnusableInput(say('plan-number', { plan: text }));
  return id;
}
