// The express app: what every request passes, then one router per resource, then the problems.
import compression from 'compression';
import express, { type Express } from 'express';
import { refuseForeignOrigin } from '../accounts/origin.ts';
import { accountRoutes } from '../accounts/routes.ts';
import { sessionRoutes } from '../accounts/session-routes.ts';
import { endStreamsWithSession } from '../accounts/streams.ts';
import { auditRefusals } from '../audit/refusals.ts';
import { auditRoutes } from '../audit/routes.ts';
import { checkRoutes } from '../checks/routes.ts';
import { codeRoutes } from '../codes/routes.ts';
import { demoRoutes } from '../demo/routes.ts';
import { divisionRoutes } from '../divisions/routes.ts';
import { eventRoutes } from '../events/routes.ts';
import { exportRoutes } from '../export/routes.ts';
import { inboxRoutes } from '../filings/inbox-routes.ts';
import { filingRoutes } from '../filings/routes.ts';
import { healthRoutes } from '../health/routes.ts';
import { importRoutes } from '../imports/routes.ts';
import { lifecycleRoutes } from '../lifecycle/routes.ts';
import { oneNetRoutes } from '../one-net/routes.ts';
import { operationRoutes } from '../operations/routes.ts';
import { planRoutes } from '../plans/routes.ts';
import { presenceRoutes } from '../presence/routes.ts';
import { profileRoutes } from '../profiles/routes.ts';
import { regionRoutes } from '../regions/routes.ts';
import { schemeRoutes } from '../schemes/routes.ts';
import { BASE_MAP_PATH } from '../settings.ts';
import { staffRoutes } from '../staff/routes.ts';
import { tileRoutes } from '../tiles/routes.ts';
import { authorise } from './authorise.ts';
import type { Context } from './context.ts';
import { answerProblem, ProblemError } from './problem.ts';
import { requestLimit, safeHeaders } from './protect.ts';
import { checkContentType, JSON_TYPES, MAX_JSON_BYTES } from './request.ts';
import { staticRoutes } from './static.ts';

/** One line per resource: a new resource is a folder with `…Routes(context)` and its line here. */
const resources = [
  healthRoutes,
  sessionRoutes,
  accountRoutes,
  regionRoutes,
  tileRoutes,
  planRoutes,
  profileRoutes,
  operationRoutes,
  checkRoutes,
  codeRoutes,
  schemeRoutes,
  lifecycleRoutes,
  divisionRoutes,
  oneNetRoutes,
  exportRoutes,
  importRoutes,
  demoRoutes,
  eventRoutes,
  presenceRoutes,
  auditRoutes,
  filingRoutes,
  inboxRoutes,
  staffRoutes,
];

export function createApp(context: Context): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', context.settings.accounts.trustProxy);
  app.use(safeHeaders(context.settings), requestLimit(context.settings));
  app.use(refuseForeignOrigin);
  app.use(compression());
  app.use(checkContentType, express.json({ limit: MAX_JSON_BYTES, type: JSON_TYPES }));
  app.get('/api/openapi.json', (_request, response) => {
    response.json(context.api);
  });
  app.use(authorise(context.api, context.identify), endStreamsWithSession(context.identify));
  for (const routes of resources) app.use(routes(context));
  addBaseMap(app, context);
  app.use(staticRoutes());
  app.use((request) => {
    throw new ProblemError(404, 'not-found', { path: request.path });
  });
  app.use(auditRefusals(context), answerProblem);
  return app;
}

/** Often a map for internal use: for those who are signed in, like the plan on it. */
function addBaseMap(app: Express, { api, settings: { baseMapFile } }: Context): void {
  if (baseMapFile === null) return;
  api.add({
    method: 'get',
    needs: 'read',
    path: BASE_MAP_PATH,
    summary: 'The base map of this machine',
    answers: 'application/vnd.pmtiles',
  });
  app.get(BASE_MAP_PATH, (_request, response) => response.sendFile(baseMapFile));
}
