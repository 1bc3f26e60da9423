// Whatever is drawn, the tiling holds: random operations, one after the other, checked against I1, I2, I4 and I6 after every step.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageFaults } from '../../../core/coverage/invariants.ts';
import type { PlannedOperation } from '../../../core/plan/apply.ts';
import type { Change } from '../../../core/plan/change.ts';
import type { CommunityState } from '../../../core/plan/state.ts';
import { applyChange, inverseOf, withIds } from '../../../core/plan/state-change.ts';
import { tallyGrid } from '../../../core/plan/tally.ts';
import { degrees, doubleArea, householdsOf, makeState, planned, SIDE, withOneGrid } from './community.ts';

/** Shares of the square, often on borders and round places where geometry is hardest. */
const share = fc.oneof(
  { weight: 3, arbitrary: fc.double({ min: -0.2, max: 1.3, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 0.2, 0.3, 0.45, 0.5, 0.55, 0.7, 1, 1.2, 1.5) },
);
const place = fc.tuple(share, share);
const streets = fc.array(fc.record({ ends: fc.tuple(share, share, share, share) }), { maxLength: 6 });
const houses = fc.array(fc.tuple(share, share, fc.integer({ min: 0, max: 250 })), { maxLength: 25 });

type Stroke =
  | { type: 'assign'; pick: number[]; to: number }
  | { type: 'cut' | 'split' | 'reshape'; line: [number, number][]; pick: number }
  | { type: 'carve'; polygon: [number, number][] }
  | { type: 'merge'; pick: number; into: number }
  | { type: 'undo' };

const index = fc.nat({ max: 1_000 });
const stroke: fc.Arbitrary<Stroke> = fc.oneof(
  fc.record({ type: fc.constant('assign' as const), pick: fc.array(index, { minLength: 1, maxLength: 5 }), to: index }),
  fc.record({
    type: fc.constantFrom('cut' as const, 'split' as const, 'reshape' as const),
    line: fc.array(place, { minLength: 2, maxLength: 6 }),
    pick: index,
  }),
  fc.record({ type: fc.constant('carve' as const), polygon: fc.array(place, { minLength: 3, maxLength: 6 }) }),
  fc.record({ type: fc.constant('merge' as const), pick: index, into: index }),
  fc.record({ type: fc.constant('undo' as const) }),
);

const pickFrom = <T>(items: readonly T[], at: number): T | undefined => items[at % Math.max(1, items.length)];

function operationOf(drawn: Exclude<Stroke, { type: 'undo' }>, state: CommunityState): PlannedOperation | null {
  const grids = [...state.grids.keys()];
  const blocks = [...state.blocks.keys()];
  if (drawn.type === 'assign') {
    const to = drawn.to % 3 === 0 ? 'new' : drawn.to % 7 === 0 ? null : (pickFrom(grids, drawn.to) ?? 'new');
    return { type: 'assign', blocks: drawn.pick.map((at) => pickFrom(blocks, at) as number), to };
  }
  if (drawn.type === 'carve') {
    const ring = drawn.polygon.map(([x, y]) => degrees(x, y));
    return { type: 'carve', polygon: [[...ring, ring[0] as [number, number]]], kind: 'dedicated' };
  }
  const grid = pickFrom(grids, drawn.pick);
  if (drawn.type === 'cut') return { type: 'cut', line: drawn.line.map(([x, y]) => degrees(x, y)) };
  if (grid === undefined) return null;
  if (drawn.type === 'merge') return { type: 'merge', grids: [grid], into: pickFrom(grids, drawn.into) as number };
  const line = drawn.line.map(([x, y]) => degrees(x, y));
  return drawn.type === 'split' ? { type: 'cut', line, grid } : { type: 'reshape', grid, line };
}

let nextId = 100_000;
function settle(change: Change): Change {
  const give = (ids: number[]): Map<number, number> => new Map(ids.map((id) => [id, nextId++]));
  return withIds(change, {
    blocks: give(change.splits.flatMap(({ children }) => children.map((child) => child.id))),
    grids: give(change.grids.flatMap(({ before, after }) => (before === null && after ? [after.id] : []))),
  });
}

function assertTiling(state: CommunityState, area: number, households: number): void {
  const own = [...state.blocks.values()];
  expect(coverageFaults(own)).toEqual([]);
  expect(coverageFaults([...own, ...state.neighbours])).toEqual([]);
  // A vertex put on a border moves it by less than one step over at most a side of the square.
  const vertices = own.reduce((sum, block) => sum + block.polygon.flat().length / 2, 0);
  expect(Math.abs(own.reduce((sum, block) => sum + doubleArea(block.polygon), 0) - area)).toBeLessThanOrEqual(2 * SIDE * vertices);
  expect(householdsOf(own)).toBe(households);
  const tallied = [null, ...state.grids.keys()].map((grid) => tallyGrid(state, grid).households);
  expect(tallied.reduce((sum, count) => sum + count, 0)).toBe(households);
  for (const [block, grid] of state.gridOf) {
    expect(state.blocks.has(block)).toBe(true);
    expect(state.grids.has(grid)).toBe(true);
  }
  for (const grid of state.grids.keys()) expect([...state.gridOf.values()]).toContain(grid);
}

/** Who each place belongs to, whatever the blocks: the oldest ancestor's id would do, but places are what people see. */
function bordersOf(state: CommunityState): string {
  return [...state.grids.keys()]
    .sort((a, b) => a - b)
    .map((grid) => {
      const blocks = [...state.blocks.values()].filter((block) => state.gridOf.get(block.id) === grid);
      return `${grid}:${blocks.reduce((sum, block) => sum + doubleArea(block.polygon), 0)}:${householdsOf(blocks)}`;
    })
    .join(' ');
}

describe('random operations', () => {
  it('keep the tiling, the counts and the neighbour edge-matched after every step', () => {
    fc.assert(
      fc.property(streets, houses, fc.array(stroke, { minLength: 1, maxLength: 12 }), (lines, places, strokes) => {
        let state = withOneGrid(makeState(lines, places));
        const area = [...state.blocks.values()].reduce((sum, block) => sum + doubleArea(block.polygon), 0);
        const households = householdsOf(state.blocks.values());
        const done: { change: Change; before: string }[] = [];
        for (const drawn of strokes) {
          if (drawn.type === 'undo') {
            const last = done.pop();
            if (last) {
              state = applyChange(state, inverseOf(last.change));
              if (last.change.splits.length === 0) expect(bordersOf(state)).toBe(last.before);
            }
          } else {
            const operation = operationOf(drawn, state);
            const outcome = operation && planned(state, operation);
            if (outcome?.ok) {
              const change = settle(outcome.value);
              done.push({ change, before: bordersOf(state) });
              state = applyChange(state, change);
              // An undo after a later cut needs the store's memory of ancestors: here only the last step is undone.
              if (change.splits.length > 0) done.splice(0, done.length - 1);
            }
          }
          assertTiling(state, area, households);
        }
      }),
      { numRuns: 400 },
    );
  });
});
