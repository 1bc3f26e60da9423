// Proposes a division for many communities: each is read in a short transaction and divided in a thread.
import { setMaxListeners } from 'node:events';
import type { LayoutCounts } from '../../core/api/messages.ts';
import type { DivisionRequest } from '../../core/plan/operation.ts';
import type { Divide } from '../../core/plan/operations/divide.ts';
import { ProblemError } from '../http/problem.ts';
import { planStart } from '../one-net/start.ts';
import { type EditingContext, refused } from '../operations/perform.ts';
import { takeSnapshot } from '../operations/plan-ahead.ts';
import type { DivisionJob, Proposed } from './jobs.ts';
import type { CommunityToDivide } from './store.ts';

/** Communities read while every thread has one to divide. */
const AHEAD_OF_THREADS = 1;
const NOTHING: LayoutCounts = { grids: 0, within: 0, borderM: 0, onBarriers: 0 };

/** What is proposed for each community where no department is named. */
const divideOf = ({ grids, options }: DivisionRequest): Divide => ({ type: 'divide', options, ...(grids && { grids }) });

/** Fills the job. Throws the reason of its signal, or what broke a thread or the database. */
export async function proposeCommunities(
  context: EditingContext,
  job: DivisionJob,
  communities: readonly CommunityToDivide[],
): Promise<void> {
  setMaxListeners(0, job.abort.signal);
  const left = communities[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (const community of left) {
      job.abort.signal.throwIfAborted();
      const proposed = await proposeOne(context, job, community);
      job.proposed.set(community.code, proposed);
    }
  };
  await Promise.all(Array.from({ length: context.division.count + AHEAD_OF_THREADS }, work));
}

async function proposeOne({ database, division }: EditingContext, job: DivisionJob, { code, name }: CommunityToDivide): Promise<Proposed> {
  const nothing = { community: code, name, before: NOTHING, after: NOTHING, householdsMoved: 0, blocksMoved: 0, obstacles: [] };
  const unfit = { ...nothing, base: 0, state: 'refused', operation: null, ahead: null, layout: null } as const;
  const snapshot = await takeSnapshot(database, job.by, job.plan, code).catch((error: unknown) => {
    if (error instanceof ProblemError) return error;
    throw error;
  });
  if (snapshot instanceof ProblemError) return { ...unfit, problem: snapshot };
  const { state, profile, standing } = snapshot;
  const base = standing.revision;
  const { department } = job.request;
  const start = department === undefined ? null : await planStart(database, job.by, job.plan, snapshot, department);
  const operation = start ? start.operation : divideOf(job.request);
  if (!operation) return { ...unfit, base, problem: new ProblemError(422, 'no-department-grids') };
  const { signal } = job.abort;
  const made = await division.run('propose', { state, operation, profile }, { signal, urgent: job.total === 1 });
  if (made.failure) return { ...unfit, base, before: made.before, after: made.before, problem: refused(made.failure) };
  const { change, layout, failure: _none, ...counts } = made;
  const proposed = {
    community: code,
    name,
    base,
    operation,
    ...counts,
    ...(start && { conflicts: [...start.conflicts] }),
    layout,
    problem: null,
  };
  // The layout is null when nothing would change.
  return layout === null
    ? { ...proposed, state: 'unchanged', ahead: null }
    : { ...proposed, state: 'proposed', ahead: { change, standing } };
}
