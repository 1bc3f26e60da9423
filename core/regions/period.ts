// The life of a region: periods in which it had one name. A table closes periods and opens new ones; nothing is ever taken away.
import type { TableRegion } from './table.ts';

/** Days are YYYY-MM-DD, so that they compare as texts. */
export interface RegionPeriod {
  readonly code: string;
  readonly name: string;
  /** First day; null: longer than anybody remembers. */
  readonly validFrom: string | null;
  /** The first day on which it does not hold any more; null: it holds. */
  readonly validTo: string | null;
  /** The region that took its place. */
  readonly successor: string | null;
}

/** `now` takes the place of the latest period; `past` is closed and kept beside it, where it lasted at all. */
export interface PeriodChange {
  readonly now: RegionPeriod;
  readonly past: RegionPeriod | null;
}

/**
 * The latest period of a region once a table of `day` has it; null: nothing changes. `heir` of a new name: the region that goes on with
 * the old one. A table of the day on which a period began or ended corrects that period.
 */
export function withRow(latest: RegionPeriod | null, row: TableRegion, day: string, heir: string | null = null): PeriodChange | null {
  const name = row.name || latest?.name || row.code;
  const fresh: RegionPeriod = { code: row.code, name, validFrom: day, validTo: null, successor: null };
  if (latest === null || latest.validFrom === day) {
    const same = latest !== null && latest.validTo === null && latest.name === name;
    return same ? null : { now: fresh, past: null };
  }
  // A region that was known by its code only receives its name: that is no other name.
  if (latest.validTo === null && latest.name === latest.code) return name === latest.name ? null : { now: { ...latest, name }, past: null };
  const resumed = latest.validTo === null || latest.validTo === day;
  if (resumed && latest.name === name)
    return latest.validTo === null ? null : { now: { ...latest, validTo: null, successor: null }, past: null };
  if (latest.validTo !== null) return { now: fresh, past: lasted(latest) };
  return { now: fresh, past: { ...latest, validTo: day, successor: heir } };
}

/** The latest period of a region once a table of `day` does not have it any more. */
export function ended(latest: RegionPeriod, day: string, successor: string | null): PeriodChange {
  return { now: { ...latest, validTo: day, successor }, past: null };
}

/** A period that a table of the same day took back never held. */
const lasted = (period: RegionPeriod): RegionPeriod | null => (period.validFrom === period.validTo ? null : period);
