// The coded layout of a plan as GeoJSON (DESIGN §10).

import type { PlanSummary } from '../../core/api/messages.ts';
import { layoutGeojson } from '../../core/export/layout.ts';
import type { Queryable } from '../database/queryable.ts';
import { gridCollection } from '../layout/features.ts';
import { planProfile } from '../plans/profile.ts';

/** All living grids of the plan; grids without a code carry null. */
export async function exportLayout(db: Queryable, plan: PlanSummary) {
  const grids = await gridCollection(db, plan.id, await planProfile(db, plan));
  return layoutGeojson(grids.features, plan);
}
