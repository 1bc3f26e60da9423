// POST /api/plans/{plan}/grids/{grid}/clearances: the dated statement of a reviewer on a person of the staff, also on a frozen plan.
import { Router } from 'express';
import { z } from 'zod';
import { staffMember } from '../../core/plan/operation.ts';
import { audit } from '../audit/audit.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import { identityOf } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { planId, planOf } from '../plans/routes.ts';
import { insertClearance, readClearances, readStaff } from './store.ts';

/** No reasons are asked for and none are kept. `cleared: false` takes an earlier statement back. */
const clearanceSchema = z.strictObject({ ...staffMember.pick({ role: true, name: true }).shape, cleared: z.boolean() });

export function staffRoutes(context: Context): Router {
  context.api.add({
    method: 'post',
    needs: 'state-clearance',
    path: '/api/plans/{plan}/grids/{grid}/clearances',
    summary: 'States, with date and organ, that a person of the staff was looked at and nothing stands against them; or takes that back',
    body: clearanceSchema,
    problems: ['unknown-plan', 'unknown-grid', 'unknown-staff'],
  });
  return Router().post('/api/plans/:plan/grids/:grid/clearances', async (request, response) => {
    const plan = await planOf(context, request);
    const by = identityOf(request);
    const id = planId.safeParse(request.params.grid);
    const { role, name, cleared } = clearanceSchema.parse(request.body);
    const clearances = await inTransaction(context.database, by, async (db) => {
      const grid = id.success ? await readStaff(db, plan.id, id.data) : null;
      if (!grid || !id.success) throw new ProblemError(404, 'unknown-grid', { grid: String(request.params.grid) });
      if (!grid.staff.some((member) => member.role === role && member.name === name)) throw new ProblemError(404, 'unknown-staff');
      const { account, name: person, organ } = by;
      await insertClearance(db, { plan: plan.id, grid: id.data, role, name, cleared, account, person, organ });
      await audit(db, by, {
        action: 'clearance',
        region: grid.community,
        subject: `plan/${plan.id}/grid/${id.data}`,
        detail: { role, cleared },
      });
      return readClearances(db, id.data);
    });
    context.events.publish(plan.id, { type: 'refresh', data: null });
    response.json(clearances);
  });
}
