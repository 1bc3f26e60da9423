// The states of a plan, and which of them may still be edited.

export const PLAN_STATES = ['draft', 'returned', 'submitted', 'approved', 'settled', 'filed', 'official', 'superseded'] as const;
export type PlanState = (typeof PLAN_STATES)[number];

/** The others are frozen, in the database too (plan.editable in sql/002). */
export const EDITABLE_STATES: readonly PlanState[] = ['draft', 'returned'];

export const isEditable = (state: PlanState): boolean => EDITABLE_STATES.includes(state);
