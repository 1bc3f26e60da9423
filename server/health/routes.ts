// GET /api/health: is the server ready, on what does it stand, how is the map set up. Never waits for the database.
import { readFileSync } from 'node:fs';
import { Router } from 'express';
import type { Health } from '../../core/api/messages.ts';
import type { Context } from '../http/context.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };

export function healthRoutes({ api, database, settings, startup, data }: Context): Router {
  api.add({ method: 'get', needs: null, path: '/api/health', summary: 'State of the server and set-up of the map' });
  return Router().get('/api/health', (_request, response) => {
    const health: Health = {
      status: startup.loading === null ? 'ready' : 'loading',
      version,
      database: { engine: database.engine, ...database.versions },
      loading: startup.loading,
      map: { baseMap: settings.baseMap, sheetMark: settings.sheetMark, synthetic: data.synthetic },
    };
    response.set('Cache-Control', 'no-store').json(health);
  });
}
