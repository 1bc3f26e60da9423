// Plans over HTTP: list, make, read, and their grids, blocks, buildings and barriers as GeoJSON.
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { PlanDetail, PlanSummary } from '../../core/api/messages.ts';
import { DEFAULT_SCHEME, schemeOf } from '../../core/codes/schemes.ts';
import { DEFAULT_PROFILE } from '../../core/rules/profiles.ts';
import { readAttributions } from '../attributions/store.ts';
import { audit } from '../audit/audit.ts';
import type { Queryable } from '../database/queryable.ts';
import { inTransaction, scoped } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import { dbOf, type Identity, identityOf } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { barrierCollection, blockCollection, buildingCollection, gridCollection, institutionCollection } from '../layout/features.ts';
import type { EditingContext } from '../operations/perform.ts';
import { gridsSeenBy } from '../staff/seen-by.ts';
import { readVersion } from '../versions/store.ts';
import { planProfile } from './profile.ts';
import { insertPlan, listPlans, readPlan, readProgress, readTowns } from './store.ts';

export const communityCode = z.string().regex(/^\d{12}$/);
export const profileId = z
  .string()
  .max(60)
  .regex(/^[a-z0-9-]+$/);
/** Also of a shipped scheme with a check character added: gb15+mod11-10. */
export const schemeId = z
  .string()
  .max(60)
  .regex(/^[a-z0-9+-]+$/);
export const planId = z.coerce.number().int().positive().max(2_147_483_647);
export const oneCommunity = z.object({ community: communityCode });
export const optionalCommunity = z.object({ community: communityCode.optional() });

/** Body of POST /api/plans. */
export const newPlanSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  region: z.string().regex(/^\d{2}$|^\d{4}$|^\d{6}$|^\d{9}$|^\d{12}$/),
  profile: profileId.default(DEFAULT_PROFILE),
  scheme: schemeId.default(DEFAULT_SCHEME),
});
export type NewPlan = z.infer<typeof newPlanSchema>;

export function planRoutes(context: Context): Router {
  const inCommunity = { query: oneCommunity, answers: 'application/geo+json', problems: ['unknown-plan', 'community-not-in-plan'] };
  context.api.add(
    { method: 'get', needs: 'read', path: '/api/plans', summary: 'All plans' },
    {
      method: 'post',
      needs: 'edit-plan',
      path: '/api/plans',
      summary: 'Makes a draft plan of a region',
      body: newPlanSchema,
      problems: ['unknown-region', 'unknown-profile', 'unknown-scheme'],
    },
    {
      method: 'get',
      needs: 'read',
      path: '/api/plans/{plan}',
      summary: 'A plan and the progress of its communities',
      problems: ['unknown-plan'],
    },
    {
      method: 'get',
      needs: 'read',
      path: '/api/plans/{plan}/grids',
      summary: 'Grids with outlines, counts and codes',
      query: optionalCommunity,
      answers: 'application/geo+json',
      problems: ['unknown-plan'],
    },
    {
      method: 'get',
      needs: 'read',
      path: '/api/plans/{plan}/blocks',
      summary: 'Blocks, their grids, and the base of the next operation',
      ...inCommunity,
    },
    { method: 'get', needs: 'read', path: '/api/plans/{plan}/buildings', summary: 'Buildings with households and block', ...inCommunity },
    {
      method: 'get',
      needs: 'read',
      path: '/api/plans/{plan}/barriers',
      summary: 'Lines near a community that borders may follow',
      ...inCommunity,
    },
    {
      method: 'get',
      needs: 'read',
      path: '/api/plans/{plan}/institutions',
      summary: 'Places near a community that may become dedicated grids',
      ...inCommunity,
    },
  );
  const router = Router();
  router.get('/api/plans', async (request, response) => {
    response.json(await listPlans(dbOf(context, request)));
  });
  router.post('/api/plans', async (request, response) => {
    const id = await createPlan(context, newPlanSchema.parse(request.body), identityOf(request));
    response
      .status(201)
      .location(`/api/plans/${id}`)
      .json(await planDetail(dbOf(context, request), id));
  });
  router.get('/api/plans/:plan', async (request, response) => {
    response.json(await planDetail(dbOf(context, request), (await planOf(context, request)).id));
  });
  router.get('/api/plans/:plan/grids', async (request, response) => {
    const db = dbOf(context, request);
    const plan = await planOf(context, request);
    const { community } = optionalCommunity.parse(request.query);
    geojson(response, gridsSeenBy(identityOf(request), await gridCollection(db, plan.id, await planProfile(db, plan), community)));
  });
  router.get('/api/plans/:plan/blocks', async (request, response) => {
    const plan = await planOf(context, request);
    const { community } = oneCommunity.parse(request.query);
    const blocks = await inTransaction(context.database, identityOf(request), (db) => blockCollection(db, plan.id, community));
    if (!blocks) throw new ProblemError(404, 'community-not-in-plan', { plan: plan.id, community });
    geojson(response, blocks);
  });
  router.get('/api/plans/:plan/buildings', async (request, response) => {
    await planOf(context, request);
    geojson(response, await buildingCollection(dbOf(context, request), oneCommunity.parse(request.query).community));
  });
  router.get('/api/plans/:plan/barriers', async (request, response) => {
    await planOf(context, request);
    geojson(response, await barrierCollection(dbOf(context, request), oneCommunity.parse(request.query).community));
  });
  router.get('/api/plans/:plan/institutions', async (request, response) => {
    await planOf(context, request);
    geojson(response, await institutionCollection(dbOf(context, request), oneCommunity.parse(request.query).community));
  });
  return router;
}

/** Makes a draft plan. Throws ProblemError (404) unknown-profile, unknown-scheme, and unknown-region where the region has no communities. */
export async function createPlan({ database }: Pick<EditingContext, 'database'>, plan: NewPlan, by: Identity): Promise<number> {
  if (!(await readVersion(scoped(database, by), 'profile', plan.profile)))
    throw new ProblemError(404, 'unknown-profile', { profile: plan.profile });
  const schemeKnown = schemeOf(plan.scheme) ?? (await readVersion(scoped(database, by), 'scheme', plan.scheme));
  if (!schemeKnown) throw new ProblemError(404, 'unknown-scheme', { scheme: plan.scheme });
  const id = await inTransaction(database, by, async (db) => {
    const made = await insertPlan(db, plan);
    const { region, profile, scheme } = plan;
    if (made !== null) await audit(db, by, { action: 'plan-made', region, subject: `plan/${made}`, detail: { profile, scheme } });
    return made;
  });
  if (id === null) throw new ProblemError(404, 'unknown-region', { region: plan.region });
  return id;
}

/** The plan that the path names. Throws ProblemError unknown-plan (404). */
export async function planOf(context: Pick<Context, 'database'>, request: Request): Promise<PlanSummary> {
  const id = planId.safeParse(request.params.plan);
  const plan = id.success ? await readPlan(dbOf(context, request), id.data) : null;
  if (!plan) throw new ProblemError(404, 'unknown-plan', { plan: String(request.params.plan) });
  return plan;
}

async function planDetail(db: Queryable, id: number): Promise<PlanDetail> {
  const plan = (await readPlan(db, id)) as PlanSummary;
  return {
    ...plan,
    towns: await readTowns(db, id, plan.region),
    communities: await readProgress(db, id),
    attributions: await readAttributions(db, [id]),
  };
}

function geojson(response: Response, body: object): void {
  response.type('application/geo+json').send(JSON.stringify(body));
}
