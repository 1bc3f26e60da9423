// Any code explained: by which schemes it could have been made, with what in it, and why not by the others.
import type { GridKind } from '../plan/state.ts';
import { type ParsedCode, type ParseFailure, parseCode } from './parse.ts';
import type { Scheme } from './scheme.ts';
import { withChecks } from './schemes.ts';
import { isGivenOut, sequencePart } from './sequence.ts';

export interface CodeExplanation {
  readonly scheme: string;
  readonly name: Scheme['name'];
  readonly outcome: ExplainedCode;
}

export type ExplainedCode =
  | { readonly ok: true; readonly value: ParsedCode }
  /** `reserved`: put together rightly, but the scheme does not give out that number, or not to that kind. */
  | { readonly ok: false; readonly failure: ParseFailure | 'reserved' };

const KINDS: readonly GridKind[] = ['urban', 'rural', 'dedicated', 'thematic'];

/** Every scheme, with and without a check character: those that could have made the code first. */
export function explainCode(schemes: Iterable<Scheme>, text: string): CodeExplanation[] {
  const code = normalCode(text);
  const explanations = [...schemes].flatMap(withChecks).map((scheme) => ({
    scheme: scheme.id,
    name: scheme.name,
    outcome: outcomeOf(scheme, code),
  }));
  return [...explanations.filter(({ outcome }) => outcome.ok), ...explanations.filter(({ outcome }) => !outcome.ok)];
}

/** A code as people type and paste it: full-width digits, small letters, spaces and hyphens in between. */
export function normalCode(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\-_.·]/g, '')
    .toUpperCase();
}

function outcomeOf(scheme: Scheme, code: string): ExplainedCode {
  const parsed = parseCode(scheme, code);
  if (!parsed.ok) return parsed;
  const { kind, sequence } = parsed.value;
  const kinds = kind === null ? KINDS : [kind];
  const possible = sequence > 0 && kinds.some((one) => isGivenOut(sequencePart(scheme), one, sequence));
  return possible ? parsed : { ok: false, failure: 'reserved' };
}
