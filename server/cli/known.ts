// An option that names one of the things that are shipped: profile, scheme.
import { UnusableInput } from './exit.ts';
import { say } from './texts.ts';

/** Throws UnusableInput with the names that are known. */
export function oneOf<T>(option: string, known: ReadonlyMap<string, T>, id: string): T {
  const found = known.get(id);
  if (!found) throw new UnusableInput(say('not-known', { option, id, known: [...known.keys()].join(', ') }));
  return found;
}
