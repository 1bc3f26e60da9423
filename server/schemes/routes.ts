// Code schemes over HTTP: their versions, one tried on the grids of a plan, a plan that follows one.
import { Router } from 'express';
import { z } from 'zod';
import { schemeSchema } from '../../core/codes/scheme.ts';
import type { Context } from '../http/context.ts';
import { dbOf, identityOf } from '../http/identity.ts';
import { languageOf } from '../http/language.ts';
import { ProblemError } from '../http/problem.ts';
import { planId, planOf, schemeId } from '../plans/routes.ts';
import { readPlan } from '../plans/store.ts';
import { content, idOf, type VersionedKind, version, versionRoutes } from '../versions/routes.ts';
import { checkedContent, versionOf } from '../versions/versions.ts';
import { movePlan } from './move-plan.ts';
import { previewScheme } from './preview.ts';

const SCHEME: VersionedKind<'scheme'> = { kind: 'scheme', id: schemeId, schema: schemeSchema, noun: 'code scheme' };

const previewSchema = z.strictObject({ content, plan: planId });
const moveSchema = z.strictObject({ scheme: schemeId, version });

export function schemeRoutes(context: Context): Router {
  context.api.add(
    {
      method: 'post',
      needs: 'govern',
      path: '/api/schemes/{id}/preview',
      summary: 'Codes that the grids of a plan would get by that content; nothing is stored',
      body: previewSchema.extend({ content: schemeSchema }),
      problems: ['unknown-scheme', 'unknown-plan', 'scheme-invalid'],
    },
    {
      method: 'post',
      needs: 'edit-plan',
      path: '/api/plans/{plan}/scheme',
      summary: 'Lets a draft plan follow a version of a code scheme',
      body: moveSchema,
      problems: ['unknown-plan', 'unknown-scheme', 'plan-frozen', 'scheme-invalid'],
    },
  );
  return Router()
    .use(versionRoutes(context, SCHEME))
    .post('/api/schemes/:id/preview', async (request, response) => {
      const wanted = previewSchema.parse(request.body);
      const db = dbOf(context, request);
      const { scheme } = await versionOf(db, 'scheme', idOf(SCHEME, request.params.id));
      checkedContent('scheme', wanted.content, scheme);
      const plan = await readPlan(db, wanted.plan);
      if (!plan) throw new ProblemError(404, 'unknown-plan', { plan: wanted.plan });
      response.json(await previewScheme(db, plan.id, schemeSchema.parse(wanted.content), languageOf(request)));
    })
    .post('/api/plans/:plan/scheme', async (request, response) => {
      const plan = await planOf(context, request);
      await movePlan(context, identityOf(request), plan, moveSchema.parse(request.body));
      response.json(await planOf(context, request));
    });
}
