// Outlines and counts of a plan's grids from their blocks as they are now: finer, or with more vertices than when the grids were drawn.
import type { Polygon } from '../../core/coverage/geometry.ts';
import { outlineOf } from '../../core/coverage/outline.ts';
import { multiPolygonAreaM2 } from '../../core/geo/measure.ts';
import type { Queryable } from '../database/queryable.ts';
import { multiPolygonToWkb, wkbToPolygon } from '../database/wkb.ts';
import { readGridBlocks, readPlanCommunities, retireEmptyGrids, writeGridMeasures } from './store.ts';

/** Nobody may cut the blocks meanwhile. A grid whose land was lost as a whole is removed. Thematic grids hold no blocks and stay as they are. */
export async function refreshGrids(db: Queryable, plan: number): Promise<void> {
  for (const community of await readPlanCommunities(db, plan)) {
    await retireEmptyGrids(db, plan, community);
    await refreshCommunity(db, plan, community);
  }
}

/** Those of one community. */
export async function refreshCommunity(db: Queryable, plan: number, community: string): Promise<void> {
  const polygons = new Map<number, Polygon[]>();
  for (const { grid, shape } of await readGridBlocks(db, plan, community)) {
    const parts = polygons.get(grid);
    if (parts) parts.push(wkbToPolygon(shape));
    else polygons.set(grid, [wkbToPolygon(shape)]);
  }
  const measures = [...polygons].map(([grid, parts]) => {
    const outline = outlineOf(parts);
    return { grid, outline: multiPolygonToWkb(outline), area_m2: multiPolygonAreaM2(outline) };
  });
  await writeGridMeasures(db, measures);
}
