// Divisions over HTTP: propose for a community, town or county; watch, cancel; look at a proposal; accept.
import { setTimeout as after } from 'node:timers/promises';
import { type Request, Router } from 'express';
import { z } from 'zod';
import type { CommunityProposal, DivisionAcceptance, DivisionStatus, PlanSummary } from '../../core/api/messages.ts';
import { type DivisionRequest, divisionRequestSchema } from '../../core/plan/operation.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Context } from '../http/context.ts';
import { dbOf, identityOf } from '../http/identity.ts';
import { type Language, languageOf } from '../http/language.ts';
import { ProblemError, problemBody } from '../http/problem.ts';
import { communityCode, oneCommunity, planOf } from '../plans/routes.ts';
import { acceptProposals } from './accept.ts';
import { type DivisionJob, DivisionJobs, MAX_RUNNING, type Proposed } from './jobs.ts';
import { type CommunityToDivide, listCommunities, readRevisions, unknownGrids } from './store.ts';

/** A single community is waited for; after this time it is answered as one that runs. */
const AT_ONCE_MILLISECONDS = 2_000;
const COMMUNITY_DIGITS = 12;

const acceptSchema = z.strictObject({
  /** All that are proposed when left out. */
  communities: z.array(communityCode).min(1).optional(),
});

export function divisionRoutes(context: Context): Router {
  const { api } = context;
  const jobs = new DivisionJobs(context);
  const path = '/api/plans/{plan}/divisions';
  const unknown = ['unknown-plan', 'unknown-division'];
  api.add(
    {
      method: 'post',
      needs: 'edit-plan',
      path,
      summary: `Proposes a division and changes nothing; up to ${MAX_RUNNING} at a time for a plan.
        200: done at once (a single community); 202: watch it at the Location.`.replace(/\s+/g, ' '),
      body: divisionRequestSchema,
      problems: ['unknown-plan', 'region-not-in-plan', 'plan-frozen', 'nothing-to-divide', 'no-department-grids', 'division-running'],
    },
    { method: 'get', needs: 'read', path: `${path}/{division}`, summary: 'Progress and what is proposed so far', problems: unknown },
    {
      method: 'post',
      needs: 'edit-plan',
      path: `${path}/{division}/cancel`,
      summary: 'Ends a division that runs, what it proposed so far stays; one that is over stays as it is',
      problems: unknown,
    },
    {
      method: 'delete',
      needs: 'edit-plan',
      path: `${path}/{division}`,
      summary: 'Forgets a division and what it proposes; one that runs is ended',
      problems: unknown,
    },
    {
      method: 'get',
      needs: 'read',
      path: `${path}/{division}/layout`,
      summary: 'The grids proposed for a community; new ones have negative ids',
      query: oneCommunity,
      problems: [...unknown, 'nothing-proposed'],
    },
    {
      method: 'post',
      needs: 'edit-plan',
      path: `${path}/{division}/accept`,
      summary: 'Accepts what is proposed, each community as one operation; those that changed meanwhile are left alone',
      body: acceptSchema,
      problems: [...unknown, 'division-running'],
    },
  );
  const jobOf = async (request: Request<{ plan: string; division: string }>): Promise<DivisionJob> =>
    jobs.find((await planOf(context, request)).id, request.params.division, identityOf(request));
  const statusOf = async (job: DivisionJob, request: Request): Promise<DivisionStatus> => {
    const open = [...job.proposed.values()].filter(({ state }) => state === 'proposed' || state === 'unchanged');
    const codes = open.map(({ community }) => community);
    return statusBody(job, await readRevisions(dbOf(context, request), job.plan, codes), languageOf(request));
  };

  const router = Router();
  router.post('/api/plans/:plan/divisions', async (request, response) => {
    const plan = await planOf(context, request);
    const body = divisionRequestSchema.parse(request.body);
    const { job, finished } = jobs.start(plan.id, await communitiesOf(dbOf(context, request), plan, body), body, identityOf(request));
    response.location(`/api/plans/${plan.id}/divisions/${job.id}`);
    if (job.total === 1) {
      const leave = (): void => {
        if (!response.writableFinished) jobs.remove(job);
      };
      response.once('close', leave);
      await Promise.race([finished, after(AT_ONCE_MILLISECONDS, null, { ref: false })]);
      response.off('close', leave);
    }
    response.status(job.state === 'running' ? 202 : 200).json(await statusOf(job, request));
  });
  router.get('/api/plans/:plan/divisions/:division', async (request, response) => {
    response.set('Cache-Control', 'no-store').json(await statusOf(await jobOf(request), request));
  });
  router.post('/api/plans/:plan/divisions/:division/cancel', async (request, response) => {
    const job = await jobOf(request);
    jobs.cancel(job);
    response.json(await statusOf(job, request));
  });
  router.delete('/api/plans/:plan/divisions/:division', async (request, response) => {
    const job = await jobOf(request);
    jobs.remove(job);
    response.json(await statusOf(job, request));
  });
  router.get('/api/plans/:plan/divisions/:division/layout', async (request, response) => {
    const job = await jobOf(request);
    const { community } = oneCommunity.parse(request.query);
    const layout = job.proposed.get(community)?.layout;
    if (!layout) throw new ProblemError(404, 'nothing-proposed', { community });
    response.type('application/json').set('Cache-Control', 'no-store').send(layout);
  });
  router.post('/api/plans/:plan/divisions/:division/accept', async (request, response) => {
    const job = await jobOf(request);
    const chosen = acceptSchema.parse(request.body ?? {}).communities ?? [...job.proposed.keys()].sort();
    const communities = [...new Set(chosen)];
    const missing = communities.find((community) => !job.proposed.has(community));
    if (missing !== undefined) throw new ProblemError(404, 'nothing-proposed', { community: missing });
    await acceptProposals(context, job, communities, identityOf(request));
    response.json(
      acceptanceBody(
        communities.flatMap((community) => job.proposed.get(community) ?? []),
        languageOf(request),
      ),
    );
  });
  return router;
}

/** What the request is about. Throws ProblemError bad-request (400), region-not-in-plan (404), plan-frozen (409), nothing-to-divide (422). */
async function communitiesOf(db: Queryable, plan: PlanSummary, request: DivisionRequest): Promise<CommunityToDivide[]> {
  const { region = plan.region, grids, onlyEmpty, department } = request;
  if (!plan.editable) throw new ProblemError(409, 'plan-frozen', { plan: plan.id });
  if (grids && region.length !== COMMUNITY_DIGITS) throw unfitGrids({ issue: 'grids-need-community' });
  const communities = await listCommunities(db, plan.id, { region, onlyEmpty, department });
  if (communities.length > 0) {
    const [unknown] = grids ? await unknownGrids(db, plan.id, region, grids) : [];
    if (unknown !== undefined) throw unfitGrids({ issue: 'grid-unknown', grid: unknown });
    return communities;
  }
  const all = await listCommunities(db, plan.id, { region, onlyEmpty: false, department });
  if (all.length === 0 && department !== undefined) throw new ProblemError(422, 'no-department-grids');
  throw all.length > 0 ? new ProblemError(422, 'nothing-to-divide') : new ProblemError(404, 'region-not-in-plan', { region });
}

const unfitGrids = (values: { readonly issue: string; readonly grid?: number }): ProblemError =>
  new ProblemError(400, 'bad-request', { path: 'grids', ...values }, { path: 'grids' });

function statusBody(job: DivisionJob, revisions: ReadonlyMap<string, number>, language: Language): DivisionStatus {
  const { id, state, proposed, total, request, problem } = job;
  const communities = [...proposed.values()].sort((a, b) => (a.community < b.community ? -1 : 1));
  return {
    id,
    state,
    done: communities.length,
    total,
    request,
    communities: communities.map((one) => proposalBody(one, revisions.get(one.community), language)),
    problem: problem && problemBody(problem, language),
  };
}

/** `revision`: newest of the community. */
function proposalBody(proposed: Proposed, revision: number | undefined, language: Language): CommunityProposal {
  const { operation: _operation, ahead: _ahead, layout: _layout, problem, state, ...rest } = proposed;
  const isStale = revision !== undefined && revision !== proposed.base;
  return { ...rest, state: isStale ? 'stale' : state, problem: problem && problemBody(problem, language) };
}

function acceptanceBody(proposed: readonly Proposed[], language: Language): DivisionAcceptance {
  const of = (state: Proposed['state']): Proposed[] => proposed.filter((one) => one.state === state);
  return {
    accepted: of('accepted').map(({ community }) => community),
    stale: of('stale').map(({ community }) => community),
    refused: of('refused').flatMap(({ community, problem }) => (problem ? [{ community, problem: problemBody(problem, language) }] : [])),
  };
}
