// Two layouts of the same communities side by side: which grids belong together, and what became of each (适时调整).
import type { ComparedGrids, GridFate } from '../api/messages.ts';

/** Two grids belong together when at least this share of one of them lies in the other. What is less is a border that moved. */
const MAIN_SHARE = 0.5;
/** A grid without such a main part belongs to all that hold at least this share of it. */
const PART_SHARE = 0.1;
/** Square metres that a border may differ by, without a household, and still be the same: rounding of areas. */
const SAME_BORDER_M2 = 1;

/** A grid of one of the layouts. Ids are those of the table of grids, so no former grid shares one with a present grid. */
export interface LayoutGrid {
  readonly id: number;
  readonly community: string;
  readonly name: string;
  readonly code: string | null;
  /** Thematic grids lie across the others: they are compared with the one they were copied from only. */
  readonly thematic: boolean;
}

export interface PresentGrid extends LayoutGrid {
  /** The grid of the former layout that it was copied from; null: it was not, or not from that layout. */
  readonly origin: number | null;
}

/**
 * Area that lies in one former and one present grid; null: in none of that layout. One for each block, or already summed. For thematic
 * grids the intersection with their origin, and what is left of both.
 */
export interface Overlap {
  readonly former: number | null;
  readonly present: number | null;
  readonly households: number;
  readonly area_m2: number;
}

export interface ComparedLine {
  readonly line: ComparedGrids;
  /** Every overlap of its grids, slivers and those with grids of other lines too. */
  readonly overlaps: readonly Overlap[];
}

interface Amount {
  households: number;
  area: number;
}

/**
 * Every former and every present grid in exactly one line, ordered by community. Sizes are counted from the overlaps. The other way
 * round gives the same lines with split and merged, new and retired exchanged.
 */
export function compareLayouts(
  former: readonly LayoutGrid[],
  present: readonly PresentGrid[],
  overlaps: readonly Overlap[],
): ComparedLine[] {
  const shared = new Shared(overlaps);
  const groups = new Groups();
  for (const { id } of [...former, ...present]) groups.add(id);
  const thematic = new Set([...former, ...present].filter((grid) => grid.thematic).map(({ id }) => id));
  for (const { id, origin } of present) {
    if (thematic.has(id) && origin !== null && thematic.has(origin)) groups.join(origin, id);
  }
  for (const [one, other] of shared.related()) {
    if (!thematic.has(one) && !thematic.has(other)) groups.join(one, other);
  }
  const lines = new Map<number, { former: LayoutGrid[]; present: LayoutGrid[] }>();
  const lineOf = (id: number) => {
    const root = groups.of(id);
    const line = lines.get(root) ?? { former: [], present: [] };
    lines.set(root, line);
    return line;
  };
  for (const grid of former) lineOf(grid.id).former.push(grid);
  for (const grid of present) lineOf(grid.id).present.push(grid);
  return [...lines.values()]
    .map((line) => comparedLine(line.former, line.present, shared))
    .sort((a, b) => (a.line.community < b.line.community ? -1 : Number(a.line.community > b.line.community)));
}

/** How many lines there are of each fate. */
export function countFates(lines: readonly ComparedGrids[]): Record<GridFate, number> {
  const counts: Record<GridFate, number> = { unchanged: 0, moved: 0, split: 0, merged: 0, redrawn: 0, new: 0, retired: 0 };
  for (const { fate } of lines) counts[fate] += 1;
  return counts;
}

/** Codes that grids of the former layout bear. */
export function formerCodesOf(lines: readonly ComparedLine[]): Set<string> {
  return new Set(lines.flatMap(({ line }) => line.former.flatMap(({ code }) => code ?? [])));
}

/** The former or present grid that most households live in, then with most area; ties go to the older one. */
export function largestOf<T extends { readonly grid: number; readonly households: number; readonly area_m2: number }>(
  parts: readonly T[],
): T | undefined {
  return [...parts].sort((a, b) => b.households - a.households || b.area_m2 - a.area_m2 || a.grid - b.grid)[0];
}

function comparedLine(former: readonly LayoutGrid[], present: readonly LayoutGrid[], shared: Shared): ComparedLine {
  const overlaps = shared.of([...former, ...present].map(({ id }) => id));
  const moved = movedWithin(overlaps, new Set(former.map(({ id }) => id)), new Set(present.map(({ id }) => id)));
  const sized = ({ id, name, code }: LayoutGrid) => {
    const { households, area } = shared.total(id);
    return { grid: id, name, code, households, area_m2: area };
  };
  return {
    line: {
      fate: fateOf(former.length, present.length, moved),
      community: (present[0] ?? former[0])?.community ?? '',
      former: former.map(sized),
      present: present.map(sized),
      householdsMoved: moved.households,
      areaMovedM2: moved.area,
    },
    overlaps,
  };
}

function fateOf(former: number, present: number, moved: Amount): GridFate {
  if (former === 0) return 'new';
  if (present === 0) return 'retired';
  if (former === 1 && present === 1) return moved.households === 0 && moved.area <= SAME_BORDER_M2 ? 'unchanged' : 'moved';
  if (former === 1) return 'split';
  return present === 1 ? 'merged' : 'redrawn';
}

/** Everything in the line except what each former grid shares with the one present grid that continues it. */
function movedWithin(overlaps: readonly Overlap[], former: ReadonlySet<number>, present: ReadonlySet<number>): Amount {
  const pairs = overlaps
    .filter((pair) => former.has(pair.former ?? 0) && present.has(pair.present ?? 0))
    .sort((a, b) => b.households - a.households || b.area_m2 - a.area_m2 || tieOf(a)[0] - tieOf(b)[0] || tieOf(a)[1] - tieOf(b)[1]);
  const continued = new Set<number | null>();
  const staying = new Set<Overlap>();
  for (const pair of pairs) {
    if (continued.has(pair.former) || continued.has(pair.present)) continue;
    continued.add(pair.former).add(pair.present);
    staying.add(pair);
  }
  return overlaps
    .filter((overlap) => !staying.has(overlap))
    .reduce((sum, { households, area_m2 }) => ({ households: sum.households + households, area: sum.area + area_m2 }), {
      households: 0,
      area: 0,
    });
}

/** The same whichever of the layouts is called the former one. */
function tieOf({ former, present }: Overlap): [number, number] {
  const [one, other] = [former ?? 0, present ?? 0];
  return [Math.min(one, other), Math.max(one, other)];
}

/** The overlaps, summed for each pair, and found by either grid. */
class Shared {
  readonly #byGrid = new Map<number, Map<number | null, Overlap>>();

  constructor(overlaps: readonly Overlap[]) {
    const pairs = new Map<string, Overlap>();
    for (const overlap of overlaps) {
      const key = `${overlap.former} ${overlap.present}`;
      const sum = pairs.get(key);
      pairs.set(key, {
        ...overlap,
        households: (sum?.households ?? 0) + overlap.households,
        area_m2: (sum?.area_m2 ?? 0) + overlap.area_m2,
      });
    }
    for (const pair of pairs.values()) {
      if (pair.former !== null) this.#at(pair.former).set(pair.present, pair);
      if (pair.present !== null) this.#at(pair.present).set(pair.former, pair);
    }
  }

  #at(grid: number): Map<number | null, Overlap> {
    const pairs = this.#byGrid.get(grid) ?? new Map<number | null, Overlap>();
    this.#byGrid.set(grid, pairs);
    return pairs;
  }

  total(grid: number): Amount {
    const total = { households: 0, area: 0 };
    for (const { households, area_m2 } of this.#at(grid).values()) {
      total.households += households;
      total.area += area_m2;
    }
    return total;
  }

  /** Each overlap of any of the grids, once. */
  of(grids: readonly number[]): Overlap[] {
    return [...new Set(grids.flatMap((grid) => [...this.#at(grid).values()]))];
  }

  /** Pairs of a grid and one of the other layout that holds its main part, or a good part where no one holds the main part. */
  *related(): Generator<[number, number]> {
    for (const [grid, pairs] of this.#byGrid) {
      const total = this.total(grid);
      // Where nobody lives the area decides.
      const shareOf = ({ households, area_m2 }: Overlap): number =>
        total.households > 0 ? households / total.households : area_m2 / total.area;
      const main = [...pairs].filter(([, pair]) => shareOf(pair) >= MAIN_SHARE);
      const partners = main.length > 0 ? main : [...pairs].filter(([, pair]) => shareOf(pair) >= PART_SHARE);
      for (const [other] of partners) if (other !== null) yield [grid, other];
    }
  }
}

/** Things that were joined directly or through others (union–find). */
class Groups {
  readonly #parent = new Map<number, number>();

  add(id: number): void {
    this.#parent.set(id, id);
  }

  of(id: number): number {
    let root = id;
    for (let next = this.#parent.get(root) ?? root; next !== root; next = this.#parent.get(root) ?? root) root = next;
    this.#parent.set(id, root);
    return root;
  }

  join(one: number, other: number): void {
    this.#parent.set(this.of(one), this.of(other));
  }
}
