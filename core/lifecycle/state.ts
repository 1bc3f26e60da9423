// The states of a plan, which of them may still be edited, and which follows which.

export const PLAN_STATES = ['draft', 'returned', 'submitted', 'approved', 'settled', 'filed', 'official', 'superseded'] as const;
export type PlanState = (typeof PLAN_STATES)[number];

/** The others are frozen, in the database too (plan.editable in sql/002). */
export const EDITABLE_STATES: readonly PlanState[] = ['draft', 'returned'];

export const isEditable = (state: PlanState): boolean => EDITABLE_STATES.includes(state);

/** States that a step may lead to; may_follow in sql/004 says the same. Besides, what is not yet official may be returned. */
export const NEXT_STATES: Readonly<Record<PlanState, readonly PlanState[]>> = {
  draft: ['submitted'],
  returned: ['submitted'],
  submitted: ['approved', 'settled'],
  approved: ['settled'],
  settled: ['filed', 'official'],
  filed: ['official'],
  official: [],
  superseded: [],
};
