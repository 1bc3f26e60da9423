// Mends for a grid outside its band: each does what it says, mends the grid, harms nobody, and none that is cheaper was missed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barrierIndex } from '../../../core/division/barrier-index.ts';
import { componentsOf } from '../../../core/division/components.ts';
import { type BlockGraph, blockGraph } from '../../../core/division/graph.ts';
import { type Mend, suggestMends } from '../../../core/division/suggest.ts';
import { type PlannedOperation, planChange } from '../../../core/plan/apply.ts';
import type { Change } from '../../../core/plan/change.ts';
import type { CommunityState } from '../../../core/plan/state.ts';
import { applyChange } from '../../../core/plan/state-change.ts';
import { tallyGrid } from '../../../core/plan/tally.ts';
import { bandOf } from '../../../core/rules/band.ts';
import type { CheckContext } from '../../../core/rules/rule.ts';
import en from '../../../web/i18n/en/checks.json' with { type: 'json' };
import zh from '../../../web/i18n/zh/checks.json' with { type: 'json' };
import { lineThrough, town } from '../rules/town.ts';

const WIDTH = 4;
const HOUSEHOLD_PRICE = 5;
/** Metres: what a little town's border may be longer than the best one. */
const TWO_SIDES = 220;
const row = fc.string({ unit: fc.constantFrom('1', '1', '2', '3', '.'), minLength: WIDTH, maxLength: WIDTH });
const anyTown = fc
  .record({
    rows: fc.array(row, { minLength: 1, maxLength: 3 }),
    households: fc.array(fc.oneof(fc.constant(0), fc.nat(130), fc.nat(400)), { minLength: 12, maxLength: 12 }),
    street: fc.integer({ min: 0, max: WIDTH }),
    locked: fc.boolean(),
  })
  .map(({ rows, households, street, locked }) =>
    town(rows, {
      households: (block) => households[block - 1] ?? 0,
      grids: { 3: { locked } },
      barriers: [{ class: 'street', line: lineThrough([street, 0], [street, 3]) }],
    }),
  );

/** Two neighbours whose households would do for two grids, more or less. */
const twoGrids = fc
  .record({
    first: fc.array(fc.integer({ min: 1, max: WIDTH - 1 }), { minLength: 3, maxLength: 3 }),
    households: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 30, max: 140 })), { minLength: 12, maxLength: 12 }),
    street: fc.integer({ min: 0, max: WIDTH }),
  })
  .map(({ first, households, street }) =>
    town(
      first.map((own) => '1'.repeat(own) + '2'.repeat(WIDTH - own)),
      {
        households: (block) => households[block - 1] ?? 0,
        barriers: [{ class: 'street', line: lineThrough([street, 0], [street, 3]) }],
      },
    ),
  );

const planned = (context: CheckContext, { operation }: Pick<Mend, 'operation'>): { change: Change; after: CommunityState } => {
  const outcome = planChange(context.state, operation as PlannedOperation, context.profile);
  if (!outcome.ok) throw new Error(outcome.failure.code);
  return { change: outcome.value, after: applyChange(context.state, outcome.value) };
};

const graphOf = (state: CommunityState): BlockGraph => blockGraph([...state.blocks.values()], barrierIndex(state.barriers));

const piecesOf = (state: CommunityState, graph: BlockGraph, grid: number): number =>
  componentsOf(graph, (block) => state.gridOf.get([...state.blocks.keys()][block] as number) === grid).length;

const isWithin = ({ state, profile }: CheckContext, grid: number): boolean => {
  const { households, population, blocks } = tallyGrid(state, grid);
  const kind = state.grids.get(grid)?.kind ?? 'urban';
  return bandOf({ kind, households, population, wholeCommunity: blocks === state.blocks.size, reason: '' }, profile) === 'in';
};

/** Households outside 300 to 500, or as many as the persons outside 800 to 1,200 stand for. */
const outside = (state: CommunityState, grid: number): number => {
  const { households, population } = tallyGrid(state, grid);
  const beyond = (value: number, low: number, high: number): number => Math.max(0, low - value, value - high);
  return state.grids.has(grid) ? Math.min(beyond(households, 300, 500), (beyond(population, 800, 1_200) * 400) / 1_000) : 0;
};

const borderCost = (state: CommunityState, graph: BlockGraph): number => {
  const grids = [...state.blocks.keys()].map((block) => state.gridOf.get(block));
  let sum = 0;
  for (let block = 0; block < graph.size; block++) {
    for (let at = graph.starts[block] as number; at < (graph.starts[block + 1] as number); at++) {
      const other = graph.neighbours[at] as number;
      if (other > block && grids[other] !== grids[block]) sum += graph.cost[at] as number;
    }
  }
  return sum;
};

it('every mend does what it says, and what it says helps', () => {
  fc.assert(
    fc.property(anyTown, (context) => {
      const { state } = context;
      const graph = graphOf(state);
      for (const grid of state.grids.keys()) {
        const mends = suggestMends(state, context.profile, grid);
        if (isWithin(context, grid) || state.grids.get(grid)?.locked) expect(mends).toEqual([]);
        expect(mends.length).toBeLessThanOrEqual(3);
        expect(new Set(mends.map(({ legal }) => legal)).size).toBeLessThan(2);
        expect(mends.map(({ cost }) => cost)).toEqual(mends.map(({ cost }) => cost).sort((a, b) => a - b));
        for (const mend of mends) {
          const { change, after } = planned(context, mend);
          const touched = new Set(change.assignments.flatMap(({ from, to }) => [from, to]).filter((one) => one !== null));
          expect(touched).toEqual(new Set(mend.grids.map((one) => one.grid)));
          for (const one of mend.grids) {
            expect(state.grids.get(one.grid)?.locked ?? false).toBe(false);
            const { households, population } = tallyGrid(after, one.grid);
            expect(one.after ?? { households: 0, persons: 0 }).toEqual({ households, persons: population });
            expect(piecesOf(after, graph, one.grid)).toBe(one.after === null ? 0 : 1);
            const isLegal = one.after === null || isWithin({ ...context, state: after }, one.grid);
            expect(one.within).toBe(isLegal);
            if (mend.legal || (one.before !== null && isWithin(context, one.grid))) expect(isLegal).toBe(true);
          }
          const left = change.assignments.filter(({ from }) => from !== null);
          const moved = left.reduce((sum, { block }) => sum + (state.blocks.get(block)?.households ?? 0), 0);
          const total = (of: CommunityState): number => mend.grids.reduce((sum, one) => sum + outside(of, one.grid), 0);
          if (!mend.legal) expect(total(after)).toBeLessThanOrEqual(total(state) / 2);
          expect(mend.cost).toBeCloseTo(borderCost(after, graph) - borderCost(state, graph) + HOUSEHOLD_PRICE * moved, 6);
        }
      }
    }),
    { numRuns: 300 },
  );
});

it('where blocks can be moved there is a legal mend, and none much cheaper was missed', () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.oneof(anyTown, { weight: 3, arbitrary: twoGrids }), (context) => {
      const { state } = context;
      const graph = graphOf(state);
      if (!state.grids.has(1) || isWithin(context, 1)) return;
      let best = Infinity;
      for (const other of state.grids.keys()) {
        if (other === 1 || state.grids.get(other)?.locked) continue;
        if ([1, other].some((grid) => piecesOf(state, graph, grid) > 1)) continue;
        for (const [giver, taker] of [
          [1, other],
          [other, 1],
        ] as const) {
          const own = [...state.gridOf].flatMap(([block, grid]) => (grid === giver ? [block] : []));
          for (let mask = 1; mask < 2 ** own.length - 1; mask++) {
            const blocks = own.filter((_, i) => (mask >> i) & 1);
            const gridOf = new Map(state.gridOf);
            for (const block of blocks) gridOf.set(block, taker);
            const after = { ...state, gridOf };
            if (![giver, taker].every((grid) => isWithin({ ...context, state: after }, grid) && piecesOf(after, graph, grid) === 1))
              continue;
            const households = blocks.reduce((sum, block) => sum + (state.blocks.get(block)?.households ?? 0), 0);
            best = Math.min(best, borderCost(after, graph) - borderCost(state, graph) + HOUSEHOLD_PRICE * households);
          }
        }
      }
      if (best === Infinity) return;
      compared++;
      const [first] = suggestMends(state, context.profile, 1);
      expect(first?.legal).toBe(true);
      expect(first?.cost).toBeLessThan(best + TWO_SIDES);
    }),
    { numRuns: 300 },
  );
  expect(compared).toBeGreaterThan(5);
});

describe('a plain case', () => {
  it('splits what is twice too large, moves what is a little too much, merges what is too small', () => {
    const large = town(['111111'], { households: () => 130 });
    expect(suggestMends(large.state, large.profile, 1).map(({ label }) => label)).toEqual(['suggest-split']);
    const uneven = town(['111222'], { households: (block) => (block < 4 ? 180 : 105) });
    const [move] = suggestMends(uneven.state, uneven.profile, 1);
    expect(move).toMatchObject({ label: 'suggest-move', operation: { type: 'assign', blocks: [3], to: 2 } });
    const small = town(['1222'], { households: () => 100 });
    expect(suggestMends(small.state, small.profile, 1)).toMatchObject([{ label: 'suggest-merge', operation: { grids: [1], into: 2 } }]);
  });

  it('divides neighbours anew where no border can be moved, and never makes another grid illegal', () => {
    // 567, 499 and 463 households: too much for three grids, so a fourth is made.
    const households = [189, 189, 189, 125, 125, 125, 124, 116, 116, 116, 115];
    const row = town(['11122223333'], { households: (block) => households[block - 1] ?? 0 });
    const mends = suggestMends(row.state, row.profile, 1);
    expect(mends.map(({ label }) => label)).toContain('suggest-redivide');
    for (const { legal, grids } of mends) expect([legal, grids.every(({ within }) => within)]).toEqual([true, true]);
    expect(suggestMends(town(['111222'], { households: (block) => (block < 4 ? 189 : 166) }).state, row.profile, 1)).toMatchObject([
      { label: 'suggest-redivide', legal: true },
    ]);
  });

  it('takes what is in no grid yet', () => {
    const { state, profile } = town(['11....'], { households: () => 100 });
    const [take, ...others] = suggestMends(state, profile, 1);
    expect(others).toEqual([]);
    expect(take).toMatchObject({ label: 'suggest-take', legal: true, operation: { type: 'assign', to: 1 } });
    expect(take?.operation).toHaveProperty('blocks', [3]);
  });

  it('has its sentence in both languages', () => {
    const towns = [
      town(['111222'], { households: (block) => (block < 4 ? 180 : 105) }),
      town(['111222'], { households: (block) => (block < 4 ? 189 : 166) }),
      town(['11.'], { households: () => 100 }),
    ];
    const mends = towns.flatMap(({ state, profile }) => suggestMends(state, profile, 1));
    expect(mends.length).toBeGreaterThanOrEqual(3);
    for (const { label, values } of mends) {
      for (const texts of [zh, en] as { fix: Record<string, string> }[]) {
        for (const [, named] of (texts.fix[label] as string).matchAll(/\{\{(\w+)\}\}/g)) expect(values).toHaveProperty(named as string);
      }
    }
  });
});
