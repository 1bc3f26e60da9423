// Why a code scheme cannot be used: every place that the schema refuses, with a reason that can be put into a sentence.
import { refusalsOf } from '../rules/profile-refusal.ts';
import { schemeSchema } from './scheme.ts';

/** Refinements of the schema, by their message. */
const REASONS = {
  'exactly one sequence': 'scheme-sequence',
  'the texts of the kinds differ in length': 'scheme-kinds',
  'check comes last': 'scheme-check',
  'the segments leave out digits of the community code: codes of two communities could be equal': 'scheme-community',
  'a range begins behind its end': 'scheme-range',
} as const;

export interface SchemeRefusal {
  /** Keys from the scheme down to the field. */
  readonly path: readonly PropertyKey[];
  readonly reason: string;
  /** What the sentence names: the bound, the choices, the fields. */
  readonly values: Readonly<Record<string, string | number>>;
}

/** Everything in the content that the schema refuses; empty: it is a scheme. */
export function schemeRefusals(content: unknown): SchemeRefusal[] {
  return (schemeSchema.safeParse(content).error?.issues ?? []).flatMap((issue): SchemeRefusal[] => {
    const refined = REASONS[issue.message as keyof typeof REASONS];
    if (refined) return [{ path: issue.path, reason: refined, values: {} }];
    const refusals = refusalsOf(issue, []);
    return refusals.length > 0 ? refusals : [{ path: issue.path, reason: 'invalid', values: {} }];
  });
}
