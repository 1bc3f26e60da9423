// Those who take a plan of the test county from draft to official, and the way itself.
import type { Role } from '../../core/accounts/roles.ts';
import type { CheckId } from '../../core/rules/rule.ts';
import type { Database } from '../../server/database/open.ts';
import { inTransaction } from '../../server/database/transaction.ts';
import type { Context } from '../../server/http/context.ts';
import type { Identity } from '../../server/http/identity.ts';
import { ProblemError } from '../../server/http/problem.ts';
import { markFiled, markOfficial } from '../../server/lifecycle/filing-steps.ts';
import { performStep } from '../../server/lifecycle/perform-step.ts';
import { COUNTY, ownerOf, seedGrid, seedPlan } from './harness.ts';

let account = 100;
export const person = (name: string, region: string, role: Role, organ = ''): Identity => {
  account += 1;
  return { account, name, organ, region, roles: new Set([role]) };
};

export const town = person('镇规划员', '620724100', 'drafter');
export const county = person('县规划员', '620724', 'drafter');
export const countyCommittee = person('县委政法委', '620724', 'reviewer', '政法委');
export const countyAffairs = person('县民政局', '620724', 'reviewer', '民政局');
export const cityCommittee = person('市委政法委', '6207', 'city', '政法委');
export const citySafety = person('市平安办', '6207', 'city', '平安办');
export const cityAffairs = person('市民政局', '6207', 'city', '民政局');
export const province = person('省委政法委', '62', 'province', '政法委');

/** Somebody has looked at whatever the checks still warn of. */
export const REASONS: Partial<Record<CheckId, string>> = { staff: '人员年底前配齐', party: '商会支部暂属本网格', size: '按自然边界划分' };

const NAMES = ['东街网格', '西街网格', '渠口网格'];

/** A plan in which every community of the region is one grid. The first has no grid worker and two party branches: two warnings. */
export async function drawnPlan(
  database: Database,
  { region = COUNTY as string, profile = 'gansu-2023' }: { region?: string; profile?: string } = {},
): Promise<number> {
  const plan = await seedPlan(database, region);
  await ownerOf(database).query(
    `update plan set profile = $2, profile_version = (select max(version) from profile_version where profile = $2) where id = $1`,
    [plan, profile],
  );
  const { rows } = await ownerOf(database).query<{ community: string; blocks: number[] }>(
    `select community, array_agg(id order by id) as blocks from block where living and starts_with(community, $1) group by 1 order by 1`,
    [region],
  );
  for (const [i, { community, blocks }] of rows.entries()) await seedGrid(database, plan, community, blocks, NAMES[i]);
  await ownerOf(database).query(`update grid set staff = $2, party = '东街党支部、商会党支部' where plan = $1 and name = '东街网格'`, [
    plan,
    JSON.stringify([{ role: '网格长', name: '李强' }]),
  ]);
  return plan;
}

export const submit = (context: Context, plan: number, by: Identity = county, reasons = REASONS): Promise<void> =>
  performStep(context, plan, { step: 'submit', action: 'take', reasons }, by);
export const approve = (context: Context, plan: number, by: Identity = countyCommittee): Promise<void> =>
  performStep(context, plan, { step: 'approve', action: 'sign' }, by);
export const settle = (context: Context, plan: number, by: Identity): Promise<void> =>
  performStep(context, plan, { step: 'settle', action: 'sign' }, by);

/** By gansu-2023. */
export async function toSettled(context: Context, plan: number): Promise<void> {
  await submit(context, plan);
  await approve(context, plan);
  for (const organ of [cityCommittee, citySafety, cityAffairs]) await settle(context, plan, organ);
}

export async function toOfficial(context: Context, plan: number, day: string): Promise<void> {
  await toSettled(context, plan);
  await file(context, plan);
  await accept(context, [plan], day);
}

export const file = (context: Context, plan: number, by: Identity = cityCommittee): Promise<void> =>
  inTransaction(context.database, by, (db) => markFiled(db, plan, by));
export const accept = (context: Context, plans: readonly number[], day?: string): Promise<void> =>
  inTransaction(context.database, province, (db) => markOfficial(db, plans, province, day));

/** Whether the one grid of the community has the outline of the community, vertex by vertex. */
export async function bordersMatch(database: Database, plan: number, community: string): Promise<boolean> {
  const { rows } = await ownerOf(database).query<{ matches: boolean }>(
    `select grid.outline = region.outline as matches from grid join region on region.code = grid.community
     where grid.plan = $1 and grid.community = $2 and grid.living`,
    [plan, community],
  );
  return rows.length === 1 && rows[0]?.matches === true;
}

/** Code of the problem that the attempt ends in; anything else that it throws is thrown on. */
export function problemIn(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => 'went through',
    (error: unknown) => {
      if (error instanceof ProblemError) return error.code;
      throw error;
    },
  );
}
