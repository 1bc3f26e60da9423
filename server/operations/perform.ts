// One editing transaction: lock, check the base, plan the change, write it, check the rules, commit, tell everybody.
import type { OperationAnswer } from '../../core/api/messages.ts';
import { type PlannedOperation, planChange } from '../../core/plan/apply.ts';
import { type Change, NO_CHANGE } from '../../core/plan/change.ts';
import type { PlanFailure } from '../../core/plan/failure.ts';
import type { Operation, OperationRequest } from '../../core/plan/operation.ts';
import type { Divide } from '../../core/plan/operations/divide.ts';
import type { CommunityState } from '../../core/plan/state.ts';
import { applyChange, inverseOf, withIds } from '../../core/plan/state-change.ts';
import { runChecks } from '../../core/rules/checks.ts';
import type { Profile } from '../../core/rules/profile.ts';
import type { CheckContext, Issue } from '../../core/rules/rule.ts';
import { audit } from '../audit/audit.ts';
import type { Database } from '../database/open.ts';
import type { Queryable } from '../database/queryable.ts';
import { inTransaction, type Reach } from '../database/transaction.ts';
import { wkbToMultiPolygon } from '../database/wkb.ts';
import type { DivisionThreads } from '../division/division-threads.ts';
import type { EventHub } from '../events/hub.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { blockFeatures, gridCollection, stepLabels } from '../layout/features.ts';
import { planProfile } from '../plans/profile.ts';
import { readProgress } from '../plans/store.ts';
import { planScheme } from '../schemes/plan-scheme.ts';
import { Overtaken, type PlannedAhead, stillHolds, takeSnapshot } from './plan-ahead.ts';
import { readLocked, readState } from './read-state.ts';
import {
  holdGeometry,
  insertOperation,
  type LockedCommunity,
  lockCommunity,
  lockGeometry,
  lockTownNames,
  reachNeighbours,
  readBearers,
  readChange,
  readCoding,
  readDepartmentGrids,
  readDescendants,
  readOtherPlans,
  readRegister,
  readStanding,
  readTouchedSince,
  readTownNames,
  reserveIds,
  writeIssues,
  writeRevision,
} from './store.ts';
import { writeChange } from './write-change.ts';

export interface EditingContext {
  readonly database: Database;
  readonly events: EventHub;
  readonly division: DivisionThreads;
}

/** How many operations back undo reaches, per community. */
const UNDO_DEPTH = 200;
const GEOMETRIC: ReadonlySet<Operation['type']> = new Set(['cut', 'carve', 'reshape']);
/** How often a division is worked out anew because somebody was faster. */
const DIVIDE_ATTEMPTS = 3;

/**
 * Does one operation and answers with all that changed. Throws ProblemError: unknown-plan (404), community-not-in-plan (404),
 * plan-frozen (409), stale-base (409, with the newest revision), and 422 with the failure's code; nothing is changed then.
 */
export async function performOperation(
  context: EditingContext,
  plan: number,
  request: OperationRequest,
  by: Identity,
): Promise<OperationAnswer> {
  if (request.operation.type !== 'divide') return commitOperation(context, plan, request, by);
  for (let attempt = 1; ; attempt++) {
    const ahead = await divideAhead(context, by, plan, request.community, request.operation);
    try {
      return await commitOperation(context, plan, request, by, ahead);
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
      if (attempt === DIVIDE_ATTEMPTS) throw staleBase(error.revision);
    }
  }
}

/** Works a division out in a thread; no transaction waits for it. */
async function divideAhead(
  { database, division }: EditingContext,
  reach: Reach,
  plan: number,
  community: string,
  operation: Divide,
): Promise<PlannedAhead> {
  const { state, profile, standing } = await takeSnapshot(database, reach, plan, community);
  const outcome = await division.run('plan', { state, operation, profile }, { urgent: true });
  if (!outcome.ok) throw refused(outcome.failure);
  return { change: outcome.value, standing };
}

/**
 * The transaction of an operation, and the news of it. A change that was worked out `ahead` is written only while it still holds: throws
 * Overtaken otherwise. Throws ProblemError as performOperation does.
 */
export async function commitOperation(
  context: EditingContext,
  plan: number,
  request: OperationRequest,
  by: Identity,
  ahead?: PlannedAhead,
): Promise<OperationAnswer> {
  const done = await inTransaction(context.database, by, (db) => performWithin(db, plan, request, by, ahead));
  context.events.publish(plan, { type: 'operation', data: done.answer });
  if (done.namesakes.length > 0) context.events.publish(plan, { type: 'refresh', data: null });
  for (const other of done.refined) context.events.publish(other.plan, { type: 'blocks', data: { community: other.community } });
  return done.answer;
}

/** The same within the caller's transaction, who tells of it afterwards. */
export async function performWithin(db: Queryable, plan: number, request: OperationRequest, by: Identity, ahead?: PlannedAhead) {
  const { community, operation: asked } = request;
  // Before the community, as far as it is known: who has the names of the town waits for its communities.
  if (asked.type === 'describe' && asked.set.name !== undefined) await lockTownNames(db, plan, townOf(community));
  const locked = await lockCommunity(db, plan, community);
  if (!locked) throw new ProblemError(404, 'community-not-in-plan', { plan, community });
  if (!locked.editable) throw new ProblemError(409, 'plan-frozen', { plan });
  if (request.base > locked.revision) throw staleBase(locked.revision);
  const cuts = GEOMETRIC.has(request.operation.type);
  if (cuts) await reachNeighbours(db, community);
  await (cuts ? lockGeometry : holdGeometry)(db, community);
  const standing = ahead && (await readStanding(db, plan, community));
  if (ahead && standing && !stillHolds(ahead, standing)) throw new Overtaken(locked.revision);
  const before = await readState(db, plan, community, { neighbours: cuts });
  const profile = await planProfile(db, locked);
  const step = ahead ? newStep(locked, ahead.change) : await planStep(db, before, locked, request, profile);
  if (request.base < locked.revision) await refuseConflicts(db, plan, request, locked.revision, step.change);

  const change = withIds(step.change, await newIds(db, step.change));
  const after = applyChange(before, change);
  if (changedNames(change).length > 0) await lockTownNames(db, plan, townOf(community));
  const written = await writeChange(db, plan, before, after, change);
  const issues = await checkCommunity(db, plan, after, profile);
  const namesakes = await checkNamesakes(db, plan, community, change);
  const revision = locked.revision + 1;
  const operation = await insertOperation(db, {
    plan,
    community,
    revision,
    actor: by.name,
    request: request.operation,
    change,
    reason: request.reason ?? '',
  });
  const { type } = asked;
  await audit(db, by, {
    action: type === 'divide' ? 'divide' : 'edit',
    region: community,
    subject: `plan/${plan}`,
    detail: { operation, type },
  });
  const stacks = step.stacks(operation);
  await writeRevision(db, plan, community, { revision, ...stacks, issues });

  const [progress] = await readProgress(db, plan, community);
  const answer: OperationAnswer = {
    community,
    revision,
    operation,
    actor: by.name,
    issues,
    grids: (await gridCollection(db, plan, profile, community)).features,
    removed: change.grids.flatMap(({ before: former, after: made }) => (former && !made ? [former.id] : [])),
    blocks: {
      changed: await blockFeatures(db, plan, written.changedBlocks),
      removed: change.splits.map(({ parent }) => parent),
    },
    rehoused: change.rehoused.map(([building, block]) => [building, block]),
    progress: progress as OperationAnswer['progress'],
    ...(await stepLabels(db, stacks.undo, stacks.redo)),
  };
  const refined = written.refinedCommunities.length > 0 ? await readOtherPlans(db, plan, written.refinedCommunities) : [];
  return { answer, refined, namesakes };
}

interface Step {
  readonly change: Change;
  /** Undo and redo stacks once the operation has its id. */
  readonly stacks: (operation: number) => { undo: number[]; redo: number[] };
}

async function planStep(
  db: Queryable,
  state: CommunityState,
  locked: LockedCommunity,
  request: OperationRequest,
  profile: Profile,
): Promise<Step> {
  const { operation } = request;
  if (operation.type === 'undo') return undoStep(db, state, locked);
  if (operation.type === 'redo') return redoStep(db, state, locked);
  const outcome = planChange(state, await withLivingBlocks(db, state, operation), profile);
  if (!outcome.ok) throw refused(outcome.failure);
  return newStep(locked, outcome.value);
}

const newStep = (locked: LockedCommunity, change: Change): Step => ({
  change,
  stacks: (id) => ({ undo: [...locked.undo_stack, id].slice(-UNDO_DEPTH), redo: [] }),
});

async function undoStep(db: Queryable, state: CommunityState, locked: LockedCommunity): Promise<Step> {
  const last = locked.undo_stack.at(-1);
  if (last === undefined) throw refused({ code: 'nothing-to-undo' });
  const { change } = await readChange(db, last);
  return {
    change: await onLivingBlocks(db, state, inverseOf(change)),
    stacks: () => ({ undo: locked.undo_stack.slice(0, -1), redo: [...locked.redo_stack, last] }),
  };
}

async function redoStep(db: Queryable, state: CommunityState, locked: LockedCommunity): Promise<Step> {
  const last = locked.redo_stack.at(-1);
  if (last === undefined) throw refused({ code: 'nothing-to-redo' });
  const { change } = await readChange(db, last);
  return {
    change: await onLivingBlocks(db, state, { ...NO_CHANGE, grids: change.grids, assignments: change.assignments, cells: change.cells }),
    stacks: () => ({ undo: [...locked.undo_stack, last], redo: locked.redo_stack.slice(0, -1) }),
  };
}

/** An operation may name blocks that were split since its sender saw them: it means their descendants. */
async function withLivingBlocks(db: Queryable, state: CommunityState, operation: PlannedOperation): Promise<PlannedOperation> {
  if (operation.type !== 'assign' && operation.type !== 'cell') return operation;
  const split = operation.blocks.filter((block) => !state.blocks.has(block));
  if (split.length === 0) return operation;
  const heirs = await readDescendants(db, split);
  const known = new Set(heirs.map((heir) => heir.ancestor));
  const blocks = [...operation.blocks.filter((block) => !known.has(block)), ...heirs.map((heir) => heir.id)];
  return { ...operation, blocks };
}

/** A stored change speaks of the blocks of its day; later cuts refined them. */
async function onLivingBlocks(db: Queryable, state: CommunityState, change: Change): Promise<Change> {
  const split = [...change.assignments, ...change.cells].map(({ block }) => block).filter((block) => !state.blocks.has(block));
  if (split.length === 0) return change;
  const heirs = await readDescendants(db, [...new Set(split)]);
  const onHeirs = <Move extends { readonly block: number }>(move: Move): Move[] =>
    state.blocks.has(move.block)
      ? [move]
      : heirs.filter(({ ancestor }) => ancestor === move.block).map(({ id }) => ({ ...move, block: id }));
  return { ...change, assignments: change.assignments.flatMap(onHeirs), cells: change.cells.flatMap(onHeirs) };
}

async function newIds(db: Queryable, change: Change) {
  const blocks = change.splits.flatMap(({ children }) => children.map((child) => child.id));
  const grids = change.grids.flatMap(({ before, after }) => (after && !before && after.id < 0 ? [after.id] : []));
  const reserved = await reserveIds(db, { blocks: blocks.length, grids: grids.length });
  return {
    blocks: new Map(blocks.map((id, index) => [id, reserved.blocks[index] as number])),
    grids: new Map(grids.map((id, index) => [id, reserved.grids[index] as number])),
  };
}

/** Grids that a change touches. */
function touchedGrids(change: Change): Set<number> {
  const touched = new Set<number>();
  for (const { before, after } of change.grids) {
    if (before) touched.add(before.id);
    if (after) touched.add(after.id);
  }
  for (const { from, to } of change.assignments) {
    if (from !== null) touched.add(from);
    if (to !== null) touched.add(to);
  }
  return touched;
}

/** A late operation is welcome when nobody touched its grids or moved its blocks meanwhile; undo and redo always mean the newest state. */
async function refuseConflicts(db: Queryable, plan: number, request: OperationRequest, revision: number, change: Change): Promise<void> {
  if (request.operation.type === 'undo' || request.operation.type === 'redo') throw staleBase(revision);
  const theirs = await readTouchedSince(db, plan, request.community, request.base);
  const mine = touchedGrids(change);
  if (theirs.grids.some((grid) => mine.has(grid))) throw staleBase(revision);
  // A block that was taken out of its grid touches none when it is put into another.
  const moved = new Set((await readDescendants(db, theirs.blocks)).map(({ id }) => id));
  if ([...change.assignments, ...change.cells].some(({ block }) => moved.has(block))) throw staleBase(revision);
}

function staleBase(revision: number): ProblemError {
  return new ProblemError(409, 'stale-base', { revision });
}

export function refused(failure: PlanFailure): ProblemError {
  const { coordinate, ...named } = failure.at ?? {};
  return new ProblemError(422, failure.code, named, failure.at && { ...named, ...(coordinate && { coordinate }) });
}

/** Checks a community of the plan, under the profile that the plan follows by then, and stores what it finds while the plan is a draft. */
export async function recheckCommunity(db: Queryable, plan: number, community: string): Promise<Issue[]> {
  const { locked, state } = await readLocked(db, plan, community);
  const issues = await checkCommunity(db, plan, state, await planProfile(db, locked));
  if (locked.editable) await writeIssues(db, plan, community, issues);
  return issues;
}

/** Issues of the community as it stands in the transaction. */
async function checkCommunity(db: Queryable, plan: number, state: CommunityState, profile: Profile): Promise<Issue[]> {
  return runChecks({ ...(await checkContext(db, plan, state)), profile });
}

/** What the checks look at, under whatever profile. */
export async function checkContext(db: Queryable, plan: number, state: CommunityState): Promise<Omit<CheckContext, 'profile'>> {
  const { code } = state.community;
  const { codes, planCoded, communityEnded } = await readCoding(db, plan, code);
  const scheme = await planScheme(db, plan);
  return {
    state,
    townNames: await readTownNames(db, plan, townOf(code)),
    register: await readRegister(db, code),
    scheme,
    codes: new Map(codes.map(({ grid, ...issued }) => [grid, issued])),
    planCoded,
    communityEnded,
    departmentGrids: (await readDepartmentGrids(db, code)).map(({ area, ...row }) => ({ ...row, area: wkbToMultiPolygon(area) })),
  };
}

const townOf = (community: string): string => community.slice(0, 9);

/** Names that grids are given or give up. */
function changedNames(change: Change): string[] {
  const renamed = change.grids.filter(({ before, after }) => before?.name !== after?.name);
  return renamed.flatMap(({ before, after }) => [before, after].flatMap((grid) => grid?.name || []));
}

/** A name is compared with those of the whole town: the other communities that bear one given or given up are checked anew, and answered. */
async function checkNamesakes(db: Queryable, plan: number, community: string, change: Change): Promise<string[]> {
  const names = changedNames(change);
  const others = names.length > 0 ? await readBearers(db, plan, community, names) : [];
  for (const other of others) await recheckCommunity(db, plan, other);
  return others;
}
