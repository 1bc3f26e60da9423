// Plans that wait for the asker: the next step is theirs to take or to sign, or the plan was returned to them.
import type { WaitingPlan } from '../../core/api/messages.ts';
import { entitlement, nextStep } from '../../core/lifecycle/step-refusal.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Identity } from '../http/identity.ts';
import { planProfile } from '../plans/profile.ts';
import { listPlans } from '../plans/store.ts';
import { readSignedBy } from './store.ts';

/** In the order of the plans. A draft that nobody has submitted yet waits for no one. */
export async function waitingFor(db: Queryable, asker: Identity): Promise<WaitingPlan[]> {
  const underWay = (await listPlans(db)).filter(({ state }) => state !== 'draft');
  const signed = await readSignedBy(db, asker.organ);
  const waiting: WaitingPlan[] = [];
  for (const plan of underWay) {
    const { lifecycle } = await planProfile(db, plan);
    const step = nextStep(lifecycle, plan.state);
    if (!step || entitlement(step, plan, asker) !== null) continue;
    if (!signed.some((row) => row.plan === plan.id && row.step === step.id)) waiting.push({ plan, step: step.id, name: step.name });
  }
  return waiting;
}
