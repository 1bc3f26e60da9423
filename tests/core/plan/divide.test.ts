// The operation divide: what a planner relies on when a community is divided for them.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion } from '../../../core/plan/apportion.ts';
import type { Change } from '../../../core/plan/change.ts';
import type { Outcome } from '../../../core/plan/failure.ts';
import { type DivideOptions, divisionOptions } from '../../../core/plan/operation.ts';
import type { CommunityState, Grid } from '../../../core/plan/state.ts';
import { applyChange, inverseOf } from '../../../core/plan/state-change.ts';
import { tallyGrid } from '../../../core/plan/tally.ts';
import { grid, householdsOf, makeState, ORIGIN_X, ORIGIN_Y, planned, SIDE, withOneGrid } from './community.ts';

const STREETS = Array.from({ length: 9 }, (_, i) => (i + 1) / 10).flatMap((at) => [
  { ends: [at, 0, at, 1] as const },
  { ends: [0, at, 1, at] as const },
]);
const CELLS = Array.from({ length: 100 }, (_, i) => [(i % 10) / 10 + 0.03, Math.floor(i / 10) / 10 + 0.03] as const);

/** About 1,500 households in 100 blocks with a hole in the middle, and an exclave. */
const town = (households: (cell: number) => number = () => 15): CommunityState =>
  makeState(STREETS, [...CELLS.map(([x, y], i) => [x, y, households(i)] as const), [0.35, 1.3, 15]]);

const divide = (state: CommunityState, options: Partial<DivideOptions> = {}, grids?: number[]): Outcome<Change> =>
  planned(state, { type: 'divide', options: divisionOptions.parse(options), ...(grids && { grids }) });

function change(outcome: Outcome<Change>): Change {
  if (!outcome.ok) throw new Error(`refused: ${outcome.failure.code}`);
  return outcome.value;
}
const dividedState = (state: CommunityState, options: Partial<DivideOptions> = {}, grids?: number[]): CommunityState =>
  applyChange(state, change(divide(state, options, grids)));
const refusal = (outcome: Outcome<Change>): string => (outcome.ok ? 'done' : outcome.failure.code);
const householdsIn = ({ grids, ...state }: CommunityState): number[] =>
  [...grids.keys()].map((id) => tallyGrid({ ...state, grids }, id).households);

/** Blocks west of the given share of the square are in grid 1, the others in grid 2. */
function halves(state: CommunityState, share: number, one: Partial<Grid> = {}, two: Partial<Grid> = {}): CommunityState {
  const isWest = (x: number): boolean => x < ORIGIN_X + share * SIDE;
  return {
    ...state,
    grids: new Map([
      [1, { ...grid(1, '新建东村第一网格'), ...one }],
      [2, { ...grid(2, '新建东村第二网格'), ...two }],
    ]),
    gridOf: new Map([...state.blocks.values()].map(({ id, polygon }) => [id, isWest(polygon[0]?.[0] as number) ? 1 : 2])),
  };
}

describe('a community', () => {
  it('is divided into legal grids that hold every household once, named in reading order', () => {
    const state = town();
    const divided = dividedState(state);
    expect(divided.gridOf.size).toBe(state.blocks.size);
    for (const households of householdsIn(divided)) expect(households >= 300 && households <= 500, String(households)).toBe(true);
    expect(householdsIn(divided).reduce((a, b) => a + b)).toBe(householdsOf(state.blocks.values()));
    const names = [...divided.grids.values()].map(({ name }) => name);
    expect(names.sort()).toEqual(
      ['一', '二', '三', '四']
        .slice(0, names.length)
        .map((number) => `新建东村第${number}网格`)
        .sort(),
    );
    const north = (name: string): number => {
      const { id } = [...divided.grids.values()].find((one) => one.name === name) as Grid;
      const own = [...divided.blocks.values()].filter((block) => divided.gridOf.get(block.id) === id);
      return own.reduce((sum, { polygon }) => sum + (polygon[0]?.[1] as number), 0) / own.length;
    };
    expect(north('新建东村第一网格')).toBeGreaterThan(ORIGIN_Y + SIDE / 2);
  });

  it('comes out the same whatever the order of its blocks and barriers', () => {
    const state = town((cell) => 6 + ((7 * cell) % 59));
    const street = {
      id: 1,
      class: 'street',
      name: '',
      line: [ORIGIN_X, ORIGIN_Y + SIDE / 2, ORIGIN_X + SIDE, ORIGIN_Y + SIDE / 2],
    } as const;
    const lane = { ...street, id: 2, class: 'lane' } as const;
    const turned = { ...state, blocks: new Map([...state.blocks].reverse()), barriers: [lane, street] };
    const moves = ({ assignments }: Change) => [...assignments].sort((a, b) => a.block - b.block);
    const first = change(divide({ ...state, barriers: [street, lane] }));
    expect(moves(change(divide(turned)))).toEqual(moves(first));
    expect(change(divide(turned)).grids).toEqual(first.grids);
  });

  it('is left as it is when the same division is asked for again, and restored by undo', () => {
    const state = withOneGrid(town());
    const done = change(divide(state));
    const divided = applyChange(state, done);
    expect(refusal(divide(divided))).toBe('nothing-to-change');
    const restored = applyChange(divided, inverseOf(done));
    expect(restored.grids).toEqual(state.grids);
    expect(restored.gridOf).toEqual(state.gridOf);
  });

  it('falls into as many grids as are wanted in all, even where it lies in pieces', () => {
    const state = halves(town(), 0.5);
    const strip = new Map([...state.gridOf].filter(([, id]) => id === 1));
    const middle = { ...state, grids: new Map([[1, { ...grid(1, '锁定'), locked: true }]]), gridOf: strip };
    const between = [...town().blocks.values()].filter(({ polygon }) => {
      const x = ((polygon[0]?.[0] as number) - ORIGIN_X) / SIDE;
      return x >= 0.4 && x < 0.6;
    });
    const apart = { ...middle, gridOf: new Map(between.map(({ id }) => [id, 1])) };
    for (const parts of [2, 3, 5]) expect(dividedState(apart, { parts }).grids.size - 1).toBe(parts);
  });
});

describe('grids', () => {
  it('go on as the parts that keep most of their households, with name, staff and reason', () => {
    const staff = [{ role: '专职网格员', name: '王芳' }];
    const state = halves(town(), 0.5, { staff, party: '第一党支部', reason: '原有例外' });
    const divided = dividedState(state);
    expect([...divided.grids.keys()]).toEqual(expect.arrayContaining([1, 2]));
    expect(divided.grids.get(1)).toEqual(state.grids.get(1));
    const kept = [...state.blocks.keys()].filter((block) => state.gridOf.get(block) === 1 && divided.gridOf.get(block) === 1);
    expect(kept.length).toBeGreaterThan(15);
    const one = withOneGrid(town());
    const parts = dividedState(one);
    expect(tallyGrid(parts, 1).households).toBe(Math.max(...householdsIn(parts)));
  });

  it('that are locked keep every block, and whoever names one is refused', () => {
    const state = halves(town(), 0.3, { locked: true });
    const done = change(divide(state));
    expect(done.assignments.filter(({ from, to }) => from === 1 || to === 1)).toEqual([]);
    expect(applyChange(state, done).grids.get(1)).toBe(state.grids.get(1));
    expect(refusal(divide(state, {}, [1]))).toBe('grid-locked');
    expect(refusal(divide(halves(town(), 0.3, { locked: true }, { locked: true })))).toBe('nothing-to-divide');
  });

  it('that are dedicated stay unless they are named; then they fall into the number wanted', () => {
    const state = halves(town(), 0.6, { kind: 'dedicated', name: '工业园区' });
    expect(change(divide(state)).assignments.some(({ from, to }) => from === 1 || to === 1)).toBe(false);
    expect(refusal(divide(state, {}, [1]))).toBe('nothing-to-change');
    const split = dividedState(state, { parts: 2 }, [1]);
    expect([...split.grids.values()].map(({ kind }) => kind).sort()).toEqual(['dedicated', 'dedicated', 'urban']);
  });

  it('that are named are divided and no others', () => {
    const state = halves(town(), 0.5);
    const done = change(divide(state, {}, [2]));
    expect(done.assignments.every(({ from }) => from === 2)).toBe(true);
    expect(done.grids.every(({ before }) => before === null)).toBe(true);
  });

  it('of different kinds are divided each by its measure, but not into a given number', () => {
    const state = halves(town(), 0.5, { kind: 'rural' });
    const divided = dividedState(state);
    for (const { id, kind } of divided.grids.values()) {
      const before = new Set(
        [...state.blocks.keys()].filter((block) => divided.gridOf.get(block) === id).map((block) => state.gridOf.get(block)),
      );
      expect([...before]).toEqual([kind === 'rural' ? 1 : 2]);
    }
    expect(refusal(divide(state, { parts: 4 }))).toBe('kinds-differ');
  });

  it('become as many as are asked for, and are left alone where there are too few blocks', () => {
    const state = halves(town(), 0.1);
    const size = [...state.gridOf.values()].filter((own) => own === 1).length;
    expect(size).toBeGreaterThan(2);
    expect(dividedState(state, { parts: size }, [1]).grids.size).toBe(size + 1);
    expect(refusal(divide(state, { parts: size + 1 }, [1]))).toBe('parts-exceed-blocks');
  });

  it('that do not exist or have an area of their own are refused', () => {
    const area = [[[ORIGIN_X, ORIGIN_Y, ORIGIN_X + 9, ORIGIN_Y, ORIGIN_X, ORIGIN_Y + 9]]];
    const state = halves(town(), 0.5);
    const thematic = { ...state, grids: new Map([...state.grids, [3, { ...grid(3, '灾害点'), kind: 'thematic' as const, area }]]) };
    expect(refusal(divide(state, {}, [7]))).toBe('unknown-grid');
    expect(refusal(divide(thematic, {}, [3]))).toBe('kind-has-area');
    expect(dividedState(thematic).grids.get(3)).toBe(thematic.grids.get(3));
  });
});

describe('a building above the band', () => {
  const tower = (cell: number): number => (cell === 34 ? 612 : 15);

  it('is one grid with its reason written, unless one is written already', () => {
    const state = town(tower);
    const divided = dividedState(state);
    const [excused, ...others] = [...divided.grids.values()].filter(({ reason }) => reason !== '');
    expect(others).toEqual([]);
    expect(excused?.reason).toBe('单栋楼 612 户、1836 人,无法再划分。');
    expect(tallyGrid(divided, excused?.id ?? 0).households).toBe(612);
    const described = halves(state, 0.5, { reason: '高层公寓' });
    expect(dividedState(described).grids.get(1)).toEqual(described.grids.get(1));
  });

  it('is no reason where two buildings share the block, for a line can part them', () => {
    const state = makeState(STREETS, [...CELLS.map(([x, y], i) => [x, y, tower(i)] as const), [0.45, 0.35, 40]]);
    expect([...dividedState(state).grids.values()].every(({ reason }) => reason === '')).toBe(true);
  });
});

describe('an institution', () => {
  /** Cells 11–13 and 21–23: six of about 9,500 m². */
  const isSchool = (cell: number): boolean => [11, 12, 13, 21, 22, 23].includes(cell);
  const [west, south, east, north] = [0.1, 0.1, 0.4, 0.3].map((share, i) => (i % 2 === 0 ? ORIGIN_X : ORIGIN_Y) + share * SIDE) as [
    number,
    number,
    number,
    number,
  ];
  const school = { id: 1, name: '职业中学', use: 'school', staff: 120, area: [[west, south, east, south, east, north, west, north]] };
  const withSchool = (households: number): CommunityState => ({
    ...town((cell) => (isSchool(cell) ? 0 : households)),
    institutions: [school],
  });
  const dedicated = (state: CommunityState): Grid[] => [...state.grids.values()].filter(({ kind }) => kind === 'dedicated');

  it('that is large and self-contained becomes a dedicated grid of its own, which the next division leaves alone', () => {
    const divided = dividedState(withSchool(16));
    const [own, ...others] = dedicated(divided);
    expect([own?.name, others]).toEqual(['新建东村职业中学网格', []]);
    expect([...divided.gridOf.values()].filter((id) => id === own?.id)).toHaveLength(6);
    for (const { id, kind } of divided.grids.values()) {
      const { households } = tallyGrid(divided, id);
      expect(kind === 'dedicated' ? households === 0 : households >= 300 && households <= 500).toBe(true);
    }
    expect(refusal(divide(divided))).toBe('nothing-to-change');
  });

  it('takes no grid away from anybody: its grid is new, and the people keep theirs', () => {
    const state = withOneGrid(withSchool(16));
    const divided = dividedState(state);
    expect(divided.grids.get(1)).toEqual(state.grids.get(1));
    expect(tallyGrid(divided, 1).households).toBeGreaterThan(0);
    expect(dedicated(divided)).toHaveLength(1);
  });

  it('stays where it is when it is locked, when only some grids or so many are wanted, or when a legal community would break up', () => {
    expect(dedicated(dividedState(halves(withSchool(16), 0.4, { locked: true })))).toEqual([]);
    expect(dedicated(dividedState(halves(withSchool(16), 0.4), {}, [1, 2]))).toEqual([]);
    expect(dedicated(dividedState(withSchool(16), { parts: 3 }))).toEqual([]);
    const small = dividedState(withSchool(2));
    expect([small.grids.size, dedicated(small)]).toEqual([1, []]);
  });
});

describe('any town', () => {
  it('keeps its households, its other grids and its tiling; undo brings everything back', () => {
    const share = fc.integer({ min: 1, max: 99 }).map((value) => value / 100);
    const street = fc.tuple(share, share).map(([from, to]) => ({ ends: [from, 0, to, 1] as const }));
    const place = fc.tuple(share, share, fc.integer({ min: 1, max: 120 }));
    fc.assert(
      fc.property(
        fc.array(street, { minLength: 1, maxLength: 6 }),
        fc.array(place, { minLength: 1, maxLength: 25 }),
        share,
        fc.boolean(),
        (streets, places, west, locked) => {
          const state = halves(makeState(streets, places), west, { locked });
          const outcome = divide(state, { seed: places.length });
          if (!outcome.ok) return;
          const divided = applyChange(state, outcome.value);
          expect(divided.blocks).toEqual(state.blocks);
          expect(divided.gridOf.size).toBe(state.blocks.size);
          expect(householdsIn(divided).reduce((a, b) => a + b, 0)).toBe(householdsOf(state.blocks.values()));
          if (locked) for (const [block, id] of state.gridOf) expect(divided.gridOf.get(block) === 1).toBe(id === 1);
          const restored = applyChange(divided, inverseOf(outcome.value));
          expect(restored.gridOf).toEqual(state.gridOf);
          expect([...restored.grids.values()].sort((a, b) => a.id - b.id)).toEqual([...state.grids.values()].sort((a, b) => a.id - b.id));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('seats', () => {
  it('go by weight, at least one to each', () => {
    expect(apportion(5, [300, 200])).toEqual([3, 2]);
    expect(apportion(4, [1_000, 1, 1])).toEqual([2, 1, 1]);
    expect(apportion(2, [5, 5, 5])).toEqual([1, 1, 1]);
  });
});
