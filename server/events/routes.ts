// GET /api/plans/{plan}/events: server-sent events of one plan.
import { Router } from 'express';
import type { Context } from '../http/context.ts';
import { ProblemError } from '../http/problem.ts';
import { readId } from '../http/request.ts';
import { planExists } from './store.ts';

/** Proxies close a connection that is silent for a minute. */
const HEARTBEAT_MILLISECONDS = 20_000;

export function eventRoutes({ api, database, events }: Context): Router {
  api.add({
    method: 'get',
    path: '/api/plans/{plan}/events',
    summary: 'Live updates: operation, codes, refresh',
    answers: 'text/event-stream',
    problems: ['unknown-plan'],
  });
  return Router().get('/api/plans/:plan/events', async (request, response) => {
    const plan = readId(request.params.plan, 'unknown-plan');
    if (!(await planExists(database, plan))) throw new ProblemError(404, 'unknown-plan', { id: plan });
    response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    response.flushHeaders();
    const write = (text: string): void => {
      response.write(text);
      // The compression in between would keep a short event for itself.
      response.flush();
    };
    write(': open\n\n');
    const leave = events.subscribe(plan, ({ type, data }) => write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`));
    const heartbeat = setInterval(() => write(': alive\n\n'), HEARTBEAT_MILLISECONDS);
    request.once('close', () => {
      clearInterval(heartbeat);
      leave();
    });
  });
}
