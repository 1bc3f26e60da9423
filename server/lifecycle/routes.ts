// The way from draft to official over HTTP: steps, adjustments, comparisons, and what was official on a day.
import { Router } from 'express';
import { z } from 'zod';
import { audit } from '../audit/audit.ts';
import type { Queryable } from '../database/queryable.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import { dbOf, identityOf } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { adjustmentSchema, branchPlan } from '../plans/branch.ts';
import { planId, planOf } from '../plans/routes.ts';
import { readPlan } from '../plans/store.ts';
import { gridsSeenBy } from '../staff/seen-by.ts';
import { comparison } from './comparison.ts';
import { exportOfficialLayout, officialLayout } from './official-layout.ts';
import { readOfficialDates, readRegionName } from './official-store.ts';
import { performStep, stepSchema } from './perform-step.ts';
import { readStatus } from './status.ts';
import { waitingFor } from './waiting.ts';

const oneRegion = z.object({ region: z.string().regex(/^\d{2}$|^\d{4}$|^\d{6}$|^\d{9}$|^\d{12}$/) });
const onDay = oneRegion.extend({ date: z.iso.date().optional() });
const otherPlan = z.object({ with: planId.optional() });

export function lifecycleRoutes(context: Context): Router {
  const steps = { path: '/api/plans/{plan}/steps' };
  context.api.add(
    { ...steps, method: 'get', needs: 'read', summary: 'Where a plan stands, and what the asker may do', problems: ['unknown-plan'] },
    {
      ...steps,
      method: 'post',
      needs: 'take-step',
      summary: 'Takes or signs a step, or returns the plan instead of it',
      body: stepSchema,
      problems: [
        'unknown-plan',
        'step-not-your-role',
        'step-not-your-region',
        'step-not-your-organ',
        'step-signed-already',
        'step-not-yet',
        'step-done',
        'step-goes-by-filing',
        'step-content-changed',
        'plan-incomplete',
        'submit-has-errors',
        'warnings-need-reasons',
        'return-needs-reason',
        'signatures-void',
        'adjustment-outdated',
      ],
    },
    { method: 'get', needs: 'read', path: '/api/waiting', summary: 'Plans whose next step is the asker’s' },
    {
      method: 'post',
      needs: 'edit-plan',
      path: '/api/plans/{plan}/adjustment',
      summary: 'Branches a draft from an official plan, for some of its communities',
      body: adjustmentSchema,
      problems: ['unknown-plan', 'community-not-in-plan', 'plan-not-official', 'official-elsewhere'],
    },
    {
      method: 'get',
      needs: 'read',
      path: '/api/plans/{plan}/comparison',
      summary: 'What became of each grid of another plan, or of the one that this was branched from',
      query: otherPlan,
      problems: ['unknown-plan', 'nothing-to-compare'],
    },
    {
      method: 'get',
      needs: 'read',
      path: '/api/layout',
      summary: 'What was official in a region on a day, or is today',
      query: onDay,
      answers: 'application/geo+json',
      problems: ['unknown-region'],
    },
    {
      method: 'get',
      needs: 'read',
      path: '/api/layout/export',
      summary: 'The official layout of a day as a file, in the form of the export of a plan',
      query: onDay,
      answers: 'application/geo+json',
      problems: ['unknown-region', 'nothing-official'],
    },
    {
      method: 'get',
      needs: 'read',
      path: '/api/layout/dates',
      summary: 'Days on which the official layout of a region changed, newest first',
      query: oneRegion,
      problems: ['unknown-region'],
    },
  );
  const router = Router();
  router.get('/api/plans/:plan/steps', async (request, response) => {
    const plan = await planOf(context, request);
    response.json(await readStatus(context.database, plan.id, identityOf(request)));
  });
  router.post('/api/plans/:plan/steps', async (request, response) => {
    const plan = await planOf(context, request);
    const by = identityOf(request);
    await performStep(context, plan.id, stepSchema.parse(request.body), by);
    response.json(await readStatus(context.database, plan.id, by));
  });
  router.get('/api/waiting', async (request, response) => {
    response.set('Cache-Control', 'no-store').json(await waitingFor(dbOf(context, request), identityOf(request)));
  });
  router.post('/api/plans/:plan/adjustment', async (request, response) => {
    const plan = await planOf(context, request);
    const id = await branchPlan(context.database, plan.id, adjustmentSchema.parse(request.body), identityOf(request));
    response
      .status(201)
      .location(`/api/plans/${id}`)
      .json(await readPlan(dbOf(context, request), id));
  });
  router.get('/api/plans/:plan/comparison', async (request, response) => {
    const plan = await planOf(context, request);
    const former = otherPlan.parse(request.query).with ?? plan.parent;
    if (former === null) throw new ProblemError(422, 'nothing-to-compare');
    if (!(await readPlan(dbOf(context, request), former))) throw new ProblemError(404, 'unknown-plan', { plan: former });
    response.json(await inTransaction(context.database, identityOf(request), (db) => comparison(db, plan.id, former)));
  });
  router.get('/api/layout', async (request, response) => {
    const { region, date } = onDay.parse(request.query);
    const layout = await inTransaction(context.database, identityOf(request), async (db) => {
      await refuseUnknown(db, region);
      return officialLayout(db, region, date ?? null);
    });
    response.type('application/geo+json').send(JSON.stringify(gridsSeenBy(identityOf(request), layout)));
  });
  router.get('/api/layout/export', async (request, response) => {
    const { region, date } = onDay.parse(request.query);
    const by = identityOf(request);
    const layout = await inTransaction(context.database, by, async (db) => {
      await refuseUnknown(db, region);
      const exported = await exportOfficialLayout(db, region, date ?? null);
      if (!exported) throw new ProblemError(404, 'nothing-official', { region });
      const detail = { format: 'geojson', date: date ?? null, grids: exported.features.length };
      await audit(db, by, { action: 'export', region, subject: `layout/${region}`, detail });
      return exported;
    });
    response.attachment(`onegrid-${region}${date ? `-${date}` : ''}.geojson`);
    response.type('application/geo+json').send(JSON.stringify(layout));
  });
  router.get('/api/layout/dates', async (request, response) => {
    const { region } = oneRegion.parse(request.query);
    await refuseUnknown(dbOf(context, request), region);
    response.json(await readOfficialDates(dbOf(context, request), region));
  });
  return router;
}

/** Throws ProblemError unknown-region (404). */
async function refuseUnknown(db: Queryable, region: string): Promise<void> {
  if ((await readRegionName(db, region)) === null) throw new ProblemError(404, 'unknown-region', { region });
}
