// Codes over HTTP: issue for a plan, look one up, search, explain, and hand out ranges of numbers.
import { Router } from 'express';
import { z } from 'zod';
import type { CodesProgress } from '../../core/api/messages.ts';
import type { Context } from '../http/context.ts';
import { dbOf, identityOf } from '../http/identity.ts';
import { communityCode, planOf, schemeId } from '../plans/routes.ts';
import { handOut } from './hand-out.ts';
import { issueCodes } from './issue.ts';
import { explain, lookUp } from './look-up.ts';
import { searchCodes } from './lookup-store.ts';
import { issueProgress } from './progress.ts';
import { readRanges } from './ranges-store.ts';

const MAX_TEXT = 60;
const MAX_FOUND = 200;
const MAX_NOTE = 300;

/** Body of POST /api/plans/{plan}/codes: the whole plan, or one community. */
export const issueCodesSchema = z.strictObject({ community: communityCode.optional() });
const searchQuery = z.object({
  query: z.string().trim().min(1).max(MAX_TEXT),
  limit: z.coerce.number().int().positive().max(MAX_FOUND).default(MAX_FOUND),
});
const rangesQuery = z.object({ scheme: schemeId.optional() });
const rangeSchema = z.strictObject({
  scheme: schemeId,
  region: z.string().regex(/^\d{2}$|^\d{4}$|^\d{6}$|^\d{9}$|^\d{12}$/),
  first: z.int().positive(),
  last: z.int().positive(),
  note: z.string().trim().max(MAX_NOTE).default(''),
});

export function codeRoutes(context: Context): Router {
  context.api.add(
    {
      method: 'post',
      needs: 'edit-plan',
      path: '/api/plans/{plan}/codes',
      summary: 'Issues provisional codes to all grids without one; on a branched plan those that stayed keep theirs',
      body: issueCodesSchema,
      problems: [
        'unknown-plan',
        'plan-frozen',
        'plan-has-errors',
        'codes-exhausted',
        'code-reserved',
        'code-without-community',
        'code-number-invalid',
      ],
    },
    {
      method: 'get',
      needs: 'read',
      path: '/api/plans/{plan}/codes',
      summary: 'How far the issuing of codes has come that is running',
      problems: ['unknown-plan'],
    },
    {
      method: 'get',
      needs: 'read',
      path: '/api/codes',
      summary: 'Codes by their beginning, or by the name of their grid or community',
      query: searchQuery,
    },
    {
      method: 'get',
      needs: 'read',
      path: '/api/codes/{code}',
      summary: 'A code of a grid or of a cell, what it is made of, and what became of it',
      problems: ['unknown-code'],
    },
    {
      method: 'get',
      needs: 'read',
      path: '/api/codes/{code}/explanation',
      summary: 'What any text says by each code scheme, issued or not',
    },
    {
      method: 'get',
      needs: ['read', 'govern'],
      path: '/api/code-ranges',
      summary: 'Ranges of numbers that were handed out',
      query: rangesQuery,
    },
    {
      method: 'post',
      needs: 'govern',
      path: '/api/code-ranges',
      summary: 'Hands out a range of numbers to the communities of a region',
      body: rangeSchema,
      problems: ['unknown-scheme', 'unknown-region', 'range-invalid', 'range-overlaps'],
    },
  );
  const router = Router();
  router.post('/api/plans/:plan/codes', async (request, response) => {
    const plan = await planOf(context, request);
    const { community } = issueCodesSchema.parse(request.body ?? {});
    response.json(await issueCodes(context, plan.id, identityOf(request), community));
  });
  router.get('/api/plans/:plan/codes', async (request, response) => {
    const progress: CodesProgress | null = issueProgress(context.database, (await planOf(context, request)).id);
    response.json(progress);
  });
  router.get('/api/codes', async (request, response) => {
    const { query, limit } = searchQuery.parse(request.query);
    response.json(await searchCodes(dbOf(context, request), query, limit));
  });
  router.get('/api/codes/:code', async (request, response) => {
    response.json(await lookUp(dbOf(context, request), request.params.code));
  });
  router.get('/api/codes/:code/explanation', async (request, response) => {
    response.json(await explain(dbOf(context, request), request.params.code.slice(0, MAX_TEXT)));
  });
  router.get('/api/code-ranges', async (request, response) => {
    response.json(await readRanges(dbOf(context, request), rangesQuery.parse(request.query).scheme));
  });
  router.post('/api/code-ranges', async (request, response) => {
    const made = await handOut(context.database, identityOf(request), rangeSchema.parse(request.body));
    response.status(201).json(made);
  });
  return router;
}
