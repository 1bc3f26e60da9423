// Adjustment (适时调整): a new draft branched from an official plan, for some of its communities, with everything that is drawn there.
import { z } from 'zod';
import { audit } from '../audit/audit.ts';
import { checkPlan } from '../checks/routes.ts';
import type { Database } from '../database/open.ts';
import type { Queryable } from '../database/queryable.ts';
import { inTransaction, scoped } from '../database/transaction.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { copyGrids, copyPlan, findCommonRegion, holdCommunities, readBranching } from './branch-store.ts';
import { refreshGrids } from './refresh-grids.ts';
import { readPlan } from './store.ts';

const MAX_COMMUNITIES = 2_000;

/** Body of POST /api/plans/{plan}/adjustment. */
export const adjustmentSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  communities: z
    .array(z.string().regex(/^\d{12}$/))
    .min(1)
    .max(MAX_COMMUNITIES),
});
export type Adjustment = z.infer<typeof adjustmentSchema>;

/**
 * Branches a draft and answers its id. It belongs to the smallest region that holds the communities, follows the rules and the scheme of
 * its parent, and its grids bear the codes of those that they are copies of. Throws ProblemError: unknown-plan and
 * community-not-in-plan (404), plan-not-official and official-elsewhere (409).
 */
export async function branchPlan(database: Database, parent: number, adjustment: Adjustment, by: Identity): Promise<number> {
  const communities = [...new Set(adjustment.communities)].sort();
  const id = await inTransaction(database, by, (db) => branch(db, parent, adjustment.name, communities, by));
  const made = await readPlan(scoped(database, by), id);
  if (made) await checkPlan(database, by, made);
  return id;
}

async function branch(db: Queryable, parent: number, name: string, communities: readonly string[], by: Identity): Promise<number> {
  const found = await readBranching(db, parent, communities);
  if (!found) throw new ProblemError(404, 'unknown-plan', { plan: parent });
  if (found.state !== 'official') throw new ProblemError(409, 'plan-not-official', { plan: parent });
  const missing = communities.find((community) => !found.official.has(community));
  if (missing !== undefined) throw new ProblemError(404, 'community-not-in-plan', { plan: parent, community: missing });
  const elsewhere = communities.find((community) => found.official.get(community) !== parent);
  if (elsewhere !== undefined) throw new ProblemError(409, 'official-elsewhere', { community: elsewhere });
  await holdCommunities(db, communities);
  const region = (await findCommonRegion(db, communities)) ?? found.region;
  const plan = await copyPlan(db, parent, { name, region, communities });
  await copyGrids(db, parent, plan);
  await refreshGrids(db, plan);
  await audit(db, by, { action: 'plan-branched', region, subject: `plan/${plan}`, detail: { parent, communities: communities.length } });
  return plan;
}
