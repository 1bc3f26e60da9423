-- What always holds, whoever writes (DESIGN §3). What can be said of a row is refused at once; what speaks of a community as a whole
-- is asked at commit, once per community and plan that the transaction touched, however many rows that were, of what it changed there.
-- So an edit pays for what it touches, an import of 100,000 blocks one set-based question per community, and nothing ever has to be
-- switched off.
--
-- OG001: the plan is frozen. OG002: an invariant would break; the message names it.

create function broken(invariant text, place text) returns void language plpgsql as $$
begin
  raise exception '%: %', invariant, place using errcode = 'OG002';
end $$;

-- Snap-rounding may move an existing border by less than one lattice step while a new vertex is put on it (degrees).
create function border_drift() returns float8 language sql immutable parallel safe as 'select 1e-7::float8';
-- What is left of an area difference when both sides have the same vertices: rounding of binary fractions (degrees² per degree of border).
create function area_rounding() returns float8 language sql immutable parallel safe as 'select 1e-10::float8';

-- Blocks: refined, never changed otherwise (I5) ------------------------------------------------------------------------------------

-- Whether a vertex that only the one shape has lies further from the other's border than noding moves it: √2 steps, and room for
-- binary fractions. Vertices that both have are passed over, so that the cost grows with what changed; and nothing is queried, which
-- would cost more than all of the measuring.
create function leaves_border(one geometry, other geometry) returns boolean language plpgsql immutable parallel safe as $$
declare
  own geometry := ST_Difference(ST_Points(one), ST_Points(other));
  border geometry;
begin
  if ST_IsEmpty(own) then
    return false;
  end if;
  border := ST_Boundary(other);
  for i in 1 .. ST_NumGeometries(own) loop
    if ST_Distance(ST_GeometryN(own, i), border) > border_drift() * 1.5 then
      return true;
    end if;
  end loop;
  return false;
end $$;

create function guard_block_update() returns trigger language plpgsql as $$
begin
  if (old.id, old.community, old.parent) is distinct from (new.id, new.community, new.parent) then
    perform broken('a block keeps its id, community and parent', old.id::text);
  end if;
  if new.living and not old.living then
    perform broken('a split block stays split', old.id::text);
  end if;
  if not ST_OrderingEquals(old.shape, new.shape) and (
    not old.living
    or leaves_border(old.shape, new.shape)
    or leaves_border(new.shape, old.shape)
    or abs(ST_Area(old.shape) - ST_Area(new.shape)) > ST_Perimeter(old.shape) * border_drift()
  ) then
    perform broken('a block only receives vertices on its border', old.id::text);
  end if;
  return new;
end $$;
create trigger block_update before update on block for each row execute function guard_block_update();

create function guard_child() returns trigger language plpgsql as $$
begin
  if not exists (
    select from block as parent
    where parent.id = new.parent and parent.community = new.community
      and ST_DWithin(parent.shape, ST_PointOnSurface(new.shape), border_drift())
  ) then
    perform broken('a finer block lies in the block it came from', new.id::text);
  end if;
  return null;
end $$;
create constraint trigger block_child after insert on block deferrable initially deferred
  for each row when (new.parent is not null) execute function guard_child();

create function guard_split() returns trigger language plpgsql as $$
begin
  -- One without finer blocks gives up its place: the tiling is asked whether its community does so, too.
  if exists (
    select from block as child where child.parent = new.id
    having count(*) = 1 or abs(sum(ST_Area(child.shape)) - ST_Area(new.shape)) > ST_Perimeter(new.shape) * border_drift())
  then
    perform broken('the finer blocks cover the block they came from', new.id::text);
  end if;
  return null;
end $$;
create constraint trigger block_split after update on block deferrable initially deferred
  for each row when (old.living and not new.living) execute function guard_split();

-- A region ends; what speaks of it stays.
create trigger region_never_removed before delete on region for each row execute function refuse_change();
create trigger region_no_truncate before truncate on region execute function refuse_change();
create trigger block_never_removed before delete on block for each row execute function refuse_change();
create trigger block_no_truncate before truncate on block execute function refuse_change();

-- Frozen plans: from the day they are submitted nothing about them changes but their state -----------------------------------------

-- The share lock makes an editor and somebody who submits the plan wait for each other.
create function refuse_if_frozen() returns trigger language plpgsql as $$
begin
  perform from plan where plan.id in (select changed.plan from changed) order by plan.id for share;
  perform from plan where plan.id in (select changed.plan from changed) and not plan.editable;
  if found then
    raise exception 'a submitted plan does not change' using errcode = 'OG001';
  end if;
  return null;
end $$;

do $$
declare
  name text;
begin
  foreach name in array array['plan_community', 'grid', 'grid_block', 'operation'] loop
    execute format('create trigger %1$s_frozen_insert after insert on %1$s referencing new table as changed
      for each statement execute function refuse_if_frozen()', name);
    execute format('create trigger %1$s_frozen_update after update on %1$s referencing old table as changed
      for each statement execute function refuse_if_frozen()', name);
    execute format('create trigger %1$s_frozen_delete after delete on %1$s referencing old table as changed
      for each statement execute function refuse_if_frozen()', name);
  end loop;
end $$;

-- Which state may follow which; who may take the step is the business of the profile (core/lifecycle).
create function may_follow(former text, latter text) returns boolean language sql immutable parallel safe as $$
  select case former
    when 'draft' then latter = 'submitted'
    when 'returned' then latter = 'submitted'
    when 'submitted' then latter in ('approved', 'settled', 'returned')
    when 'approved' then latter in ('settled', 'returned')
    when 'settled' then latter in ('filed', 'official', 'returned')
    when 'filed' then latter in ('official', 'returned')
    when 'official' then latter = 'superseded'
    else false end
$$;

create function guard_plan() returns trigger language plpgsql as $$
declare
  missing text;
begin
  if tg_op = 'DELETE' then
    if old.editable then
      return old;
    end if;
    raise exception 'a submitted plan does not change' using errcode = 'OG001';
  end if;
  if (new.id, new.region, new.parent) is distinct from (old.id, old.region, old.parent) then
    perform broken('a plan keeps its region and its parent', old.id::text);
  end if;
  if new.state <> old.state and not may_follow(old.state, new.state) then
    raise exception 'a plan that is % does not become %', old.state, new.state using errcode = 'OG001';
  end if;
  if not old.editable and (new.name, new.profile, new.profile_version, new.scheme, new.scheme_version)
    is distinct from (old.name, old.profile, old.profile_version, old.scheme, old.scheme_version)
  then
    raise exception 'a submitted plan does not change' using errcode = 'OG001';
  end if;
  if new.state = 'submitted' then
    select block.community into missing
    from plan_community join block on block.community = plan_community.community and block.living
    where plan_community.plan = new.id
      and not exists (select from grid_block where grid_block.plan = new.id and grid_block.block = block.id)
    limit 1;
    if found then
      perform broken('a submitted plan leaves no block without a grid', missing);
    end if;
  end if;
  return new;
end $$;
create trigger plan_change before update or delete on plan for each row execute function guard_plan();

create function guard_grid_update() returns trigger language plpgsql as $$
begin
  if (old.id, old.plan, old.community) is distinct from (new.id, new.plan, new.community) then
    perform broken('a grid keeps its plan and community', old.id::text);
  end if;
  return new;
end $$;
create trigger grid_update before update on grid for each row execute function guard_grid_update();
create trigger grid_never_removed before delete on grid for each row execute function refuse_change();

-- Asked at commit ------------------------------------------------------------------------------------------------------------------

-- Empty between transactions. plan 0: the blocks and buildings of the community; else its grids in that plan.
create unlogged table pending_check (
  transaction xid8 not null default pg_current_xact_id(),
  plan integer not null,
  community text not null,
  primary key (transaction, plan, community)
);

-- Empty between transactions, too: every block that the transaction changed, with the shape it had when that began; null: it had none,
-- or was no living block. block 0: the outline of the community. Of what is not here nothing has changed, so nothing has to be asked.
create unlogged table touched_shape (
  transaction xid8 not null default pg_current_xact_id(),
  community text not null,
  block integer not null,
  former geometry,
  primary key (transaction, community, block)
);

-- Likewise every block that gained, lost or changed a building.
create unlogged table touched_home (
  transaction xid8 not null default pg_current_xact_id(),
  community text not null,
  block integer not null,
  primary key (transaction, community, block)
);

-- Only the triggers below write these notes, or a change could be kept from the checks.
create function refuse_note() returns trigger language plpgsql as $$
begin
  raise exception 'notes on what a transaction changed are not written by hand' using errcode = 'OG002';
end $$;
do $$
declare
  name text;
begin
  foreach name in array array['pending_check', 'touched_shape', 'touched_home'] loop
    execute format('create trigger %1$s_by_triggers before insert or update or delete on %1$s
      for each statement when (pg_trigger_depth() = 0) execute function refuse_note()', name);
    execute format('create trigger %1$s_no_truncate before truncate on %1$s execute function refuse_note()', name);
  end loop;
end $$;

-- The borders of all blocks, each walked with the block on its left, are the border of the community: every edge inside is walked once in
-- either direction and cancels, vertex by vertex (I2). Then every place in the community is covered once and none outside (I1), exactly,
-- since blocks are valid and run counter-clockwise. What held before holds on when the borders that the transaction took away and those
-- that it brought cancel likewise; only when all blocks are new there is no before, and the whole is asked.
create function check_community_tiling(code text) returns void language plpgsql as $$
declare
  whole boolean := not exists (
    select from block where community = check_community_tiling.code and living and not exists (
      select from touched_shape as touched
      where touched.transaction = pg_current_xact_id() and touched.community = block.community and touched.block = block.id));
  moved boolean := whole or exists (
    select from touched_shape as touched
    where touched.transaction = pg_current_xact_id() and touched.community = check_community_tiling.code and touched.block = 0);
  loose text;
begin
  with touched as materialized (
    select touched.block, touched.former from touched_shape as touched
    where touched.transaction = pg_current_xact_id() and touched.community = check_community_tiling.code
  ), border as (
    select block.shape, 1 as side from touched join block on block.id = touched.block and block.living
    union all
    select touched.former, case touched.block when 0 then 1 else -1 end from touched where not whole and touched.former is not null
    union all
    select ST_ForcePolygonCCW(region.outline), -1 from region where moved and region.code = check_community_tiling.code
  ), edge as (
    -- What is taken away and brought again cancels before anything is turned: nearly all of a border that received a vertex.
    select ST_AsBinary(segment.geom) as walked, sum(border.side) as side
    from border, ST_DumpSegments(border.shape) as segment
    group by 1 having sum(border.side) <> 0
  ), facing as (
    select walked, ST_AsBinary(ST_Reverse(ST_GeomFromWKB(walked))) as turned, side from edge
  )
  select ST_AsText(ST_GeomFromWKB(least(walked, turned))) into loose
  from facing group by least(walked, turned) having sum(case when walked < turned then side else -side end) <> 0 limit 1;
  if found then
    perform broken('the blocks of a community tile it, edge by edge', code || ' ' || loose);
  end if;
  if not moved then
    return;
  end if;
  perform from region where region.code = check_community_tiling.code and not ST_IsValid(outline);
  if found then
    perform broken('the outline of a community does not overlap itself', code);
  end if;
  -- A border moves only where blocks do, or the edges above would not have cancelled: who lies elsewhere is not asked again.
  perform from (
    -- Who has ended lies where those lie that took its place.
    select here.outline as own, other.outline as others
    from region as here join region as other
      on here.outline && other.outline and other.level = 'community' and other.code <> here.code and other.valid_to is null
    where here.code = check_community_tiling.code and here.valid_to is null and (whole or exists (
      select from touched_shape as touched left join block on block.id = touched.block and block.living
      where touched.transaction = pg_current_xact_id() and touched.community = here.code and touched.block <> 0
        and (touched.former && other.outline or block.shape && other.outline)))
    offset 0
  ) as beside where ST_Relate(own, others, 'T********');
  if found then
    perform broken('communities do not overlap', code);
  end if;
end $$;

-- I6 below the grids: what a block counts is what its buildings add up to, and every building stands in its living block.
create function check_community_counts(code text) returns void language plpgsql as $$
declare
  blocks integer[] := array(
    select block from touched_shape where transaction = pg_current_xact_id() and community = check_community_counts.code
    union
    select block from touched_home where transaction = pg_current_xact_id() and community = check_community_counts.code);
  place text;
begin
  select block.id into place
  from unnest(blocks) as touched (block) join block on block.id = touched.block and block.living
  cross join lateral (
    select coalesce(sum(households), 0) as households, coalesce(sum(population), 0) as population, count(*) as buildings
    from building where building.block = block.id
  ) as housed
  where (block.households, block.population, block.buildings) <> (housed.households, housed.population, housed.buildings)
  limit 1;
  if found then
    perform broken('a block counts what its buildings add up to', place);
  end if;
  select building.id into place
  from unnest(blocks) as touched (block) join block on block.id = touched.block
  cross join lateral (select id, point from building where building.block = block.id offset 0) as building
  where not block.living or not ST_DWithin(block.shape, building.point, border_drift() * 2)
  limit 1;
  if found then
    perform broken('a building stands in its living block', place);
  end if;
end $$;

-- I6 above the blocks, for plans that can still change; thematic grids lie across the others and hold no blocks.
create function check_plan_community(plan integer, community text) returns void language plpgsql as $$
declare
  place text;
begin
  select grid_block.block into place
  from grid_block join block on block.id = grid_block.block join grid on grid.id = grid_block.grid
  where grid_block.plan = check_plan_community.plan and grid_block.community = check_plan_community.community
    and not (block.living and grid.living and grid.kind <> 'thematic')
  limit 1;
  if found then
    perform broken('a draft grid consists of living blocks', place);
  end if;
  select grid.id into place
  from grid left join (
    select grid_block.grid, sum(block.households) as households, sum(block.population) as population,
           sum(block.buildings) as buildings, sum(ST_Area(block.shape)) as area
    from grid_block join block on block.id = grid_block.block
    where grid_block.plan = check_plan_community.plan and grid_block.community = check_plan_community.community
    group by grid_block.grid
  ) as drawn on drawn.grid = grid.id
  where grid.plan = check_plan_community.plan and grid.community = check_plan_community.community
    and grid.living and grid.kind <> 'thematic'
    and ((grid.households, grid.population, grid.buildings)
        is distinct from (drawn.households::integer, drawn.population::integer, drawn.buildings::integer)
      or abs(ST_Area(grid.outline) - drawn.area) > ST_Perimeter(grid.outline) * area_rounding())
  limit 1;
  if found then
    perform broken('a grid counts and covers what its blocks add up to', place);
  end if;
end $$;

create function run_pending_check() returns trigger language plpgsql as $$
begin
  delete from pending_check
  where transaction = new.transaction and plan = new.plan and community = new.community;
  if new.plan = 0 then
    if exists (select from block where block.community = new.community) then
      perform check_community_tiling(new.community);
    end if;
    perform check_community_counts(new.community);
    delete from touched_shape where transaction = new.transaction and community = new.community;
    delete from touched_home where transaction = new.transaction and community = new.community;
  elsif exists (select from plan where plan.id = new.plan and plan.editable) then
    perform check_plan_community(new.plan, new.community);
  end if;
  return null;
end $$;
create constraint trigger pending_check_run after insert on pending_check deferrable initially deferred
  for each row execute function run_pending_check();

-- Blocks and buildings concern their community, and through it every draft plan that divides it.
create function note_community() returns trigger language plpgsql as $$
begin
  insert into pending_check (plan, community)
  select 0, community from (select distinct community from changed) as touched on conflict do nothing;
  insert into pending_check (plan, community)
  select plan.id, plan_community.community
  from plan_community join plan on plan.id = plan_community.plan and plan.editable
  where plan_community.community in (select community from changed)
  on conflict do nothing;
  return null;
end $$;

create function note_plan_community() returns trigger language plpgsql as $$
begin
  insert into pending_check (plan, community) select distinct plan, community from changed on conflict do nothing;
  return null;
end $$;

create function note_outline() returns trigger language plpgsql as $$
begin
  insert into touched_shape (community, block, former) values (new.code, 0, ST_ForcePolygonCCW(old.outline)) on conflict do nothing;
  insert into pending_check (plan, community) values (0, new.code) on conflict do nothing;
  return null;
end $$;
create trigger region_outline_changed after update of outline on region
  for each row when (new.level = 'community' and not ST_OrderingEquals(old.outline, new.outline)) execute function note_outline();

create function note_new_blocks() returns trigger language plpgsql as $$
begin
  insert into touched_shape (community, block) select community, id from changed on conflict do nothing;
  return null;
end $$;
create trigger block_added after insert on block referencing new table as changed for each statement execute function note_new_blocks();

create function note_former_blocks() returns trigger language plpgsql as $$
begin
  insert into touched_shape (community, block, former) select community, id, case when living then shape end from former
  on conflict do nothing;
  return null;
end $$;
create trigger block_changed after update on block referencing old table as former for each statement execute function note_former_blocks();

create function note_homes() returns trigger language plpgsql as $$
begin
  insert into touched_home (community, block) select distinct community, block from changed on conflict do nothing;
  return null;
end $$;

do $$
declare
  name text;
  noter text;
  event text;
  version text;
begin
  for name, noter in values
    ('block', 'note_community'), ('building', 'note_community'), ('grid', 'note_plan_community'), ('grid_block', 'note_plan_community')
  loop
    execute format('create trigger %1$s_inserted after insert on %1$s referencing new table as changed
      for each statement execute function %2$s()', name, noter);
    execute format('create trigger %1$s_updated after update on %1$s referencing new table as changed
      for each statement execute function %2$s()', name, noter);
    execute format('create trigger %1$s_deleted after delete on %1$s referencing old table as changed
      for each statement execute function %2$s()', name, noter);
  end loop;
  -- A building may come into another community with its place: both are asked.
  create trigger building_moved after update on building referencing new table as changed
    for each statement execute function note_community();
  for event, version in values ('insert', 'new'), ('update', 'old'), ('update', 'new'), ('delete', 'old') loop
    execute format('create trigger building_%1$s_%2$s_home after %1$s on building referencing %2$s table as changed
      for each statement execute function note_homes()', event, version);
  end loop;
end $$;

-- What an assignment speaks of stays.
create function guard_assignment_update() returns trigger language plpgsql as $$
begin
  if (old.plan, old.community, old.block) <> (new.plan, new.community, new.block) then
    perform broken('an assignment changes its grid and cell only', old.block::text);
  end if;
  return new;
end $$;
create trigger grid_block_update before update on grid_block for each row execute function guard_assignment_update();
