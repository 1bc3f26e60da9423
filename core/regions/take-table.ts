// A table taken in: every period that it closes, opens or corrects. Nothing is taken away, and a table taken in twice changes nothing.
import { compareTable, type Successors } from './compare.ts';
import { ended, type PeriodChange, type RegionPeriod, withRow } from './period.ts';
import { isUnread, type TableOrigin, type TableRegion } from './table.ts';

/** `stored` as for compareTable; tables have to be taken in by the order of their days. */
export function takeTable(
  stored: readonly RegionPeriod[],
  table: readonly TableRegion[],
  origin: TableOrigin,
  successors: Successors,
): PeriodChange[] {
  const day = origin.validFrom;
  const latest = new Map(stored.map((period) => [period.code, period]));
  const gone = compareTable(stored, table, origin, successors).filter(({ kind }) => kind === 'removed' || kind === 'recoded');
  const listed = table.flatMap((row) => {
    if (isUnread(row)) return [];
    const heir = successors[row.code] ?? null;
    return withRow(latest.get(row.code) ?? null, row, day, heir === row.code ? null : heir) ?? [];
  });
  const closed = gone.flatMap(({ old }) => {
    const period = old && latest.get(old.code);
    return period ? ended(period, day, successors[period.code] ?? null) : [];
  });
  return [...listed, ...closed, ...decidedLater(stored, table, day, successors)];
}

/** The same table once more, and only now somebody said who takes the place of what ended with it. */
function decidedLater(stored: readonly RegionPeriod[], table: readonly TableRegion[], day: string, successors: Successors): PeriodChange[] {
  const listed = new Set(table.map(({ code }) => code));
  return stored.flatMap((period) => {
    const successor = successors[period.code];
    const settled = successor === undefined || successor === period.successor;
    return settled || period.validTo !== day || listed.has(period.code) ? [] : ended(period, day, successor);
  });
}

/**
 * The first decision that cannot be: a successor has to be in the table and of the same level as what it follows. Decisions about regions
 * that the table does not end or rename count for nothing.
 */
export function impossibleSuccessor(table: readonly TableRegion[], successors: Successors): { code: string; successor: string } | null {
  const listed = new Set(table.map(({ code }) => code));
  for (const [code, successor] of Object.entries(successors)) {
    if (successor !== null && (!listed.has(successor) || successor.length !== code.length)) return { code, successor };
  }
  return null;
}
