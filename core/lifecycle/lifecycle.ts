// The way of a plan from draft to official, as data of the profile: who takes each step, and whose signatures it needs.
import { z } from 'zod';
import { permissionsOf, ROLES } from '../accounts/roles.ts';
import { EDITABLE_STATES, NEXT_STATES, PLAN_STATES, type PlanState } from './state.ts';

export const STEP_IDS = ['submit', 'approve', 'settle', 'file', 'accept'] as const;
export type StepId = (typeof STEP_IDS)[number];

/** A draft is not signed, it may still change; the filing package carries the signatures of the steps before it. */
const UNSIGNED: readonly StepId[] = ['submit', 'file', 'accept'];

const level = z.enum(['province', 'city', 'county', 'town']);

const step = z
  .strictObject({
    id: z.enum(STEP_IDS),
    from: z.array(z.enum(PLAN_STATES)).min(1),
    to: z.enum(PLAN_STATES),
    /** Who takes the step, signs for it, or returns the plan instead of it. */
    role: z.enum(ROLES),
    /** Level of their region: 6 digits for a county. */
    levels: z.array(level).min(1),
    /** Organs that all have to sign; the last signature takes the step. Empty: one person of the role takes it without a signature. */
    organs: z.array(z.string().trim().min(1).max(40)),
    name: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  })
  .refine(({ organs }) => new Set(organs).size === organs.length, { message: 'an organ signs once', path: ['organs'] })
  .refine(({ role }) => permissionsOf([role]).has('take-step'), { message: 'the role takes no steps', path: ['role'] })
  .refine(({ id, organs }) => organs.length === 0 || !UNSIGNED.includes(id), { message: 'the step is not signed', path: ['organs'] })
  .refine(({ id, from, to }) => (id === 'file') === (to === 'filed') && (id === 'accept') === from.includes('filed'), {
    message: 'filing alone leads to filed and on',
    path: ['to'],
  });
export type LifecycleStep = z.infer<typeof step>;

export const lifecycleSchema = z
  .strictObject({ steps: z.array(step).min(1) })
  .refine(({ steps }) => new Set(steps.map(({ id }) => id)).size === steps.length, { message: 'a step occurs once', path: ['steps'] })
  .refine(({ steps }) => steps[0]?.id === 'submit' && steps.at(-1)?.to === 'official', {
    message: 'begins with submit and ends official',
    path: ['steps'],
  })
  .superRefine(({ steps }, context) => {
    for (const [i, { from, to }] of steps.entries()) {
      const before = steps[i - 1];
      if (!sameStates(from, before ? [before.to] : EDITABLE_STATES))
        context.addIssue({ code: 'custom', message: 'begins where the step before it ends', path: ['steps', i, 'from'] });
      if (!from.every((state) => NEXT_STATES[state].includes(to)))
        context.addIssue({ code: 'custom', message: 'no such step between these states', path: ['steps', i, 'to'] });
    }
  });
export type Lifecycle = z.infer<typeof lifecycleSchema>;

const sameStates = (one: readonly PlanState[], other: readonly PlanState[]): boolean =>
  one.length === other.length && one.every((state) => other.includes(state));

/** gansu-2023: town or county drafts, county reviews, three organs of the city settle, the province takes the filing. */
export const DEFAULT_LIFECYCLE: Lifecycle = {
  steps: [
    {
      id: 'submit',
      from: ['draft', 'returned'],
      to: 'submitted',
      role: 'drafter',
      levels: ['town', 'county'],
      organs: [],
      name: { zh: '提交', en: 'Submit' },
    },
    {
      id: 'approve',
      from: ['submitted'],
      to: 'approved',
      role: 'reviewer',
      levels: ['county'],
      organs: ['政法委'],
      name: { zh: '县级审核', en: 'County review' },
    },
    {
      id: 'settle',
      from: ['approved'],
      to: 'settled',
      role: 'city',
      levels: ['city'],
      organs: ['政法委', '平安办', '民政局'],
      name: { zh: '市级审定', en: 'Settled by the city' },
    },
    {
      id: 'file',
      from: ['settled'],
      to: 'filed',
      role: 'city',
      levels: ['city'],
      organs: [],
      name: { zh: '报省备案', en: 'File with the province' },
    },
    {
      id: 'accept',
      from: ['filed'],
      to: 'official',
      role: 'province',
      levels: ['province'],
      organs: [],
      name: { zh: '省级备案', en: 'Taken in by the province' },
    },
  ],
};
