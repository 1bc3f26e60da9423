// Codes over HTTP: issue for a plan, look one up and take it apart.
import { Router } from 'express';
import { z } from 'zod';
import type { CodeRecord } from '../../core/api/messages.ts';
import { parseCode } from '../../core/codes/parse.ts';
import { schemeOf } from '../../core/codes/schemes.ts';
import type { Context } from '../http/context.ts';
import { dbOf, identityOf } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { communityCode, planOf } from '../plans/routes.ts';
import { readCellCode } from './cell-record.ts';
import { issueCodes } from './issue.ts';
import { readCode } from './store.ts';

/** Body of POST /api/plans/{plan}/codes: the whole plan, or one community. */
export const issueCodesSchema = z.strictObject({ community: communityCode.optional() });

export function codeRoutes(context: Context): Router {
  context.api.add(
    {
      method: 'post',
      needs: 'edit-plan',
      path: '/api/plans/{plan}/codes',
      summary: 'Issues provisional codes to all grids without one',
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
      path: '/api/codes/{code}',
      summary: 'A code of a grid or of a cell, and what it is made of',
      problems: ['unknown-code'],
    },
  );
  const router = Router();
  router.post('/api/plans/:plan/codes', async (request, response) => {
    const plan = await planOf(context, request);
    const { community } = issueCodesSchema.parse(request.body ?? {});
    response.json(await issueCodes(context, plan.id, identityOf(request), community));
  });
  router.get('/api/codes/:code', async (request, response) => {
    const { code } = request.params;
    const db = dbOf(context, request);
    const row = (await readCode(db, code)) ?? (await readCellCode(db, code));
    const scheme = row && schemeOf(row.scheme);
    if (!row || !scheme) throw new ProblemError(404, 'unknown-code', { code });
    const parsed = parseCode(scheme, row.code);
    const record: CodeRecord = {
      ...row,
      predecessors: [],
      successors: [],
      ending: '',
      segments: parsed.ok ? [...parsed.value.segments] : [],
    };
    response.json(record);
  });
  return router;
}
