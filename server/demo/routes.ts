// POST /api/demo: fills an empty installation with the demo county; /api/health tells how far it is.
import { Router } from 'express';
import { SYSTEM, scoped } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import { ProblemError } from '../http/problem.ts';
import { isEmpty } from '../imports/store.ts';
import { loadDemo } from './load-demo.ts';

export function demoRoutes(context: Context): Router {
  const { api, database, startup } = context;
  api.add({
    method: 'post',
    needs: 'import',
    path: '/api/demo',
    summary: 'Load the demo county into an empty installation; answers at once, /api/health tells how far it is',
    problems: ['not-empty', 'import-running'],
  });
  return Router().post('/api/demo', async (_request, response) => {
    if (startup.loading !== null) throw new ProblemError(409, 'import-running');
    if (!(await isEmpty(scoped(database, SYSTEM)))) throw new ProblemError(409, 'not-empty');
    loadDemo(context).catch((error: unknown) => console.error(error));
    response.status(202).json({});
  });
}
