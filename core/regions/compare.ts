// What a newer table of region codes changes: added, removed, renamed, and, guessed by name within the same parent, recoded.

import type { ImportDecisions, RegionChange } from '../api/import-messages.ts';
import { parentOf, parentsOf, REGION_DIGITS } from '../geo/region.ts';
import { groupBy } from '../group-by.ts';
import { bareName, likeness, SAME_PLACE } from './names.ts';
import type { RegionPeriod } from './period.ts';
import { isUnread, type TableOrigin, type TableRegion } from './table.ts';

/** Old code → its successor as a person confirmed it; null: it has none. The own code of a renamed region: it is only renamed. */
export type Successors = ImportDecisions['successors'];

/** A change without what it means for plans and codes. */
export type TableChange = Omit<RegionChange, 'plans' | 'grids' | 'officialCodes'>;

/** Regions offered as successor of one; those of its own parent come first. */
const MAX_CANDIDATES = 40;
const COUNTY_DIGITS = 6;

/** Old code → the region that takes its place; null: decided that none does. */
type Heirs = ReadonlyMap<string, Named | null>;
/** Regions of the table by level and county. */
type Nearby = ReadonlyMap<string, readonly Named[]>;
type Named = { readonly code: string; readonly name: string };

/**
 * `stored`: the latest period of every region that lies in the counties of the table, and those above. The changes come by level, provinces
 * first, then by code. Confirmed is what `successors` says, and what is a fact: that a region was added.
 */
export function compareTable(
  stored: readonly RegionPeriod[],
  table: readonly TableRegion[],
  origin: TableOrigin,
  successors: Successors = {},
): TableChange[] {
  const { validFrom } = origin;
  const listed = new Map(table.map((region) => [region.code, region]));
  const covered = coverageOf(table, origin);
  const known = new Map(stored.map((region) => [region.code, region]));
  const held = new Map(stored.filter(({ validTo }) => validTo === null || validTo > validFrom).map((region) => [region.code, region]));
  const gone = [...held.values()].filter(({ code }) => !listed.has(code) && covered(code));
  const fresh = table.filter((region) => !held.has(region.code) && !isUnread(region)).map((region) => withName(region, known));
  const renamed = table.filter(({ code, name }) => name !== '' && ![undefined, code, name].includes(held.get(code)?.name));
  const places = table.map((region) => withName(region, held));
  const heirs = heirsOf(gone, [...fresh, ...renamed], new Map(places.map((place) => [place.code, place])), successors);
  const nearby = groupBy(places, nearbyKey);
  const taken = new Set([...heirs.values()].map((heir) => heir?.code));
  return [
    ...gone.map((old) => goneChange(old, heirs, nearby, successors)),
    ...renamed.map((now) => renamedChange(held.get(now.code) as RegionPeriod, now, nearby, successors)),
    ...fresh.filter(({ code }) => !taken.has(code)).map((now) => addedChange(now, known.get(now.code))),
  ].sort((a, b) => codeOf(a).length - codeOf(b).length || (codeOf(a) < codeOf(b) ? -1 : 1));
}

/** The counties that a table speaks of. */
export function countiesOf(table: readonly TableRegion[]): string[] {
  return [...new Set(table.filter(({ code }) => code.length >= COUNTY_DIGITS).map(({ code }) => code.slice(0, COUNTY_DIGITS)))].sort();
}

/** Whether a stored region that the table does not have would be in it, were it still there. */
function coverageOf(table: readonly TableRegion[], { covers }: TableOrigin): (code: string) => boolean {
  const listed = new Set(table.map(({ code }) => code));
  const withRows = new Set(table.map(nearbyKey));
  const wholes = new Set(covers ?? countiesOf(table));
  const inside = (code: string): boolean => ['', ...parentsOf(code)].some((above) => above !== code && wholes.has(above));
  // A table of towns alone says nothing of communities, but for those whose town has ended.
  const covered = (code: string): boolean =>
    inside(code) && (withRows.has(nearbyKey({ code })) || (!listed.has(parentOf(code)) && covered(parentOf(code))));
  return covered;
}

/** Old code → who takes its place, level by level, for children are looked for in the heir of their parent. What was decided goes first. */
function heirsOf(gone: readonly Named[], pool: readonly Named[], places: ReadonlyMap<string, Named>, successors: Successors): Heirs {
  const heirs = new Map<string, Named | null>();
  for (const { code } of gone) {
    const decided = successors[code];
    if (decided !== undefined) heirs.set(code, decided === null ? null : (places.get(decided) ?? null));
  }
  const [olds, news] = [groupBy(gone, levelKey), groupBy(pool, levelKey)];
  for (const digits of REGION_DIGITS) {
    for (const nameOf of [({ name }: Named) => name, ({ name }: Named) => bareName(name)]) {
      pairByName(olds.get(String(digits)) ?? [], news.get(String(digits)) ?? [], nameOf, heirs);
    }
  }
  return heirs;
}

/** Adds the pairs of which there is only one of that name in the parent on either side. */
function pairByName(
  gone: readonly Named[],
  pool: readonly Named[],
  nameOf: (region: Named) => string,
  heirs: Map<string, Named | null>,
): void {
  const taken = new Set([...heirs.values()].map((heir) => heir?.code));
  const free = groupBy(
    pool.filter(({ code }) => !taken.has(code)),
    (region) => `${parentOf(region.code)} ${nameOf(region)}`,
  );
  const left = gone.filter(({ code }) => !heirs.has(code));
  for (const [key, olds] of groupBy(left, (old) => `${movedParent(old.code, heirs)} ${nameOf(old)}`)) {
    const [old, rival] = olds;
    const [heir, other] = free.get(key) ?? [];
    if (old && heir && !rival && !other) heirs.set(old.code, heir);
  }
}

function goneChange(old: Named, heirs: Heirs, nearby: Nearby, successors: Successors): TableChange {
  const heir = heirs.get(old.code) ?? null;
  const candidates = candidatesFor(old, movedParent(old.code, heirs), nearby).filter(({ code }) => code !== heir?.code);
  return { kind: heir ? 'recoded' : 'removed', old: bare(old), new: heir && bare(heir), confirmed: old.code in successors, candidates };
}

/** Where the old name goes on under another code, codes were given out anew. */
function renamedChange(old: Named, now: Named, nearby: Nearby, successors: Successors): TableChange {
  const goesOn = ({ code, name }: Named): boolean =>
    code !== now.code && parentOf(code) === parentOf(now.code) && likeness(old.name, name) >= SAME_PLACE;
  const candidates = (nearby.get(nearbyKey(now)) ?? []).filter(goesOn).slice(0, MAX_CANDIDATES).map(bare);
  return { kind: 'renamed', old: bare(old), new: bare(now), confirmed: now.code in successors, candidates };
}

/** `old`: it was there before, ended, and is there again. */
const addedChange = (now: Named, former: Named | undefined): TableChange => ({
  kind: 'added',
  old: former === undefined ? null : bare(former),
  new: bare(now),
  confirmed: true,
  candidates: [],
});

/** Alike and in the same parent, alike in the county, then all others of the parent. */
function candidatesFor(old: Named, parent: string, nearby: Nearby): Named[] {
  const places = nearby.get(nearbyKey({ code: `${parent}${old.code.slice(parent.length)}` })) ?? [];
  return places
    .map((place) => ({ place, rank: likeness(old.name, place.name) * 2 + (parentOf(place.code) === parent ? 1 : 0) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || (a.place.code < b.place.code ? -1 : 1))
    .slice(0, MAX_CANDIDATES)
    .map(({ place }) => bare(place));
}

const bare = ({ code, name }: Named): { code: string; name: string } => ({ code, name });
const codeOf = (change: TableChange): string => (change.old ?? change.new)?.code ?? '';
const withName = (region: TableRegion, known: ReadonlyMap<string, Named>): Named =>
  region.name === '' ? { code: region.code, name: known.get(region.code)?.name ?? region.code } : region;

const movedParent = (code: string, heirs: Heirs): string => heirs.get(parentOf(code))?.code ?? parentOf(code);

const levelKey = ({ code }: Pick<Named, 'code'>): string => String(code.length);
/** Level and county, or what the region lies in, where that is larger than a county. */
const nearbyKey = ({ code }: Pick<Named, 'code'>): string => `${code.length} ${parentOf(code).slice(0, COUNTY_DIGITS)}`;
