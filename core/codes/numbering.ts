// Gives out the numbers of one community, each to one grid for good.
import type { GridKind } from '../plan/state.ts';
import type { Scheme } from './scheme.ts';
import { CodeError, codeOf } from './schemes.ts';
import { lastSequence, type NumberRange, nextSequence, sequencePart } from './sequence.ts';

export interface NumberedCode {
  readonly code: string;
  readonly sequence: number;
}

export class Numbering {
  readonly #scheme: Scheme;
  readonly #community: string;
  readonly #taken: Set<number>;
  readonly #handedOut: readonly NumberRange[];
  /** Where the search for the next number of a kind begins. */
  readonly #after = new Map<GridKind, number>();

  /** `taken`: every number ever given out in the community by this scheme. `handedOut`: the numbers it may give out; none: all. */
  constructor(scheme: Scheme, community: string, taken: Iterable<number> = [], handedOut: readonly NumberRange[] = []) {
    this.#scheme = scheme;
    this.#community = community;
    this.#taken = new Set(taken);
    this.#handedOut = handedOut;
  }

  /** The lowest number left for a grid of that kind, and its code. Throws CodeError: no number is left, or the community has no 12 digits. */
  next(kind: GridKind): NumberedCode {
    let sequence = this.#after.get(kind) ?? 0;
    do {
      const free = nextSequence(this.#scheme, kind, sequence, this.#handedOut);
      if (free === null) throw this.#exhausted(kind);
      sequence = free;
    } while (this.#taken.has(sequence));
    this.#taken.add(sequence);
    this.#after.set(kind, sequence);
    return { sequence, code: codeOf(this.#scheme, { community: this.#community, kind, sequence }) };
  }

  #exhausted(kind: GridKind): CodeError {
    const limit = lastSequence(this.#scheme);
    const restricted = this.#handedOut.length > 0 || sequencePart(this.#scheme).reserved.length > 0;
    const numbers = restricted ? `numbers for ${kind} grids` : `${limit} grid numbers`;
    return new CodeError('sequence-exhausted', `${this.#community} has used up its ${numbers}`);
  }
}
