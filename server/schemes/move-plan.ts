// A draft plan follows another version of a code scheme.
import { audit } from '../audit/audit.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { writeFollowed } from '../versions/store.ts';
import { checkedContent, versionOf } from '../versions/versions.ts';

/**
 * The next codes of the plan are made by that version; those that its grids bear stay where they fit it. Throws ProblemError: unknown-plan
 * and unknown-scheme (404), plan-frozen (409), scheme-invalid (422) where another program wrote the version.
 */
export async function movePlan(
  { database, events }: Context,
  by: Identity,
  { id: plan, region }: { id: number; region: string },
  to: { scheme: string; version: number },
): Promise<void> {
  await inTransaction(database, by, async (db) => {
    const { content } = await versionOf(db, 'scheme', to.scheme, to.version);
    checkedContent('scheme', content, to.scheme);
    const state = await writeFollowed(db, 'scheme', plan, { id: to.scheme, version: to.version });
    if (state === null) throw new ProblemError(404, 'unknown-plan', { plan });
    if (state === 'frozen') throw new ProblemError(409, 'plan-frozen', { plan });
    await audit(db, by, { action: 'scheme', region, subject: `plan/${plan}`, detail: to });
  });
  events.publish(plan, { type: 'refresh', data: null });
}
