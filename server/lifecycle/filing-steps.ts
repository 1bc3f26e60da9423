// The steps that go by filing: taken by the package of the city and by the decision of the province, in the transaction that writes those.
import type { Lifecycle, StepId } from '../../core/lifecycle/lifecycle.ts';
import { entitlement, nextStep } from '../../core/lifecycle/step-refusal.ts';
import { audit } from '../audit/audit.ts';
import { fileCodes } from '../codes/registry.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Identity } from '../http/identity.ts';
import { planProfile } from '../plans/profile.ts';
import { contentDigest } from './content-digest.ts';
import { turnOfficial } from './official.ts';
import { lockPlan, refusedStep, refuseVoid } from './perform-step.ts';
import { returnPlan } from './return-plan.ts';
import { voidSteps } from './status.ts';
import { insertStep, type LifecyclePlan, readSteps, writeState } from './store.ts';

/**
 * A settled plan goes to the province, and its codes are filed. Throws ProblemError: unknown-plan (404), why the asker may not (403) or
 * nobody may now (409), signatures-void, plan-not-coded and code-ended (409). Afterwards publish `refresh` to the plan.
 */
export async function markFiled(db: Queryable, plan: number, by: Identity): Promise<void> {
  const { locked, step, lifecycle } = await lockAt(db, plan, 'file');
  const refusal = entitlement(step, locked, by);
  if (refusal) throw refusedStep(refusal);
  await refuseUnsigned(db, locked, lifecycle);
  await fileCodes(db, plan, by.name);
  await recordStep(db, locked, 'file', by);
  await writeState(db, plan, 'filed');
}

/**
 * The province has taken the plans in: they are official from the day on (YYYY-MM-DD, today where none is given). Who may decide that is
 * the business of the filing. Throws ProblemError as markFiled does, and adjustment-outdated (409). Afterwards publish `refresh`.
 */
export async function markOfficial(db: Queryable, plans: readonly number[], by: Identity, day?: string): Promise<void> {
  for (const plan of [...plans].sort((a, b) => a - b)) {
    const { locked, lifecycle } = await lockAt(db, plan, 'accept');
    await refuseUnsigned(db, locked, lifecycle);
    await recordStep(db, locked, 'accept', by);
    await turnOfficial(db, locked, by, day);
  }
}

/** The province has returned the plan with remarks. Throws ProblemError: unknown-plan (404), step-not-yet, step-done (409). */
export async function returnFromFiling(db: Queryable, plan: number, by: Identity, remarks: string): Promise<void> {
  const { locked } = await lockAt(db, plan, 'accept');
  await returnPlan(db, locked, by, remarks);
}

/** The plan, locked, if that is the step that leads on from where it stands. */
async function lockAt(db: Queryable, plan: number, id: StepId) {
  const locked = await lockPlan(db, plan);
  const { lifecycle } = await planProfile(db, locked);
  const step = nextStep(lifecycle, locked.state);
  if (!step) throw refusedStep('done');
  if (step.id !== id) throw refusedStep('not-yet');
  return { locked, step, lifecycle };
}

/** What nobody signed is neither filed nor taken in. */
async function refuseUnsigned(db: Queryable, plan: LifecyclePlan, lifecycle: Lifecycle): Promise<void> {
  refuseVoid(voidSteps(lifecycle, plan.state, await readSteps(db, plan.id), await contentDigest(db, plan.id)));
}

async function recordStep(db: Queryable, plan: LifecyclePlan, step: 'file' | 'accept', by: Identity): Promise<void> {
  const to = step === 'file' ? 'filed' : 'official';
  const digest = await contentDigest(db, plan.id);
  await insertStep(db, { plan: plan.id, step, action: 'take', from: plan.state, to, digest }, by);
  await audit(db, by, { action: step, region: plan.region, subject: `plan/${plan.id}`, detail: { from: plan.state, to } });
}
