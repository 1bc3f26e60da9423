// What may be done with profiles and code schemes: add a version, copy one under a new name.
import { isDeepStrictEqual } from 'node:util';
import type { Scheme } from '../../core/codes/scheme.ts';
import { schemeRefusals } from '../../core/codes/scheme-refusal.ts';
import type { ProfileContent } from '../../core/rules/profile.ts';
import { profileRefusals } from '../../core/rules/profile-refusal.ts';
import { audit } from '../audit/audit.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { insertVersion, readVersion, type Versioned, type Versions } from './store.ts';

interface Contents {
  profile: ProfileContent;
  scheme: Scheme;
}

const REFUSALS = { profile: profileRefusals, scheme: schemeRefusals };

/** The content, if it is a document of that kind and id. Throws ProblemError …-invalid (422) with the first place that is wrong. */
export function checkedContent<Kind extends Versioned>(kind: Kind, content: unknown, id: string): Contents[Kind] {
  const [refusal] = REFUSALS[kind](content);
  if (refusal) {
    const path = refusal.path.map(String).join('.');
    throw new ProblemError(422, `${kind}-invalid`, { path, issue: refusal.reason, ...refusal.values }, { path });
  }
  const document = content as Contents[Kind];
  if (document.id === id) return document;
  throw new ProblemError(422, `${kind}-invalid`, { path: 'id', issue: 'one-of', expected: id }, { path: 'id' });
}

/** The newest version where none is named. Throws ProblemError unknown-… (404). */
export async function versionOf<Kind extends Versioned>(db: Queryable, kind: Kind, id: string, version?: number): Promise<Versions[Kind]> {
  const found = await readVersion(db, kind, id, version);
  if (!found) throw new ProblemError(404, `unknown-${kind}`, { [kind]: id });
  return found;
}

export interface Edit {
  readonly id: string;
  /** The version that was edited. */
  readonly base: number;
  readonly content: unknown;
  readonly note: string;
}

/**
 * The content becomes the next version. Throws ProblemError: unknown-… (404), stale-… (409) where `base` is not the newest, …-invalid and
 * …-unchanged (422); nothing is stored then.
 */
export async function addVersion<Kind extends Versioned>(db: Queryable, by: Identity, kind: Kind, edit: Edit): Promise<Versions[Kind]> {
  const { id, base, note } = edit;
  const newest = await versionOf(db, kind, id);
  const content = checkedContent(kind, edit.content, id);
  if (newest.version !== base) throw new ProblemError(409, `stale-${kind}`, { version: newest.version });
  if (isDeepStrictEqual(newest.content, content)) throw new ProblemError(422, `${kind}-unchanged`, { version: base });
  const made = await insertVersion(db, kind, { id, version: base + 1, content, note, actor: by.name });
  const stored = await versionOf(db, kind, id);
  if (!made) throw new ProblemError(409, `stale-${kind}`, { version: stored.version });
  return noted(db, by, kind, id, stored);
}

export interface Copy {
  readonly id: string;
  readonly from: { readonly id: string; readonly version?: number | undefined };
  readonly name: { readonly zh: string; readonly en: string };
  readonly note: string;
}

/** Version 1 of a new document. Throws ProblemError: unknown-… (404), …-exists (409). */
export async function copyVersion<Kind extends Versioned>(db: Queryable, by: Identity, kind: Kind, copy: Copy): Promise<Versions[Kind]> {
  const { id, from, name, note } = copy;
  const { content } = await versionOf(db, kind, from.id, from.version);
  const copied = { ...(content as Contents[Kind]), id, name };
  const made = await insertVersion(db, kind, { id, version: 1, content: copied, note, actor: by.name });
  if (!made) throw new ProblemError(409, `${kind}-exists`, { [kind]: id });
  return noted(db, by, kind, id, await versionOf(db, kind, id));
}

/** Rules and schemes hold in every region, so every auditor sees that they were changed. */
async function noted<Kind extends Versioned>(
  db: Queryable,
  by: Identity,
  kind: Kind,
  id: string,
  made: Versions[Kind],
): Promise<Versions[Kind]> {
  await audit(db, by, { action: kind, region: '*', subject: `${kind}/${id}`, detail: { version: made.version } });
  return made;
}
