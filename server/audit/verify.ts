// Goes through the whole chain of the audit log and tells what was changed, removed, inserted or put in another order.
import type { Queryable } from '../database/queryable.ts';
import { BEGINNING, CHAIN_FORM, type ChainHead, digestOf } from './chain.ts';
import { findSeal, readHead, readLoose, readSealed, type SealedEntry } from './store.ts';

/** Rows that are held in memory at a time. */
const PAGE = 2_000;
/** A log that was rewritten as a whole is as plain with fewer. */
const MAX_FINDINGS = 1_000;

/**
 * `entry-changed`: the entry at that position is not what was sealed, or its seal is not. `entry-removed`: its seal has no entry any more.
 * `seal-removed`: no seal at that position. `link-broken`: the seal does not hold on to the one before it, so one of both was changed or
 * put elsewhere. `form-unknown`: a newer version made the seal. `entry-unsealed`: an entry that neither is sealed nor waits for it,
 * so it came past the log, or its seal was taken away. `waiting-forged`: what waits for a seal is gone, or has one already. `tail-cut`: the seal that was noted down is not in the chain.
 * `head-unreadable`: the file with the noted seal holds none.
 */
export type AuditFindingKind =
  | 'entry-changed'
  | 'entry-removed'
  | 'seal-removed'
  | 'link-broken'
  | 'form-unknown'
  | 'entry-unsealed'
  | 'waiting-forged'
  | 'tail-cut'
  | 'head-unreadable';

export interface AuditFinding {
  readonly kind: AuditFindingKind;
  /** In the chain; null: nowhere in it. */
  readonly position: number | null;
  /** Id of the entry; null: of none. */
  readonly entry: number | null;
}

export interface AuditVerification {
  readonly sealed: number;
  /** Entries that are committed and not sealed yet: nothing can be said of them. */
  readonly unsealed: number;
  readonly head: ChainHead;
  /** By position; the first 1,000. */
  readonly findings: AuditFinding[];
}

/** A seal that was noted down elsewhere; where only the digest was, `position` is null. */
export interface NotedHead {
  readonly position: number | null;
  readonly digest: string;
}

/** What is sealed while it runs is left to the next time. Needs a database that reaches everything. */
export async function verifyChain(db: Queryable, noted: readonly NotedHead[] = []): Promise<AuditVerification> {
  const head = await readHead(db);
  const findings: AuditFinding[] = [];
  let sealed = 0;
  let last = BEGINNING;
  while (last.position < head.position) {
    const page = await readSealed(db, last.position, PAGE);
    if (page.length === 0) break;
    for (const seal of page) {
      findings.push(...sealFindings(seal, last));
      last = seal;
    }
    sealed += page.length;
  }
  const loose = await readLoose(db, MAX_FINDINGS);
  findings.push(...loose.entries.map((entry): AuditFinding => ({ kind: 'entry-unsealed', position: null, entry })));
  findings.push(...loose.waiting.map((entry): AuditFinding => ({ kind: 'waiting-forged', position: null, entry })));
  for (const { position, digest } of noted) {
    if (digest !== BEGINNING.digest && (await findSeal(db, digest)) === null) findings.push({ kind: 'tail-cut', position, entry: null });
  }
  return { sealed, unsealed: loose.unsealed, head, findings: findings.slice(0, MAX_FINDINGS) };
}

function sealFindings(seal: SealedEntry, last: ChainHead): AuditFinding[] {
  const { position, entry, previous } = seal;
  const found = (kind: AuditFindingKind, at: number = position): AuditFinding => ({
    kind,
    position: at,
    entry: at === position ? entry : null,
  });
  // Of a gap the first place says enough: what follows it cannot hold on to anything.
  if (position !== last.position + 1) return [found('seal-removed', last.position + 1), ...entryFindings(seal, found)];
  return [...(previous === last.digest ? [] : [found('link-broken')]), ...entryFindings(seal, found)];
}

function entryFindings(seal: SealedEntry, found: (kind: AuditFindingKind) => AuditFinding): AuditFinding[] {
  if (seal.form !== CHAIN_FORM) return [found('form-unknown')];
  if (seal.id === null) return [found('entry-removed')];
  return digestOf(seal, seal.position, seal.previous) === seal.digest ? [] : [found('entry-changed')];
}
