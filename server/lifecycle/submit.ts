// Submitting: every community is checked anew, codes are issued, and the plan is frozen.
import type { RecordedReason } from '../../core/api/messages.ts';
import { isEditable } from '../../core/lifecycle/state.ts';
import type { CheckId } from '../../core/rules/rule.ts';
import { audit } from '../audit/audit.ts';
import { issueWithin } from '../codes/issue.ts';
import type { Database } from '../database/open.ts';
import type { Queryable } from '../database/queryable.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { recheckCommunity } from '../operations/perform.ts';
import { contentDigest } from './content-digest.ts';
import { refuseOutdated } from './official.ts';
import {
  type CheckedCommunity,
  countOpenErrors,
  countUndrawn,
  dropCodeIssues,
  insertStep,
  type LifecyclePlan,
  lockCommunities,
  lockLifecyclePlan,
  readChecked,
  readOpenWarnings,
  writeState,
} from './store.ts';

/** How often everything is checked anew because somebody went on drawing. */
const ATTEMPTS = 3;

/** By check: why what it still warns of may stand. */
export type WarningReasons = Readonly<Partial<Record<CheckId, string>>>;

/**
 * For an asker who may submit. Checks in short transactions, and submits in one that makes sure that nothing has moved since. Throws
 * ProblemError (409), and nothing has changed but what the checks found: plan-changing, plan-incomplete, submit-has-errors,
 * warnings-need-reasons, adjustment-outdated, step-done, and why a code cannot be made.
 */
export async function submitPlan(database: Database, plan: number, reasons: WarningReasons, by: Identity): Promise<void> {
  const checked = new Map<string, CheckedCommunity>();
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    await checkChanged(database, plan, checked, by);
    if (await inTransaction(database, by, (db) => submit(db, plan, checked, reasons, by))) return;
  }
  throw new ProblemError(409, 'plan-changing');
}

/** Checks every community that is not what it was when it was checked last. */
async function checkChanged(database: Database, plan: number, checked: Map<string, CheckedCommunity>, by: Identity): Promise<void> {
  for (const now of await inTransaction(database, by, (db) => readChecked(db, plan))) {
    if (isUnchanged(now, checked)) continue;
    await inTransaction(database, by, async (db) => {
      await recheckCommunity(db, plan, now.community);
      for (const found of await readChecked(db, plan, now.community)) checked.set(found.community, found);
    });
  }
}

function isUnchanged(now: CheckedCommunity, checked: ReadonlyMap<string, CheckedCommunity>): boolean {
  const then = checked.get(now.community);
  return then?.revision === now.revision && then.blocks === now.blocks && then.profileVersion === now.profileVersion;
}

/** False: something has moved since it was checked, and nothing was done. */
async function submit(
  db: Queryable,
  id: number,
  checked: ReadonlyMap<string, CheckedCommunity>,
  reasons: WarningReasons,
  by: Identity,
): Promise<boolean> {
  const plan = await lockLifecyclePlan(db, id);
  if (!plan) throw new ProblemError(404, 'unknown-plan', { plan: id });
  if (!isEditable(plan.state)) throw new ProblemError(409, 'step-done');
  await lockCommunities(db, id);
  if (!(await readChecked(db, id)).every((now) => isUnchanged(now, checked))) return false;
  await refuseOutdated(db, plan);
  await refuseUnfinished(db, id);
  const issued = await issueWithin(db, id, by.name);
  await dropCodeIssues(db, id);
  const recorded = await recordedReasons(db, id, reasons);
  await freeze(db, plan, recorded, by);
  await audit(db, by, {
    action: 'submit',
    region: plan.region,
    subject: `plan/${id}`,
    detail: { from: plan.state, codes: issued.length, excepted: recorded.reduce((sum, { count }) => sum + count, 0) },
  });
  return true;
}

async function freeze(db: Queryable, plan: LifecyclePlan, reasons: readonly RecordedReason[], by: Identity): Promise<void> {
  const digest = await contentDigest(db, plan.id);
  await insertStep(db, { plan: plan.id, step: 'submit', action: 'take', from: plan.state, to: 'submitted', digest, reasons }, by);
  await writeState(db, plan.id, 'submitted');
}

async function refuseUnfinished(db: Queryable, plan: number): Promise<void> {
  const { blocks, communities } = await countUndrawn(db, plan);
  if (blocks > 0) throw new ProblemError(409, 'plan-incomplete', { blocks, communities });
  const errors = await countOpenErrors(db, plan);
  if (errors > 0) throw new ProblemError(409, 'submit-has-errors', { errors });
}

async function recordedReasons(db: Queryable, plan: number, reasons: WarningReasons): Promise<RecordedReason[]> {
  const warnings = await readOpenWarnings(db, plan);
  const unexplained = warnings.filter(({ check }) => reasons[check] === undefined);
  if (unexplained.length > 0) {
    throw new ProblemError(409, 'warnings-need-reasons', {
      warnings: unexplained.reduce((sum, { count }) => sum + count, 0),
      checks: unexplained.map(({ check }) => check).join(', '),
    });
  }
  return warnings.map((warning) => ({ ...warning, reason: reasons[warning.check] ?? '' }));
}
