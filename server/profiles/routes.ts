// Profiles over HTTP: read a version, add one, copy one, try one on a plan, let a plan follow one.
import { Router } from 'express';
import { z } from 'zod';
import type { ProfileVersion } from '../../core/api/messages.ts';
import { profileSchema } from '../../core/rules/profile.ts';
import { audit } from '../audit/audit.ts';
import type { Queryable } from '../database/queryable.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import { dbOf, type Identity, identityOf } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { planId, planOf, profileId } from '../plans/routes.ts';
import { readPlan } from '../plans/store.ts';
import { previewProfile } from './preview.ts';
import { listProfiles, listVersions } from './store.ts';
import { addVersion, checkedContent, copyProfile, movePlan, versionOf } from './versions.ts';

const MAX_NOTE = 300;
const MAX_NAME = 60;
const version = z.coerce.number().int().positive().max(2_147_483_647);
const note = z.string().trim().min(1).max(MAX_NOTE);
const name = z.string().trim().min(1).max(MAX_NAME);
/** Looked at by core/rules/profile.ts, which says more about what is wrong. */
const content = z.looseObject({});

const oneVersion = z.object({ version: version.optional() });
const newVersionSchema = z.strictObject({ base: z.int().positive(), content, note });
const copySchema = z.strictObject({
  id: profileId,
  from: z.strictObject({ profile: profileId, version: version.optional() }),
  name: z.strictObject({ zh: name, en: name }),
  note,
});
const previewSchema = z.strictObject({ content, plan: planId });
const moveSchema = z.strictObject({ profile: profileId.optional(), version });

export function profileRoutes(context: Context): Router {
  const one = { path: '/api/profiles/{id}', problems: ['unknown-profile'] };
  context.api.add(
    { method: 'get', needs: 'read', path: '/api/profiles', summary: 'The newest version of every profile, without its content' },
    {
      method: 'post',
      needs: 'govern',
      path: '/api/profiles',
      summary: 'Copies a version under a new id',
      body: copySchema,
      problems: ['unknown-profile', 'profile-exists'],
    },
    { ...one, method: 'get', needs: 'read', summary: 'A version of a profile, the newest where none is named', query: oneVersion },
    {
      ...one,
      method: 'post',
      needs: 'govern',
      summary: 'Adds a version; `base` is the version that was edited',
      body: newVersionSchema.extend({ content: profileSchema }),
      problems: ['unknown-profile', 'stale-profile', 'profile-invalid', 'profile-unchanged'],
    },
    { ...one, method: 'get', needs: 'read', path: '/api/profiles/{id}/versions', summary: 'Every version, newest first' },
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
  const router = Router();
  router.get('/api/profiles', async (request, response) => {
    response.json(await listProfiles(dbOf(context, request)));
  });
  router.post('/api/profiles', async (request, response) => {
    const { id, ...copy } = copySchema.parse(request.body);
    const by = identityOf(request);
    const made = await addAudited(context, by, (db) => copyProfile(db, { profile: id, ...copy, actor: by.name }));
    response.status(201).location(`/api/profiles/${id}`).json(made);
  });
  router.get('/api/profiles/:id', async (request, response) => {
    response.json(await versionOf(dbOf(context, request), idOf(request.params.id), oneVersion.parse(request.query).version));
  });
  router.get('/api/profiles/:id/versions', async (request, response) => {
    const { profile } = await versionOf(dbOf(context, request), idOf(request.params.id));
    response.json(await listVersions(dbOf(context, request), profile));
  });
  router.post('/api/profiles/:id', async (request, response) => {
    const edit = newVersionSchema.parse(request.body);
    const profile = idOf(request.params.id);
    const by = identityOf(request);
    const made = await addAudited(context, by, (db) => addVersion(db, { profile, ...edit, actor: by.name }));
    response.status(201).location(`/api/profiles/${made.profile}?version=${made.version}`).json(made);
  });
  router.post('/api/profiles/:id/preview', async (request, response) => {
    const wanted = previewSchema.parse(request.body);
    const { profile } = await versionOf(dbOf(context, request), idOf(request.params.id));
    const proposed = profileSchema.parse(checkedContent(wanted.content, profile));
    const plan = await readPlan(dbOf(context, request), wanted.plan);
    if (!plan) throw new ProblemError(404, 'unknown-plan', { plan: wanted.plan });
    response.json(await previewProfile(context.database, identityOf(request), plan, proposed));
  });
  router.post('/api/plans/:plan/profile', async (request, response) => {
    const plan = await planOf(context, request);
    response.json(await movePlan(context, identityOf(request), plan, { profile: plan.profile, ...moveSchema.parse(request.body) }));
  });
  return router;
}

/** Rules hold in every region, so every auditor sees that they were changed. */
async function addAudited({ database }: Context, by: Identity, add: (db: Queryable) => Promise<ProfileVersion>): Promise<ProfileVersion> {
  return inTransaction(database, by, async (db) => {
    const made = await add(db);
    await audit(db, by, { action: 'profile', region: '*', subject: `profile/${made.profile}`, detail: { version: made.version } });
    return made;
  });
}

/** What cannot be the id of a profile is no profile. */
function idOf(text: string): string {
  if (!profileId.safeParse(text).success) throw new ProblemError(404, 'unknown-profile', { profile: text.slice(0, MAX_NAME) });
  return text;
}
