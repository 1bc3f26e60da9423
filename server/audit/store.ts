// Rows of the audit log and the seals of its chain.
import type { Queryable } from '../database/queryable.ts';
import type { Actor, AuditEvent } from './audit.ts';

export async function insertEntry(db: Queryable, actor: Actor, event: AuditEvent): Promise<void> {
  await db.query(
    `insert into audit_entry (actor, account, organ, region, action, subject, detail, address)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      actor.name,
      actor.account,
      actor.organ,
      event.region ?? actor.region,
      event.action,
      event.subject,
      event.detail ?? {},
      event.address ?? null,
    ],
  );
}
