// Regions over HTTP: the children of one, or one with its outline.
import { Router } from 'express';
import { z } from 'zod';
import type { Context } from '../http/context.ts';
import { dbOf } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { listRegions, readRegion } from './store.ts';

const regionCode = z.string().regex(/^\d{2}$|^\d{4}$|^\d{6}$|^\d{9}$|^\d{12}$/);
const listQuery = z.strictObject({ parent: regionCode.optional() });

export function regionRoutes(context: Context): Router {
  context.api.add(
    // Whoever looks after accounts chooses the region of each.
    {
      method: 'get',
      needs: ['read', 'manage-accounts', 'grant-roles'],
      path: '/api/regions',
      summary: 'Regions below a parent, or the topmost',
      query: listQuery,
    },
    { method: 'get', needs: 'read', path: '/api/regions/{region}', summary: 'One region with its outline', problems: ['unknown-region'] },
  );
  return Router()
    .get('/api/regions', async (request, response) => {
      const { parent } = listQuery.parse(request.query);
      response.json(await listRegions(dbOf(context, request), parent ?? null));
    })
    .get('/api/regions/:region', async (request, response) => {
      const region = await readRegion(dbOf(context, request), request.params.region);
      if (region === null) throw new ProblemError(404, 'unknown-region', { region: request.params.region });
      response.json(region);
    });
}
