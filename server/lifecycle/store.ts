// Steps, signatures and states of plans, in SQL.
import type { RecordedReason, StepRecord } from '../../core/api/messages.ts';
import type { SignedGrid, SignedPlan } from '../../core/lifecycle/content-text.ts';
import type { StepId } from '../../core/lifecycle/lifecycle.ts';
import type { PlanState } from '../../core/lifecycle/state.ts';
import type { CheckId } from '../../core/rules/rule.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Identity } from '../http/identity.ts';

export interface LifecyclePlan {
  id: number;
  name: string;
  region: string;
  state: PlanState;
  profile: string;
  profileVersion: number;
  parent: number | null;
}

const PLAN = `select id, name, region, state, profile, profile_version as "profileVersion", parent from plan where id = $1`;

export async function readLifecyclePlan(db: Queryable, plan: number): Promise<LifecyclePlan | null> {
  const { rows } = await db.query<LifecyclePlan>(PLAN, [plan]);
  return rows[0] ?? null;
}

/** Nobody else takes a step of the plan, or edits it, until the transaction ends. */
export async function lockLifecyclePlan(db: Queryable, plan: number): Promise<LifecyclePlan | null> {
  const { rows } = await db.query<LifecyclePlan>(`${PLAN} for update`, [plan]);
  return rows[0] ?? null;
}

/** Nobody cuts blocks, issues codes or turns a layout official in the communities of the plan until the transaction ends. */
export async function lockCommunities(db: Queryable, plan: number): Promise<void> {
  await db.query(
    `select code from region where code in (select community from plan_community where plan = $1) order by code for no key update`,
    [plan],
  );
}

export async function writeState(db: Queryable, plan: number, state: PlanState): Promise<void> {
  await db.query(`update plan set state = $2 where id = $1`, [plan, state]);
}

export interface NewStep extends Pick<StepRecord, 'step' | 'action' | 'from' | 'to' | 'digest'> {
  readonly plan: number;
  readonly reason?: string;
  readonly reasons?: readonly RecordedReason[];
}

export async function insertStep(db: Queryable, step: NewStep, by: Identity): Promise<void> {
  await db.query(
    `insert into plan_step (plan, step, action, former, latter, reason, reasons, digest, account, person, organ, region)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      step.plan,
      step.step,
      step.action,
      step.from,
      step.to,
      step.reason ?? '',
      JSON.stringify(step.reasons ?? []),
      step.digest,
      by.account,
      by.name,
      by.organ,
      by.region,
    ],
  );
}

/** Newest first. */
export async function readSteps(db: Queryable, plan: number): Promise<StepRecord[]> {
  const { rows } = await db.query<StepRecord>(
    `select id, step, action, former as from, latter as to, person, organ, at, reason, reasons, digest
     from plan_step where plan = $1 order by id desc`,
    [plan],
  );
  return rows;
}

/** Steps that the organ has signed since the plan was returned last. A signature that an edit voided is none: the edit needed a return. */
export async function readSignedBy(db: Queryable, organ: string): Promise<{ plan: number; step: StepId }[]> {
  const { rows } = await db.query<{ plan: number; step: StepId }>(
    `select plan, step from plan_step as signature
     where action = 'sign' and organ = $1 and not exists (
       select from plan_step as later where later.plan = signature.plan and later.action = 'return' and later.id > signature.id)`,
    [organ],
  );
  return rows;
}

export async function readSignedPlan(db: Queryable, plan: number): Promise<SignedPlan | null> {
  const { rows } = await db.query<SignedPlan>(
    `select id, region, profile, profile_version as "profileVersion", scheme, scheme_version as "schemeVersion",
            array(select community from plan_community where plan = plan.id) as communities
     from plan where id = $1`,
    [plan],
  );
  return rows[0] ?? null;
}

export async function readSignedGrids(db: Queryable, plan: number): Promise<SignedGrid[]> {
  const { rows } = await db.query<SignedGrid>(
    `select id, community, kind, name, reason, party, staff, code, households, population, buildings,
            encode(sha256(ST_AsBinary(outline, 'NDR')), 'hex') as outline,
            array(select block || ':' || cell from grid_block where grid_block.grid = grid.id order by block) as blocks
     from grid where plan = $1 and living`,
    [plan],
  );
  return rows;
}

/** What tells whether a community is still what it was when it was checked. */
export interface CheckedCommunity {
  community: string;
  /** Revisions of its grids and of its blocks. */
  revision: number;
  blocks: number;
  profileVersion: string;
}

export async function readChecked(db: Queryable, plan: number, community?: string): Promise<CheckedCommunity[]> {
  const { rows } = await db.query<CheckedCommunity>(
    `select plan_community.community, plan_community.revision, region.block_revision as blocks,
            plan.profile || ' ' || plan.profile_version as "profileVersion"
     from plan_community join plan on plan.id = plan_community.plan join region on region.code = plan_community.community
     where plan_community.plan = $1 and ($2::text is null or plan_community.community = $2) order by plan_community.community`,
    [plan, community ?? null],
  );
  return rows;
}

/** Living blocks of the plan's communities that no grid holds, and in how many communities they are. */
export async function countUndrawn(db: Queryable, plan: number): Promise<{ blocks: number; communities: number }> {
  const { rows } = await db.query<{ blocks: number; communities: number }>(
    `select count(*)::int as blocks, count(distinct block.community)::int as communities
     from plan_community join block on block.community = plan_community.community and block.living
     where plan_community.plan = $1
       and not exists (select from grid_block where grid_block.plan = $1 and grid_block.block = block.id)`,
    [plan],
  );
  return rows[0] as { blocks: number; communities: number };
}

export async function countOpenErrors(db: Queryable, plan: number): Promise<number> {
  const { rows } = await db.query<{ errors: number }>(
    `select coalesce(sum(errors), 0)::int as errors from plan_community where plan = $1`,
    [plan],
  );
  return rows[0]?.errors ?? 0;
}

/** Warnings that no written reason of a grid covers, by check, as they were found last. */
export async function readOpenWarnings(db: Queryable, plan: number): Promise<{ check: CheckId; count: number }[]> {
  const { rows } = await db.query<{ check: CheckId; count: number }>(
    `select issue ->> 'check' as check, count(*)::int as count
     from plan_community, jsonb_array_elements(plan_community.issues) as issue
     where plan = $1 and warnings > 0 and issue ->> 'severity' = 'warning' and not (issue ->> 'excused')::boolean
     group by 1 order by 1`,
    [plan],
  );
  return rows;
}

/** Every grid of the plan bears a code that fits: nothing is left of what the check of codes found before. */
export async function dropCodeIssues(db: Queryable, plan: number): Promise<void> {
  await db.query(
    `with kept as (
       select plan_community.community, coalesce(jsonb_agg(issue order by place) filter (where issue ->> 'check' <> 'code'), '[]') as issues
       from plan_community, jsonb_array_elements(plan_community.issues) with ordinality as item (issue, place)
       where plan = $1 group by plan_community.community having bool_or(issue ->> 'check' = 'code')
     ), counted as (
       select community, issues,
              count(issue) filter (where not excused and issue ->> 'severity' = 'error') as errors,
              count(issue) filter (where not excused and issue ->> 'severity' = 'warning') as warnings,
              count(issue) filter (where excused) as excused
       from kept left join lateral (
         select issue, (issue ->> 'excused')::boolean as excused from jsonb_array_elements(kept.issues) as issue
       ) as item on true group by community, issues
     )
     update plan_community set issues = counted.issues, errors = counted.errors, warnings = counted.warnings, excused = counted.excused
     from counted where plan_community.plan = $1 and plan_community.community = counted.community`,
    [plan],
  );
}

/** Blocks of the plan that were split while it was frozen give their grid and cell to what is living of them now. */
export async function moveToLivingBlocks(db: Queryable, plan: number): Promise<void> {
  await db.query(
    `with recursive line as (
       select grid_block.block as ancestor, grid_block.community, grid_block.grid, grid_block.cell, block.id, block.living
       from grid_block join block on block.id = grid_block.block where grid_block.plan = $1 and not block.living
       union all
       select line.ancestor, line.community, line.grid, line.cell, child.id, child.living
       from line join block as child on child.parent = line.id
     ), left_behind as (
       delete from grid_block where plan = $1 and block in (select ancestor from line)
     )
     insert into grid_block (plan, community, block, grid, cell) select $1, community, id, grid, cell from line where living`,
    [plan],
  );
}
