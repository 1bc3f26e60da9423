// Accepts proposals community by community, each in an editing transaction of its own: never half a community.
import { refreshStatistics } from '../database/statistics.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError, problemOf } from '../http/problem.ts';
import { commitOperation, type EditingContext } from '../operations/perform.ts';
import { Overtaken } from '../operations/plan-ahead.ts';
import type { DivisionJob, Proposed } from './jobs.ts';

/** So many communities change what the planner should know. */
const MANY = 20;

/**
 * Accepts what is proposed for these communities; the job tells how far it is, and forgetting it ends after the one under way.
 * Throws ProblemError division-running (409) while the job is divided or accepted already.
 */
export async function acceptProposals(
  context: EditingContext,
  job: DivisionJob,
  communities: readonly string[],
  by: Identity,
): Promise<void> {
  if (job.accepting || job.state === 'running') throw new ProblemError(409, 'division-running');
  job.accepting = true;
  try {
    for (const community of communities) {
      if (job.forgotten) return;
      const proposed = job.proposed.get(community);
      if (proposed?.ahead) job.proposed.set(community, await acceptOne(context, job, proposed, by));
    }
    if (communities.length > MANY) await refreshStatistics(context.database);
  } finally {
    job.accepting = false;
  }
}

async function acceptOne(context: EditingContext, { plan }: DivisionJob, proposed: Proposed, by: Identity): Promise<Proposed> {
  const { community, base, operation, ahead } = proposed;
  if (operation === null || ahead === null) return proposed;
  try {
    await commitOperation(context, plan, { community, base, operation }, by, ahead);
    return { ...proposed, ahead: null, layout: null, state: 'accepted' };
  } catch (error) {
    if (error instanceof Overtaken) return { ...proposed, ahead: null, state: 'stale' };
    const problem = problemOf(error);
    // A fault of the server, not of this community: the others would fare no better.
    if (problem.status >= 500 && problem.code !== 'invariant-broken') throw error;
    return { ...proposed, state: 'refused', problem };
  }
}
