// Two layouts of the database, compared grid by grid.
import { type ComparedLine, compareLayouts } from '../../core/adjustment/compare.ts';
import type { Queryable } from '../database/queryable.ts';
import { type FormerLayout, readLayouts, readOutlineOverlaps, readOverlaps, readThematicOverlaps } from './compare-store.ts';

/** The plan beside the former layout of each of those communities; to compare with one other plan, give that plan for every community. */
export async function comparePlans(db: Queryable, plan: number, former: readonly FormerLayout[]): Promise<ComparedLine[]> {
  if (former.length === 0) return [];
  const layouts = await readLayouts(db, plan, former);
  const overlaps = [...(await readOverlaps(db, plan, former)), ...(await readThematicOverlaps(db, plan, former))];
  return compareLayouts(layouts.former, layouts.present, overlaps);
}

/** The plan beside the layout of a community that is no more: whatever lies in its place now, by outlines. */
export async function compareInPlace(db: Queryable, plan: number, former: FormerLayout): Promise<ComparedLine[]> {
  const found = await readOutlineOverlaps(db, plan, former);
  return compareLayouts(found.former, found.present, found.overlaps);
}
