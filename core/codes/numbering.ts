// Gives out the numbers of one community, each to one grid for good.
import type { GridKind } from '../plan/state.ts';
import type { Scheme } from './scheme.ts';
import { CodeError, codeOf } from './schemes.ts';
import { lastSequence, type NumberRange, nextSequence, sequencePart } from './sequence.ts';

export interface NumberedCode {
  readonly code: string;
  readonly sequence: number;
}

export interface TakenNumbers {
  readonly numbers: readonly number[];
  readonly codes: ReadonlySet<string>;
}
const NONE_TAKEN: TakenNumbers = { numbers: [], codes: new Set() };

export class Numbering {
  readonly #scheme: Scheme;
  readonly #community: string;
  readonly #numbers: Set<number>;
  readonly #codes: ReadonlySet<string>;
  readonly #handedOut: readonly NumberRange[];
  /** Where the search for the next number of a kind begins. */
  readonly #after = new Map<GridKind, number>();

  /**
   * `taken`: every number ever given out in the community by this scheme, and every code ever made there by any. `handedOut`: the numbers
   * that it may give out; none: all.
   */
  constructor(scheme: Scheme, community: string, taken: TakenNumbers = NONE_TAKEN, handedOut: readonly NumberRange[] = []) {
    this.#scheme = scheme;
    this.#community = community;
    this.#numbers = new Set(taken.numbers);
    this.#codes = taken.codes;
    this.#handedOut = handedOut;
  }

  /** The lowest number left for a grid of that kind, and its code. Throws CodeError: no number left, or a community without 12 digits. */
  next(kind: GridKind): NumberedCode {
    for (let after = this.#after.get(kind) ?? 0; ; ) {
      const sequence = nextSequence(this.#scheme, kind, after, this.#handedOut);
      if (sequence === null) throw this.#exhausted(kind);
      after = sequence;
      const code = codeOf(this.#scheme, { community: this.#community, kind, sequence });
      if (this.#numbers.has(sequence) || this.#codes.has(code)) continue;
      this.#numbers.add(sequence);
      this.#after.set(kind, sequence);
      return { sequence, code };
    }
  }

  #exhausted(kind: GridKind): CodeError {
    const limit = lastSequence(this.#scheme);
    const restricted = this.#handedOut.length > 0 || sequencePart(this.#scheme).reserved.length > 0;
    const numbers = restricted ? `numbers for ${kind} grids` : `${limit} grid numbers`;
    return new CodeError('sequence-exhausted', `${this.#community} has used up its ${numbers}`);
  }
}
