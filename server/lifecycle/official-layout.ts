// The layout that was official in a region on a day: of every community the grids of the plan that was official there.
import type { GridCollection } from '../../core/api/messages.ts';
import type { Queryable } from '../database/queryable.ts';
import { gridCollection } from '../layout/features.ts';
import { planProfile } from '../plans/profile.ts';
import { readPlan } from '../plans/store.ts';
import { readOfficial } from './official-store.ts';

/** `day` YYYY-MM-DD; null: today. Empty where nothing was official yet. */
export async function officialLayout(db: Queryable, region: string, day: string | null): Promise<GridCollection> {
  const communities = new Map<number, Set<string>>();
  for (const { plan, community } of await readOfficial(db, region, day)) {
    communities.set(plan, (communities.get(plan) ?? new Set()).add(community));
  }
  const features: GridCollection['features'] = [];
  for (const [id, within] of communities) {
    const plan = await readPlan(db, id);
    if (!plan) continue;
    const { features: grids } = await gridCollection(db, id, await planProfile(db, plan), region.length === 12 ? region : undefined);
    features.push(...grids.filter(({ properties }) => within.has(properties.community)));
  }
  return { type: 'FeatureCollection', features };
}
