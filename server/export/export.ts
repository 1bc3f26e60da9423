// The coded layout of a plan as GeoJSON (DESIGN §10).

import type { PlanSummary } from '../../core/api/messages.ts';
import { cellCodeOf } from '../../core/codes/cell-code.ts';
import { schemeOf } from '../../core/codes/schemes.ts';
import { layoutGeojson } from '../../core/export/layout.ts';
import type { Queryable } from '../database/queryable.ts';
import { gridCollection } from '../layout/features.ts';
import { type CellRow, readCellRows } from '../layout/store.ts';
import { planProfile } from '../plans/profile.ts';

/** All living grids of the plan; grids without a code carry null. */
export async function exportLayout(db: Queryable, plan: PlanSummary) {
  const grids = await gridCollection(db, plan.id, await planProfile(db, plan));
  const scheme = schemeOf(plan.scheme);
  const cellsOf = new Map<number, CellRow[]>();
  for (const cell of await readCellRows(db, plan.id)) cellsOf.set(cell.grid, [...(cellsOf.get(cell.grid) ?? []), cell]);
  const features = grids.features.map(({ geometry, properties }) => {
    const cells = (cellsOf.get(properties.id) ?? []).map(({ number, households, population, buildings }) => ({
      number,
      code: scheme && properties.code !== null ? cellCodeOf(scheme, properties.code, number) : null,
      households,
      population,
      buildings,
    }));
    return { type: 'Feature' as const, geometry, properties: { ...properties, cells } };
  });
  return layoutGeojson(features, plan);
}
