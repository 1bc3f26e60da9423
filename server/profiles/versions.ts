// What may be done with profiles: add a version, copy one under a new name, let a plan follow a version.
import { isDeepStrictEqual } from 'node:util';
import { reaches } from '../../core/accounts/reach.ts';
import type { CheckReport, PlanSummary, ProfileVersion } from '../../core/api/messages.ts';
import type { ProfileContent } from '../../core/rules/profile.ts';
import { profileRefusals } from '../../core/rules/profile-refusal.ts';
import { audit } from '../audit/audit.ts';
import { checkPlan } from '../checks/routes.ts';
import type { Queryable } from '../database/queryable.ts';
import { inTransaction, scoped } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { readPlan } from '../plans/store.ts';
import { insertVersion, type NewVersion, readVersion, writePlanProfile } from './store.ts';

/** The content, if it is a profile of that id. Throws ProblemError profile-invalid (422) with the first place that is wrong. */
export function checkedContent(content: unknown, id: string): ProfileContent {
  const [refusal] = profileRefusals(content);
  if (refusal) {
    const path = refusal.path.join('.');
    throw new ProblemError(422, 'profile-invalid', { path, issue: refusal.reason, ...refusal.values }, { path });
  }
  const profile = content as ProfileContent;
  if (profile.id === id) return profile;
  throw new ProblemError(422, 'profile-invalid', { path: 'id', issue: 'one-of', expected: id }, { path: 'id' });
}

/** Throws ProblemError unknown-profile (404). */
export async function versionOf(db: Queryable, profile: string, version?: number): Promise<ProfileVersion> {
  const found = await readVersion(db, profile, version);
  if (!found) throw new ProblemError(404, 'unknown-profile', { profile });
  return found;
}

export interface Edit {
  readonly profile: string;
  /** The version that was edited. */
  readonly base: number;
  readonly content: unknown;
  readonly note: string;
  readonly actor: string;
}

/**
 * The content becomes the next version. Throws ProblemError: unknown-profile (404), stale-profile (409) where `base` is not the newest,
 * profile-invalid and profile-unchanged (422); nothing is stored then.
 */
export async function addVersion(db: Queryable, { profile, base, note, actor, ...edit }: Edit): Promise<ProfileVersion> {
  const newest = await versionOf(db, profile);
  const content = checkedContent(edit.content, profile);
  if (newest.version !== base) throw new ProblemError(409, 'stale-profile', { version: newest.version });
  if (isDeepStrictEqual(newest.content, content)) throw new ProblemError(422, 'profile-unchanged', { version: base });
  const made = await insertVersion(db, { profile, version: base + 1, content, note, actor });
  const stored = await versionOf(db, profile);
  if (!made) throw new ProblemError(409, 'stale-profile', { version: stored.version });
  return stored;
}

export interface Copy extends Omit<NewVersion, 'version' | 'content'> {
  readonly from: { readonly profile: string; readonly version?: number | undefined };
  readonly name: ProfileContent['name'];
}

/** Version 1 of a new profile. Throws ProblemError: unknown-profile (404), profile-exists (409). */
export async function copyProfile(db: Queryable, { profile, from, name, note, actor }: Copy): Promise<ProfileVersion> {
  const { content } = await versionOf(db, from.profile, from.version);
  const made = await insertVersion(db, { profile, version: 1, content: { ...content, id: profile, name }, note, actor });
  if (!made) throw new ProblemError(409, 'profile-exists', { profile });
  return versionOf(db, profile);
}

/**
 * The plan follows that version from now on and is checked by it, one short transaction per community. Throws ProblemError:
 * unknown-plan and unknown-profile (404), region-out-of-reach (403), plan-frozen (409), profile-invalid (422) where another program
 * wrote the version.
 */
export async function movePlan(
  { database, events }: Context,
  by: Identity,
  { id: plan, region }: Pick<PlanSummary, 'id' | 'region'>,
  to: { profile: string; version: number },
): Promise<CheckReport> {
  // A town sees the plan of its county, and draws its own part of it.
  if (!reaches(by.region, region)) throw new ProblemError(403, 'region-out-of-reach', { region });
  checkedContent((await versionOf(scoped(database, by), to.profile, to.version)).content, to.profile);
  const state = await inTransaction(database, by, async (db) => {
    const found = await writePlanProfile(db, plan, to);
    if (found === 'editable') await audit(db, by, { action: 'plan-profile', region, subject: `plan/${plan}`, detail: { ...to } });
    return found;
  });
  if (state === 'frozen') throw new ProblemError(409, 'plan-frozen', { plan });
  const moved = await readPlan(scoped(database, by), plan);
  if (!moved) throw new ProblemError(404, 'unknown-plan', { plan });
  try {
    return await checkPlan(database, by, moved);
  } finally {
    events.publish(plan, { type: 'refresh', data: null });
  }
}
