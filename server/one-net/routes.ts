// One net over HTTP: the old grids of departments, what became of them in a plan, and the crosswalk as a file.
import { Router } from 'express';
import { z } from 'zod';
import type { OldGridProperties } from '../../core/api/one-net-messages.ts';
import { geojsonMultiPolygon } from '../../core/coverage/lattice.ts';
import { CROSSWALK_FORMATS } from '../../core/one-net/crosswalk-format.ts';
import { departmentOf } from '../../core/one-net/departments.ts';
import { wkbToMultiPolygon } from '../database/wkb.ts';
import type { Context } from '../http/context.ts';
import { dbOf, identityOf } from '../http/identity.ts';
import { planOf } from '../plans/routes.ts';
import { CROSSWALK_TYPES, crosswalkFile } from './crosswalk.ts';
import { oneNetOverview } from './overview.ts';
import { type OldGridRow, readOldGrids } from './store.ts';

const department = z.string().trim().min(1).max(200);
const oneDepartment = z.object({ department: department.optional() });
const gridsQuery = z.object({ department });
const exportQuery = oneDepartment.extend({ format: z.enum(CROSSWALK_FORMATS).default('xlsx') });

export function oneNetRoutes(context: Context): Router {
  const path = '/api/plans/{plan}/one-net';
  const problems = ['unknown-plan'];
  context.api.add(
    {
      method: 'get',
      needs: 'read',
      path,
      summary: 'What became of the old grids of a department, left-overs first; of the first department where none is named',
      query: oneDepartment,
      problems,
    },
    {
      method: 'get',
      needs: 'read',
      path: `${path}/grids`,
      summary: 'The old grids of a department in the communities of the plan',
      query: gridsQuery,
      answers: 'application/geo+json',
      problems,
    },
    {
      method: 'get',
      needs: 'read',
      path: `${path}/export`,
      summary: 'The crosswalk from old grids to new ones as a table; of all departments where none is named',
      query: exportQuery,
      answers: 'text/csv',
      problems,
    },
  );
  const router = Router();
  router.get('/api/plans/:plan/one-net', async (request, response) => {
    const plan = await planOf(context, request);
    const { department: wanted } = oneDepartment.parse(request.query);
    response.json(await oneNetOverview(dbOf(context, request), plan.id, wanted && departmentOf(wanted)));
  });
  router.get('/api/plans/:plan/one-net/grids', async (request, response) => {
    const plan = await planOf(context, request);
    const { department: wanted } = gridsQuery.parse(request.query);
    const rows = await readOldGrids(dbOf(context, request), plan.id, departmentOf(wanted));
    response.type('application/geo+json').send(JSON.stringify({ type: 'FeatureCollection', features: rows.map(featureOf) }));
  });
  router.get('/api/plans/:plan/one-net/export', async (request, response) => {
    const plan = await planOf(context, request);
    const { format, department: wanted = null } = exportQuery.parse(request.query);
    const { file } = await crosswalkFile(dbOf(context, request), identityOf(request), plan, format, wanted);
    response.attachment(`crosswalk-${plan.region}-${plan.id}.${format}`);
    response.type(CROSSWALK_TYPES[format]).send(file);
  });
  return router;
}

function featureOf({ id, code, name, area }: OldGridRow) {
  const properties: OldGridProperties = { id, code, name };
  const geometry = { type: 'MultiPolygon', coordinates: geojsonMultiPolygon(wkbToMultiPolygon(area)) };
  return { type: 'Feature', id, geometry, properties };
}
