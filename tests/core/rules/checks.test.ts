// Each check on small communities: what it finds, what it lets pass, and that its mends mend.
import { describe, expect, test } from 'vitest';
import { runChecks } from '../../../core/rules/checks.ts';
import type { Issue, Place } from '../../../core/rules/rule.ts';
import { footprintIndex } from '../../../core/rules/through-building.ts';
import { fixed, issuesOf, only } from './ask.ts';
import { corner, footprintAt, lineThrough, plainGrid, SIDE, town } from './town.ts';

test('a plan in order has no issues', () => {
  expect(runChecks(town(['1122', '1122'], { barriers: [{ class: 'street', line: lineThrough([2, 0], [2, 2]) }] }))).toEqual([]);
});

describe('complete', () => {
  test('nothing is said before the first grid', () => {
    expect(issuesOf(town(['....', '....']), 'complete')).toEqual([]);
  });

  test('blocks left over are a note with their households and place', () => {
    const issue = only(town(['1122', '11..']), 'complete');
    expect(issue).toMatchObject({ severity: 'note', grid: null, values: { blocks: 2, households: 200 }, measured: 2, limit: 0 });
    const [west, north] = corner(2, 1);
    expect(issue.place).toEqual([west / 1e7, (north - SIDE) / 1e7, (west + 2 * SIDE) / 1e7, north / 1e7]);
  });

  test('a gap inside one grid goes to that grid', () => {
    const context = town(['111', '1.1', '111']);
    const issue = only(context, 'complete');
    expect(issue.fixes).toHaveLength(1);
    expect(issuesOf(fixed(context, issue.fixes[0]), 'complete')).toEqual([]);
  });

  test('between several grids one mend for each, longest border first, at most three', () => {
    const context = town(['12223', '1...3', '1.444']);
    const { fixes } = only(context, 'complete');
    expect(fixes.map(({ operation }) => operation.type === 'assign' && operation.to)).toEqual([4, 2, 1]);
  });

  test('separate gaps are separate issues', () => {
    expect(issuesOf(town(['.11.']), 'complete')).toHaveLength(2);
  });

  test('blocks that touch a grid only in a corner are not offered to it', () => {
    const { fixes } = only(town(['12', '1.']), 'complete');
    expect(fixes.map(({ operation }) => operation.type === 'assign' && operation.to).sort()).toEqual([1, 2]);
    expect(only(town(['1 ', ' .']), 'complete').fixes).toEqual([]);
  });

  test('a locked grid is not offered', () => {
    expect(only(town(['111', '1.1', '111'], { grids: { 1: { locked: true } } }), 'complete').fixes).toEqual([]);
  });

  test('half a community not yet drawn is not offered to anybody', () => {
    const rows = ['11111111', ...Array.from({ length: 5 }, () => '........')];
    expect(only(town(rows), 'complete').fixes).toEqual([]);
  });
});

describe('contiguous', () => {
  test('a grid in two pieces; the smaller one goes to the neighbour with the longest border', () => {
    const context = town(['11222', '11231', '11233']);
    const issue = only(context, 'contiguous');
    expect(issue).toMatchObject({ severity: 'warning', grid: 1, values: { pieces: 2, needed: 1, blocks: 1 }, measured: 2, limit: 1 });
    expect(issue.fixes[0]?.operation).toEqual({ type: 'assign', blocks: [10], to: 3 });
    expect(issuesOf(fixed(context, issue.fixes[0]), 'contiguous')).toEqual([]);
  });

  test('a shared corner does not hold a grid together', () => {
    expect(only(town(['12', '31']), 'contiguous')).toMatchObject({ grid: 1, values: { pieces: 2 } });
  });

  test('an exclave of the community is legal', () => {
    expect(issuesOf(town(['11 1', '11 1']), 'contiguous')).toEqual([]);
  });

  test('two pieces within one part are found although the community has an exclave', () => {
    const issue = only(town(['121 1', '121 1']), 'contiguous');
    expect(issue.values).toMatchObject({ pieces: 3, needed: 2 });
  });

  test('a reason makes it a recorded exception', () => {
    const issue = only(town(['121', '121'], { grids: { 1: { reason: '中间为水库' } } }), 'contiguous');
    expect(issue).toMatchObject({ severity: 'warning', excused: true });
  });
});

describe('size', () => {
  test('too many households are a warning with value and limit', () => {
    const issue = only(town(['111', '111', '222']), 'size');
    expect(issue).toMatchObject({
      message: 'size-above-households',
      severity: 'warning',
      grid: 1,
      measured: 600,
      limit: 500,
      excused: false,
    });
  });

  test('a reason excuses it and it stays on the list', () => {
    const issue = only(town(['111', '111', '222'], { grids: { 1: { reason: '高层住宅' } } }), 'size');
    expect(issue).toMatchObject({ severity: 'warning', excused: true });
  });

  test('too few: merged with the smallest neighbour of the kind that makes both fit', () => {
    const context = town(['1223', '1223', '2233']);
    const small = issuesOf(context, 'size').find(({ grid }) => grid === 1) as Issue;
    expect(small).toMatchObject({ message: 'size-below-households', measured: 200, limit: 300 });
    expect(small.fixes).toEqual([]);
    const fitting = town(['122', '122', '333']);
    const issue = issuesOf(fitting, 'size').find(({ grid }) => grid === 1) as Issue;
    expect(issue.fixes.map(({ operation }) => operation)).toEqual([{ type: 'merge', grids: [1], into: 3 }]);
    expect(issuesOf(fixed(fitting, issue.fixes[0]), 'size')).toEqual([]);
  });

  test('not merged with another kind or a locked grid', () => {
    const of = (grid: object) => issuesOf(town(['11222'], { grids: { 2: grid } }), 'size').find(({ grid: id }) => id === 1) as Issue;
    expect(of({}).fixes).toHaveLength(1);
    expect(of({ kind: 'dedicated' }).fixes).toEqual([]);
    expect(of({ locked: true }).fixes).toEqual([]);
  });

  test('a community with fewer households than the band, as one grid, is a note', () => {
    expect(only(town(['11']), 'size')).toMatchObject({ message: 'size-whole-community', severity: 'note' });
  });

  test('one building above the band is a note; the reason can be written down', () => {
    const context = town(['1222'], {
      buildings: [
        { block: 1, households: 800 },
        { block: 1, households: 0 },
      ],
    });
    const issue = only(context, 'size');
    expect(issue).toMatchObject({ message: 'size-single-building', severity: 'note', grid: 1, measured: 800, limit: 500 });
    const after = fixed(context, issue.fixes[0]);
    expect(after.state.grids.get(1)?.reason).toContain('800');
    expect(only(after, 'size').fixes).toEqual([]);
  });

  test('what is out of the band can be asked for suggestions, unless it is locked or legal', () => {
    const suggestOf = (rows: string[], options = {}) => issuesOf(town(rows, options), 'size').find(({ grid }) => grid === 1)?.suggest;
    expect(suggestOf(['111', '111', '222'])).toBe(true);
    expect(suggestOf(['12', '22'])).toBe(true);
    expect(suggestOf(['111', '111', '222'], { grids: { 1: { locked: true } } })).toBeUndefined();
    expect(suggestOf(['11'])).toBeUndefined();
  });

  test('two buildings above the band could be divided: a warning', () => {
    const context = town(['1222'], {
      buildings: [
        { block: 1, households: 400 },
        { block: 1, households: 400 },
      ],
    });
    expect(only(context, 'size')).toMatchObject({ severity: 'warning', measured: 800 });
  });

  test('few households with enough persons comply', () => {
    const context = town(['1222'], { buildings: [{ block: 1, households: 100, population: 900 }] });
    expect(issuesOf(context, 'size')).toEqual([]);
  });

  test('without a band in the profile there is nothing to find', () => {
    expect(issuesOf(town(['1', '2'], { profile: 'qianjiang-2022' }), 'size')).toEqual([]);
  });

  test('the severity comes from the profile', () => {
    const context = town(['111', '111', '222']);
    const strict = { ...context, profile: { ...context.profile, severity: { size: 'error' as const } } };
    expect(only(strict, 'size').severity).toBe('error');
  });
});

describe('building', () => {
  const across = { block: 1, households: 12, name: '3 号楼', footprint: footprintAt(1, 0.5) };

  test('a border through a house is found', () => {
    const issue = only(town(['12', '12'], { buildings: [across] }), 'building');
    expect(issue).toMatchObject({ severity: 'warning', grid: 1, values: { building: '3 号楼', households: 12 } });
    expect(issue.place?.[0]).toBeCloseTo((corner(1, 0.5)[0] - SIDE / 4) / 1e7, 7);
  });

  test('many houses on the border of a grid are one issue that counts them and leads from one to the next', () => {
    const houses = [0.5, 1.5].map((row) => ({ ...across, footprint: footprintAt(1, row) }));
    const issue = only(town(['12', '12'], { buildings: houses }), 'building');
    expect(issue).toMatchObject({ message: 'building-cut-several', measured: 2, values: { buildings: 2, households: 24 } });
    expect(issue.places).toHaveLength(2);
    const [upper, lower] = issue.places as [Place, Place];
    expect(issue.place).toEqual([upper[0], Math.min(upper[1], lower[1]), upper[2], Math.max(upper[3], lower[3])]);
  });

  test('a border between blocks of one grid is no border', () => {
    expect(issuesOf(town(['11', '11'], { buildings: [across] }), 'building')).toEqual([]);
  });

  test('a house that stands against the border is whole', () => {
    const [x, y] = corner(1, 0);
    const beside = [[x, y - SIDE / 2, x + SIDE / 4, y - SIDE / 2, x + SIDE / 4, y - SIDE / 4, x, y - SIDE / 4]];
    expect(issuesOf(town(['12', '12'], { buildings: [{ ...across, block: 2, footprint: beside }] }), 'building')).toEqual([]);
  });

  test('a border that ends inside a house cuts it; one from corner to corner does, too', () => {
    const index = footprintIndex([{ id: 1, footprint: [[0, 0, 1000, 0, 1000, 1000, 0, 1000]] }]);
    expect(index.cutBy([{ ax: -500, ay: 500, bx: 500, by: 500 }])).toEqual([1]);
    expect(index.cutBy([{ ax: 0, ay: 0, bx: 1000, by: 1000 }])).toEqual([1]);
  });

  test('a border along a wall, a hand inside it, or through a corner cuts nothing', () => {
    const index = footprintIndex([{ id: 1, footprint: [[0, 0, 1000, 0, 1000, 1000, 0, 1000]] }]);
    expect(index.cutBy([{ ax: -500, ay: 0, bx: 1500, by: 0 }])).toEqual([]);
    expect(index.cutBy([{ ax: -500, ay: 10, bx: 1500, by: 10 }])).toEqual([]);
    expect(index.cutBy([{ ax: -500, ay: 500, bx: 500, by: -500 }])).toEqual([]);
  });

  test('a border through the yard of a house built around it is no cut until it meets the walls', () => {
    const ring = [0, 0, 3000, 0, 3000, 3000, 0, 3000];
    const index = footprintIndex([{ id: 1, footprint: [ring, [1000, 1000, 1000, 2000, 2000, 2000, 2000, 1000]] }]);
    expect(index.cutBy([{ ax: 1100, ay: 1500, bx: 1900, by: 1500 }])).toEqual([]);
    expect(index.cutBy([{ ax: 1100, ay: 1500, bx: 2900, by: 1500 }])).toEqual([1]);
  });

  test('a house without a footprint cannot be cut', () => {
    expect(issuesOf(town(['12'], { buildings: [{ ...across, footprint: null }] }), 'building')).toEqual([]);
  });
});

describe('name', () => {
  test('missing: the next free number of the community is proposed', () => {
    const context = town(['1122', '1122'], { grids: { 2: { name: '' } } });
    const issue = only(context, 'name');
    expect(issue).toMatchObject({ message: 'name-missing', severity: 'error', grid: 2 });
    const after = fixed(context, issue.fixes[0]);
    expect(after.state.grids.get(2)?.name).toBe('新建东村第二网格');
    expect(issuesOf(after, 'name')).toEqual([]);
  });

  test('the same name twice in the community, or once more in the town', () => {
    const twice = town(['1122', '1122'], { grids: { 2: { name: '新建东村第一网格' } } });
    expect(issuesOf(twice, 'name').map(({ grid, message }) => [grid, message])).toEqual([
      [1, 'name-duplicate'],
      [2, 'name-duplicate'],
    ]);
    const elsewhere = town(['1122', '1122'], { townNames: new Map([['新建东村第一网格', 2]]) });
    expect(only(elsewhere, 'name')).toMatchObject({ grid: 1, measured: 2, limit: 1 });
  });

  test('a proposal is never a name that the town already has', () => {
    const context = town(['1122', '1122'], { grids: { 2: { name: '' } }, townNames: new Map([['新建东村第二网格', 1]]) });
    expect(only(context, 'name').fixes[0]?.operation).toMatchObject({ set: { name: '新建东村第三网格' } });
  });

  test.each(['网格620724100001003', '网格６２０７２４', '620724'])('%s has code digits in it', (name) => {
    expect(only(town(['1122', '1122'], { grids: { 2: { name } } }), 'name').message).toBe('name-code');
  });

  test('house numbers and years are no codes', () => {
    expect(issuesOf(town(['1122', '1122'], { grids: { 2: { name: '人民路 1288 号院 2026' } } }), 'name')).toEqual([]);
  });

  test('a thematic grid needs a name, too', () => {
    const context = town(['1122', '1122']);
    const thematic = { ...plainGrid(9, 'thematic'), name: '', area: [footprintAt(1, 1)] };
    const state = { ...context.state, grids: new Map([...context.state.grids, [9, thematic]]) };
    expect(only({ ...context, state }, 'name')).toMatchObject({ grid: 9, message: 'name-missing' });
  });
});

describe('inside', () => {
  test('a block of another community in a grid is an error', () => {
    const context = town(['1122', '1122']);
    const blocks = new Map(context.state.blocks);
    blocks.set(1, { ...(blocks.get(1) as NonNullable<ReturnType<typeof blocks.get>>), community: '620724100003' });
    const issue = only({ ...context, state: { ...context.state, blocks } }, 'inside');
    expect(issue).toMatchObject({ severity: 'error', grid: 1, values: { blocks: 1 } });
  });

  test('so is a block that does not exist', () => {
    const context = town(['1122', '1122']);
    const gridOf = new Map([...context.state.gridOf, [99, 2] as const]);
    expect(only({ ...context, state: { ...context.state, gridOf } }, 'inside')).toMatchObject({ grid: 2, place: null });
  });
});

describe('totals', () => {
  test('households that the register has and the blocks have not are an error', () => {
    const context = town(['1122', '1122']);
    const issue = only({ ...context, register: { ...context.register, households: 801 } }, 'totals');
    expect(issue).toMatchObject({ message: 'totals-households', severity: 'error', measured: 800, limit: 801, grid: null });
  });

  test('a household counted in the wrong block is found although the sums agree', () => {
    const context = town(['1122', '1122']);
    const blocks = new Map(context.state.blocks);
    for (const [id, more] of [
      [1, 1],
      [2, -1],
    ] as const) {
      const block = blocks.get(id) as NonNullable<ReturnType<typeof blocks.get>>;
      blocks.set(id, { ...block, households: block.households + more });
    }
    const issue = only({ ...context, state: { ...context.state, blocks } }, 'totals');
    expect(issue).toMatchObject({ message: 'totals-blocks', values: { blocks: 2 } });
    expect(issue.places?.map(([west]) => west)).toEqual([corner(0, 0)[0] / 1e7, corner(1, 0)[0] / 1e7]);
  });
});

describe('runChecks', () => {
  const streetBelow = { class: 'street', line: lineThrough([0, 2], [3, 2]) } as const;

  test('errors come first, then warnings, then notes', () => {
    const context = town(['111', '111', '22.'], { grids: { 2: { name: '' } }, barriers: [streetBelow] });
    expect(runChecks(context).map(({ severity }) => severity)).toEqual(['error', 'warning', 'warning', 'note']);
  });

  test('for some grids: theirs and those of the community as a whole', () => {
    const context = town(['111', '111', '22.'], { barriers: [streetBelow] });
    expect(runChecks(context, new Set([1])).map(({ grid }) => grid)).toEqual([1, null]);
  });

  test('a state is never changed by looking at it', () => {
    const context = town(['1213', '1.13']);
    const before = structuredClone(context);
    runChecks(context);
    expect(context).toEqual(before);
  });
});
