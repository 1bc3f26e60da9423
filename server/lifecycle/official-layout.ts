// The layout that was official in a region on a day: of every community the grids of the plan that was official there.
import type { GridCollection, PlanSummary } from '../../core/api/messages.ts';
import { type Layout, layoutGeojson } from '../../core/export/layout.ts';
import { readAttributions } from '../attributions/store.ts';
import type { Queryable } from '../database/queryable.ts';
import { layoutFeatures } from '../export/export.ts';
import { gridCollection } from '../layout/features.ts';
import { planProfile } from '../plans/profile.ts';
import { readPlan } from '../plans/store.ts';
import { readOfficial, readRegionName } from './official-store.ts';

const COMMUNITY_DIGITS = 12;

/** `day` YYYY-MM-DD; null: today. Empty where nothing was official yet. */
export async function officialLayout(db: Queryable, region: string, day: string | null): Promise<GridCollection> {
  const features: GridCollection['features'] = [];
  for (const { plan, within } of await officialPlans(db, region, day)) {
    const only = region.length === COMMUNITY_DIGITS ? region : undefined;
    const { features: grids } = await gridCollection(db, plan.id, await planProfile(db, plan), only);
    features.push(...grids.filter(({ properties }) => within.has(properties.community)));
  }
  return { type: 'FeatureCollection', features };
}

/** The same as a file for other systems; it names the rules and the scheme of the newest of its plans. null: nothing was official yet. */
export async function exportOfficialLayout(db: Queryable, region: string, day: string | null): Promise<Layout | null> {
  const plans = await officialPlans(db, region, day);
  const newest = plans.at(-1)?.plan;
  const regionName = await readRegionName(db, region);
  if (!newest || regionName === null) return null;
  const features = [];
  for (const { plan, within } of plans) {
    features.push(...(await layoutFeatures(db, plan)).filter(({ properties }) => within.has(properties.community)));
  }
  const { name, profile, scheme } = newest;
  const attributions = await readAttributions(
    db,
    plans.map(({ plan }) => plan.id),
  );
  return layoutGeojson(features, { name, region, regionName, profile, scheme }, { attributions });
}

/** Plans with the communities of the region in which they were official, in the order in which they were made. */
async function officialPlans(db: Queryable, region: string, day: string | null): Promise<{ plan: PlanSummary; within: Set<string> }[]> {
  const communities = new Map<number, Set<string>>();
  for (const { plan, community } of await readOfficial(db, region, day)) {
    communities.set(plan, (communities.get(plan) ?? new Set()).add(community));
  }
  const plans: { plan: PlanSummary; within: Set<string> }[] = [];
  for (const [id, within] of communities) {
    const plan = await readPlan(db, id);
    if (plan) plans.push({ plan, within });
  }
  return plans;
}
