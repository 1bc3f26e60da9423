// PUT /api/plans/{plan}/presence: what a browser tab says of itself to the others who look at the plan.
import { Router } from 'express';
import { z } from 'zod';
import type { Context } from '../http/context.ts';
import { identityOf } from '../http/identity.ts';
import { communityCode, planOf } from '../plans/routes.ts';

/** Made by the browser, one per tab. */
export const tabId = z.string().regex(/^[\w-]{1,40}$/);

const presenceSchema = z.strictObject({
  tab: tabId,
  /** Empty: the others see a number. */
  name: z.string().trim().max(20),
  /** The community that is open there. */
  community: communityCode.nullable(),
});

export function presenceRoutes(context: Context): Router {
  const { api, presence } = context;
  api.add({
    method: 'put',
    needs: 'read',
    path: '/api/plans/{plan}/presence',
    summary: 'Say who one is and which community is open; kept while the tab listens to the events of the plan. 204',
    body: presenceSchema,
    problems: ['unknown-plan'],
  });
  return Router().put('/api/plans/:plan/presence', async (request, response) => {
    const plan = await planOf(context, request);
    const said = presenceSchema.parse(request.body);
    const { account, name } = identityOf(request);
    // Who has an account goes by its name; only the demo, where everybody is the same, goes by what is typed.
    presence.update(plan.id, account === null ? said : { ...said, name });
    response.status(204).end();
  });
}
