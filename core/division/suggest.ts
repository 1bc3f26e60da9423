// The cheapest mends for a grid outside its band: blocks over a border, a split, a merger, neighbours divided anew; each an operation.
import { type PlannedOperation, planChange } from '../plan/apply.ts';
import type { Change } from '../plan/change.ts';
import { divisionOptions } from '../plan/operation.ts';
import type { CommunityState, Grid } from '../plan/state.ts';
import { bandOf, sizeBreach, sizeRuleOf } from '../rules/band.ts';
import { gridLabel } from '../rules/finding.ts';
import type { Profile, SizeRule } from '../rules/profile.ts';
import type { Fix } from '../rules/rule.ts';
import { barrierIndex } from './barrier-index.ts';
import { middleOf, sizeBounds } from './bounds.ts';
import { cheapestMove, HOUSEHOLD_PRICE } from './cheapest-move.ts';
import { componentsOf } from './components.ts';
import { type BlockGraph, blockGraph } from './graph.ts';
import { SizeCost } from './size-cost.ts';
import { type Sums, sumsOf } from './sums.ts';

const MAX_MENDS = 3;
/** How many grids a split is tried with: the likeliest number and the next. */
const MAX_SPLITS = 2;
/** How many times the grid and its neighbours are divided anew: each takes as long as all other mends together. */
const MAX_REDIVISIONS = 3;
/** Borders stay where they are wherever that will do: the most that `keepClose` can ask for. */
const KEEP_CLOSE = 10;
/** A mend that leaves something outside its band takes away at least this share of what is outside. */
const LEAST_HELP = 0.5;
/** Price of making another grid illegal while searching: above what any mend saves. */
const HARM = 1_000;

/** A grid that a mend touches. */
export interface MendedGrid {
  /** Below 0: a new one. */
  readonly grid: number;
  readonly name: string;
  /** null: there was none, or there is none afterwards. */
  readonly before: Sums | null;
  readonly after: Sums | null;
  /** Whether it is in its band afterwards; true where it is gone. */
  readonly within: boolean;
}

export interface Mend extends Fix {
  readonly grids: readonly MendedGrid[];
  /** All touched grids are in their bands afterwards. */
  readonly legal: boolean;
  /** Change of border cost (DESIGN §4, metres) and the price of the households moved from one grid to another. */
  readonly cost: number;
}

/**
 * The three cheapest mends at most that leave every grid they touch in its band and in one piece; where there are none, those that take
 * away at least half of what is outside and make no grid illegal that was legal. Locked grids and other kinds stay untouched. Empty: the
 * grid is in its band, has none, is locked, or nothing helps.
 */
export function suggestMends(state: CommunityState, profile: Profile, grid: number): Mend[] {
  const own = state.grids.get(grid);
  const rule = own && sizeRuleOf(own.kind, profile);
  if (!own || !rule || own.locked || own.area) return [];
  const neighbourhood = new Neighbourhood(state, profile, own, rule);
  if (neighbourhood.isWithin(own)) return [];
  const { moves, takings, splits, mergers } = neighbourhood;
  const mends = [...takings(), ...moves(true), ...splits(), ...mergers()].flatMap(neighbourhood.mends);
  const legal = mends.filter((mend) => mend.legal);
  for (const { fix, others } of neighbourhood.redivisions()) {
    if (legal.length >= (others.length === 1 ? MAX_MENDS : 1)) break;
    const concernsAll = ({ grids }: Mend): boolean => others.every(({ id }) => grids.some((one) => one.grid === id));
    legal.push(...neighbourhood.mends(fix).filter((mend) => mend.legal && concernsAll(mend)));
  }
  return (legal.length > 0 ? legal : [...mends, ...moves(false).flatMap(neighbourhood.mends)])
    .sort((a, b) => a.cost - b.cost)
    .slice(0, MAX_MENDS);
}

const more = (a: Sums, b: Sums): Sums => ({ households: a.households + b.households, persons: a.persons + b.persons });
const less = (a: Sums, b: Sums): Sums => ({ households: a.households - b.households, persons: a.persons - b.persons });

/** The grid, those beside it that may take part in a mend, and what mends cost. */
class Neighbourhood {
  readonly #state: CommunityState;
  readonly #profile: Profile;
  readonly #own: Grid;
  readonly #rule: SizeRule;
  readonly #size: SizeCost;
  readonly #aim: number;
  readonly #ids: readonly number[];
  readonly #positions: ReadonlyMap<number, number>;
  readonly #graph: BlockGraph;
  readonly #blocksOf = new Map<number, number[]>();

  constructor(state: CommunityState, profile: Profile, own: Grid, rule: SizeRule) {
    this.#state = state;
    this.#profile = profile;
    this.#own = own;
    this.#rule = rule;
    this.#aim = middleOf(sizeBounds(rule).households);
    this.#size = new SizeCost(rule, { unit: 0, balance: 0, aim: this.#aim });
    const blocks = [...state.blocks.values()].sort((a, b) => a.id - b.id);
    this.#ids = blocks.map(({ id }) => id);
    this.#positions = new Map(this.#ids.map((id, block) => [id, block]));
    this.#graph = blockGraph(blocks, barrierIndex(state.barriers));
    this.#ids.forEach((id, block) => {
      const grid = state.gridOf.get(id);
      if (grid === undefined) return;
      const known = this.#blocksOf.get(grid);
      if (known) known.push(block);
      else this.#blocksOf.set(grid, [block]);
    });
  }

  isWithin(grid: Grid): boolean {
    return this.#isWithin(grid, this.#blocks(grid));
  }

  /** The cheapest blocks to give to each neighbour, or to take from it. `legal`: where both together have the size of two grids or not. */
  readonly moves = (legal: boolean): Fix[] =>
    this.#partners().flatMap((partner): Fix[] => {
      const [giver, taker] = this.#isAbove() ? [this.#own, partner] : [partner, this.#own];
      const [given, taken, other] = [this.#sums(giver), this.#sums(taker), this.#sums(partner)];
      if (this.#size.isLegal(given.households + taken.households, given.persons + taken.persons, 2) !== legal) return [];
      const allowed = this.#outside(other);
      const outsideAfter = (moved: Sums): number => {
        const [left, grown] = [less(given, moved), more(taken, moved)];
        const harm = Math.max(0, this.#outside(partner === giver ? left : grown) - allowed);
        return this.#outside(left) + this.#outside(grown) + (legal ? 0 : HARM * harm);
      };
      const move = cheapestMove(this.#graph, this.#blocks(giver), this.#blocks(taker), outsideAfter);
      if (!move) return [];
      const values = { blocks: move.blocks.length, households: move.sums.households, from: gridLabel(giver), to: gridLabel(taker) };
      return [{ label: 'suggest-move', values, operation: this.#assigned(move.blocks, taker) }];
    });

  /** The cheapest blocks that are in no grid yet, for a grid below its band. */
  readonly takings = (): Fix[] => {
    if (this.#isAbove()) return [];
    const taken = this.#sums(this.#own);
    const free = this.#ids.flatMap((id, block) => (this.#state.gridOf.has(id) ? [] : [block]));
    const outsideAfter = (moved: Sums): number => this.#outside(more(taken, moved));
    const move = cheapestMove(this.#graph, free, this.#blocks(this.#own), outsideAfter, 'no-grid');
    if (!move) return [];
    const values = { blocks: move.blocks.length, households: move.sums.households, to: gridLabel(this.#own) };
    return [{ label: 'suggest-take', values, operation: this.#assigned(move.blocks, this.#own) }];
  };

  /** Into as many grids as the band suggests. */
  readonly splits = (): Fix[] => {
    const { households, persons } = this.#sums(this.#own);
    const likely = Math.max(2, Math.round(households / Math.max(1, this.#aim)));
    const counts = [likely, likely + 1, likely - 1].filter((parts) => parts > 1 && this.#size.isLegal(households, persons, parts));
    return counts.slice(0, MAX_SPLITS).map((parts) => ({
      label: 'suggest-split',
      values: { grid: gridLabel(this.#own), parts },
      operation: { type: 'divide', grids: [this.#own.id], options: divisionOptions.parse({ parts }) },
    }));
  };

  /** With each neighbour; the larger one keeps its name. */
  readonly mergers = (): Fix[] => {
    const own = this.#sums(this.#own).households;
    return this.#partners().map((partner) => {
      const other = this.#sums(partner).households;
      const [from, into] = other >= own ? [this.#own, partner] : [partner, this.#own];
      return {
        label: 'suggest-merge',
        values: { from: gridLabel(from), into: gridLabel(into), households: own + other },
        operation: { type: 'merge', grids: [from.id], into: into.id },
      };
    });
  };

  /** Divided anew together with one or two neighbours, where all of them together have the size of some grids; the smallest first. */
  readonly redivisions = (): { readonly others: readonly Grid[]; readonly fix: Fix }[] => {
    const partners = this.#partners();
    const pairs = partners.flatMap((one, i) => partners.slice(i + 1).map((other) => [one, other]));
    const candidates = [...partners.map((one) => [one]), ...pairs].map((others) => ({
      others,
      sums: others.reduce((sum, other) => more(sum, this.#sums(other)), this.#sums(this.#own)),
    }));
    return candidates
      .filter(({ sums }) => this.#mayBeDivided(sums))
      .sort((a, b) => a.others.length - b.others.length || a.sums.households - b.sums.households)
      .slice(0, MAX_REDIVISIONS)
      .map(({ others }) => ({ others, fix: this.#redivision(others) }));
  };

  #redivision(others: readonly Grid[]): Fix {
    const [grid, other] = others.map(gridLabel);
    const grids = [this.#own, ...others].map(({ id }) => id);
    return {
      ...(other === undefined
        ? { label: 'suggest-redivide', values: { grid: grid ?? '' } }
        : { label: 'suggest-redivide-both', values: { grid: grid ?? '', other } }),
      operation: { type: 'divide', grids, options: divisionOptions.parse({ keepClose: KEEP_CLOSE }) },
    };
  }

  /** Whether so many may be two or more legal grids. */
  #mayBeDivided({ households, persons }: Sums): boolean {
    const likely = Math.max(2, Math.round(households / Math.max(1, this.#aim)));
    return [likely - 1, likely, likely + 1].some((parts) => parts > 1 && this.#size.isLegal(households, persons, parts));
  }

  #isAbove(): boolean {
    const { households, persons } = this.#sums(this.#own);
    return sizeBreach({ households, population: persons }, this.#rule)?.side === 'above';
  }

  #outside({ households, persons }: Sums): number {
    return this.#size.outside(households, persons);
  }

  #assigned(blocks: readonly number[], { id }: Grid): Fix['operation'] {
    return { type: 'assign', blocks: blocks.map((block) => this.#ids[block] as number), to: id };
  }

  /** The mend with what it costs; none where it does not help or tears a grid apart. */
  readonly mends = (fix: Fix): Mend[] => {
    const outcome = planChange(this.#state, fix.operation as PlannedOperation, this.#profile);
    if (!outcome.ok) return [];
    const after = this.#after(outcome.value);
    const grids = this.#mended(outcome.value, after);
    if (grids.some(({ grid }) => componentsOf(this.#graph, (block) => after[block] === grid).length > 1)) return [];
    const legal = grids.every(({ within }) => within);
    if (!legal && !this.#helps(grids)) return [];
    const moved = sumsOf(
      this.#graph,
      outcome.value.assignments.flatMap(({ block, from }) => (from === null ? [] : [this.#positions.get(block) as number])),
    ).households;
    const cost = HOUSEHOLD_PRICE * moved + this.#borderCost(after) - this.#borderCost(this.#before());
    return [{ ...fix, grids, legal, cost }];
  };

  /** Whether much less is outside than before, and nothing that was not. */
  #helps(grids: readonly MendedGrid[]): boolean {
    const outside = (sums: Sums | null): number => (sums ? this.#outside(sums) : 0);
    if (grids.some(({ before, after, within }) => !within && before !== null && outside(before) === 0 && outside(after) > 0)) return false;
    const sumOf = (field: 'before' | 'after'): number => grids.reduce((sum, grid) => sum + outside(grid[field]), 0);
    return sumOf('after') <= (1 - LEAST_HELP) * sumOf('before');
  }

  #blocks(grid: Grid): readonly number[] {
    return this.#blocksOf.get(grid.id) ?? [];
  }

  #sums(grid: Grid): Sums {
    return sumsOf(this.#graph, this.#blocks(grid));
  }

  #isWithin(grid: Grid, blocks: readonly number[]): boolean {
    const { households, persons } = sumsOf(this.#graph, blocks);
    const counts = { kind: grid.kind, households, population: persons, wholeCommunity: blocks.length === this.#graph.size, reason: '' };
    const band = bandOf(counts, this.#profile);
    return band === 'in' || band === 'free';
  }

  /** Grids of the same kind, not locked, that share a border with the grid; by id. */
  #partners(): Grid[] {
    const { starts, neighbours } = this.#graph;
    const found = new Set<number>();
    for (const block of this.#blocks(this.#own)) {
      for (const other of neighbours.subarray(starts[block], starts[block + 1])) {
        const grid = this.#state.gridOf.get(this.#ids[other] as number);
        if (grid !== undefined && grid !== this.#own.id) found.add(grid);
      }
    }
    return [...found]
      .sort((a, b) => a - b)
      .flatMap((id) => this.#state.grids.get(id) ?? [])
      .filter(({ kind, locked }) => kind === this.#own.kind && !locked);
  }

  /** Grid of each block, 0: none. */
  #before(): Int32Array {
    return Int32Array.from(this.#ids, (id) => this.#state.gridOf.get(id) ?? 0);
  }

  #after({ assignments }: Change): Int32Array {
    const after = this.#before();
    for (const { block, to } of assignments) after[this.#positions.get(block) as number] = to ?? 0;
    return after;
  }

  #mended({ assignments, grids }: Change, after: Int32Array): MendedGrid[] {
    const touched = new Set(assignments.flatMap(({ from, to }) => [from ?? 0, to ?? 0]).filter((grid) => grid !== 0));
    return [...touched]
      .sort((a, b) => b - a)
      .flatMap((id): MendedGrid[] => {
        const before = this.#state.grids.get(id) ?? null;
        const known = grids.find((change) => (change.after ?? change.before)?.id === id)?.after ?? before;
        if (!known) return [];
        const blocks = Array.from(after.keys()).filter((block) => after[block] === id);
        const gone = blocks.length === 0;
        return [
          {
            grid: id,
            name: known.name,
            before: before && this.#sums(before),
            after: gone ? null : sumsOf(this.#graph, blocks),
            within: gone || this.#isWithin(known, blocks),
          },
        ];
      });
  }

  /** Of all borders between grids. */
  #borderCost(gridOf: Int32Array): number {
    const { size, starts, neighbours, cost } = this.#graph;
    let sum = 0;
    for (let block = 0; block < size; block++) {
      for (let at = starts[block] as number; at < (starts[block + 1] as number); at++) {
        const other = neighbours[at] as number;
        if (other > block && gridOf[other] !== gridOf[block]) sum += cost[at] as number;
      }
    }
    return sum;
  }
}
