// From provisional to retired: what the lifecycle of a plan does with the codes of its grids, in the transaction of the step.
import { type EndedCode, endedCodes } from '../../core/adjustment/keep-codes.ts';
import type { CodeState } from '../../core/api/messages.ts';
import type { Queryable } from '../database/queryable.ts';
import { ProblemError } from '../http/problem.ts';
import { compareInPlace, comparePlans } from './compare-plans.ts';
import { type FormerLayout, readAbsorbed, readFormerLayouts } from './compare-store.ts';
import {
  type CodeStanding,
  countUncoded,
  insertEvents,
  insertLineage,
  readPlanCodes,
  readStandings,
  readUnused,
} from './registry-store.ts';

/** A provisional code that never became official. */
const UNUSED = 'unused';

/**
 * The plan goes to the province: its provisional codes are filed. Throws ProblemError plan-not-coded (409) and code-ended (409): a grid
 * bears a code that has retired meanwhile.
 */
export async function fileCodes(db: Queryable, plan: number, actor: string): Promise<void> {
  await advance(db, await readySet(db, plan), ['provisional'], 'filed', actor);
}

/** The plan came back: its filed codes are provisional again. Official ones stay official. */
export async function withdrawCodes(db: Queryable, plan: number, actor: string): Promise<void> {
  await advance(db, await readPlanCodes(db, plan), ['filed'], 'provisional', actor);
}

/**
 * The plan turns official, and with it the codes of its grids. Codes of the layouts that it replaces, and of communities that went up in
 * its own, retire with their successors where no grid of the plan bears them. Call it before or after official_layout is written; answers
 * the codes that retired. Throws ProblemError as fileCodes does.
 */
export async function makeOfficial(db: Queryable, plan: number, actor: string): Promise<EndedCode[]> {
  await advance(db, await readySet(db, plan), ['provisional', 'filed'], 'official', actor);
  const ended = endedCodes(await comparePlans(db, plan, await readFormerLayouts(db, plan)));
  for (const former of await readAbsorbed(db, plan)) ended.push(...endedCodes(await compareInPlace(db, plan, former)));
  await insertEvents(db, await readUnused(db, plan), 'retired', actor, UNUSED);
  return endCodes(db, ended, actor);
}

/**
 * A community has got another code, or went up in others: the codes of its former layout retire, with what lies in their place in the
 * plan as successors, or as abolished. Answers the codes that retired. `plan` null: nothing takes its place.
 */
export async function recode(db: Queryable, former: FormerLayout, plan: number | null, actor: string): Promise<EndedCode[]> {
  if (plan !== null) return endCodes(db, endedCodes(await compareInPlace(db, plan, former)), actor);
  const codes = await readPlanCodes(db, former.plan, former.community);
  return endCodes(
    db,
    codes.map(({ code }) => ({ code, successors: [], kind: 'redraw', ending: 'abolished' })),
    actor,
  );
}

/** Retires codes with their lineage; those that have retired already are left alone. */
export async function endCodes(db: Queryable, ended: readonly EndedCode[], actor: string): Promise<EndedCode[]> {
  const standings = await readStandings(
    db,
    ended.map(({ code }) => code),
  );
  const ending = ended.filter(({ code }) => standings.has(code) && standings.get(code) !== 'retired');
  await insertEvents(
    db,
    ending.map(({ code }) => code),
    'retired',
    actor,
    ending.map((end) => end.ending),
  );
  await insertLineage(
    db,
    ending.flatMap(({ code, successors, kind }) => successors.map((successor) => ({ code, successor, kind }))),
  );
  return ending;
}

async function readySet(db: Queryable, plan: number): Promise<CodeStanding[]> {
  const grids = await countUncoded(db, plan);
  if (grids > 0) throw new ProblemError(409, 'plan-not-coded', { plan, grids });
  const codes = await readPlanCodes(db, plan);
  const retired = codes.find(({ state }) => state === 'retired');
  if (retired) throw new ProblemError(409, 'code-ended', { code: retired.code });
  return codes;
}

async function advance(db: Queryable, codes: readonly CodeStanding[], from: readonly CodeState[], to: CodeState, actor: string) {
  const moving = codes.filter(({ state }) => from.includes(state)).map(({ code }) => code);
  await insertEvents(db, moving, to, actor);
}
