// The coded layout of a plan as GeoJSON (DESIGN §10).

import type { PlanSummary } from '../../core/api/messages.ts';
import { cellCodeOf } from '../../core/codes/cell-code.ts';
import { layoutGeojson } from '../../core/export/layout.ts';
import { readAttributions } from '../attributions/store.ts';
import type { Queryable } from '../database/queryable.ts';
import { gridCollection } from '../layout/features.ts';
import { type CellRow, readCellRows } from '../layout/store.ts';
import { planProfile } from '../plans/profile.ts';
import { planScheme } from '../schemes/plan-scheme.ts';

/** All living grids of the plan; grids without a code carry null. */
export async function exportLayout(db: Queryable, plan: PlanSummary) {
  return layoutGeojson(await layoutFeatures(db, plan), plan, { attributions: await readAttributions(db, [plan.id]) });
}

/** Every living grid of the plan, with its cells. */
export async function layoutFeatures(db: Queryable, plan: PlanSummary) {
  const grids = await gridCollection(db, plan.id, await planProfile(db, plan));
  const scheme = await planScheme(db, plan.id);
  const cellsOf = new Map<number, CellRow[]>();
  for (const cell of await readCellRows(db, plan.id)) cellsOf.set(cell.grid, [...(cellsOf.get(cell.grid) ?? []), cell]);
  return grids.features.map(({ geometry, properties }) => {
    const cells = (cellsOf.get(properties.id) ?? []).map(({ number, households, population, buildings }) => ({
      number,
      code: properties.code !== null ? cellCodeOf(scheme, properties.code, number) : null,
      households,
      population,
      buildings,
    }));
    return { type: 'Feature' as const, geometry, properties: { ...properties, cells } };
  });
}
