// Rows of the audit log and the seals of its chain.
import type { AuditRecord } from '../../core/api/messages.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Actor, AuditEvent } from './audit.ts';
import { BEGINNING, type ChainEntry, type ChainHead, type Seal } from './chain.ts';

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

/** Any number will do, as long as nothing else in this database locks it. */
const CHAIN_LOCK = 6_207_240_008;

/** Until the end of the transaction nobody else seals, in whatever process. */
export async function lockChain(db: Queryable): Promise<void> {
  await db.query('select pg_advisory_xact_lock($1)', [CHAIN_LOCK]);
}

/** The newest seal; BEGINNING where nothing is sealed yet. To be noted down where this database cannot be reached from. */
export async function readHead(db: Queryable): Promise<ChainHead> {
  const { rows } = await db.query<ChainHead>('select position, digest from audit_seal order by position desc limit 1');
  return rows[0] ?? BEGINNING;
}

/** As server/audit/chain.ts digests them; of the table or row `entry`. */
const CHAIN_COLUMNS = `entry.id, to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, entry.actor,
  entry.account, entry.organ, entry.region, entry.action, entry.subject, entry.detail::text as detail, entry.address`;

/**
 * The committed entries that wait for their seal, in order, up to `limit`, with a higher id than `after`. Asked by id: the embedded
 * engine has no statistics of a table that grew a moment ago, and would join the whole log.
 */
export async function readUnsealed(db: Queryable, after: number, limit: number): Promise<ChainEntry[]> {
  const waiting = await db.query<{ entry: number }>('select entry from audit_unsealed where entry > $1 order by entry limit $2', [
    after,
    limit,
  ]);
  const { rows } = await db.query<ChainEntry>(
    `select ${CHAIN_COLUMNS} from audit_entry as entry
     where id = any($1::bigint[]) and id <> all(array(select sealed.entry from audit_seal as sealed where sealed.entry = any($1::bigint[])))
     order by id`,
    [waiting.rows.map(({ entry }) => entry)],
  );
  return rows;
}

/** The entries of these seals wait no longer. */
export async function insertSeals(db: Queryable, seals: readonly Seal[]): Promise<void> {
  await db.query(
    `with waited as (
       delete from audit_unsealed where entry = any($2::bigint[])
     )
     insert into audit_seal (position, entry, form, previous, digest)
     select * from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::text[], $5::text[])`,
    [
      seals.map(({ position }) => position),
      seals.map(({ entry }) => entry),
      seals.map(({ form }) => form),
      seals.map(({ previous }) => previous),
      seals.map(({ digest }) => digest),
    ],
  );
}

/** `id` is null where the entry of the seal is gone. */
export type SealedEntry = Seal & (ChainEntry | { readonly id: null });

/** Seals after that position with their entries, in order. */
export async function readSealed(db: Queryable, after: number, limit: number): Promise<SealedEntry[]> {
  const { rows } = await db.query<SealedEntry>(
    `select seal.position, seal.entry, seal.form, seal.previous, seal.digest, ${CHAIN_COLUMNS}
     from (select * from audit_seal where position > $1 order by position limit $2) as seal
     left join audit_entry as entry on entry.id = seal.entry order by seal.position`,
    [after, limit],
  );
  return rows;
}

export interface Loose {
  /** Entries that are neither sealed nor wait for it: they were not written by way of the log. */
  readonly entries: number[];
  /** What waits for a seal without an entry to it, or has one already. */
  readonly waiting: number[];
}

/** One statement, so that what is sealed meanwhile is seen before or after and never in between. */
export async function readLoose(db: Queryable, limit: number): Promise<Loose & { readonly unsealed: number }> {
  const { rows } = await db.query<Loose & { readonly unsealed: number }>(
    `select
       array(select id::int8 from audit_entry where not exists (select from audit_seal where entry = id)
         and not exists (select from audit_unsealed where entry = id) order by id limit $1)::float8[] as entries,
       array(select entry from audit_unsealed as waiting where not exists (select from audit_entry where id = waiting.entry)
         or exists (select from audit_seal where audit_seal.entry = waiting.entry) order by entry limit $1)::float8[] as waiting,
       (select count(*) from audit_unsealed) as unsealed`,
    [limit],
  );
  return rows[0] as Loose & { readonly unsealed: number };
}

/** null: no seal bears that digest. */
export async function findSeal(db: Queryable, digest: string): Promise<number | null> {
  const { rows } = await db.query<{ position: number }>('select position from audit_seal where digest = $1', [digest]);
  return rows[0]?.position ?? null;
}

export interface AuditFilter {
  /** Prefix of region codes whose rows are wanted, with those that concern every region; '*': all. */
  readonly region: string;
  /** Instants, the second one excluded; null: open. */
  readonly from: string | null;
  readonly to: string | null;
  readonly action: string | null;
  /** Part of the name of the person or of the organ. */
  readonly actor: string | null;
  /** Part of the subject, region, address or detail. */
  readonly query: string | null;
  /** Id of an entry: only older ones. */
  readonly before: number | null;
  readonly limit: number;
}

/** Newest first. */
export async function searchEntries(db: Queryable, filter: AuditFilter): Promise<AuditRecord[]> {
  const { rows } = await db.query<AuditRecord>(
    `select entry.id, to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, entry.actor, entry.account,
       entry.organ, entry.region, entry.action, entry.subject, entry.detail, entry.address, seal.position, seal.digest
     from audit_entry as entry left join audit_seal as seal on seal.entry = entry.id
     where ($1 = '*' or entry.region = '*' or starts_with(entry.region, $1))
       and ($2::timestamptz is null or entry.at >= $2) and ($3::timestamptz is null or entry.at < $3)
       and ($4::text is null or entry.action = $4)
       and ($5::text is null or strpos(lower(entry.actor), lower($5)) > 0 or strpos(entry.organ, $5) > 0)
       and ($6::text is null or strpos(lower(concat_ws(' ', entry.subject, entry.region, entry.address, entry.detail)), lower($6)) > 0)
       and ($7::bigint is null or entry.id < $7)
     order by entry.id desc limit $8`,
    [filter.region, filter.from, filter.to, filter.action, filter.actor, filter.query, filter.before, filter.limit],
  );
  return rows;
}
