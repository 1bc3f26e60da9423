// Writes a row of the audit log, in the transaction of what it tells of: both happen, or neither does.
import type { AuditAction, AuditDetail } from '../../core/audit/actions.ts';
import type { Queryable } from '../database/queryable.ts';
import { announceEntry } from './announce.ts';
import { insertEntry } from './store.ts';

/** Who acts: what an Identity says. */
export interface Actor {
  readonly account: number | null;
  readonly name: string;
  readonly organ: string;
  /** Prefix of region codes, or '*'. */
  readonly region: string;
}

export interface AuditEvent {
  readonly action: AuditAction;
  /** Code or prefix of the region that it concerns: its auditors see the row. Left out: the region of the actor. '*': every auditor sees it. */
  readonly region?: string;
  /** What it was done to, as a path of kind and id: plan/12, account/3, profile/gansu-2023. */
  readonly subject: string;
  readonly detail?: AuditDetail;
  /** Network address that it came from, where that matters: sign-in, refusal. */
  readonly address?: string;
}

/** One insert in the caller's transaction; it is sealed into the chain right after the commit. */
export async function audit(db: Queryable, actor: Actor, event: AuditEvent): Promise<void> {
  await insertEntry(db, actor, event);
  announceEntry();
}
