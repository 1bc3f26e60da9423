-- Nobody reaches another region. The server works as the role onegrid_app, which owns nothing and bypasses nothing; every transaction
-- says how far it reaches: onegrid.reach is the prefix of a region code, or * for work that nobody asked for (start, command line).
-- Where it says nothing, nothing is seen.

do $$
begin
  if not exists (select from pg_roles where rolname = 'onegrid_app') then
    create role onegrid_app nologin;
  end if;
  if not pg_has_role(current_user, 'onegrid_app', 'member') then
    grant onegrid_app to current_user;
  end if;
exception
  -- Roles belong to the whole server; another database of it is just making this one.
  when duplicate_object or unique_violation then
    null;
  when insufficient_privilege then
    raise exception 'Let an administrator of the database run: create role onegrid_app nologin; grant onegrid_app to %', current_user;
end $$;
grant usage on schema public to onegrid_app;
grant select, insert, update, delete, truncate on all tables in schema public to onegrid_app;
grant usage, select on all sequences in schema public to onegrid_app;

-- Without the operators that ask an index for nearby shapes, every question about a place would read whole tables: below a policy
-- PostgreSQL uses an index only through operators that tell nothing of what they saw.
do $$
begin
  alter function geometry_overlaps(geometry, geometry) leakproof;
  alter function starts_with(text, text) leakproof;
exception when insufficient_privilege then
  raise notice 'questions about places will be slower: making their operators leakproof needs a superuser';
end $$;

-- How far the transaction reaches; null: it did not say.
create function reach() returns text language sql stable parallel safe as $$
  select nullif(current_setting('onegrid.reach', true), '')
$$;

-- Codes of communities beside the one that is edited: their blocks receive vertices on the common border (I2).
create function beside() returns text[] language sql stable parallel safe as $$
  select string_to_array(nullif(current_setting('onegrid.beside', true), ''), ',')
$$;

create function in_reach(code text) returns boolean language sql stable parallel safe as $$
  select coalesce(reach() = '*' or starts_with(code, reach()) or code = any(beside()), false)
$$;

-- The regions above one's own, too: for their names, and for plans that divide more than one's own region.
create function above_or_in_reach(code text) returns boolean language sql stable parallel safe as $$
  select coalesce(reach() = '*' or starts_with(code, reach()) or starts_with(reach(), code) or code = any(beside()), false)
$$;

-- Communities whose boxes meet that of one in reach. What has ended may lie across what took its place, and is beside nothing of today.
create function communities_beside(community text) returns text[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(other.code order by other.code), '{}')
  from region as own join region as other on other.level = 'community' and other.outline && own.outline and other.code <> own.code
    and (other.valid_to is null) = (own.valid_to is null)
  where own.code = communities_beside.community and in_reach(own.code)
$$;

create function place_in_reach(place geometry) returns boolean language sql stable as $$
  select coalesce(reach() = '*' or exists (select from region where region.level = 'community' and region.outline && place), false)
$$;

do $$
declare
  name text;
  policy text;
begin
  for name, policy in values
    ('region', 'above_or_in_reach(code)'),
    ('region_past', 'above_or_in_reach(code)'),
    ('region_table', 'exists (select from unnest(covers) as covered (code) where above_or_in_reach(covered.code))'),
    ('block', 'in_reach(community)'),
    ('building', 'in_reach(community)'),
    ('institution', 'place_in_reach(area)'),
    ('department_grid', 'place_in_reach(area)'),
    ('attribution', 'place_in_reach(area)'),
    ('plan', 'above_or_in_reach(region)'),
    ('plan_community', 'in_reach(community)'),
    ('grid', 'in_reach(community)'),
    ('grid_block', 'in_reach(community)'),
    ('operation', 'in_reach(community)'),
    ('grid_code', 'in_reach(community)'),
    ('grid_code_event', 'exists (select from grid_code where grid_code.code = grid_code_event.code)'),
    ('grid_code_lineage', 'exists (select from grid_code where grid_code.code in (grid_code_lineage.code, grid_code_lineage.successor))'),
    ('account', 'in_reach(region)'),
    ('session', 'reach() = ''*'''),
    ('sign_on', 'reach() = ''*'''),
    ('sign_in_failure', 'reach() = ''*'' or exists (select from account where account.login = sign_in_failure.login)'),
    ('code_range', 'above_or_in_reach(region)'),
    ('plan_step', 'exists (select from plan where plan.id = plan_step.plan)'),
    ('official_layout', 'in_reach(community)'),
    ('clearance', 'exists (select from grid where grid.id = clearance.grid)'),
    ('filing', 'in_reach(city)'),
    ('filing_part', 'exists (select from filing where filing.id = filing_part.filing)')
  loop
    execute format('alter table %1$s enable row level security', name);
    execute format('create policy within_reach on %1$s using (%2$s)', name, policy);
  end loop;
end $$;

-- The log: everybody adds, whoever may read it sees what concerns their region, and only the server for itself seals.
alter table audit_entry enable row level security;
create policy added_by_all on audit_entry for insert with check (reach() is not null);
create policy read_within_reach on audit_entry for select using (in_reach(region) or region = '*' and reach() is not null);
alter table audit_seal enable row level security;
create policy read_by_all on audit_seal for select using (reach() is not null);
create policy sealed_by_the_server on audit_seal for insert with check (reach() = '*');
alter table audit_unsealed enable row level security;
create policy for_the_server on audit_unsealed using (reach() = '*');
revoke insert, update, delete, truncate on audit_entry, audit_seal from onegrid_app;
-- Neither its number nor its time is for the writer to choose.
grant insert (actor, account, organ, region, action, subject, detail, address) on audit_entry to onegrid_app;
grant insert on audit_seal to onegrid_app;

-- The embedded engine has nobody who looks after its statistics: the server asks for it when much has changed. Without them the
-- planner takes a table below a policy for nearly empty.
create function refresh_statistics() returns void language plpgsql security definer set search_path = public as $$
begin
  analyze region, block, building, barrier, institution, department_grid, plan, plan_community, grid, grid_block, grid_code, operation;
end $$;

-- What the database asks of itself sees everything, whoever asked for the change.
do $$
declare
  asked regprocedure;
begin
  for asked in
    select pg_proc.oid::regprocedure from pg_proc
    where pronamespace = 'public'::regnamespace and prorettype = 'trigger'::regtype
      and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
  loop
    execute format('alter function %s security definer set search_path = public', asked);
  end loop;
end $$;
