// Asking one check about a community, and doing what it proposes.
import { expect } from 'vitest';
import { type PlannedOperation, planChange } from '../../../core/plan/apply.ts';
import { applyChange, withIds } from '../../../core/plan/state-change.ts';
import { runChecks } from '../../../core/rules/checks.ts';
import type { Limits } from '../../../core/rules/profile.ts';
import type { CheckContext, CheckId, Fix, Issue } from '../../../core/rules/rule.ts';

export const issuesOf = (context: CheckContext, check: CheckId): Issue[] => runChecks(context).filter((issue) => issue.check === check);

/** The one issue that the check has. */
export function only(context: CheckContext, check: CheckId): Issue {
  const issues = issuesOf(context, check);
  expect(issues).toHaveLength(1);
  return issues[0] as Issue;
}

/** The community after the mend. */
export function fixed(context: CheckContext, fix: Fix | undefined): CheckContext {
  if (!fix) throw new Error('no fix offered');
  const outcome = planChange(context.state, fix.operation as PlannedOperation, context.profile);
  if (!outcome.ok) throw new Error(outcome.failure.code);
  return { ...context, state: applyChange(context.state, withIds(outcome.value, { blocks: new Map(), grids: new Map() })) };
}

export function withLimits(context: CheckContext, limits: Partial<Limits>): CheckContext {
  return { ...context, profile: { ...context.profile, limits: { ...context.profile.limits, ...limits } } };
}
