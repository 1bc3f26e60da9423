// Reads a count (households, persons) from a property: numbers as they are, numeric text mended, the rest named.

/** A single building with more households or persons than this is a mistake of the list. */
export const MAX_COUNT = 100_000;

export type CountOutcome =
  | { readonly kind: 'count'; readonly value: number; readonly wasText: boolean }
  | { readonly kind: 'missing' }
  | { readonly kind: 'bad'; readonly problem: 'text' | 'negative' | 'fraction' | 'too-large' };

export function readCount(raw: unknown): CountOutcome {
  if (raw === undefined || raw === null) return { kind: 'missing' };
  if (typeof raw === 'number') return judged(raw, false);
  if (typeof raw !== 'string') return { kind: 'bad', problem: 'text' };
  // NFKC turns full-width digits into plain ones.
  const text = raw.normalize('NFKC').trim();
  if (text === '') return { kind: 'missing' };
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? judged(Number(text), true) : { kind: 'bad', problem: 'text' };
}

function judged(value: number, wasText: boolean): CountOutcome {
  if (value < 0) return { kind: 'bad', problem: 'negative' };
  if (!Number.isInteger(value)) return { kind: 'bad', problem: 'fraction' };
  if (value > MAX_COUNT) return { kind: 'bad', problem: 'too-large' };
  return { kind: 'count', value, wasText };
}
