// Takes in a table of region codes: what it would change, and the change itself. Called by the import for files of kind `regions`.
import { createHash } from 'node:crypto';
import { reaches } from '../../core/accounts/reach.ts';
import type { RegionChange } from '../../core/api/import-messages.ts';
import { commonRegion } from '../../core/audit/common-region.ts';
import { parentsOf } from '../../core/geo/region.ts';
import { UnusableFile } from '../../core/import/unusable-file.ts';
import { compareTable, countiesOf, type Successors } from '../../core/regions/compare.ts';
import type { PeriodChange, RegionPeriod } from '../../core/regions/period.ts';
import type { TableOrigin, TableRegion } from '../../core/regions/table.ts';
import { impossibleSuccessor, takeTable } from '../../core/regions/take-table.ts';
import { type Actor, audit } from '../audit/audit.ts';
import type { Queryable } from '../database/queryable.ts';
import { recheckCommunity } from '../operations/perform.ts';
import {
  insertTable,
  lockTables,
  plansToCheck,
  readNewestTable,
  readPeriods,
  readToday,
  readUse,
  wasTaken,
  writePeriods,
} from './table-store.ts';

/** More changes than this: what was added together with its parent is not listed one by one. */
const MAX_LISTED_CHANGES = 10_000;

/**
 * What the table would change; nothing is written. `table`: of core/regions/read-table.ts. `by`: who imports; rows beyond their region are
 * refused, regions above it keep their names. Throws UnusableFile with reason table-….
 */
export async function previewTable(
  db: Queryable,
  by: Actor,
  table: readonly TableRegion[],
  origin: TableOrigin,
  successors: Successors = {},
): Promise<RegionChange[]> {
  const within = withinReach(by, table);
  return listed(await changesOf(db, await storedFor(db, within, origin), within, origin, successors));
}

/**
 * Takes the table in, within the caller's transaction, and answers what it changed. Regions that it does not have any more end and stay, with
 * all that speaks of them. The same table once more changes nothing. Throws like `previewTable`.
 */
export async function applyTable(
  db: Queryable,
  by: Actor,
  table: readonly TableRegion[],
  origin: TableOrigin,
  successors: Successors,
): Promise<RegionChange[]> {
  await lockTables(db);
  const within = withinReach(by, table);
  const impossible = impossibleSuccessor(within, successors);
  if (impossible) throw new UnusableFile('regions', 'table-successor-unknown', impossible);
  const stored = await storedFor(db, within, origin);
  const changes = await changesOf(db, stored, within, origin, successors);
  const periods = takeTable(stored, within, origin, successors);
  await writePeriods(db, periods);
  for (const { plan, community } of await plansToCheck(db, turned(stored, periods))) await recheckCommunity(db, plan, community);
  const digest = createHash('sha256')
    .update(JSON.stringify([within, coveredBy(within, origin)]))
    .digest('hex');
  if (periods.length > 0 || !(await wasTaken(db, origin.validFrom, digest))) await record(db, by, within, origin, changes, digest);
  return listed(changes);
}

/** Regions that have ended, or are there again. */
function turned(stored: readonly RegionPeriod[], periods: readonly PeriodChange[]): string[] {
  const ends = new Map(stored.map(({ code, validTo }) => [code, validTo]));
  return periods.flatMap(({ now: { code, validTo } }) => ((ends.get(code) ?? null) === validTo ? [] : code));
}

/** What is above the reach of the importer is there for its codes only. */
function withinReach(by: Actor, table: readonly TableRegion[]): TableRegion[] {
  return table.map((region) => {
    if (reaches(by.region, region.code)) return region;
    if (!by.region.startsWith(region.code)) throw new UnusableFile('regions', 'table-beyond-region', { region: region.code });
    return { code: region.code, name: '' };
  });
}

const coveredBy = (table: readonly TableRegion[], { covers }: TableOrigin): readonly string[] => covers ?? countiesOf(table);

/** What the table is compared with, once its day is one on which it can be taken in. */
async function storedFor(db: Queryable, table: readonly TableRegion[], origin: TableOrigin): Promise<RegionPeriod[]> {
  const { validFrom } = origin;
  if (!isDay(validFrom)) throw new UnusableFile('regions', 'table-date-invalid', { validFrom });
  if (validFrom > (await readToday(db))) throw new UnusableFile('regions', 'table-date-future', { validFrom });
  const covers = coveredBy(table, origin);
  const newest = await readNewestTable(db, covers);
  if (newest && newest.validFrom > validFrom) {
    throw new UnusableFile('regions', 'table-outdated', { validFrom, newer: newest.validFrom, region: newest.region });
  }
  const above = table.filter(({ code }) => !covers.some((whole) => code.startsWith(whole))).map(({ code }) => code);
  return readPeriods(db, covers, above);
}

function isDay(text: string): boolean {
  const parsed = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

async function changesOf(
  db: Queryable,
  stored: readonly RegionPeriod[],
  table: readonly TableRegion[],
  origin: TableOrigin,
  successors: Successors,
): Promise<RegionChange[]> {
  const changes = compareTable(stored, table, origin, successors);
  const use = new Map(
    (
      await readUse(
        db,
        changes.flatMap(({ old }) => old?.code ?? []),
      )
    ).map((row) => [row.code, row]),
  );
  return changes.map((change) => {
    const { plans = 0, grids = 0, officialCodes = 0 } = use.get(change.old?.code ?? '') ?? {};
    return { ...change, plans, grids, officialCodes };
  });
}

/** A country that is loaded for the first time has 660,000 additions: then a parent stands for what came with it. */
function listed(changes: RegionChange[]): RegionChange[] {
  if (changes.length <= MAX_LISTED_CHANGES) return changes;
  const added = new Set(changes.filter(({ kind }) => kind === 'added').map((change) => change.new?.code));
  const withParent = (code: string): boolean => parentsOf(code).some((parent) => added.has(parent));
  return changes.filter((change) => change.kind !== 'added' || !withParent(change.new?.code ?? ''));
}

async function record(
  db: Queryable,
  by: Actor,
  table: readonly TableRegion[],
  origin: TableOrigin,
  changes: readonly RegionChange[],
  digest: string,
): Promise<void> {
  const covers = coveredBy(table, origin);
  const count = (kind: RegionChange['kind']): number => changes.filter((change) => change.kind === kind).length;
  const counts = { added: count('added'), removed: count('removed'), renamed: count('renamed'), recoded: count('recoded') };
  const { validFrom, source } = origin;
  const id = await insertTable(db, { covers, validFrom, source, rows: table.length, counts, digest, actor: by.name });
  const detail = { validFrom, rows: table.length, ...counts };
  await audit(db, by, { action: 'import', region: commonRegion(covers), subject: `region-table/${id}`, detail });
}
