// Two layouts as the database has them: their grids, and how the blocks of today lie in both.
import type { LayoutGrid, Overlap, PresentGrid } from '../../core/adjustment/compare.ts';
import type { Queryable } from '../database/queryable.ts';

/** A community, and the plan whose layout of it is the former one. */
export interface FormerLayout {
  readonly community: string;
  readonly plan: number;
}

interface GridRow extends PresentGrid {
  plan: number;
}

/** Living grids of the plan and of the former layouts. */
export async function readLayouts(
  db: Queryable,
  plan: number,
  former: readonly FormerLayout[],
): Promise<{ former: LayoutGrid[]; present: PresentGrid[] }> {
  const { rows } = await db.query<GridRow>(
    `select grid.id, grid.plan, grid.community, grid.name, grid.code, grid.kind = 'thematic' as thematic, grid.origin
     from unnest($2::text[], $3::integer[]) as former (community, plan)
     join grid on grid.community = former.community and grid.plan in (former.plan, $1)
     where grid.living order by grid.id`,
    [plan, ...columnsOf(former)],
  );
  return { former: rows.filter((row) => row.plan !== plan), present: rows.filter((row) => row.plan === plan) };
}

/** By the living blocks. Those of a frozen plan may have been refined since: a block then lies where the one that it was cut from lay. */
export async function readOverlaps(db: Queryable, plan: number, former: readonly FormerLayout[]): Promise<Overlap[]> {
  const { rows } = await db.query<Overlap>(
    `with recursive pair as (
       select * from unnest($2::text[], $3::integer[]) as given (community, former)
     ), piece as (
       select block.id as block, block.id as ancestor, block.parent, pair.former
       from pair join block on block.community = pair.community and block.living
       union all
       select piece.block, whole.id, whole.parent, piece.former from piece join block as whole on whole.id = piece.parent
     ), held as (
       select piece.block, max(former.grid) as former, max(present.grid) as present
       from piece
       left join grid_block as former on former.plan = piece.former and former.block = piece.ancestor
       left join grid_block as present on present.plan = $1 and present.block = piece.ancestor
       group by piece.block
     )
     select held.former, held.present, sum(block.households)::int as households, sum(ST_Area(block.shape::geography)) as area_m2
     from held join block on block.id = held.block
     where held.former is not null or held.present is not null
     group by held.former, held.present order by held.former, held.present`,
    [plan, ...columnsOf(former)],
  );
  return rows;
}

/** Thematic grids hold no blocks: what each shares with its origin, and what is left of both. Households of the part are not known. */
export async function readThematicOverlaps(db: Queryable, plan: number, former: readonly FormerLayout[]): Promise<Overlap[]> {
  const { rows } = await db.query<Overlap>(
    `with thematic as (
       select grid.* from unnest($2::text[], $3::integer[]) as given (community, plan)
       join grid on grid.community = given.community and grid.plan in (given.plan, $1)
       where grid.living and grid.kind = 'thematic'
     ), shared as (
       select former.id as former, present.id as present, least(former.households, present.households) as households,
              ST_Area(ST_Intersection(former.outline, present.outline)::geography) as area_m2
       from thematic as present join thematic as former on former.id = present.origin
       where present.plan = $1 and former.plan <> $1
     )
     select former, present, households, area_m2 from shared
     union all
     select case when plan <> $1 then id end, case when plan = $1 then id end,
            thematic.households - coalesce(shared.households, 0), greatest(thematic.area_m2 - coalesce(shared.area_m2, 0), 0)
     from thematic left join shared on thematic.id in (shared.former, shared.present)`,
    [plan, ...columnsOf(former)],
  );
  return rows;
}

/** By outlines alone, where the blocks are others too because the community was made anew: every present grid that meets a former one. */
export async function readOutlineOverlaps(
  db: Queryable,
  plan: number,
  former: FormerLayout,
): Promise<{ former: LayoutGrid[]; present: PresentGrid[]; overlaps: Overlap[] }> {
  const { rows } = await db.query<Overlap & { grids: PresentGrid[] }>(
    `select former.id as former, present.id as present, 0 as households,
            coalesce(ST_Area(ST_Intersection(former.outline, present.outline)::geography), 0) as area_m2,
            jsonb_build_array(${gridObject('former')}, ${gridObject('present')}) as grids
     from grid as former
     left join grid as present on present.plan = $1 and present.living and present.kind <> 'thematic' and present.outline && former.outline
     where former.plan = $2 and former.community = $3 and former.living and former.kind <> 'thematic' order by former.id, present.id`,
    [plan, former.plan, former.community],
  );
  const found = (side: 0 | 1): PresentGrid[] => [
    ...new Map(rows.flatMap(({ grids }) => (grids[side]?.id ? [[grids[side].id, grids[side]]] : []))).values(),
  ];
  return { former: found(0), present: found(1), overlaps: rows.filter(({ area_m2 }) => area_m2 > 0) };
}

const gridObject = (grid: 'former' | 'present'): string =>
  `jsonb_build_object('id', ${grid}.id, 'community', ${grid}.community, 'name', ${grid}.name, 'code', ${grid}.code,
                      'thematic', false, 'origin', null)`;

/** The layout that each community of the plan has or had before it: the official one of another plan, or that of the parent. */
export async function readFormerLayouts(db: Queryable, plan: number, communities?: readonly string[]): Promise<FormerLayout[]> {
  const { rows } = await db.query<FormerLayout>(
    `select plan_community.community, coalesce(official.plan, plan.parent) as plan
     from plan join plan_community on plan_community.plan = plan.id
     left join lateral (
       select official_layout.plan from official_layout
       where official_layout.community = plan_community.community and official_layout.plan <> plan.id
         and not exists (
           select from official_layout as own
           where own.community = official_layout.community and own.plan = plan.id and own.id < official_layout.id)
       order by official_layout.id desc limit 1
     ) as official on true
     where plan.id = $1 and ($2::text[] is null or plan_community.community = any($2::text[]))
       and coalesce(official.plan, plan.parent) is not null
     order by plan_community.community`,
    [plan, communities ?? null],
  );
  return rows;
}

/** Communities that went up in those of the plan, with the layout that was official there last. */
export async function readAbsorbed(db: Queryable, plan: number): Promise<FormerLayout[]> {
  const { rows } = await db.query<FormerLayout>(
    `select distinct on (official_layout.community) official_layout.community, official_layout.plan
     from region join plan_community on plan_community.community = region.successor and plan_community.plan = $1
     join official_layout on official_layout.community = region.code
     order by official_layout.community, official_layout.id desc`,
    [plan],
  );
  return rows;
}

const columnsOf = (former: readonly FormerLayout[]): [string[], number[]] => [
  former.map(({ community }) => community),
  former.map(({ plan }) => plan),
];
