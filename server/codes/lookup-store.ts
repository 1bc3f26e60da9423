// Looking codes up: one with all that became of it, and those that fit a few letters.
import type { CodeRecord, CodeSummary } from '../../core/api/messages.ts';
import type { Queryable } from '../database/queryable.ts';

export type CodeRow = Omit<CodeRecord, 'segments'>;

/** The living grid that bears `grid_code.code`: that of the official layout before copies of it and those before it. */
const BEARER = `
  select grid.id, grid.plan, grid.name from grid
  where grid.code = grid_code.code and grid.living
  order by exists (
    select from official_layout as layout
    where layout.plan = grid.plan and layout.community = grid.community and layout.valid_to is null
  ) desc, grid.id desc limit 1`;

/** A provisional code whose grid was removed is out of use, until an undo brings the grid back. */
const STATE = `case when event.state = 'provisional' and bearer.id is null then 'retired' else event.state end`;

const FROM = `
  from grid_code
  cross join lateral (select state, note from grid_code_event where grid_code_event.code = grid_code.code order by id desc limit 1) as event
  left join lateral (${BEARER}) as bearer on true
  left join region on region.code = grid_code.community`;

const lineage = (own: 'code' | 'successor', other: 'code' | 'successor'): string => `coalesce((
  select jsonb_agg(jsonb_build_object('code', ${other}, 'kind', kind, 'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
                   order by ${other})
  from grid_code_lineage where grid_code_lineage.${own} = grid_code.code), '[]')`;

export async function readCode(db: Queryable, code: string): Promise<CodeRow | null> {
  const { rows } = await db.query<CodeRow>(
    `select grid_code.code, grid_code.scheme, ${STATE} as state,
            case when event.state <> 'retired' then bearer.plan end as plan, case when event.state <> 'retired' then bearer.id end as grid,
            grid_code.community, grid_code.issued_at as "issuedAt", ${lineage('successor', 'code')} as predecessors,
            ${lineage('code', 'successor')} as successors, case when event.state = 'retired' then event.note else '' end as ending
     ${FROM} where grid_code.code = $1`,
    [code],
  );
  return rows[0] ?? null;
}

/** Codes that begin with the text, or whose grid or community has it in its name, in the order of the codes. */
export async function searchCodes(db: Queryable, text: string, limit: number): Promise<CodeSummary[]> {
  const { rows } = await db.query<CodeSummary>(
    `select grid_code.code, grid_code.scheme, ${STATE} as state, grid_code.community, region.name as "communityName",
            coalesce(bearer.name, nullif(grid_code.foreign_name, '')) as "gridName", grid_code.issued_at as "issuedAt"
     ${FROM}
     where grid_code.code in (
       select code from grid_code where starts_with(code, $1) or position($1 in foreign_name) > 0
       union select grid.code from grid where grid.code is not null and grid.living and position($1 in grid.name) > 0
       union select grid_code.code from grid_code join region on region.code = grid_code.community where position($1 in region.name) > 0
       order by 1 limit $2
     ) order by grid_code.code`,
    [text, limit],
  );
  return rows;
}

/** Whether the grid has a cell of that number. */
export async function hasCell(db: Queryable, grid: number, cell: number): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>(`select exists (select from grid_block where grid = $1 and cell = $2) as found`, [
    grid,
    cell,
  ]);
  return rows[0]?.found ?? false;
}

/** Which of the codes are in the books. */
export async function isIssued(db: Queryable, code: string): Promise<boolean> {
  const { rows } = await db.query<{ issued: boolean }>(`select exists (select from grid_code where code = $1) as issued`, [code]);
  return rows[0]?.issued ?? false;
}

/** Names of the communities that exist in reach. */
export async function readCommunityNames(db: Queryable, communities: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ code: string; name: string }>(`select code, name from region where code = any($1::text[])`, [
    communities,
  ]);
  return new Map(rows.map(({ code, name }) => [code, name]));
}
