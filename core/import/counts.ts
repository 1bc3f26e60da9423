// Reads a count (households, persons) from a property: numbers as they are, numeric text too, the rest named.
import type { ImportKind } from '../api/import-messages.ts';
import type { Findings } from './findings.ts';

/** A single building with more households or persons than this is a mistake of the list. */
export const MAX_COUNT = 100_000;

export type CountOutcome =
  | { readonly kind: 'count'; readonly value: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'bad'; readonly problem: 'text' | 'negative' | 'fraction' | 'too-large' };

export function readCount(raw: unknown): CountOutcome {
  if (raw === undefined || raw === null) return { kind: 'missing' };
  if (typeof raw === 'number') return judged(raw);
  if (typeof raw !== 'string') return { kind: 'bad', problem: 'text' };
  // NFKC turns full-width digits into plain ones.
  const text = raw.normalize('NFKC').trim();
  if (text === '') return { kind: 'missing' };
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? judged(Number(text)) : { kind: 'bad', problem: 'text' };
}

function judged(value: number): CountOutcome {
  if (value < 0) return { kind: 'bad', problem: 'negative' };
  if (!Number.isInteger(value)) return { kind: 'bad', problem: 'fraction' };
  if (value > MAX_COUNT) return { kind: 'bad', problem: 'too-large' };
  return { kind: 'count', value };
}

/** What a row has in one of its fields. */
interface GivenCount {
  readonly feature: number;
  readonly field: string;
  readonly raw: unknown;
}

/** The count, 'missing', or null when it is refused in the findings. */
export function settleCount(file: ImportKind, { feature, field, raw }: GivenCount, findings: Findings): number | 'missing' | null {
  const outcome = readCount(raw);
  if (outcome.kind === 'missing') return 'missing';
  if (outcome.kind === 'count') return outcome.value;
  findings.refuse(file, `count-${outcome.problem}`, { feature, field, values: { value: String(raw).slice(0, 40) } });
  return null;
}
