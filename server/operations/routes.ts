// Operations over HTTP: one operation in, the history out.
import { Router } from 'express';
import { z } from 'zod';
import type { OperationRecord } from '../../core/api/messages.ts';
import { operationRequestSchema } from '../../core/plan/operation.ts';
import type { Context } from '../http/context.ts';
import { communityCode, planOf } from '../plans/routes.ts';
import { performOperation } from './perform.ts';
import { readHistory } from './store.ts';

const HISTORY_PAGE = 100;
const historyQuery = z.object({
  community: communityCode.optional(),
  /** Id of an operation: only older ones. */
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(HISTORY_PAGE),
});

/** Until accounts exist, everybody at this installation acts under one name. */
export const LOCAL_ACTOR = 'local';

export function operationRoutes(context: Context): Router {
  const { pool } = context.database;
  context.api.add(
    {
      method: 'post',
      path: '/api/plans/{plan}/operations',
      summary: 'Does one operation on one community',
      body: operationRequestSchema,
      problems: ['unknown-plan', 'community-not-in-plan', 'plan-settled', 'stale-base', 'and the reasons why an operation cannot be done'],
    },
    {
      method: 'get',
      path: '/api/plans/{plan}/operations',
      summary: 'History, newest first',
      query: historyQuery,
      problems: ['unknown-plan'],
    },
  );
  const router = Router();
  router.post('/api/plans/:plan/operations', async (request, response) => {
    const plan = await planOf(pool, request);
    const body = operationRequestSchema.parse(request.body);
    response.json(await performOperation(context, plan.id, body, LOCAL_ACTOR));
  });
  router.get('/api/plans/:plan/operations', async (request, response) => {
    const plan = await planOf(pool, request);
    const records: OperationRecord[] = await readHistory(pool, plan.id, historyQuery.parse(request.query));
    response.json(records);
  });
  return router;
}
