// Checks of a whole plan on request, from the geometry as it is stored now.
import { Router } from 'express';
import type { CheckReport, PlanSummary } from '../../core/api/messages.ts';
import type { Database } from '../database/open.ts';
import { inTransaction, type Reach, scoped } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import { identityOf } from '../http/identity.ts';
import { recheckCommunity } from '../operations/perform.ts';
import { optionalCommunity, planOf } from '../plans/routes.ts';
import { readProgress } from '../plans/store.ts';

interface Which {
  readonly community?: string | undefined;
  /** Aborted when the asker went away. */
  readonly gone?: AbortSignal;
}

export function checkRoutes(context: Context): Router {
  context.api.add({
    method: 'get',
    needs: 'read',
    path: '/api/plans/{plan}/checks',
    summary: 'Runs all checks anew',
    query: optionalCommunity,
    problems: ['unknown-plan'],
  });
  const router = Router();
  router.get('/api/plans/:plan/checks', async (request, response) => {
    const plan = await planOf(context, request);
    const { community } = optionalCommunity.parse(request.query);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const report = await checkPlan(context.database, identityOf(request), plan, { community, gone: gone.signal });
    if (report) response.json(report);
  });
  return router;
}

export async function checkPlan(database: Database, reach: Reach, plan: PlanSummary): Promise<CheckReport>;
export async function checkPlan(database: Database, reach: Reach, plan: PlanSummary, which: Which): Promise<CheckReport | null>;
/**
 * Runs every check on every community of the plan (or the one given), and stores what it finds. One short transaction each, so that
 * others come in between; null: nobody waits for the report any more.
 */
export async function checkPlan(
  database: Database,
  reach: Reach,
  plan: PlanSummary,
  { community, gone }: Which = {},
): Promise<CheckReport | null> {
  const report: CheckReport = {
    plan: plan.id,
    profile: plan.profile,
    profileVersion: plan.profileVersion,
    counts: { error: 0, warning: 0, note: 0 },
    communities: { drawn: 0, begun: 0, empty: 0 },
    issues: [],
  };
  for (const progress of await readProgress(scoped(database, reach), plan.id, community)) {
    if (gone?.aborted) return null;
    // The plan may have moved to another version, or have been settled, since it was read.
    const issues = await inTransaction(database, reach, (db) => recheckCommunity(db, plan.id, progress.code));
    for (const issue of issues) if (!issue.excused) report.counts[issue.severity] += 1;
    report.issues.push(...issues);
    const state = progress.blocksAssigned === 0 ? 'empty' : progress.blocksAssigned < progress.blocks ? 'begun' : 'drawn';
    report.communities[state] += 1;
  }
  return report;
}
