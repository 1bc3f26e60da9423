// A plan turns official: its layout takes the place of what was official in its communities, and its codes that of theirs.
import { makeOfficial } from '../codes/registry.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { contentDigest } from './content-digest.ts';
import { closeLayouts, lockOfficialPlans, openLayouts, readMovedOn, readReplaced } from './official-store.ts';
import { insertStep, type LifecyclePlan, lockCommunities, writeState } from './store.ts';

/**
 * In the transaction of the step that leads there, with the plan locked and frozen. Plans of which nothing is official any more are
 * superseded. `day`: from when it holds, YYYY-MM-DD, today where nothing is said; never before what it replaces. Throws ProblemError
 * (409): adjustment-outdated, and why the codes cannot turn official.
 */
export async function turnOfficial(db: Queryable, plan: LifecyclePlan, by: Identity, day?: string): Promise<void> {
  await lockCommunities(db, plan.id);
  const replaced = await lockOfficialPlans(db, plan.id);
  await refuseOutdated(db, plan);
  await writeState(db, plan.id, 'official');
  await closeLayouts(db, plan.id, day);
  await openLayouts(db, plan.id, day);
  await makeOfficial(db, plan.id, by.name);
  for (const former of await readReplaced(db, replaced)) {
    const digest = await contentDigest(db, former);
    await insertStep(db, { plan: former, step: 'supersede', action: 'take', from: 'official', to: 'superseded', digest }, by);
    await writeState(db, former, 'superseded');
  }
}

/** An adjustment changes the layout that it was branched from, and no other. Throws ProblemError adjustment-outdated (409). */
export async function refuseOutdated(db: Queryable, plan: LifecyclePlan): Promise<void> {
  const communities = plan.parent === null ? [] : await readMovedOn(db, plan.id);
  const [community] = communities;
  if (community !== undefined) throw new ProblemError(409, 'adjustment-outdated', { communities: communities.length, community });
}
