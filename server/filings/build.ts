// A city files: settled plans go into a package, and with it to the province.
import { audit } from '../audit/audit.ts';
import type { Database } from '../database/open.ts';
import type { Queryable } from '../database/queryable.ts';
import { inTransaction, scoped } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { markFiled } from '../lifecycle/filing-steps.ts';
import { inFilingThread } from './filing-threads.ts';
import type { FilingWork } from './filing-worker.ts';
import { cityOf, plansToFile, readSource } from './source.ts';
import { lockPlans, type PlanToFile } from './source-store.ts';
import { insertFiling } from './store.ts';
import { MAX_PACKAGE_BYTES } from './upload.ts';

/**
 * Builds the package, stores it and moves the plans to filed; answers the number of the filing. Throws ProblemError: unknown-plan (404),
 * plan-not-settled, plan-changed-meanwhile, and why a plan cannot be filed (409), plans-of-several-cities, plans-differ-in-rules,
 * plans-overlap, filing-unsound, filing-too-large (422); nothing is filed then.
 */
export async function buildFiling(
  { database, settings, clock, events }: Pick<Context, 'database' | 'settings' | 'clock' | 'events'>,
  ids: readonly number[],
  by: Identity,
): Promise<number> {
  const plans = await plansToFile(scoped(database, by), ids);
  const source = await readSource(database, plans, by, { sheetMark: settings.sheetMark, day: dayOf(clock()) });
  const built = await inFilingThread('build', source);
  // What was returned meanwhile has lost its signatures: that is not what is wrong with it.
  await inTransaction(database, by, (db) => refuseChanged(db, plans));
  refuseUnsound(built);
  const filing = await store(database, plans, built, by);
  for (const { id } of plans) events.publish(id, { type: 'refresh', data: null });
  return filing;
}

function refuseUnsound({ findings, bytes }: FilingWork['build']['made']): void {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first) {
    const { zh, en } = first.sentence;
    throw new ProblemError(422, 'filing-unsound', { errors: errors.length, found: `${zh} (${en})` });
  }
  if (bytes.length > MAX_PACKAGE_BYTES) throw new ProblemError(422, 'filing-too-large', { limit: MAX_PACKAGE_BYTES });
}

function store(database: Database, plans: readonly PlanToFile[], built: FilingWork['build']['made'], by: Identity): Promise<number> {
  return inTransaction(database, by, async (db) => {
    await refuseChanged(db, plans);
    for (const { id } of [...plans].sort((a, b) => a.id - b.id)) await markFiled(db, id, by);
    const city = cityOf(plans);
    const { digest, manifest, findings, bytes } = built;
    const filing = await insertFiling(db, {
      ...{ direction: 'sent', digest, city, state: 'filed', manifest, findings, content: bytes, actor: by.name },
    });
    if (filing === null) throw new ProblemError(409, 'filing-exists', { digest });
    const detail = { digest, plans: plans.length, bytes: bytes.length };
    await audit(db, by, { action: 'filing-built', region: city, subject: `filing/${filing}`, detail });
    return filing;
  });
}

/** Whoever returned a plan meanwhile, or returned and settled it again, filed nothing that is in the package. */
async function refuseChanged(db: Queryable, plans: readonly PlanToFile[]): Promise<void> {
  const now = await lockPlans(
    db,
    plans.map(({ id }) => id),
  );
  for (const { id, name, state, lastStep } of plans) {
    const moment = now.find((one) => one.id === id);
    if (moment?.state !== state || moment.lastStep !== lastStep) throw new ProblemError(409, 'plan-changed-meanwhile', { plan: id, name });
  }
}

/** YYYY-MM-DD where the server stands. */
function dayOf(moment: Date): string {
  const [year, month, day] = [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()];
  return [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}
