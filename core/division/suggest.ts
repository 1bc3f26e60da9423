// The cheapest mends for a grid outside its band: blocks over a border, a split, a merger. Each is an operation, shown before it is taken.
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
  /** Change of border cost (DESIGN §4, metres) and the price of the households moved. */
  readonly cost: number;
}

/**
 * The three cheapest mends at most that leave every grid they touch in its band and in one piece; where there are none, those after
 * which fewer households are outside than before. Locked grids and other kinds stay untouched. Empty: the grid is in its band, has none,
 * is locked, or nothing helps.
 */
export function suggestMends(state: CommunityState, profile: Profile, grid: number): Mend[] {
  const own = state.grids.get(grid);
  const rule = own && sizeRuleOf(own.kind, profile);
  if (!own || !rule || own.locked || own.area) return [];
  const neighbourhood = new Neighbourhood(state, profile, own, rule);
  if (neighbourhood.isWithin(own)) return [];
  const mends = [...neighbourhood.moves(true), ...neighbourhood.splits(), ...neighbourhood.mergers()].flatMap(neighbourhood.mends);
  const legal = mends.filter((mend) => mend.legal);
  return (legal.length > 0 ? legal : [...mends, ...neighbourhood.moves(false).flatMap(neighbourhood.mends)])
    .sort((a, b) => a.cost - b.cost)
    .slice(0, MAX_MENDS);
}

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
  moves(legal: boolean): Fix[] {
    const { households, persons } = this.#sums(this.#own);
    const above = sizeBreach({ households, population: persons }, this.#rule)?.side === 'above';
    return this.#partners().flatMap((partner): Fix[] => {
      const [giver, taker] = above ? [this.#own, partner] : [partner, this.#own];
      const [given, taken] = [this.#sums(giver), this.#sums(taker)];
      if (this.#size.isLegal(given.households + taken.households, given.persons + taken.persons, 2) !== legal) return [];
      const outsideAfter = (moved: Sums): number =>
        this.#size.outside(given.households - moved.households, given.persons - moved.persons) +
        this.#size.outside(taken.households + moved.households, taken.persons + moved.persons);
      const move = cheapestMove(this.#graph, this.#blocks(giver), this.#blocks(taker), outsideAfter);
      if (!move) return [];
      return [
        {
          label: 'suggest-move',
          values: { blocks: move.blocks.length, households: move.sums.households, from: gridLabel(giver), to: gridLabel(taker) },
          operation: { type: 'assign', blocks: move.blocks.map((block) => this.#ids[block] as number), to: taker.id },
        },
      ];
    });
  }

  /** Into as many grids as the band suggests. */
  splits(): Fix[] {
    const { households, persons } = this.#sums(this.#own);
    const likely = Math.max(2, Math.round(households / Math.max(1, this.#aim)));
    const counts = [likely, likely + 1, likely - 1].filter((parts) => parts > 1 && this.#size.isLegal(households, persons, parts));
    return counts.slice(0, MAX_SPLITS).map((parts) => ({
      label: 'suggest-split',
      values: { grid: gridLabel(this.#own), parts },
      operation: { type: 'divide', grids: [this.#own.id], options: divisionOptions.parse({ parts }) },
    }));
  }

  /** With each neighbour; the larger one keeps its name. */
  mergers(): Fix[] {
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
  }

  /** The mend with what it costs; none where it does not help or tears a grid apart. */
  readonly mends = (fix: Fix): Mend[] => {
    const outcome = planChange(this.#state, fix.operation as PlannedOperation, this.#profile);
    if (!outcome.ok) return [];
    const after = this.#after(outcome.value);
    const grids = this.#mended(outcome.value, after);
    if (grids.some(({ grid }) => componentsOf(this.#graph, (block) => after[block] === grid).length > 1)) return [];
    const outside = (sums: Sums | null): number => (sums ? this.#size.outside(sums.households, sums.persons) : 0);
    const worse = grids.reduce((sum, one) => sum + outside(one.after) - outside(one.before), 0);
    if (worse >= 0) return [];
    const moved = sumsOf(
      this.#graph,
      outcome.value.assignments.map(({ block }) => this.#positions.get(block) as number),
    ).households;
    const cost = HOUSEHOLD_PRICE * moved + this.#borderCost(after) - this.#borderCost(this.#before());
    return [{ ...fix, grids, legal: grids.every(({ within }) => within), cost }];
  };

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
