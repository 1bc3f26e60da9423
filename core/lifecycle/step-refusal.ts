// Who may take, sign or return a step of the lifecycle, and why somebody else may not.
import { EVERYWHERE, reaches } from '../accounts/reach.ts';
import type { Role } from '../accounts/roles.ts';
import type { StepRefusal } from '../api/messages.ts';
import type { Lifecycle, LifecycleStep, StepId } from './lifecycle.ts';
import type { PlanState } from './state.ts';

/** What an Identity says. */
export interface Asker {
  /** Prefix of the regions that are theirs; `*`: all. */
  readonly region: string;
  readonly organ: string;
  readonly roles: ReadonlySet<Role>;
}

export interface StandingPlan {
  readonly state: PlanState;
  readonly region: string;
}

/** Steps that are taken by the package of the city and the decision of the province, never by themselves. */
const BY_FILING: readonly StepId[] = ['file', 'accept'];
const LEVEL_DIGITS: Readonly<Record<LifecycleStep['levels'][number], number>> = { province: 2, city: 4, county: 6, town: 9 };

/** The step that leads on from the state; null: there is none, the plan is official. */
export function nextStep({ steps }: Lifecycle, state: PlanState): LifecycleStep | null {
  return steps.find(({ from }) => from.includes(state)) ?? null;
}

/** done: the plan is past it; next: it can be taken now. */
export function standingOf(lifecycle: Lifecycle, id: StepId, state: PlanState): 'done' | 'next' | 'later' {
  const next = nextStep(lifecycle, state);
  if (!next) return 'done';
  const position = (step: StepId): number => lifecycle.steps.findIndex((other) => other.id === step);
  return position(id) < position(next.id) ? 'done' : id === next.id ? 'next' : 'later';
}

/**
 * Why the asker cannot take the step (or, where organs sign it, sign it) now; null: they can. `signed`: organs whose signatures hold for
 * the content as it stands.
 */
export function stepRefusal(
  lifecycle: Lifecycle,
  step: LifecycleStep,
  plan: StandingPlan,
  asker: Asker,
  signed: ReadonlySet<string>,
): StepRefusal | null {
  const standing = standingOf(lifecycle, step.id, plan.state);
  if (standing !== 'next') return standing === 'done' ? 'done' : 'not-yet';
  if (BY_FILING.includes(step.id)) return 'goes-by-filing';
  return entitlement(step, plan, asker) ?? (signed.has(asker.organ) && step.organs.length > 0 ? 'signed-already' : null);
}

/** Why the asker cannot return the plan now: that is for those who could take the next step, whether they have signed it or not. */
export function returnRefusal(lifecycle: Lifecycle, plan: StandingPlan, asker: Asker): StepRefusal | null {
  const next = nextStep(lifecycle, plan.state);
  if (!next) return 'done';
  if (next.id === 'submit') return 'not-yet';
  return next.id === 'accept' ? 'goes-by-filing' : entitlement(next, plan, asker);
}

/** Why the step is not for the asker, whatever the plan waits for; null: it is. */
export function entitlement(step: LifecycleStep, plan: StandingPlan, asker: Asker): StepRefusal | null {
  if (!asker.roles.has(step.role)) return 'not-your-role';
  if (!reaches(asker.region, plan.region) || !isOfLevel(asker.region, step)) return 'not-your-region';
  return step.organs.length === 0 || step.organs.includes(asker.organ) ? null : 'not-your-organ';
}

const isOfLevel = (region: string, { levels }: LifecycleStep): boolean =>
  region === EVERYWHERE || levels.some((level) => LEVEL_DIGITS[level] === region.length);
