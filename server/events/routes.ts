// GET /api/plans/{plan}/events: server-sent events of one plan.
import { Router } from 'express';
import { z } from 'zod';
import { reaches } from '../../core/accounts/reach.ts';
import type { OperationAnswer, Person } from '../../core/api/messages.ts';
import type { Context } from '../http/context.ts';
import { identityOf } from '../http/identity.ts';
import { planOf } from '../plans/routes.ts';
import { tabId } from '../presence/routes.ts';
import { answerSeenBy } from '../staff/seen-by.ts';
import type { PlanEvent } from './hub.ts';

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
    const asker = identityOf(request);
    const { region } = asker;
    const unsubscribe = events.subscribe(plan.id, (event) => {
      if (concerns(event, region))
        send(event.type, event.type === 'operation' ? answerSeenBy(asker, event.data as OperationAnswer) : event.data);
    });
    const leave =
      tab === undefined
        ? () => {}
        : presence.join(plan.id, tab, (people) =>
            send(
              'presence',
              people.map((one) => seenFrom(one, region)),
            ),
          );
    const heartbeat = setInterval(() => write(': alive\n\n'), HEARTBEAT_MILLISECONDS);
    response.once('close', () => {
      clearInterval(heartbeat);
      unsubscribe();
      leave();
    });
  });
}

/** Whether somebody who reaches so far may hear of it: what speaks of one community is for those who see that community. */
function concerns({ data }: PlanEvent, region: string): boolean {
  const about = data as { readonly community?: unknown; readonly communities?: unknown } | null;
  if (typeof about?.community === 'string') return reaches(region, about.community);
  return !Array.isArray(about?.communities) || about.communities.some((code) => reaches(region, String(code)));
}

/** Where somebody is who works elsewhere is not told. */
const seenFrom = (person: Person, region: string): Person =>
  person.community === null || reaches(region, person.community) ? person : { ...person, community: null };
