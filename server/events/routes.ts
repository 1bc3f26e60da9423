// GET /api/plans/{plan}/events: server-sent events of one plan.
import { Router } from 'express';
import type { Context } from '../http/context.ts';
import { planOf } from '../plans/routes.ts';

/** Proxies close a connection that is silent for a minute. */
const HEARTBEAT_MILLISECONDS = 20_000;

export function eventRoutes({ api, database, events }: Context): Router {
  api.add({
    method: 'get',
    path: '/api/plans/{plan}/events',
    summary: 'Live updates: operation, codes, blocks, refresh',
    answers: 'text/event-stream',
    problems: ['unknown-plan'],
  });
  return Router().get('/api/plans/:plan/events', async (request, response) => {
    const plan = await planOf(database.pool, request);
    response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    response.flushHeaders();
    const write = (text: string): void => {
      response.write(text);
      // The compression in between would keep a short event for itself.
      response.flush();
    };
    write(': open\n\n');
    const leave = events.subscribe(plan.id, ({ type, data }) => write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`));
    const heartbeat = setInterval(() => write(': alive\n\n'), HEARTBEAT_MILLISECONDS);
    request.once('close', () => {
      clearInterval(heartbeat);
      leave();
    });
  });
}
