// Which plan is official for a community, from when until when, in SQL.
import type { OfficialDate } from '../../core/api/messages.ts';
import type { Queryable } from '../database/queryable.ts';

/** A day in China, wherever the server stands. */
const TODAY = `(now() at time zone 'Asia/Shanghai')::date`;

/** Plans that are official in any community of this one now, held until the transaction ends. */
export async function lockOfficialPlans(db: Queryable, plan: number): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select id from plan where id in (
       select official_layout.plan from official_layout join plan_community on plan_community.community = official_layout.community
       where plan_community.plan = $1 and official_layout.valid_to is null)
     order by id for update`,
    [plan],
  );
  return rows.map(({ id }) => id);
}

/** Communities of the plan in which its parent is not official any more. */
export async function readMovedOn(db: Queryable, plan: number): Promise<string[]> {
  const { rows } = await db.query<{ community: string }>(
    `select plan_community.community from plan join plan_community on plan_community.plan = plan.id
     where plan.id = $1 and not exists (
       select from official_layout
       where official_layout.community = plan_community.community and official_layout.plan = plan.parent and valid_to is null)
     order by plan_community.community`,
    [plan],
  );
  return rows.map(({ community }) => community);
}

/** Ends what is official in the communities of the plan. */
export async function closeLayouts(db: Queryable, plan: number, day?: string): Promise<void> {
  await db.query(
    `update official_layout set valid_to = greatest(valid_from, coalesce($2::date, ${TODAY}))
     where valid_to is null and community in (select community from plan_community where plan = $1)`,
    [plan, day ?? null],
  );
}

/** The plan is official in all of its communities, from the day on or from when the last one ended. */
export async function openLayouts(db: Queryable, plan: number, day?: string): Promise<void> {
  await db.query(
    `insert into official_layout (community, plan, valid_from)
     select community, plan, greatest(coalesce($2::date, ${TODAY}), (
       select max(valid_to) from official_layout where official_layout.community = plan_community.community))
     from plan_community where plan = $1`,
    [plan, day ?? null],
  );
}

/** Those of the plans, as far as they lie in reach as a whole, that are official nowhere any more. */
export async function readReplaced(db: Queryable, plans: readonly number[]): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select id from plan
     where id = any($1::integer[]) and state = 'official' and in_reach(region)
       and not exists (select from official_layout where official_layout.plan = plan.id and valid_to is null)
     order by id`,
    [plans],
  );
  return rows.map(({ id }) => id);
}

/** Which plan was official on the day (YYYY-MM-DD; null: today) in each community of the region. */
export async function readOfficial(db: Queryable, region: string, day: string | null): Promise<{ community: string; plan: number }[]> {
  const { rows } = await db.query<{ community: string; plan: number }>(
    `select community, plan from official_layout
     where starts_with(community, $1) and valid_from <= coalesce($2::date, ${TODAY})
       and (valid_to is null or coalesce($2::date, ${TODAY}) < valid_to)
     order by plan, community`,
    [region, day],
  );
  return rows;
}

/** Days on which something became official in the region, newest first. What lasted less than a day is not among them. */
export async function readOfficialDates(db: Queryable, region: string): Promise<OfficialDate[]> {
  const { rows } = await db.query<OfficialDate>(
    `select to_char(valid_from, 'YYYY-MM-DD') as date, plan.id as plan, plan.name as "planName", count(*)::int as communities
     from official_layout join plan on plan.id = official_layout.plan
     where starts_with(official_layout.community, $1) and (valid_to is null or valid_from < valid_to)
     group by valid_from, plan.id, plan.name order by valid_from desc, plan.id desc`,
    [region],
  );
  return rows;
}

/** null: there is no such region in reach. */
export async function readRegionName(db: Queryable, code: string): Promise<string | null> {
  const { rows } = await db.query<{ name: string }>(`select name from region where code = $1`, [code]);
  return rows[0]?.name ?? null;
}
