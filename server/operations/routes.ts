// Operations over HTTP: one operation in, the history out.
import { Router } from 'express';
import { z } from 'zod';
import type { OperationRecord } from '../../core/api/messages.ts';
import { operationRequestSchema } from '../../core/plan/operation.ts';
import type { Context } from '../http/context.ts';
import { dbOf, identityOf } from '../http/identity.ts';
import { communityCode, planOf } from '../plans/routes.ts';
import { answerSeenBy, withoutPhones } from '../staff/seen-by.ts';
import { performOperation } from './perform.ts';
import { readHistory } from './store.ts';

const HISTORY_PAGE = 100;
const historyQuery = z.object({
  community: communityCode.optional(),
  /** Id of an operation: only older ones. */
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(HISTORY_PAGE),
});

export function operationRoutes(context: Context): Router {
  context.api.add(
    {
      method: 'post',
      needs: 'edit-plan',
      path: '/api/plans/{plan}/operations',
      summary: 'Does one operation on one community',
      body: operationRequestSchema,
      problems: ['unknown-plan', 'community-not-in-plan', 'plan-frozen', 'stale-base', 'and the reasons why an operation cannot be done'],
    },
    {
      method: 'get',
      needs: 'read',
      path: '/api/plans/{plan}/operations',
      summary: 'History, newest first',
      query: historyQuery,
      problems: ['unknown-plan'],
    },
  );
  const router = Router();
  router.post('/api/plans/:plan/operations', async (request, response) => {
    const plan = await planOf(context, request);
    const body = operationRequestSchema.parse(request.body);
    const by = identityOf(request);
    response.json(answerSeenBy(by, await performOperation(context, plan.id, body, by)));
  });
  router.get('/api/plans/:plan/operations', async (request, response) => {
    const plan = await planOf(context, request);
    const records: OperationRecord[] = await readHistory(dbOf(context, request), plan.id, historyQuery.parse(request.query));
    response.json(records.map(withoutPhones));
  });
  return router;
}
