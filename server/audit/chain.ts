// The chain of the audit log: what exactly is digested, and how each seal holds on to the one before it.
//
// Form 1. The digest of a seal is SM3 (GB/T 32905), as 64 hexadecimal digits, of the UTF-8 bytes of one JSON array without spaces:
//
//   ["onegrid-audit", 1, position, previous, id, at, actor, account, organ, region, action, subject, detail, address]
//
// `position` counts the seals from 1; `previous` is the digest of the seal before, 64 zeros for the first; the others are the columns of
// audit_entry: `at` as 2026-03-01T08:30:00.123456Z, `account` a number or null, `detail` the text that PostgreSQL prints of the jsonb.
// The order is that of sealing: rows of transactions that ran side by side stand in the order in which they were found committed.
import { createHash } from 'node:crypto';

export const CHAIN_FORM = 1;

/** A row of audit_entry, each column exactly as it is digested. */
export interface ChainEntry {
  readonly id: number;
  readonly at: string;
  readonly actor: string;
  readonly account: number | null;
  readonly organ: string;
  readonly region: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: string;
  readonly address: string | null;
}

/** The newest seal: whoever has noted it down elsewhere can tell later whether everything up to it is still there. */
export interface ChainHead {
  readonly position: number;
  readonly digest: string;
}

/** What the first seal holds on to. */
export const BEGINNING: ChainHead = { position: 0, digest: '0'.repeat(64) };

export interface Seal extends ChainHead {
  readonly entry: number;
  readonly form: number;
  readonly previous: string;
}

export function digestOf(entry: ChainEntry, position: number, previous: string): string {
  const { id, at, actor, account, organ, region, action, subject, detail, address } = entry;
  const columns = [id, at, actor, account, organ, region, action, subject, detail, address];
  return createHash('sm3')
    .update(JSON.stringify(['onegrid-audit', CHAIN_FORM, position, previous, ...columns]))
    .digest('hex');
}

/** Seals of the entries, in their order, behind the head. */
export function sealsFor(entries: readonly ChainEntry[], head: ChainHead): Seal[] {
  let { position, digest } = head;
  return entries.map((entry) => {
    const previous = digest;
    position += 1;
    digest = digestOf(entry, position, previous);
    return { position, entry: entry.id, form: CHAIN_FORM, previous, digest };
  });
}
