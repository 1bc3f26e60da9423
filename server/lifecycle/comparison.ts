// Two plans side by side, community by community: what stayed, whose border moved, what was split, merged, made and given up.
import { countFates } from '../../core/adjustment/compare.ts';
import type { PlanComparison } from '../../core/api/messages.ts';
import { comparePlans } from '../codes/compare-plans.ts';
import type { Queryable } from '../database/queryable.ts';
import { readPlanCommunities } from '../plans/store.ts';

/** The communities that both divide, as far as they are in reach. */
export async function comparison(db: Queryable, plan: number, former: number): Promise<PlanComparison> {
  const known = new Set(await readPlanCommunities(db, former));
  const shared = (await readPlanCommunities(db, plan)).filter((community) => known.has(community));
  const compared = await comparePlans(
    db,
    plan,
    shared.map((community) => ({ community, plan: former })),
  );
  const lines = compared.map(({ line }) => line);
  return { plan, with: former, counts: countFates(lines), lines };
}
