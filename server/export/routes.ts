// Export over HTTP: the layout as a file to save.
import { Router } from 'express';
import { z } from 'zod';
import type { EditingContext } from '../operations/perform.ts';
import { planOf } from '../plans/routes.ts';
import { exportLayout } from './export.ts';

const exportQuery = z.object({ format: z.enum(['geojson']).default('geojson') });

export function exportRoutes(context: EditingContext): Router {
  const { pool } = context.database;
  const router = Router();
  router.get('/api/plans/:plan/export', async (request, response) => {
    const plan = await planOf(pool, request);
    const { format } = exportQuery.parse(request.query);
    response.attachment(`onegrid-${plan.region}-${plan.id}.${format}`);
    response.type('application/geo+json').send(JSON.stringify(await exportLayout(pool, plan)));
  });
  return router;
}
