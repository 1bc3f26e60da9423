// GET /api/plans/{plan}/events: server-sent events of one plan.
import { Router } from 'express';
import { z } from 'zod';
import type { Context } from '../http/context.ts';
import { planOf } from '../plans/routes.ts';
import { tabId } from '../presence/routes.ts';

/** Proxies close a connection that is silent for a minute. */
const HEARTBEAT_MILLISECONDS = 20_000;
/** What is kept for a reader who does not read. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;

const streamQuery = z.object({ tab: tabId.optional() });

export function eventRoutes(context: Context): Router {
  const { api, events, presence, division } = context;
  api.add({
    method: 'get',
    needs: 'read',
    path: '/api/plans/{plan}/events',
    summary: 'Live updates: operation, codes, blocks, refresh; with `tab` one is seen by the others and hears of them: presence',
    query: streamQuery,
    answers: 'text/event-stream',
    problems: ['unknown-plan'],
  });
  return Router().get('/api/plans/:plan/events', async (request, response) => {
    const plan = await planOf(context, request);
    // Gone while the plan was read: nobody would ever end what begins below.
    if (response.destroyed) return;
    const { tab } = streamQuery.parse(request.query);
    response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    response.flushHeaders();
    // Whoever listens has the plan open and may divide it soon.
    division.warmUp();
    const write = (text: string): void => {
      response.write(text);
      // A reader who sleeps loads anew when it wakes.
      if (response.writableLength > MAX_UNREAD_BYTES) response.destroy();
      // The compression in between would keep a short event for itself.
      response.flush();
    };
    write(': open\n\n');
    const send = (type: string, data: unknown): void => write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    const unsubscribe = events.subscribe(plan.id, ({ type, data }) => send(type, data));
    const leave = tab === undefined ? () => {} : presence.join(plan.id, tab, (people) => send('presence', people));
    const heartbeat = setInterval(() => write(': alive\n\n'), HEARTBEAT_MILLISECONDS);
    response.once('close', () => {
      clearInterval(heartbeat);
      unsubscribe();
      leave();
    });
  });
}
