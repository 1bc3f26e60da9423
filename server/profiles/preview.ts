// What a plan would look like under other rules: every community is checked by both, nothing is written.
import type { PlanSummary, ProfilePreview } from '../../core/api/messages.ts';
import { bandOf } from '../../core/rules/band.ts';
import { runChecks } from '../../core/rules/checks.ts';
import { placeOf } from '../../core/rules/finding.ts';
import type { Profile } from '../../core/rules/profile.ts';
import type { Database } from '../database/open.ts';
import { inTransaction, type Reach, scoped } from '../database/transaction.ts';
import { wkbToMultiPolygon } from '../database/wkb.ts';
import { readGridRows } from '../layout/store.ts';
import { checkContext } from '../operations/perform.ts';
import { readLocked } from '../operations/read-state.ts';
import { planProfile } from '../plans/profile.ts';
import { readProgress } from '../plans/store.ts';
import { Comparison } from './compare.ts';

/** The plan as it is now beside what it would be under `proposed`: one short transaction per community. */
export async function previewProfile(database: Database, reach: Reach, plan: PlanSummary, proposed: Profile): Promise<ProfilePreview> {
  const comparison = new Comparison();
  for (const { code } of await readProgress(scoped(database, reach), plan.id)) {
    const { context, present, grids } = await readCommunity(database, reach, plan.id, code);
    comparison.addIssues(code, runChecks({ ...context, profile: present }), runChecks({ ...context, profile: proposed }));
    for (const row of grids) {
      const judged = { ...row, wholeCommunity: row.whole_community };
      comparison.addGrid(code, {
        grid: row.id,
        name: row.name,
        households: row.households,
        population: row.population,
        before: bandOf(judged, present),
        after: bandOf(judged, proposed),
        place: () => placeOf(wkbToMultiPolygon(row.outline)),
      });
    }
  }
  return { plan: plan.id, ...comparison.result() };
}

/** Locked while it is read, so that nobody changes it between two queries. */
function readCommunity(database: Database, reach: Reach, plan: number, code: string) {
  return inTransaction(database, reach, async (db) => {
    const { locked, state } = await readLocked(db, plan, code);
    const context = await checkContext(db, plan, state);
    return { context, present: await planProfile(db, locked), grids: await readGridRows(db, plan, code) };
  });
}
