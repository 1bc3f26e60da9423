// Why a profile cannot be used: every place that the schema refuses, with a reason that can be put into a sentence.
import type { z } from 'zod';
import { profileSchema } from './profile.ts';

export type RefusalReason =
  | 'missing'
  | 'not-a-number'
  | 'not-whole'
  | 'at-least'
  | 'more-than'
  | 'at-most'
  | 'less-than'
  | 'one-of'
  | 'format'
  | 'unknown-field'
  | 'minimum-above-maximum'
  | 'worker-no-post'
  | 'organ-twice'
  | 'role-without-steps'
  | 'step-unsigned'
  | 'step-past-filing'
  | 'step-twice'
  | 'steps-incomplete'
  | 'steps-not-joined'
  | 'step-impossible'
  | 'invalid';

export interface ProfileRefusal {
  /** Keys from the profile down to the field. */
  readonly path: readonly (string | number)[];
  readonly reason: RefusalReason;
  /** What the sentence names: the bound, the choices, the fields. */
  readonly values: Readonly<Record<string, string | number>>;
}

/** Everything in the content that the schema refuses; empty: it is a profile. */
export function profileRefusals(content: unknown): ProfileRefusal[] {
  return (profileSchema.safeParse(content).error?.issues ?? []).flatMap((issue) => refusalsOf(issue, []));
}

type Issue = z.core.$ZodIssue;

/** One issue of zod as refusals; of a union that nothing fits, those of what was meant. */
export function refusalsOf(issue: Issue, above: readonly PropertyKey[]): ProfileRefusal[] {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union') return [{ path: path as (string | number)[], ...reasonOf(issue) }];
  // Of several ways to write it, the one that was meant is the one with the fewest faults.
  const [meant = []] = [...issue.errors].sort((a, b) => a.length - b.length);
  return meant.flatMap((inner) => refusalsOf(inner, path));
}

/** Refinements tell what is wrong in words of the schema. */
const REFINED: Readonly<Record<string, RefusalReason>> = {
  'minimum lies above maximum': 'minimum-above-maximum',
  'the worker is none of the posts': 'worker-no-post',
  'an organ signs once': 'organ-twice',
  'the role takes no steps': 'role-without-steps',
  'the step is not signed': 'step-unsigned',
  'filing alone leads to filed and on': 'step-past-filing',
  'a step occurs once': 'step-twice',
  'begins with submit and ends official': 'steps-incomplete',
  'begins where the step before it ends': 'steps-not-joined',
  'no such step between these states': 'step-impossible',
};

function reasonOf(issue: Exclude<Issue, { code: 'invalid_union' }>): Pick<ProfileRefusal, 'reason' | 'values'> {
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string' || issue.origin === 'array') return { reason: 'missing', values: {} };
      return { reason: issue.inclusive ? 'at-least' : 'more-than', values: { limit: Number(issue.minimum) } };
    case 'too_big':
      return { reason: issue.inclusive ? 'at-most' : 'less-than', values: { limit: Number(issue.maximum) } };
    case 'invalid_type':
      if (issue.expected === 'int') return { reason: 'not-whole', values: {} };
      return { reason: issue.expected === 'number' ? 'not-a-number' : 'missing', values: {} };
    case 'invalid_value':
      return { reason: 'one-of', values: { expected: issue.values.map(String).join(', ') } };
    case 'invalid_format':
      return { reason: 'format', values: {} };
    case 'unrecognized_keys':
      return { reason: 'unknown-field', values: { keys: issue.keys.join(', ') } };
    case 'custom':
      return { reason: REFINED[issue.message] ?? 'invalid', values: {} };
    default:
      return { reason: 'invalid', values: {} };
  }
}
