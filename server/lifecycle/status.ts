// Where a plan stands between draft and official: its steps, the signatures that hold, and what the asker may do now.
import type { LifecycleStatus, SignOff, StepRecord } from '../../core/api/messages.ts';
import type { Lifecycle, StepId } from '../../core/lifecycle/lifecycle.ts';
import { isEditable, type PlanState } from '../../core/lifecycle/state.ts';
import { returnRefusal, standingOf, stepRefusal } from '../../core/lifecycle/step-refusal.ts';
import type { Database } from '../database/open.ts';
import { inTransaction, SYSTEM, scoped } from '../database/transaction.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { planProfile } from '../plans/profile.ts';
import { contentDigest } from './content-digest.ts';
import { readLifecyclePlan, readOpenWarnings, readSteps } from './store.ts';

/**
 * For a plan that the asker can see. It is read as a whole, or the digest would be one of the part in the asker's reach; nothing of what
 * lies beyond is told. Throws ProblemError unknown-plan (404).
 */
export async function readStatus(database: Database, id: number, asker: Identity): Promise<LifecycleStatus> {
  const status = await inTransaction(database, SYSTEM, async (db) => {
    const plan = await readLifecyclePlan(db, id);
    if (!plan) throw new ProblemError(404, 'unknown-plan', { plan: id });
    const { lifecycle } = await planProfile(db, plan);
    const digest = await contentDigest(db, id);
    const history = await readSteps(db, id);
    return {
      plan: id,
      state: plan.state,
      digest,
      steps: lifecycle.steps.map((step) => {
        const signatures = holdingSignatures(history, step.id, digest);
        return {
          id: step.id,
          name: step.name,
          role: step.role,
          organs: step.organs,
          standing: standingOf(lifecycle, step.id, plan.state),
          signatures,
          refusal: stepRefusal(lifecycle, step, plan, asker, organsOf(signatures)),
        };
      }),
      mayReturn: returnRefusal(lifecycle, plan, asker) === null,
      history,
    };
  });
  return { ...status, warnings: isEditable(status.state) ? await readOpenWarnings(scoped(database, asker), id) : [] };
}

/** Signatures under the step for exactly that content since the plan was returned last; oldest first. `history`: newest first. */
export function holdingSignatures(history: readonly StepRecord[], step: StepId, digest: string): SignOff[] {
  const returned = history.findIndex(({ action }) => action === 'return');
  return history
    .slice(0, returned === -1 ? undefined : returned)
    .filter((row) => row.action === 'sign' && row.step === step && row.digest === digest)
    .map(({ person, organ, at, digest: signed }) => ({ person, organ, at, digest: signed }))
    .reverse();
}

/** Steps behind the plan whose signatures do not all hold any more: its content was changed past the rules of the database. */
export function voidSteps({ steps }: Lifecycle, state: PlanState, history: readonly StepRecord[], digest: string): StepId[] {
  const next = steps.findIndex(({ from }) => from.includes(state));
  return steps.slice(0, Math.max(next, 0)).flatMap(({ id, organs }) => {
    const signed = organsOf(holdingSignatures(history, id, digest));
    return organs.every((organ) => signed.has(organ)) ? [] : [id];
  });
}

export const organsOf = (signatures: readonly SignOff[]): Set<string> => new Set(signatures.map(({ organ }) => organ));
