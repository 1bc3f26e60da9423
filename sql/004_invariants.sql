-- What always holds, whoever writes (DESIGN §3). What can be said of a row is refused at once; what speaks of a community as a whole
-- is asked at commit, once per community and plan that the transaction touched, however many rows that were. So an import of 100,000
-- blocks pays one set-based question per community, and nothing ever has to be switched off.
--
-- OG001: the plan is settled. OG002: an invariant would break; the message names it.

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
-- binary fractions. Vertices that both have are passed over, so that the cost grows with what changed.
create function leaves_border(one geometry, other geometry) returns boolean language sql immutable parallel safe as $$
  select exists (
    select from (
      select (ST_DumpPoints(one)).geom except select (ST_DumpPoints(other)).geom
    ) as own where ST_Distance(own.geom, ST_Boundary(other)) > border_drift() * 1.5)
$$;

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
    where parent.id = new.parent and parent.community = new.community and ST_Intersects(parent.shape, ST_PointOnSurface(new.shape))
  ) then
    perform broken('a finer block lies in the block it came from', new.id::text);
  end if;
  return null;
end $$;
create constraint trigger block_child after insert on block deferrable initially deferred
  for each row when (new.parent is not null) execute function guard_child();

create function guard_split() returns trigger language plpgsql as $$
begin
  if not coalesce(
    (select count(*) > 1 and abs(sum(ST_Area(child.shape)) - ST_Area(new.shape)) <= ST_Perimeter(new.shape) * border_drift()
     from block as child where child.parent = new.id), false)
  then
    perform broken('the finer blocks cover the block they came from', new.id::text);
  end if;
  return null;
end $$;
create constraint trigger block_split after update on block deferrable initially deferred
  for each row when (old.living and not new.living) execute function guard_split();

create trigger block_never_removed before delete on block for each row execute function refuse_change();
create trigger block_no_truncate before truncate on block execute function refuse_change();

-- Settled plans: nothing about them changes any more -------------------------------------------------------------------------------

-- The share lock makes an editor and somebody who settles the plan wait for each other.
create function refuse_if_settled() returns trigger language plpgsql as $$
begin
  perform from plan where plan.id in (select changed.plan from changed) order by plan.id for share;
  perform from plan where plan.id in (select changed.plan from changed) and plan.state = 'settled';
  if found then
    raise exception 'a settled plan never changes' using errcode = 'OG001';
  end if;
  return null;
end $$;

do $$
declare
  name text;
begin
  foreach name in array array['plan_community', 'grid', 'grid_block', 'operation'] loop
    execute format('create trigger %1$s_settled_insert after insert on %1$s referencing new table as changed
      for each statement execute function refuse_if_settled()', name);
    execute format('create trigger %1$s_settled_update after update on %1$s referencing old table as changed
      for each statement execute function refuse_if_settled()', name);
    execute format('create trigger %1$s_settled_delete after delete on %1$s referencing old table as changed
      for each statement execute function refuse_if_settled()', name);
  end loop;
end $$;

create function guard_plan() returns trigger language plpgsql as $$
declare
  missing text;
begin
  if old.state = 'settled' then
    raise exception 'a settled plan never changes' using errcode = 'OG001';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  if (new.id, new.region) is distinct from (old.id, old.region) then
    perform broken('a plan keeps its region', old.id::text);
  end if;
  if new.state = 'settled' then
    select block.community into missing
    from plan_community join block on block.community = plan_community.community and block.living
    where plan_community.plan = new.id
      and not exists (select from grid_block where grid_block.plan = new.id and grid_block.block = block.id)
    limit 1;
    if found then
      perform broken('a settled plan leaves no block without a grid', missing);
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

-- Sum of all borders: an edge of two blocks cancels, what is left has to be the outline of the community, edge by edge (I2). With the
-- areas adding up as well that is a proof of I1: every place is covered an odd number of times inside and an even number outside, and
-- the sum of areas leaves no room for three.
create function check_community_tiling(code text) returns void language plpgsql as $$
declare
  loose text;
begin
  select ST_AsText(ST_GeomFromWKB(edge)) into loose
  from (
    select ST_AsBinary(ST_Normalize(segment.geom)) as edge, 0 as side
    from block, ST_DumpSegments(shape) as segment where community = check_community_tiling.code and living
    union all
    select ST_AsBinary(ST_Normalize(segment.geom)), 1
    from region, ST_DumpSegments(outline) as segment where region.code = check_community_tiling.code
  ) as edges
  group by edge having count(*) <> 2 limit 1;
  if found then
    perform broken('the blocks of a community tile it, edge by edge', code || ' ' || loose);
  end if;
  perform from region
  where region.code = check_community_tiling.code
    and abs(ST_Area(outline) - (select sum(ST_Area(shape)) from block where community = region.code and living))
        > ST_Perimeter(outline) * area_rounding();
  if found then
    perform broken('the areas of the blocks add up to their community', code);
  end if;
  perform from region as here join region as other
    on here.outline && other.outline and other.level = 'community' and other.code <> here.code
  where here.code = check_community_tiling.code and ST_Relate(here.outline, other.outline, 'T********');
  if found then
    perform broken('communities do not overlap', code);
  end if;
end $$;

-- I6 below the grids: what a block counts is what its buildings add up to, and every building stands in its living block.
create function check_community_counts(code text) returns void language plpgsql as $$
declare
  place text;
begin
  select block.id into place
  from block left join (
    select block, sum(households) as households, sum(population) as population, count(*) as buildings
    from building where community = check_community_counts.code group by block
  ) as housed on housed.block = block.id
  where block.community = check_community_counts.code and block.living
    and (block.households, block.population, block.buildings)
      <> (coalesce(housed.households, 0), coalesce(housed.population, 0), coalesce(housed.buildings, 0))
  limit 1;
  if found then
    perform broken('a block counts what its buildings add up to', place);
  end if;
  select building.id into place
  from building join block on block.id = building.block
  where building.community = check_community_counts.code
    and (not block.living or not ST_DWithin(block.shape, building.point, border_drift() * 2))
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
  elsif exists (select from plan where plan.id = new.plan and plan.state = 'draft') then
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
  from plan_community join plan on plan.id = plan_community.plan and plan.state = 'draft'
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
  insert into pending_check (plan, community) values (0, new.code) on conflict do nothing;
  return null;
end $$;
create trigger region_outline_changed after update of outline on region
  for each row when (new.level = 'community') execute function note_outline();

do $$
declare
  name text;
  noter text;
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
end $$;

-- A building keeps its community: the counts of the one it left would go unasked.
create function guard_building_update() returns trigger language plpgsql as $$
begin
  if old.community <> new.community then
    perform broken('a building keeps its community', old.id::text);
  end if;
  return new;
end $$;
create trigger building_update before update of community on building for each row execute function guard_building_update();

-- Likewise what an assignment speaks of.
create function guard_assignment_update() returns trigger language plpgsql as $$
begin
  if (old.plan, old.community, old.block) <> (new.plan, new.community, new.block) then
    perform broken('an assignment changes its grid only', old.block::text);
  end if;
  return new;
end $$;
create trigger grid_block_update before update on grid_block for each row execute function guard_assignment_update();
