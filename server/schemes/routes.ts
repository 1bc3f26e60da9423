// Code schemes over HTTP: read a version, add one, copy one, try one on the grids of a plan, let a plan follow one.
import { Router } from 'express';
import { z } from 'zod';
import { schemeSchema } from '../../core/codes/scheme.ts';
import { audit } from '../audit/audit.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import { dbOf, identityOf } from '../http/identity.ts';
import { languageOf } from '../http/language.ts';
import { ProblemError } from '../http/problem.ts';
import { planId, planOf, schemeId } from '../plans/routes.ts';
import { readPlan } from '../plans/store.ts';
import { previewScheme } from './preview.ts';
import { listSchemes, listSchemeVersions } from './store.ts';
import { addVersion, checkedScheme, copyScheme, movePlan, versionOf } from './versions.ts';

const MAX_ID = 60;
const MAX_NOTE = 300;
const MAX_NAME = 60;
const version = z.coerce.number().int().positive().max(2_147_483_647);
const note = z.string().trim().min(1).max(MAX_NOTE);
const name = z.string().trim().min(1).max(MAX_NAME);
/** Looked at by core/codes/scheme.ts, which says more about what is wrong. */
const content = z.looseObject({});
const newSchemeId = z
  .string()
  .max(MAX_ID)
  .regex(/^[a-z0-9-]+$/);

const oneVersion = z.object({ version: version.optional() });
const newVersionSchema = z.strictObject({ base: z.int().positive(), content, note });
const copySchema = z.strictObject({
  id: newSchemeId,
  from: z.strictObject({ scheme: schemeId, version: version.optional() }),
  name: z.strictObject({ zh: name, en: name }),
  note,
});
const previewSchema = z.strictObject({ content, plan: planId });
const moveSchema = z.strictObject({ scheme: schemeId, version });

export function schemeRoutes(context: Context): Router {
  const one = { path: '/api/schemes/{id}', problems: ['unknown-scheme'] };
  context.api.add(
    { method: 'get', needs: 'read', path: '/api/schemes', summary: 'The newest version of every code scheme, without its content' },
    {
      method: 'post',
      needs: 'govern',
      path: '/api/schemes',
      summary: 'Copies a version under a new id',
      body: copySchema,
      problems: ['unknown-scheme', 'scheme-exists'],
    },
    { ...one, method: 'get', needs: 'read', summary: 'A version of a code scheme, the newest where none is named', query: oneVersion },
    {
      ...one,
      method: 'post',
      needs: 'govern',
      summary: 'Adds a version; `base` is the version that was edited',
      body: newVersionSchema.extend({ content: schemeSchema }),
      problems: ['unknown-scheme', 'stale-scheme', 'scheme-invalid', 'scheme-unchanged'],
    },
    { ...one, method: 'get', needs: 'read', path: '/api/schemes/{id}/versions', summary: 'Every version, newest first' },
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
  const router = Router();
  router.get('/api/schemes', async (request, response) => {
    response.json(await listSchemes(dbOf(context, request)));
  });
  router.post('/api/schemes', async (request, response) => {
    const { id, ...copy } = copySchema.parse(request.body);
    const by = identityOf(request);
    const made = await inTransaction(context.database, by, (db) => copyScheme(db, by, { scheme: id, ...copy }));
    response.status(201).location(`/api/schemes/${id}`).json(made);
  });
  router.get('/api/schemes/:id', async (request, response) => {
    response.json(await versionOf(dbOf(context, request), idOf(request.params.id), oneVersion.parse(request.query).version));
  });
  router.get('/api/schemes/:id/versions', async (request, response) => {
    const { scheme } = await versionOf(dbOf(context, request), idOf(request.params.id));
    response.json(await listSchemeVersions(dbOf(context, request), scheme));
  });
  router.post('/api/schemes/:id', async (request, response) => {
    const edit = newVersionSchema.parse(request.body);
    const scheme = idOf(request.params.id);
    const by = identityOf(request);
    const made = await inTransaction(context.database, by, (db) => addVersion(db, by, { scheme, ...edit }));
    response.status(201).location(`/api/schemes/${made.scheme}?version=${made.version}`).json(made);
  });
  router.post('/api/schemes/:id/preview', async (request, response) => {
    const wanted = previewSchema.parse(request.body);
    const db = dbOf(context, request);
    const { scheme } = await versionOf(db, idOf(request.params.id));
    const proposed = checkedScheme(wanted.content, scheme);
    const plan = await readPlan(db, wanted.plan);
    if (!plan) throw new ProblemError(404, 'unknown-plan', { plan: wanted.plan });
    response.json(await previewScheme(db, plan.id, proposed, languageOf(request)));
  });
  router.post('/api/plans/:plan/scheme', async (request, response) => {
    const plan = await planOf(context, request);
    const to = moveSchema.parse(request.body);
    const by = identityOf(request);
    await inTransaction(context.database, by, async (db) => {
      await movePlan(db, plan.id, to);
      await audit(db, by, { action: 'scheme', region: plan.region, subject: `plan/${plan.id}`, detail: to });
    });
    context.events.publish(plan.id, { type: 'refresh', data: null });
    response.json(await planOf(context, request));
  });
  return router;
}

/** What cannot be the id of a scheme is no scheme. */
function idOf(text: string): string {
  if (!schemeId.safeParse(text).success) throw new ProblemError(404, 'unknown-scheme', { scheme: text.slice(0, MAX_NAME) });
  return text;
}
