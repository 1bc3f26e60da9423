// One step of the lifecycle: taken, signed, or the plan returned instead of it. Each is one transaction with the plan locked.
import { z } from 'zod';
import type { StepRefusal } from '../../core/api/messages.ts';
import { type LifecycleStep, STEP_IDS, type StepId } from '../../core/lifecycle/lifecycle.ts';
import { nextStep, returnRefusal, stepRefusal } from '../../core/lifecycle/step-refusal.ts';
import { CHECK_IDS } from '../../core/rules/rule.ts';
import { audit } from '../audit/audit.ts';
import type { Queryable } from '../database/queryable.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import type { EditingContext } from '../operations/perform.ts';
import { planProfile } from '../plans/profile.ts';
import { contentDigest } from './content-digest.ts';
import { turnOfficial } from './official.ts';
import { returnPlan } from './return-plan.ts';
import { holdingSignatures, organsOf, voidSteps } from './status.ts';
import { insertStep, type LifecyclePlan, lockLifecyclePlan, readSteps, writeState } from './store.ts';
import { submitPlan } from './submit.ts';

const MAX_REASON = 2_000;
const reason = z.string().trim().min(1).max(MAX_REASON);

/** Body of POST /api/plans/{plan}/steps. */
export const stepSchema = z.strictObject({
  step: z.enum(STEP_IDS),
  action: z.enum(['take', 'sign', 'return']),
  /** Why the plan is returned. */
  reason: reason.optional(),
  /** With submit: why what the checks still warn of may stand, one reason for all warnings of a check. */
  reasons: z.partialRecord(z.enum(CHECK_IDS), reason).optional(),
  /** With sign: SM3 of the content as the asker has seen it. */
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
export type StepRequest = z.infer<typeof stepSchema>;

/** 403: somebody else may; 409: nobody may, now. */
const REFUSED = {
  'not-your-role': [403, 'step-not-your-role'],
  'not-your-region': [403, 'step-not-your-region'],
  'not-your-organ': [403, 'step-not-your-organ'],
  'signed-already': [409, 'step-signed-already'],
  'not-yet': [409, 'step-not-yet'],
  done: [409, 'step-done'],
  'goes-by-filing': [409, 'step-goes-by-filing'],
} as const satisfies Record<StepRefusal, unknown>;

/**
 * Does what is asked, and tells everybody who looks at the plan. Throws ProblemError, and nothing has happened: unknown-plan (404), why
 * the asker may not (403, 409), why the plan cannot be submitted or become official (409), return-needs-reason (422).
 */
export async function performStep(
  context: Pick<EditingContext, 'database' | 'events'>,
  plan: number,
  request: StepRequest,
  by: Identity,
): Promise<void> {
  const { database } = context;
  if (request.action !== 'return' && request.step === 'submit') {
    // Refused before every community is checked.
    await inTransaction(database, by, (db) => beginStep(db, plan, request, by));
    await submitPlan(database, plan, request.reasons ?? {}, by);
  } else if (request.action === 'return') {
    await inTransaction(database, by, (db) => returnInstead(db, plan, request, by));
  } else {
    await inTransaction(database, by, (db) => takeStep(db, plan, request, by));
  }
  context.events.publish(plan, { type: 'refresh', data: null });
}

interface BegunStep {
  readonly plan: LifecyclePlan;
  readonly step: LifecycleStep;
  readonly digest: string;
  readonly signed: ReadonlySet<string>;
}

/** The plan, locked, and the step, if the asker may take or sign it now. */
async function beginStep(db: Queryable, id: number, request: StepRequest, by: Identity): Promise<BegunStep> {
  const plan = await lockPlan(db, id);
  const { lifecycle } = await planProfile(db, plan);
  const step = lifecycle.steps.find((known) => known.id === request.step);
  if (!step) throw new ProblemError(409, 'step-unknown', { step: request.step });
  // Who does not reach the whole plan never gets to its content.
  const early = stepRefusal(lifecycle, step, plan, by, new Set());
  if (early) throw refusedStep(early);
  const digest = await contentDigest(db, id);
  const history = await readSteps(db, id);
  const signed = organsOf(holdingSignatures(history, step.id, digest));
  const refusal = stepRefusal(lifecycle, step, plan, by, signed);
  if (refusal) throw refusedStep(refusal);
  refuseVoid(voidSteps(lifecycle, plan.state, history, digest));
  if ((request.action === 'sign') !== step.organs.length > 0)
    throw new ProblemError(409, step.organs.length > 0 ? 'step-is-signed' : 'step-is-not-signed');
  // Returned, mended and submitted anew while the page was open: nobody signs what they have not seen.
  if (request.digest !== undefined && request.digest !== digest) throw new ProblemError(409, 'step-content-changed');
  return { plan, step, digest, signed };
}

async function takeStep(db: Queryable, id: number, request: StepRequest, by: Identity): Promise<void> {
  const { plan, step, digest, signed } = await beginStep(db, id, request, by);
  const complete = step.organs.every((organ) => organ === by.organ || signed.has(organ));
  const latter = complete ? step.to : plan.state;
  const action = request.action === 'sign' ? 'sign' : 'take';
  await insertStep(db, { plan: id, step: step.id, action, from: plan.state, to: latter, digest }, by);
  const said = { region: plan.region, subject: `plan/${id}` };
  if (action === 'sign') await audit(db, by, { ...said, action: 'sign-off', detail: { step: step.id, digest } });
  if (!complete) return;
  if (step.to === 'official') await turnOfficial(db, plan, by);
  else await writeState(db, id, step.to);
  await audit(db, by, { ...said, action: step.id, detail: { from: plan.state, to: step.to } });
}

async function returnInstead(db: Queryable, id: number, request: StepRequest, by: Identity): Promise<void> {
  const plan = await lockPlan(db, id);
  const { lifecycle } = await planProfile(db, plan);
  const refusal = returnRefusal(lifecycle, plan, by);
  if (refusal) throw refusedStep(refusal);
  // Somebody was faster, and the asker has not seen it: what they return would be another step.
  if (nextStep(lifecycle, plan.state)?.id !== request.step) throw refusedStep('not-yet');
  if (request.reason === undefined) throw new ProblemError(422, 'return-needs-reason');
  await returnPlan(db, plan, by, request.reason);
}

/** Throws ProblemError unknown-plan (404). */
export async function lockPlan(db: Queryable, id: number): Promise<LifecyclePlan> {
  const plan = await lockLifecyclePlan(db, id);
  if (!plan) throw new ProblemError(404, 'unknown-plan', { plan: id });
  return plan;
}

/** Throws ProblemError signatures-void (409): nothing but a return leads on from there. */
export function refuseVoid([step]: readonly StepId[]): void {
  if (step !== undefined) throw new ProblemError(409, 'signatures-void', { step });
}

export function refusedStep(refusal: StepRefusal): ProblemError {
  const [status, code] = REFUSED[refusal];
  return new ProblemError(status, code);
}
