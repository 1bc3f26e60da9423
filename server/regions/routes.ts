// Regions over HTTP: those below one, as they are or were, one with its outline, and the tables that they come from.
import { Router } from 'express';
import { z } from 'zod';
import type { Context } from '../http/context.ts';
import { dbOf } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { listRegions, readRegion } from './store.ts';
import { listTables } from './table-store.ts';

const regionCode = z.string().regex(/^\d{2}$|^\d{4}$|^\d{6}$|^\d{9}$|^\d{12}$/);
const listQuery = z.strictObject({
  parent: regionCode.optional(),
  within: regionCode.optional(),
  on: z.iso.date().optional(),
  ended: z.literal('true').optional(),
});

export function regionRoutes(context: Context): Router {
  context.api.add(
    // Whoever looks after accounts chooses the region of each.
    {
      method: 'get',
      needs: ['read', 'manage-accounts', 'grant-roles'],
      path: '/api/regions',
      summary: 'Regions right below a parent, within another, or the topmost; on a day, or those that hold and, if asked, those that ended',
      query: listQuery,
    },
    { method: 'get', needs: 'read', path: '/api/regions/{region}', summary: 'One region with its outline', problems: ['unknown-region'] },
    { method: 'get', needs: 'read', path: '/api/region-tables', summary: 'The tables of region codes that were taken in, newest first' },
  );
  return Router()
    .get('/api/regions', async (request, response) => {
      const { ended, ...query } = listQuery.parse(request.query);
      response.json(await listRegions(dbOf(context, request), { ...query, ended: ended === 'true' }));
    })
    .get('/api/regions/:region', async (request, response) => {
      const region = await readRegion(dbOf(context, request), request.params.region);
      if (region === null) throw new ProblemError(404, 'unknown-region', { region: request.params.region });
      response.json(region);
    })
    .get('/api/region-tables', async (request, response) => {
      response.json(await listTables(dbOf(context, request)));
    });
}
