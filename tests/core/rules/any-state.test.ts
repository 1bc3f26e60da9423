// Whatever a community looks like, the checks answer: random towns, and states that no editing leads to but a database may hold.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runChecks } from '../../../core/rules/checks.ts';
import { CHECK_IDS, type CheckContext } from '../../../core/rules/rule.ts';
import { randomContext } from './random-town.ts';
import { corner, footprintAt, plainGrid, SIDE, square, town } from './town.ts';

const sound = (context: CheckContext): void => {
  const before = structuredClone(context);
  const issues = runChecks(context);
  expect(context).toEqual(before);
  for (const { check, values, measured, limit, place, places } of issues) {
    expect(CHECK_IDS).toContain(check);
    const figures = [...Object.values(values), measured, limit, ...(place ?? []), ...(places ?? []).flat()];
    for (const figure of figures) if (typeof figure === 'number') expect(figure).not.toBeNaN();
  }
};

test('random communities with roads, institutions, staff, codes and old grids', () => {
  fc.assert(fc.property(randomContext, sound), { numRuns: 500 });
});

test('each check finds something in some of them: none has fallen asleep', () => {
  const found = new Set(
    fc.sample(randomContext, { numRuns: 400, seed: 3 }).flatMap((context) => runChecks(context).map(({ check }) => check)),
  );
  expect([...CHECK_IDS].filter((check) => !found.has(check))).toEqual(['inside']);
});

test('an empty community', () => {
  const context = town([' ']);
  sound({ ...context, departmentGrids: [{ id: 1, department: '城管', name: '一片', area: [footprintAt(0, 0)] }], planCoded: true });
});

test('grids without blocks, blocks of unknown grids, unknown blocks in grids, houses in no block', () => {
  const context = town(['1122', '11..'], { barriers: [{ class: 'river', line: [...corner(0, 1), ...corner(4, 1)] }] });
  const { state } = context;
  const lost = {
    ...(state.buildings.get(1) as NonNullable<ReturnType<typeof state.buildings.get>>),
    id: 99,
    block: 99,
    footprint: square(0, 0),
  };
  sound({
    ...context,
    planCoded: true,
    state: {
      ...state,
      grids: new Map([...state.grids, [7, plainGrid(7, 'dedicated')]]),
      gridOf: new Map([...state.gridOf, [7, 8], [77, 1]]),
      buildings: new Map([...state.buildings, [99, lost]]),
    },
  });
});

test('a block with a hole and an exclave in it, a line of one point, a line that goes nowhere, an area of nothing', () => {
  const context = town(['111', '1 1', '111', '   ', '2 2']);
  const [x, y] = corner(1, 1);
  const { state } = context;
  const around = [
    [...corner(0, 3), ...corner(3, 3), ...corner(3, 0), ...corner(0, 0)],
    [x, y - SIDE, x, y, x + SIDE, y, x + SIDE, y - SIDE],
  ];
  const ring = { id: 50, community: state.community.code, polygon: around, households: 3, population: 5, buildings: 0 };
  const core = { ...ring, id: 51, polygon: square(1, 1) };
  const point = corner(2, 2);
  sound({
    ...context,
    state: {
      ...state,
      blocks: new Map([[50, ring], [51, core], ...[...state.blocks].filter(([id]) => id > 8)]),
      gridOf: new Map([
        [50, 1],
        [51, 2],
        [9, 2],
        [10, 1],
      ]),
      barriers: [[], [...point], [...point, ...point], [...point, ...corner(5, 9)]].map((line, i) => ({
        id: i,
        class: 'river',
        name: '',
        line,
      })),
      institutions: [{ id: 1, name: '', use: '', staff: null, area: [] }],
    },
    departmentGrids: [
      { id: 1, department: '', name: '', area: [] },
      { id: 2, department: '', name: '', area: [[]] },
    ],
  });
});
