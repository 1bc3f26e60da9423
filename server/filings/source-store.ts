// What a filing package is made of, in SQL, beside what server/layout reads.
import type { PlanSummary, RecordedReason } from '../../core/api/messages.ts';
import type { FilingSignature } from '../../core/filing/contents.ts';
import type { PlanState } from '../../core/lifecycle/state.ts';
import type { Issue } from '../../core/rules/rule.ts';
import type { Queryable } from '../database/queryable.ts';

export interface PlanToFile extends Pick<PlanSummary, 'id' | 'name' | 'region' | 'regionName' | 'parent' | 'profile' | 'profileVersion'> {
  scheme: string;
  /** null: a shipped scheme with a check character added, which has no versions of its own. */
  schemeVersion: number | null;
  state: PlanState;
  /** The last thing that happened to it; 0: nothing did. */
  lastStep: number;
  /** SM3 of its content as it was signed last; null: nothing was signed. */
  digest: string | null;
  synthetic: boolean;
}

/** Those of the plans that are within reach, in the order of their regions. */
export async function readPlansToFile(db: Queryable, plans: readonly number[]): Promise<PlanToFile[]> {
  const { rows } = await db.query<PlanToFile>(
    `select plan.id, plan.name, plan.region, region.name as "regionName", plan.parent, plan.profile, plan.profile_version as "profileVersion",
            plan.scheme, plan.scheme_version as "schemeVersion", plan.state, coalesce(last.id, 0) as "lastStep", last.digest,
            exists (select from region as made where made.synthetic and (starts_with(made.code, plan.region)
              or starts_with(plan.region, made.code))) as synthetic
     from plan join region on region.code = plan.region
     left join lateral (select id, digest from plan_step where plan_step.plan = plan.id order by id desc limit 1) as last on true
     where plan.id = any($1::integer[]) order by plan.region, plan.id`,
    [plans],
  );
  return rows;
}

export interface PlanMoment {
  id: number;
  state: PlanState;
  lastStep: number;
}

/** As they stand now, and nobody takes a step with them until the transaction ends. */
export async function lockPlans(db: Queryable, plans: readonly number[]): Promise<PlanMoment[]> {
  await db.query('select from plan where id = any($1::integer[]) order by id for update', [plans]);
  const { rows } = await db.query<PlanMoment>(
    `select id, state, coalesce((select max(plan_step.id) from plan_step where plan_step.plan = plan.id), 0)::int as "lastStep"
     from plan where id = any($1::integer[]) order by id`,
    [plans],
  );
  return rows;
}

/** Signatures that hold: given since the plan was returned last, for the content as it stands. */
export async function readSignatures(db: Queryable, plan: number): Promise<FilingSignature[]> {
  const { rows } = await db.query<Omit<FilingSignature, 'at'> & { at: Date }>(
    `with last as (select digest from plan_step where plan = $1 order by id desc limit 1)
     select step, person, organ, at, plan_step.digest
     from plan_step join last on last.digest = plan_step.digest
     where plan = $1 and action = 'sign'
       and id > coalesce((select max(id) from plan_step where plan = $1 and action = 'return'), 0) order by id`,
    [plan],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

export interface CommunityToFile {
  code: string;
  name: string;
  town: string;
  county: string;
  issues: Issue[];
}

/** Communities of the plan with the names of the regions above them, and what the checks found when it was frozen. */
export async function readCommunitiesToFile(db: Queryable, plan: number): Promise<CommunityToFile[]> {
  const { rows } = await db.query<CommunityToFile>(
    `select region.code, region.name, coalesce(town.name, '') as town, coalesce(county.name, '') as county, plan_community.issues
     from plan_community join region on region.code = plan_community.community
     left join region as town on town.code = left(region.code, 9)
     left join region as county on county.code = left(region.code, 6)
     where plan_community.plan = $1 order by region.code`,
    [plan],
  );
  return rows;
}

/** null: the regions do not know it. */
export async function readRegionName(db: Queryable, code: string): Promise<string | null> {
  const { rows } = await db.query<{ name: string }>('select name from region where code = $1', [code]);
  return rows[0]?.name ?? null;
}

export interface SubmitReasons {
  /** Why the plan is as it is; empty: nothing was said. */
  reason: string;
  reasons: RecordedReason[];
}

/** In the words of who submitted the plan last. */
export async function readSubmitReasons(db: Queryable, plan: number): Promise<SubmitReasons> {
  const { rows } = await db.query<SubmitReasons>(
    `select reason, reasons from plan_step where plan = $1 and step = 'submit' and action <> 'return' order by id desc limit 1`,
    [plan],
  );
  return rows[0] ?? { reason: '', reasons: [] };
}
