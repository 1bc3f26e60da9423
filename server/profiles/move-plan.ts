// A draft plan follows another version of a profile, and is checked anew by it.
import { reaches } from '../../core/accounts/reach.ts';
import type { CheckReport, PlanSummary } from '../../core/api/messages.ts';
import { audit } from '../audit/audit.ts';
import { checkPlan } from '../checks/routes.ts';
import { inTransaction, scoped } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { readPlan } from '../plans/store.ts';
import { writeFollowed } from '../versions/store.ts';
import { checkedContent, versionOf } from '../versions/versions.ts';

/**
 * The plan follows that version from now on and is checked by it, one short transaction per community. Throws ProblemError:
 * unknown-plan and unknown-profile (404), region-out-of-reach (403), plan-frozen (409), profile-invalid (422) where another program
 * wrote the version.
 */
export async function movePlan(
  { database, events }: Context,
  by: Identity,
  { id: plan, region }: Pick<PlanSummary, 'id' | 'region'>,
  to: { profile: string; version: number },
): Promise<CheckReport> {
  // A town sees the plan of its county, and draws its own part of it.
  if (!reaches(by.region, region)) throw new ProblemError(403, 'region-out-of-reach', { region });
  const { content } = await versionOf(scoped(database, by), 'profile', to.profile, to.version);
  checkedContent('profile', content, to.profile);
  const state = await inTransaction(database, by, async (db) => {
    const found = await writeFollowed(db, 'profile', plan, { id: to.profile, version: to.version });
    if (found === 'editable') await audit(db, by, { action: 'plan-profile', region, subject: `plan/${plan}`, detail: { ...to } });
    return found;
  });
  if (state === 'frozen') throw new ProblemError(409, 'plan-frozen', { plan });
  const moved = await readPlan(scoped(database, by), plan);
  if (!moved) throw new ProblemError(404, 'unknown-plan', { plan });
  try {
    return await checkPlan(database, by, moved);
  } finally {
    events.publish(plan, { type: 'refresh', data: null });
  }
}
