// Cells: parts of one grid, made by the engine or by hand; whatever is done to the grid, its cells never reach out of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlannedOperation, planChange } from '../../../core/plan/apply.ts';
import type { Change } from '../../../core/plan/change.ts';
import type { Outcome } from '../../../core/plan/failure.ts';
import { type DivideOptions, divisionOptions } from '../../../core/plan/operation.ts';
import type { CommunityState } from '../../../core/plan/state.ts';
import { applyChange, inverseOf, withIds } from '../../../core/plan/state-change.ts';
import { tallyGrid } from '../../../core/plan/tally.ts';
import type { Profile } from '../../../core/rules/profile.ts';
import { profileOf } from '../../../core/rules/profiles.ts';
import { degrees, grid, householdsOf, makeState, withOneGrid } from './community.ts';

const qianjiang = profileOf('qianjiang-2022') as Profile;
const gansu = profileOf('gansu-2023') as Profile;
/** The bands of Gansu for grids, the cells of Qianjiang inside them. */
const bothLevels: Profile = { ...gansu, cell: qianjiang.cell };

const STREETS = Array.from({ length: 9 }, (_, i) => (i + 1) / 10).flatMap((at) => [
  { ends: [at, 0, at, 1] as const },
  { ends: [0, at, 1, at] as const },
]);
const PLACES = Array.from({ length: 100 }, (_, i) => [(i % 10) / 10 + 0.03, Math.floor(i / 10) / 10 + 0.03] as const);
/** About 800 households in 100 blocks with a hole in the middle, and an exclave. */
const town = (): CommunityState =>
  makeState(
    STREETS,
    PLACES.map(([x, y]) => [x, y, 8] as const),
  );

const divideCells = (grids: number[] | undefined, options: Partial<DivideOptions> = {}): PlannedOperation => ({
  type: 'divide',
  options: divisionOptions.parse({ level: 'cells', ...options }),
  ...(grids && { grids }),
});

let nextId = 100_000;
/** New blocks and grids with ids, as the store gives them. */
function settled(outcome: Outcome<Change>): Change {
  if (!outcome.ok) throw new Error(`refused: ${outcome.failure.code}`);
  const give = (ids: number[]): Map<number, number> => new Map(ids.map((id) => [id, nextId++]));
  return withIds(outcome.value, {
    blocks: give(outcome.value.splits.flatMap(({ children }) => children.map(({ id }) => id))),
    grids: give(outcome.value.grids.flatMap(({ before, after }) => (before === null && after ? [after.id] : []))),
  });
}
const done = (state: CommunityState, operation: PlannedOperation, profile = qianjiang): CommunityState =>
  applyChange(state, settled(planChange(state, operation, profile)));
function refusal(state: CommunityState, operation: PlannedOperation, profile = qianjiang): string {
  const outcome = planChange(state, operation, profile);
  return outcome.ok ? 'done' : outcome.failure.code;
}

/** Households of the cells of a grid by number; 0: of what is in none. */
function cellsOf(state: CommunityState, id: number): Map<number, number> {
  const cells = new Map<number, number>();
  for (const block of state.blocks.values()) {
    if (state.gridOf.get(block.id) !== id) continue;
    const cell = state.cellOf.get(block.id) ?? 0;
    cells.set(cell, (cells.get(cell) ?? 0) + block.households);
  }
  return cells;
}
const blocksWhere = (state: CommunityState, test: (x: number) => boolean): number[] =>
  [...state.blocks.values()].filter(({ polygon }) => test((polygon[0]?.[0] as number) / 1e7)).map(({ id }) => id);
const [MIDDLE] = degrees(0.5, 0);

describe('a grid', () => {
  it('is divided into legal cells, numbered from 1, that hold every household once', () => {
    const state = withOneGrid(town());
    const divided = done(state, divideCells([1]));
    const cells = cellsOf(divided, 1);
    expect([...cells.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: cells.size }, (_, i) => i + 1));
    expect(cells.size).toBeGreaterThan(1);
    for (const households of cells.values()) expect(households >= 100 && households <= 200, String(households)).toBe(true);
    expect([...cells.values()].reduce((a, b) => a + b)).toBe(householdsOf(state.blocks.values()));
    expect(divided.gridOf).toEqual(state.gridOf);
    expect(divided.grids).toEqual(state.grids);
  });

  it('is divided into as many cells as are asked for', () => {
    expect(cellsOf(done(withOneGrid(town()), divideCells([1], { parts: 6 })), 1).size).toBe(6);
  });

  it('refuses what cannot be, and says why', () => {
    const state = withOneGrid(town());
    expect(refusal(state, divideCells([1]), gansu)).toBe('profile-without-cells');
    expect(refusal(state, divideCells(undefined))).toBe('cells-need-grids');
    expect(refusal(state, divideCells([7]))).toBe('unknown-grid');
    expect(refusal(done(state, { type: 'lock', grids: [1] }), divideCells([1]))).toBe('grid-locked');
    const small = { ...state, blocks: new Map([...state.blocks].map(([id, block]) => [id, { ...block, households: 1 }])) };
    expect(refusal(small, divideCells([1]))).toBe('grid-fits-one-cell');
    const huge = { ...state, blocks: new Map([...state.blocks].map(([id, block]) => [id, { ...block, households: 190 }])) };
    expect(refusal(huge, divideCells([1]))).toBe('too-many-cells');
  });

  it('changes its cells by hand, and loses them', () => {
    const state = withOneGrid(town());
    const [west, east] = [blocksWhere(state, (x) => x < MIDDLE), blocksWhere(state, (x) => x >= MIDDLE)];
    const one = done(state, { type: 'cell', blocks: west, to: 'new' });
    const two = done(one, { type: 'cell', blocks: east, to: 'new' });
    expect([...cellsOf(two, 1).keys()].sort()).toEqual([1, 2]);
    const without = done(two, { type: 'cell', blocks: west, to: null });
    expect([...cellsOf(without, 1).keys()].sort()).toEqual([0, 2]);
    // The number that became free is given again.
    expect(cellsOf(done(without, { type: 'cell', blocks: west.slice(0, 1), to: 'new' }), 1).has(1)).toBe(true);
    expect(refusal(two, { type: 'cell', blocks: west, to: 1 })).toBe('nothing-to-change');
    expect(refusal(done(two, { type: 'lock', grids: [1] }), { type: 'cell', blocks: west, to: null })).toBe('grid-locked');
    expect(refusal(two, { type: 'cell', blocks: west, to: 3 }, gansu)).toBe('profile-without-cells');
    expect(refusal(two, { type: 'cell', blocks: west, to: null }, gansu)).toBe('done');
    const apart = done(two, { type: 'assign', blocks: east, to: 'new' });
    expect(refusal(apart, { type: 'cell', blocks: [...west, ...east], to: 1 })).toBe('cell-across-grids');
    expect(refusal(done(two, { type: 'assign', blocks: east, to: null }), { type: 'cell', blocks: east, to: 1 })).toBe('cell-across-grids');
  });
});

describe('a community under rules with both levels', () => {
  it('gets cells inside the grid that no border can bring into its band, in the same operation', () => {
    // 800 households are too many for one grid and too few for two.
    const rule = { households: { minimum: 500, maximum: 700 }, persons: null, wholeCommunityMayBeSmaller: true };
    const gap: Profile = { ...bothLevels, size: { urban: rule, rural: rule, dedicated: rule } };
    const divided = done(town(), { type: 'divide', options: divisionOptions.parse({}) }, gap);
    const [main] = [...divided.grids.keys()].sort((a, b) => tallyGrid(divided, b).households - tallyGrid(divided, a).households);
    expect(tallyGrid(divided, main as number).households).toBeGreaterThan(700);
    expect(cellsOf(divided, main as number).size).toBeGreaterThan(1);
    expect(cellsOf(divided, main as number).has(0)).toBe(false);
  });

  it('gets none inside legal grids, and none where the rules know none', () => {
    const state = town();
    const whole = { type: 'divide', options: divisionOptions.parse({}) } as const;
    expect(done(state, whole, bothLevels).cellOf.size).toBe(0);
    const over = { type: 'divide', options: divisionOptions.parse({ parts: 1 }) } as const;
    expect(done(state, over, gansu).cellOf.size).toBe(0);
    expect(done(state, over, bothLevels).cellOf.size).toBeGreaterThan(0);
  });

  it('keeps the cells of a grid that stays what it was, and clears those of one that is divided anew', () => {
    const state = done(withOneGrid(town()), divideCells([1]));
    const redivided = done(state, { type: 'divide', options: divisionOptions.parse({}) }, bothLevels);
    expect(redivided.grids.size).toBeGreaterThan(1);
    expect(redivided.cellOf.size).toBe(0);
    expect(refusal(state, { type: 'divide', options: divisionOptions.parse({ parts: 1 }) }, bothLevels)).toBe('nothing-to-change');
  });
});

const index = fc.nat({ max: 1_000 });
const share = fc.integer({ min: -100, max: 1_100 }).map((thousandth) => thousandth / 1_000);
type Stroke =
  | { type: 'assign' | 'cell'; pick: number[]; to: number }
  | { type: 'cut'; line: [number, number][] }
  | { type: 'cells'; pick: number };
const stroke: fc.Arbitrary<Stroke> = fc.oneof(
  fc.record({
    type: fc.constantFrom('assign' as const, 'cell' as const),
    pick: fc.array(index, { minLength: 1, maxLength: 5 }),
    to: index,
  }),
  fc.record({ type: fc.constant('cut' as const), line: fc.array(fc.tuple(share, share), { minLength: 2, maxLength: 4 }) }),
  fc.record({ type: fc.constant('cells' as const), pick: index }),
);
const at = <T>(items: readonly T[], position: number): T => items[position % items.length] as T;

function operationOf(drawn: Stroke, state: CommunityState): PlannedOperation {
  const [blocks, grids] = [[...state.blocks.keys()], [...state.grids.keys()]];
  switch (drawn.type) {
    case 'assign':
      return { type: 'assign', blocks: drawn.pick.map((i) => at(blocks, i)), to: at([...grids, 'new' as const, null], drawn.to) };
    case 'cell':
      return { type: 'cell', blocks: drawn.pick.map((i) => at(blocks, i)), to: at([1, 2, 3, 'new' as const, null], drawn.to) };
    case 'cut':
      return { type: 'cut', line: drawn.line.map(([x, y]) => degrees(x, y)) };
    case 'cells':
      return divideCells(grids.length === 0 ? [1] : [at(grids, drawn.pick)], { parts: 3 });
  }
}

describe('whatever is done', () => {
  it('cells stay inside their grid, children of a cut inherit, counts add up, and undo is exact', () => {
    fc.assert(
      fc.property(fc.array(stroke, { minLength: 1, maxLength: 10 }), (strokes) => {
        let state: CommunityState = { ...withOneGrid(town()), grids: new Map([[1, grid(1, '新建东村第一网格')]]) };
        for (const drawn of strokes) {
          const outcome = planChange(state, operationOf(drawn, state), qianjiang);
          if (!outcome.ok) continue;
          const change = settled(outcome);
          const next = applyChange(state, change);
          for (const { parent, children } of change.splits) {
            for (const { id } of children) expect(next.cellOf.get(id)).toBe(state.cellOf.get(parent));
          }
          for (const [block, cell] of next.cellOf) {
            expect(cell).toBeGreaterThan(0);
            expect(next.blocks.has(block)).toBe(true);
            expect(next.gridOf.has(block)).toBe(true);
            if (drawn.type === 'assign' && state.gridOf.get(block) !== next.gridOf.get(block))
              throw new Error('kept a cell of another grid');
          }
          for (const id of next.grids.keys()) {
            expect([...cellsOf(next, id).values()].reduce((a, b) => a + b, 0)).toBe(tallyGrid(next, id).households);
          }
          const undone = applyChange(next, inverseOf(change));
          if (change.splits.length === 0) expect(undone.cellOf).toEqual(state.cellOf);
          else expect(undone.cellOf).toEqual(next.cellOf);
          expect(applyChange(undone, { ...change, splits: [], reshapes: [], rehoused: [] }).cellOf).toEqual(next.cellOf);
          state = next;
        }
      }),
      { numRuns: 60 },
    );
  });
});
