// Filing packages, sent and received, and what was decided about each part, in SQL.
import type { FilingRecord, PackageFinding } from '../../core/api/messages.ts';
import type { Manifest } from '../../core/filing/manifest.ts';
import type { Queryable } from '../database/queryable.ts';

export type Direction = FilingRecord['direction'];
type Part = FilingRecord['parts'][number];

const RECORD = `
  select filing.id, filing.digest, filing.city, filing.city_name as "cityName", filing.direction, filing.state, filing.at, filing.actor,
         filing.bytes, filing.findings, coalesce((
           select jsonb_agg(jsonb_build_object('plan', plan, 'region', region, 'regionName', region_name, 'grids', grids,
             'households', households, 'decision', decision, 'remarks', remarks) order by region, plan)
           from filing_part where filing_part.filing = filing.id), '[]') as parts
  from filing`;

/** Newest first. */
export async function listFilings(db: Queryable, direction: Direction): Promise<FilingRecord[]> {
  const { rows } = await db.query<FilingRecord>(`${RECORD} where direction = $1 order by id desc`, [direction]);
  return rows;
}

export async function readFiling(db: Queryable, direction: Direction, filing: number): Promise<FilingRecord | null> {
  const { rows } = await db.query<FilingRecord>(`${RECORD} where direction = $1 and id = $2`, [direction, filing]);
  return rows[0] ?? null;
}

/** The first package with that digest within reach. */
export async function findFiling(db: Queryable, direction: Direction, digest: string): Promise<FilingRecord | null> {
  const { rows } = await db.query<FilingRecord>(`${RECORD} where direction = $1 and digest = $2 order by id limit 1`, [direction, digest]);
  return rows[0] ?? null;
}

/** Holds off everybody else who decides about the package until the transaction ends, as sent and as received. */
export async function lockFilingsOf(db: Queryable, digest: string): Promise<void> {
  await db.query('select from filing where digest = $1 order by id for update', [digest]);
}

/** null: nothing in the package is believed. */
export async function readManifest(db: Queryable, filing: number): Promise<Manifest | null> {
  const { rows } = await db.query<{ manifest: Manifest | null }>('select manifest from filing where id = $1', [filing]);
  return rows[0]?.manifest ?? null;
}

export async function readContent(db: Queryable, filing: number): Promise<Buffer> {
  const { rows } = await db.query<{ content: Buffer }>('select content from filing where id = $1', [filing]);
  if (!rows[0]) throw new Error(`there is no filing ${filing}`);
  return rows[0].content;
}

export interface NewFiling {
  readonly direction: Direction;
  readonly digest: string;
  readonly city: string;
  readonly state: FilingRecord['state'];
  readonly manifest: Manifest | null;
  readonly findings: readonly PackageFinding[];
  readonly content: Uint8Array;
  readonly actor: string;
}

/** With one part for each plan of the manifest. null: the city has a package with that digest already. */
export async function insertFiling(db: Queryable, filing: NewFiling): Promise<number | null> {
  const { direction, digest, city, state, manifest, findings, content, actor } = filing;
  const { rows } = await db.query<{ id: number }>(
    `insert into filing (direction, digest, city, city_name, state, manifest, findings, content, bytes, actor)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (direction, city, digest) do nothing returning id`,
    [
      direction,
      digest,
      city,
      manifest?.city.name ?? '',
      state,
      manifest && JSON.stringify(manifest),
      JSON.stringify(findings),
      Buffer.from(content.buffer, content.byteOffset, content.byteLength),
      content.byteLength,
      actor,
    ],
  );
  const id = rows[0]?.id;
  if (id === undefined) return null;
  const plans = manifest?.plans ?? [];
  await db.query(
    `insert into filing_part (filing, plan, region, region_name, grids, codes, households)
     select $1, * from unnest($2::integer[], $3::text[], $4::text[], $5::integer[], $6::integer[], $7::integer[])`,
    [
      id,
      plans.map(({ plan }) => plan),
      plans.map(({ region }) => region),
      plans.map(({ regionName }) => regionName),
      plans.map(({ counts }) => counts.grids),
      plans.map(({ counts }) => counts.grids + counts.thematic),
      plans.map(({ counts }) => counts.households),
    ],
  );
  return id;
}

export interface PartDecision {
  readonly plan: number;
  readonly decision: Exclude<Part['decision'], 'open'>;
  readonly remarks: string;
  readonly decidedAt: string;
  readonly decidedBy: string;
  readonly organ: string;
}

/** The parts are open. */
export async function writeDecisions(db: Queryable, filing: number, decisions: readonly PartDecision[]): Promise<void> {
  await db.query(
    `update filing_part set decision = given.decision, remarks = given.remarks, decided_at = given.decided_at,
       decided_by = given.decided_by, decided_organ = given.organ
     from unnest($2::integer[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::text[])
       as given (plan, decision, remarks, decided_at, decided_by, organ)
     where filing_part.filing = $1 and filing_part.plan = given.plan`,
    [
      filing,
      decisions.map(({ plan }) => plan),
      decisions.map(({ decision }) => decision),
      decisions.map(({ remarks }) => remarks),
      decisions.map(({ decidedAt }) => decidedAt),
      decisions.map(({ decidedBy }) => decidedBy),
      decisions.map(({ organ }) => organ),
    ],
  );
}

export async function writeState(db: Queryable, filing: number, state: FilingRecord['state']): Promise<void> {
  await db.query('update filing set state = $2 where id = $1', [filing, state]);
}

export interface DecidedPart extends Omit<PartDecision, 'decidedAt'> {
  readonly region: string;
  readonly regionName: string;
  readonly codes: number;
  readonly decidedAt: Date;
}

/** In the order of the regions. */
export async function readDecided(db: Queryable, filing: number): Promise<DecidedPart[]> {
  const { rows } = await db.query<DecidedPart>(
    `select plan, region, region_name as "regionName", codes, decision, remarks, decided_at as "decidedAt", decided_by as "decidedBy",
            decided_organ as organ
     from filing_part where filing = $1 and decision <> 'open' order by region, plan`,
    [filing],
  );
  return rows;
}
