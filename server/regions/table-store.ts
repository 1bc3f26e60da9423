// Periods of regions and the tables of codes that were taken in, in SQL.
import type { RegionTable } from '../../core/api/messages.ts';
import { communityKind, parentsOf } from '../../core/geo/region.ts';
import type { PeriodChange, RegionPeriod } from '../../core/regions/period.ts';
import { inChunks } from '../database/in-chunks.ts';
import type { Queryable } from '../database/queryable.ts';

const DAY = `'YYYY-MM-DD'`;

/** Two tables are taken in one after the other: each is compared with what the one before it left. */
export async function lockTables(db: Queryable): Promise<void> {
  await db.query('lock table region_table in share row exclusive mode');
}

export async function readToday(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ today: string }>(`select to_char(current_date, ${DAY}) as today`);
  return (rows[0] as { today: string }).today;
}

/** The latest period of every region in those of `covers`, and of those of `codes` wherever they lie. */
export async function readPeriods(db: Queryable, covers: readonly string[], codes: readonly string[]): Promise<RegionPeriod[]> {
  const { rows } = await db.query<RegionPeriod>(
    `select code, name, to_char(valid_from, ${DAY}) as "validFrom", to_char(valid_to, ${DAY}) as "validTo", successor
     from region where code = any($2::text[]) or exists (select from unnest($1::text[]) as covered (code) where starts_with(region.code, covered.code))
     order by length(code), code`,
    [covers, codes],
  );
  return rows;
}

/** The newest table that speaks of the same regions, and one of those. */
export async function readNewestTable(db: Queryable, covers: readonly string[]): Promise<{ validFrom: string; region: string } | null> {
  const { rows } = await db.query<{ validFrom: string; region: string }>(
    `select to_char(valid_from, ${DAY}) as "validFrom", present.code as region
     from region_table, unnest(covers) as former (code), unnest($1::text[]) as present (code)
     where starts_with(former.code, present.code) or starts_with(present.code, former.code)
     order by valid_from desc, present.code limit 1`,
    [covers],
  );
  return rows[0] ?? null;
}

export async function wasTaken(db: Queryable, validFrom: string, digest: string): Promise<boolean> {
  const { rows } = await db.query('select from region_table where valid_from = $1::date and digest = $2', [validFrom, digest]);
  return rows.length > 0;
}

/** What holds goes first: a successor has to be there before the one that it follows. */
export async function writePeriods(db: Queryable, changes: readonly PeriodChange[]): Promise<void> {
  const holds = ({ now }: PeriodChange): number => (now.validTo === null ? 0 : 1);
  const ordered = [...changes].sort((a, b) => holds(a) - holds(b) || a.now.code.length - b.now.code.length);
  const latest = ordered.map(({ now }) => now);
  const past = ordered.flatMap((change) => change.past ?? []);
  await inChunks(latest, (periods) => writeLatest(db, periods));
  await inChunks(past, (periods) => writePast(db, periods));
}

async function writeLatest(db: Queryable, periods: readonly RegionPeriod[]): Promise<void> {
  await db.query(
    `insert into region (code, name, kind, parent, valid_from, valid_to, successor, outline)
     select code, name, kind, parent, valid_from, valid_to, successor, ST_GeomFromText('MULTIPOLYGON EMPTY', 4490)
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[], $6::date[], $7::text[])
       as given (code, name, kind, parent, valid_from, valid_to, successor)
     on conflict (code) do update set name = excluded.name, parent = coalesce(region.parent, excluded.parent),
       valid_from = excluded.valid_from, valid_to = excluded.valid_to, successor = excluded.successor`,
    [
      periods.map(({ code }) => code),
      periods.map(({ name }) => name),
      periods.map(({ code }) => (code.length === 12 ? communityKind(code) : null)),
      periods.map(({ code }) => parentsOf(code).at(-1) ?? null),
      ...columnsOf(periods),
    ],
  );
}

async function writePast(db: Queryable, periods: readonly RegionPeriod[]): Promise<void> {
  await db.query(
    `insert into region_past (code, name, valid_from, valid_to, successor)
     select * from unnest($1::text[], $2::text[], $3::date[], $4::date[], $5::text[])`,
    [periods.map(({ code }) => code), periods.map(({ name }) => name), ...columnsOf(periods)],
  );
}

const columnsOf = (periods: readonly RegionPeriod[]): (string | null)[][] => [
  periods.map(({ validFrom }) => validFrom),
  periods.map(({ validTo }) => validTo),
  periods.map(({ successor }) => successor),
];

export interface RegionUse {
  code: string;
  plans: number;
  grids: number;
  officialCodes: number;
}

/** Plans under way, grids and official codes that speak of the regions or of what lies in them; none: not listed. */
export async function readUse(db: Queryable, codes: readonly string[]): Promise<RegionUse[]> {
  const { rows } = await db.query<RegionUse>(
    `with level as (select distinct length(code) as digits from unnest($1::text[]) as asked (code)),
     planned as (
       select left(plan_community.community, digits) as code, count(distinct plan.id)::int as plans
       from plan_community join plan on plan.id = plan_community.plan and plan.state not in ('official', 'superseded'), level
       where left(plan_community.community, digits) = any($1) group by 1
     ), drawn as (
       select left(grid.community, digits) as code, count(*)::int as grids
       from grid join plan on plan.id = grid.plan and plan.state <> 'superseded', level
       where grid.living and left(grid.community, digits) = any($1) group by 1
     ), coded as (
       select left(grid_code.community, digits) as code, count(*)::int as official
       from grid_code join lateral (
         select state from grid_code_event where grid_code_event.code = grid_code.code order by id desc limit 1
       ) as event on event.state = 'official', level
       where left(grid_code.community, digits) = any($1) group by 1
     )
     select code, coalesce(plans, 0) as plans, coalesce(grids, 0) as grids, coalesce(official, 0) as "officialCodes"
     from planned full join drawn using (code) full join coded using (code)`,
    [codes],
  );
  return rows;
}

/** Drafts that divide any of the communities. */
export async function plansToCheck(db: Queryable, communities: readonly string[]): Promise<{ plan: number; community: string }[]> {
  const { rows } = await db.query<{ plan: number; community: string }>(
    `select plan_community.plan, plan_community.community
     from plan_community join plan on plan.id = plan_community.plan and plan.editable
     where plan_community.community = any($1::text[]) order by 2, 1`,
    [communities],
  );
  return rows;
}

export interface TableRecord {
  readonly covers: readonly string[];
  readonly validFrom: string;
  readonly source: string;
  readonly rows: number;
  readonly counts: Readonly<Record<'added' | 'removed' | 'renamed' | 'recoded', number>>;
  readonly digest: string;
  readonly actor: string;
}

/** Answers its number. */
export async function insertTable(db: Queryable, { covers, validFrom, source, rows, counts, digest, actor }: TableRecord): Promise<number> {
  const answer = await db.query<{ id: number }>(
    `insert into region_table (covers, valid_from, source, rows, added, removed, renamed, recoded, digest, actor)
     values ($1::text[], $2::date, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
    [covers, validFrom, source, rows, counts.added, counts.removed, counts.renamed, counts.recoded, digest, actor],
  );
  return (answer.rows[0] as { id: number }).id;
}

/** Newest first. */
export async function listTables(db: Queryable): Promise<RegionTable[]> {
  const { rows } = await db.query<RegionTable>(
    `select id, to_char(valid_from, ${DAY}) as "validFrom", source, rows, added, removed, renamed, recoded, actor,
            to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
     from region_table order by valid_from desc, id desc`,
  );
  return rows;
}
