// Random small communities with everything that checks look at: roads, institutions, staff, codes, old department grids.
import fc from 'fast-check';
import type { CheckContext } from '../../../core/rules/rule.ts';
import { corner, footprintAt, lineThrough, plainGrid, SIDE, town } from './town.ts';

const WIDTH = 5;
const GRIDS = 4;
const row = fc.string({ unit: fc.constantFrom('1', '2', '3', '4', '.', ' '), minLength: WIDTH, maxLength: WIDTH });
const worker = (name: string) => ({ role: '专职网格员', name });

const grid = fc.record({
  name: fc.constantFrom('', '新建东村第一网格', '网格620724', '北门网格'),
  kind: fc.constantFrom('urban', 'rural', 'dedicated'),
  reason: fc.constantFrom('', '经讨论同意'),
  locked: fc.boolean(),
  staff: fc.constantFrom([], [worker('张三')], [worker('张三'), worker('李四')], [{ role: '志愿者', name: '王五' }]),
  party: fc.constantFrom('', '第一党支部', '第一党支部、第二党支部'),
});

/** Halves of a block, so that some lines run along borders and some through blocks and houses. */
const place = fc.tuple(fc.integer({ min: -2, max: 12 }), fc.integer({ min: -2, max: 12 })).map(([x, y]) => [x / 2, y / 2] as const);

const barrier = fc.record({
  class: fc.constantFrom('river', 'railway', 'main-road', 'street', 'wall'),
  name: fc.constantFrom('', '解放路'),
  line: fc.array(place, { minLength: 1, maxLength: 4 }).map((places) => lineThrough(...places)),
});

const area = fc.tuple(place, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).map(([[column, line], width, height]) => {
  const [x, y] = corner(column, line).map(Math.round) as [number, number];
  const [east, south] = [x + (width * SIDE) / 2, y - (height * SIDE) / 2];
  return [[x, south, east, south, east, y, x, y]];
});

const code = fc.record({
  code: fc.constantFrom('620724100001001', '620724100003001', '6207241000010', '62072410000100102'),
  state: fc.constantFrom('provisional', 'filed', 'official', 'retired'),
});

const limits = fc.record({
  barrierM: fc.constantFrom(null, 0, 100),
  barrierClasses: fc.constant(['river', 'railway', 'main-road', 'wall'] as const).map((classes) => [...classes]),
  borderShare: fc.constantFrom(null, 0.5, 1),
  compactness: fc.constantFrom(null, 0.6, 1),
  institutionShare: fc.constantFrom(null, 0.5),
  oneNetShare: fc.constantFrom(null, 0, 0.3),
});

export const randomContext: fc.Arbitrary<CheckContext> = fc
  .record({
    rows: fc.array(row, { minLength: 2, maxLength: 5 }).filter((rows) => rows.some((text) => text.trim() !== '')),
    kind: fc.constantFrom('urban', 'rural'),
    grids: fc.tuple(grid, grid, grid, grid),
    households: fc.array(fc.nat(700), { minLength: WIDTH * 5, maxLength: WIDTH * 5 }),
    house: fc.record({ block: fc.integer({ min: 1, max: 5 }), households: fc.nat(900), column: fc.nat(10), row: fc.nat(10) }),
    missing: fc.integer({ min: -1, max: 1 }),
    barriers: fc.array(barrier, { maxLength: 5 }),
    institutions: fc.array(fc.record({ area }), { maxLength: 2 }),
    codes: fc.array(fc.tuple(fc.integer({ min: 1, max: GRIDS }), code), { maxLength: GRIDS }),
    planCoded: fc.boolean(),
    communityEnded: fc.boolean(),
    departments: fc.array(area, { maxLength: 2 }),
    thematic: fc.option(area, { nil: undefined }),
    limits,
  })
  .map(({ rows, kind, grids, households, house, missing, barriers, institutions, thematic, ...given }) => {
    const made = town(rows, {
      kind,
      households: (block) => households[block - 1] ?? 0,
      grids: { 1: grids[0], 2: grids[1], 3: grids[2], 4: grids[3] },
      buildings: [{ block: house.block, households: house.households, footprint: footprintAt(house.column / 2, house.row / 2) }],
      barriers,
      institutions,
    });
    const across = thematic && { ...plainGrid(9, 'thematic'), area: [thematic] };
    return {
      ...made,
      profile: { ...made.profile, limits: given.limits },
      state: across ? { ...made.state, grids: new Map([...made.state.grids, [9, across]]) } : made.state,
      register: { ...made.register, households: made.register.households + missing },
      codes: new Map(given.codes),
      planCoded: given.planCoded,
      communityEnded: given.communityEnded,
      departmentGrids: given.departments.map((polygon, i) => ({ id: i + 1, department: '城管', name: `第${i + 1}片`, area: [polygon] })),
    };
  });
