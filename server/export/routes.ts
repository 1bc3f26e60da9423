// Export over HTTP: the layout as a file to save.
import { Router } from 'express';
import { z } from 'zod';
import { audit } from '../audit/audit.ts';
import type { Context } from '../http/context.ts';
import { dbOf, identityOf } from '../http/identity.ts';
import { planOf } from '../plans/routes.ts';
import { exportLayout } from './export.ts';

const exportQuery = z.object({ format: z.enum(['geojson']).default('geojson') });

export function exportRoutes(context: Context): Router {
  context.api.add({
    method: 'get',
    needs: 'read',
    path: '/api/plans/{plan}/export',
    summary: 'The coded layout as a file',
    query: exportQuery,
    answers: 'application/geo+json',
    problems: ['unknown-plan'],
  });
  const router = Router();
  router.get('/api/plans/:plan/export', async (request, response) => {
    const plan = await planOf(context, request);
    const { format } = exportQuery.parse(request.query);
    await audit(dbOf(context, request), identityOf(request), {
      action: 'export',
      region: plan.region,
      subject: `plan/${plan.id}`,
      detail: { format },
    });
    response.attachment(`onegrid-${plan.region}-${plan.id}.${format}`);
    response.type('application/geo+json').send(JSON.stringify(await exportLayout(dbOf(context, request), plan)));
  });
  return router;
}
