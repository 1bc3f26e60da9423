// The divisions that this server works on or has made, in memory: a restart forgets them, and nothing is lost.
import { randomUUID } from 'node:crypto';
import { reaches } from '../../core/accounts/reach.ts';
import type { CommunityProposal, DivisionStatus } from '../../core/api/messages.ts';
import type { DivisionRequest } from '../../core/plan/operation.ts';
import type { Adopt } from '../../core/plan/operations/adopt.ts';
import type { Divide } from '../../core/plan/operations/divide.ts';
import type { Reach } from '../database/transaction.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import type { EditingContext } from '../operations/perform.ts';
import type { PlannedAhead } from '../operations/plan-ahead.ts';
import { proposeCommunities } from './propose.ts';
import type { CommunityToDivide } from './store.ts';

/** Divisions of one plan at a time. */
export const MAX_RUNNING = 4;
/** Finished divisions that can still be asked for: each holds the layouts that it proposes. */
const REMEMBERED = 20;

/** What is proposed for one community, and what accepting needs. */
export interface Proposed extends Omit<CommunityProposal, 'problem'> {
  readonly problem: ProblemError | null;
  readonly operation: Divide | Adopt | null;
  /** With the operation above; null: there is nothing to accept. */
  readonly ahead: PlannedAhead | null;
  /** ProposedLayout as JSON text; null: nothing would change. */
  readonly layout: string | null;
}

export interface DivisionJob {
  readonly id: string;
  readonly plan: number;
  /** Who asked for it: it reaches as far as they do. */
  readonly by: Identity;
  readonly request: DivisionRequest;
  readonly total: number;
  readonly abort: AbortController;
  /** By community, in the order in which they were done. */
  readonly proposed: Map<string, Proposed>;
  state: DivisionStatus['state'];
  problem: ProblemError | null;
  /** Proposals are being accepted. */
  accepting: boolean;
  /** Nobody wants it any more: accepting ends after the community under way. */
  forgotten: boolean;
}

export class DivisionJobs {
  readonly #context: EditingContext;
  readonly #jobs = new Map<string, DivisionJob>();

  constructor(context: EditingContext) {
    this.#context = context;
  }

  /** Starts at once; `finished` never fails. Throws ProblemError division-running (409). */
  start(
    plan: number,
    communities: readonly CommunityToDivide[],
    request: DivisionRequest,
    by: Identity,
  ): { job: DivisionJob; finished: Promise<void> } {
    const running = [...this.#jobs.values()].filter((job) => job.plan === plan && job.state === 'running');
    if (running.length >= MAX_RUNNING) throw new ProblemError(409, 'division-running');
    const job: DivisionJob = {
      id: randomUUID(),
      plan,
      by,
      request,
      total: communities.length,
      abort: new AbortController(),
      proposed: new Map(),
      state: 'running',
      problem: null,
      accepting: false,
      forgotten: false,
    };
    this.#jobs.set(job.id, job);
    this.#forgetOldest();
    return { job, finished: this.#run(job, communities) };
  }

  /** Those of somebody who reaches further are not there. Throws ProblemError unknown-division (404). */
  find(plan: number, id: string, { region }: Reach): DivisionJob {
    const job = this.#jobs.get(id);
    if (job?.plan !== plan || !reaches(region, job.by.region))
      throw new ProblemError(404, 'unknown-division', { division: id.slice(0, 40) });
    return job;
  }

  /** Ends a running division; what was proposed so far stays. One that is over stays as it is. */
  cancel(job: DivisionJob): void {
    if (job.state !== 'running') return;
    job.state = 'cancelled';
    job.abort.abort();
  }

  /** Forgets a division and what it proposes; one that runs is ended. */
  remove(job: DivisionJob): void {
    this.cancel(job);
    job.forgotten = true;
    this.#jobs.delete(job.id);
  }

  async #run(job: DivisionJob, communities: readonly CommunityToDivide[]): Promise<void> {
    try {
      await proposeCommunities(this.#context, job, communities);
      if (job.state === 'running') job.state = 'done';
    } catch (error) {
      if (job.state !== 'running') return;
      console.error(`division ${job.id}:`, error);
      job.state = 'failed';
      job.problem = new ProblemError(500, 'division-failed');
      job.abort.abort();
    }
  }

  #forgetOldest(): void {
    for (const job of this.#jobs.values()) {
      if (this.#jobs.size <= REMEMBERED) return;
      if (job.state !== 'running' && !job.accepting) this.#jobs.delete(job.id);
    }
  }
}
