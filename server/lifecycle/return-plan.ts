// A plan goes back to those who drew it: signatures void, codes provisional, blocks that were split meanwhile replaced by their parts.

import { audit } from '../audit/audit.ts';
import { withdrawCodes } from '../codes/registry.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Identity } from '../http/identity.ts';
import { refreshGrids } from '../plans/refresh-grids.ts';
import { contentDigest } from './content-digest.ts';
import { insertStep, type LifecyclePlan, lockCommunities, moveToLivingBlocks, writeState } from './store.ts';

/** The plan is locked, and the asker may return it. Signatures end with the row of the return. */
export async function returnPlan(db: Queryable, plan: LifecyclePlan, by: Identity, reason: string): Promise<void> {
  const digest = await contentDigest(db, plan.id);
  await insertStep(db, { plan: plan.id, step: 'return', action: 'return', from: plan.state, to: 'returned', digest, reason }, by);
  await lockCommunities(db, plan.id);
  await withdrawCodes(db, plan.id, by.name);
  await writeState(db, plan.id, 'returned');
  await moveToLivingBlocks(db, plan.id);
  await refreshGrids(db, plan.id);
  await audit(db, by, { action: 'return', region: plan.region, subject: `plan/${plan.id}`, detail: { from: plan.state } });
}
