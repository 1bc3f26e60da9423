// The numbers of grids within their community: which a scheme gives out to which kind, and in which order.
import type { GridKind } from '../plan/state.ts';
import type { Scheme, SequenceSegment } from './scheme.ts';

/** Both ends included. */
export interface NumberRange {
  readonly first: number;
  readonly last: number;
}

/** The lowest number above `after` that the scheme gives out to the kind, within the ranges handed out; null: there is none. */
export function nextSequence(scheme: Scheme, kind: GridKind, after: number, handedOut: readonly NumberRange[] = []): number | null {
  const part = sequencePart(scheme);
  const last = lastSequence(scheme);
  for (let number = after + 1; number <= last; number++) {
    const within = handedOut.length === 0 || handedOut.some((range) => range.first <= number && number <= range.last);
    if (within && isGivenOut(part, kind, number)) return number;
  }
  return null;
}

/** Highest number that a code of the scheme can hold. */
export function lastSequence(scheme: Scheme): number {
  return 10 ** sequencePart(scheme).width - 1;
}

/** Whether grids of that kind may have the number. */
export function isGivenOut({ reserved }: SequenceSegment, kind: GridKind, number: number): boolean {
  const range = reserved.find(({ from, to }) => from <= number && number <= to);
  return range ? range.for === kind : !reserved.some((other) => other.for === kind);
}

/** Numbers that are given out one after the other: those of one reserved range, or (-1) all that lie in none. */
export function seriesOf(scheme: Scheme, number: number): number {
  return sequencePart(scheme).reserved.findIndex(({ from, to }) => from <= number && number <= to);
}

export function sequencePart(scheme: Scheme): SequenceSegment {
  return scheme.segments.find(({ source }) => source === 'sequence') as SequenceSegment;
}
