// Profiles over HTTP: their versions, one tried on a plan, a plan that follows one.
import { Router } from 'express';
import { z } from 'zod';
import { profileSchema } from '../../core/rules/profile.ts';
import type { Context } from '../http/context.ts';
import { dbOf, identityOf } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { planId, planOf, profileId } from '../plans/routes.ts';
import { readPlan } from '../plans/store.ts';
import { content, idOf, type VersionedKind, version, versionRoutes } from '../versions/routes.ts';
import { checkedContent, versionOf } from '../versions/versions.ts';
import { movePlan } from './move-plan.ts';
import { previewProfile } from './preview.ts';

const PROFILE: VersionedKind<'profile'> = { kind: 'profile', id: profileId, schema: profileSchema, noun: 'profile' };

const previewSchema = z.strictObject({ content, plan: planId });
const moveSchema = z.strictObject({ profile: profileId.optional(), version });

export function profileRoutes(context: Context): Router {
  context.api.add(
    {
      method: 'post',
      needs: 'govern',
      path: '/api/profiles/{id}/preview',
      summary: 'What a plan would look like under that content; nothing is stored',
      body: previewSchema.extend({ content: profileSchema }),
      problems: ['unknown-profile', 'unknown-plan', 'profile-invalid'],
    },
    {
      method: 'post',
      needs: 'edit-plan',
      path: '/api/plans/{plan}/profile',
      summary: 'Lets a draft plan follow a version of a profile, and checks it anew',
      body: moveSchema,
      problems: ['unknown-plan', 'unknown-profile', 'plan-frozen'],
    },
  );
  return Router()
    .use(versionRoutes(context, PROFILE))
    .post('/api/profiles/:id/preview', async (request, response) => {
      const wanted = previewSchema.parse(request.body);
      const db = dbOf(context, request);
      const { profile } = await versionOf(db, 'profile', idOf(PROFILE, request.params.id));
      checkedContent('profile', wanted.content, profile);
      const plan = await readPlan(db, wanted.plan);
      if (!plan) throw new ProblemError(404, 'unknown-plan', { plan: wanted.plan });
      response.json(await previewProfile(context.database, identityOf(request), plan, profileSchema.parse(wanted.content)));
    })
    .post('/api/plans/:plan/profile', async (request, response) => {
      const plan = await planOf(context, request);
      response.json(await movePlan(context, identityOf(request), plan, { profile: plan.profile, ...moveSchema.parse(request.body) }));
    });
}
