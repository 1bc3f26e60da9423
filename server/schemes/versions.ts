// What may be done with code schemes: add a version, copy one under a new name, let a plan follow a version.
import { isDeepStrictEqual } from 'node:util';
import type { SchemeVersion } from '../../core/api/messages.ts';
import { type Scheme, schemeSchema } from '../../core/codes/scheme.ts';
import { schemeRefusals } from '../../core/codes/scheme-refusal.ts';
import { audit } from '../audit/audit.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { insertSchemeVersion, readSchemeVersion, writePlanScheme } from './store.ts';

/** The content, if it is a scheme of that id. Throws ProblemError scheme-invalid (422) with the first place that is wrong. */
export function checkedScheme(content: unknown, id: string): Scheme {
  const [refusal] = schemeRefusals(content);
  if (refusal) {
    const path = refusal.path.map(String).join('.');
    throw new ProblemError(422, 'scheme-invalid', { path, issue: refusal.reason, ...refusal.values }, { path });
  }
  const scheme = schemeSchema.parse(content);
  if (scheme.id === id) return scheme;
  throw new ProblemError(422, 'scheme-invalid', { path: 'id', issue: 'one-of', expected: id }, { path: 'id' });
}

/** Throws ProblemError unknown-scheme (404). */
export async function versionOf(db: Queryable, scheme: string, version?: number): Promise<SchemeVersion> {
  const found = await readSchemeVersion(db, scheme, version);
  if (!found) throw new ProblemError(404, 'unknown-scheme', { scheme });
  return found;
}

export interface SchemeEdit {
  readonly scheme: string;
  /** The version that was edited. */
  readonly base: number;
  readonly content: object;
  readonly note: string;
}

/**
 * The content becomes the next version. Throws ProblemError: unknown-scheme (404), stale-scheme (409) where `base` is not the newest,
 * scheme-invalid and scheme-unchanged (422); nothing is stored then.
 */
export async function addVersion(db: Queryable, by: Identity, { scheme, base, content, note }: SchemeEdit): Promise<SchemeVersion> {
  const newest = await versionOf(db, scheme);
  checkedScheme(content, scheme);
  if (newest.version !== base) throw new ProblemError(409, 'stale-scheme', { version: newest.version });
  if (isDeepStrictEqual(newest.content, content)) throw new ProblemError(422, 'scheme-unchanged', { version: base });
  const made = await insertSchemeVersion(db, { scheme, version: base + 1, content, note, actor: by.name });
  const stored = await versionOf(db, scheme);
  if (!made) throw new ProblemError(409, 'stale-scheme', { version: stored.version });
  return noted(db, by, stored);
}

export interface SchemeCopy {
  readonly scheme: string;
  readonly from: { readonly scheme: string; readonly version?: number | undefined };
  readonly name: Scheme['name'];
  readonly note: string;
}

/** Version 1 of a new scheme. Throws ProblemError: unknown-scheme (404), scheme-exists (409). */
export async function copyScheme(db: Queryable, by: Identity, { scheme, from, name, note }: SchemeCopy): Promise<SchemeVersion> {
  const { content } = await versionOf(db, from.scheme, from.version);
  const copied = { ...(content as Scheme), id: scheme, name };
  const made = await insertSchemeVersion(db, { scheme, version: 1, content: copied, note, actor: by.name });
  if (!made) throw new ProblemError(409, 'scheme-exists', { scheme });
  return noted(db, by, await versionOf(db, scheme));
}

/**
 * The next codes of the plan are made by that version; those that its grids bear stay where they fit it. Throws ProblemError: unknown-plan
 * and unknown-scheme (404), plan-frozen (409), scheme-invalid (422) where another program wrote the version.
 */
export async function movePlan(db: Queryable, plan: number, to: { scheme: string; version: number }): Promise<void> {
  checkedScheme((await versionOf(db, to.scheme, to.version)).content, to.scheme);
  const state = await writePlanScheme(db, plan, to);
  if (state === null) throw new ProblemError(404, 'unknown-plan', { plan });
  if (state === 'frozen') throw new ProblemError(409, 'plan-frozen', { plan });
}

/** Schemes hold in every region, so every auditor sees that they were changed. */
async function noted(db: Queryable, by: Identity, made: SchemeVersion): Promise<SchemeVersion> {
  await audit(db, by, { action: 'scheme', region: '*', subject: `scheme/${made.scheme}`, detail: { version: made.version } });
  return made;
}
