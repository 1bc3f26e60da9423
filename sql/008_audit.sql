-- The audit log: who did what, in the transaction of what it tells of; and the chain that makes a later change of it plain to see.
-- Nothing here is ever changed or removed, and nothing deletes old rows.

create table audit_entry (
  id bigint primary key generated always as identity,
  at timestamptz not null default clock_timestamp(),
  actor text not null,
  -- null: the system itself, or somebody who has not signed in. No foreign key: the log outlives everything that it speaks of.
  account integer,
  organ text not null default '',
  -- Whom it concerns: the auditors of this region and of those above it see the row. '*': every auditor.
  region text not null check (region ~ '^(\*|\d{2,12})$'),
  action text not null check (action ~ '^[a-z]+(-[a-z]+)*$'),
  subject text not null,
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  address text
);
create index audit_entry_at on audit_entry (at);

-- The chain. Each seal carries the digest of its entry and of the seal before it (server/audit/chain.ts says of what exactly).
create table audit_seal (
  position bigint primary key check (position > 0),
  entry bigint not null unique,
  -- Version of the text that the digest is made of.
  form smallint not null,
  previous text not null check (previous ~ '^[0-9a-f]{64}$'),
  digest text not null unique check (digest ~ '^[0-9a-f]{64}$')
);

-- Entries that are committed and wait for their seal; a crash in between loses none. Sealing is no part of the transaction that
-- writes the entry: a chain there would let nobody commit before the one ahead.
create table audit_unsealed (
  entry bigint primary key
);

create function queue_for_seal() returns trigger language plpgsql as $$
begin
  insert into audit_unsealed (entry) values (new.id);
  return null;
end $$;
create trigger audit_entry_queue after insert on audit_entry for each row execute function queue_for_seal();

create trigger audit_entry_append_only before update or delete on audit_entry for each row execute function refuse_change();
create trigger audit_entry_no_truncate before truncate on audit_entry execute function refuse_change();
create trigger audit_seal_append_only before update or delete on audit_seal for each row execute function refuse_change();
create trigger audit_seal_no_truncate before truncate on audit_seal execute function refuse_change();
