// Issuing codes: grids without one get the lowest numbers left in their community, in reading order; nothing is ever renumbered. On a
// branched plan the grids that go on as they were keep theirs.
import { type ComparedLine, formerCodesOf } from '../../core/adjustment/compare.ts';
import { keptCodes } from '../../core/adjustment/keep-codes.ts';
import type { CodesAnswer } from '../../core/api/messages.ts';
import { commonRegion } from '../../core/audit/common-region.ts';
import { codeFits } from '../../core/codes/parse.ts';
import type { Scheme } from '../../core/codes/scheme.ts';
import { audit } from '../audit/audit.ts';
import type { Queryable } from '../database/queryable.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import type { EditingContext } from '../operations/perform.ts';
import { planProfile } from '../plans/profile.ts';
import { planScheme } from '../schemes/plan-scheme.ts';
import { comparePlans } from './compare-plans.ts';
import { readFormerLayouts } from './compare-store.ts';
import { giveNumbers } from './give-numbers.ts';
import { startIssue } from './progress.ts';
import { insertEvents } from './registry-store.ts';
import {
  assignCodes,
  type CodedGrid,
  countErrors,
  type LockedPlan,
  listCommunities,
  lockNumbers,
  lockPlan,
  type NewCode,
  readAbandoned,
  readCodedGrids,
} from './store.ts';

/** Grids in one transaction: the embedded engine answers nobody else meanwhile. A county is one. */
const GRIDS_AT_ONCE = 4_000;

/** A provisional code that never became official. */
const UNUSED = 'unused';

/**
 * Issues provisional codes for a plan, or one community of it, whole communities at a time: what was issued stays when it is interrupted,
 * and the next call goes on from there. Throws ProblemError: unknown-plan (404), plan-frozen (409), plan-has-errors (409), and why a code
 * cannot be made (409); then nothing is issued in that community and the ones after it.
 */
export async function issueCodes(
  context: Pick<EditingContext, 'database' | 'events'>,
  plan: number,
  by: Identity,
  community?: string,
): Promise<CodesAnswer> {
  const communities = await inTransaction(context.database, by, async (db) => {
    await lockEditable(db, plan);
    const errors = await countErrors(db, plan, community);
    if (errors > 0) throw new ProblemError(409, 'plan-has-errors', { errors });
    return listCommunities(db, plan, community);
  });
  const progress = startIssue(
    context.database,
    plan,
    communities.reduce((sum, { grids }) => sum + grids, 0),
  );
  const issued: NewCode[] = [];
  try {
    for (const portion of portions(communities)) {
      const codes = portion.map((one) => one.community);
      const made = await inTransaction(context.database, by, (db) => issuePortion(db, plan, by, codes));
      issued.push(...made);
      progress.advance(portion.reduce((sum, { grids }) => sum + grids, 0));
      if (made.length > 0) context.events.publish(plan, { type: 'codes', data: { communities: [...new Set(made.map(communityOf))] } });
    }
  } finally {
    progress.end();
  }
  return { issued: issued.map(({ code, community: where, grid }) => ({ code, community: where, grid })), total: issued.length };
}

/**
 * The same within the transaction of a step of the lifecycle: all or nothing; whoever submits has looked for errors. Throws ProblemError:
 * unknown-plan (404), plan-frozen (409), and why a code cannot be made (409).
 */
export async function issueWithin(db: Queryable, plan: number, actor: string): Promise<NewCode[]> {
  const locked = await lockEditable(db, plan);
  const issued: NewCode[] = [];
  for (const portion of portions(await listCommunities(db, plan))) {
    issued.push(...(await issueIn(db, locked, portion.map(communityOf), actor)));
  }
  return issued;
}

const communityOf = ({ community }: { readonly community: string }): string => community;

async function issuePortion(db: Queryable, plan: number, by: Identity, communities: readonly string[]): Promise<NewCode[]> {
  const codes = await issueIn(db, await lockEditable(db, plan), communities, by.name);
  const region = commonRegion(codes.map(communityOf));
  if (codes.length > 0) await audit(db, by, { action: 'codes-issued', region, subject: `plan/${plan}`, detail: { codes: codes.length } });
  return codes;
}

async function lockEditable(db: Queryable, plan: number): Promise<LockedPlan> {
  const locked = await lockPlan(db, plan);
  if (!locked) throw new ProblemError(404, 'unknown-plan', { plan });
  if (!locked.editable) throw new ProblemError(409, 'plan-frozen', { plan });
  return locked;
}

/** Communities in the order of their codes, as many as make up one transaction. */
function* portions<T extends { readonly grids: number }>(communities: readonly T[]): Generator<T[]> {
  let portion: T[] = [];
  let grids = 0;
  for (const community of communities) {
    if (grids + community.grids > GRIDS_AT_ONCE && portion.length > 0) {
      yield portion;
      [portion, grids] = [[], 0];
    }
    portion.push(community);
    grids += community.grids;
  }
  if (portion.length > 0) yield portion;
}

/** Codes that were given out newly; those that grids keep are not among them. */
async function issueIn(db: Queryable, plan: LockedPlan, communities: readonly string[], actor: string): Promise<NewCode[]> {
  await lockNumbers(db, communities);
  const scheme = await planScheme(db, plan.id);
  const grids = await readCodedGrids(db, plan.id, communities);
  const { kept, former } = await decide(db, plan, scheme, communities, grids);
  const keeping = grids.flatMap(({ id, code }) => {
    const own = kept.get(id);
    return own !== undefined && own !== code ? [{ grid: id, code: own }] : [];
  });
  const waiting = grids.filter((grid) => !kept.has(grid.id) && !mayStay(grid, scheme, former));
  if (keeping.length === 0 && waiting.length === 0) return [];
  const leaving = grids.filter(({ id }) => keeping.some(({ grid }) => grid === id) || waiting.some((grid) => grid.id === id));
  const issued = await giveNumbers(db, plan.id, scheme, waiting);
  await insertEvents(
    db,
    issued.map(({ code }) => code),
    'provisional',
    actor,
  );
  await assignCodes(db, plan.id, [...keeping, ...issued]);
  const abandoned = await readAbandoned(
    db,
    leaving.flatMap(({ code }) => code ?? []),
  );
  await insertEvents(db, abandoned, 'retired', actor, UNUSED);
  return issued;
}

/** A code that the grid bears stays: it was given out for this plan, fits, and has not ended. */
function mayStay({ code, state, community, kind }: CodedGrid, scheme: Scheme, former: ReadonlySet<string>): boolean {
  return code !== null && state !== 'retired' && !former.has(code) && codeFits(scheme, code, { community, kind });
}

/** On a branched plan: which grids keep a code of the former layout, and all codes of that. */
async function decide(
  db: Queryable,
  plan: LockedPlan,
  scheme: Scheme,
  communities: readonly string[],
  grids: readonly CodedGrid[],
): Promise<{ kept: Map<number, string>; former: Set<string> }> {
  if (plan.parent === null) return { kept: new Map(), former: new Set() };
  const lines: ComparedLine[] = await comparePlans(db, plan.id, await readFormerLayouts(db, plan.id, communities));
  const byId = new Map(grids.map((grid) => [grid.id, grid]));
  const { codes } = await planProfile(db, plan);
  const kept = keptCodes(lines, codes, (code, id) => {
    const grid = byId.get(id);
    return grid !== undefined && codeFits(scheme, code, grid);
  });
  return { kept, former: formerCodesOf(lines) };
}
