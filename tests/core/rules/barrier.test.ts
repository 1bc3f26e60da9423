// barrier: what runs through a grid, how long, and the split along it.
import { describe, expect, test } from 'vitest';
import { lineLengthM } from '../../../core/geo/measure.ts';
import { fixed, issuesOf, only, withLimits } from './ask.ts';
import { corner, lineThrough, town } from './town.ts';

/** Between the first and the second row, right across. */
const across = lineThrough([-1, 1], [9, 1]);
const road = { class: 'main-road', name: '解放路', line: across } as const;

describe('barrier', () => {
  test('a main road through the inside of a grid: how long, where, and the split along it', () => {
    const context = town(['111122', '111122'], { barriers: [road] });
    const issue = issuesOf(context, 'barrier').find(({ grid }) => grid === 1);
    const lengthM = lineLengthM(lineThrough([0, 1], [4, 1]));
    expect(issue).toMatchObject({ message: 'barrier-named', severity: 'note', limit: 200, values: { barrier: '解放路' } });
    expect(issue?.measured).toBeCloseTo(lengthM, 3);
    expect(issue?.place).toEqual([corner(0, 1)[0] / 1e7, corner(0, 1)[1] / 1e7, corner(4, 1)[0] / 1e7, corner(4, 1)[1] / 1e7]);
    expect(issue?.fixes).toMatchObject([{ operation: { type: 'cut', grid: 1 }, values: { first: 400, second: 400 } }]);
    const after = fixed(context, issue?.fixes[0]);
    expect(issuesOf(after, 'barrier').filter(({ grid }) => grid === 1)).toEqual([]);
    expect(issuesOf(after, 'size').filter(({ grid }) => grid !== 2)).toEqual([]);
  });

  test('along the border of a grid it is where it belongs', () => {
    expect(issuesOf(town(['1111', '2222'], { barriers: [road] }), 'barrier')).toEqual([]);
  });

  test('so is a border that was drawn beside the road', () => {
    const [west, y] = corner(-1, 1);
    const beside = (steps: number) => ({ ...road, line: [west, y - steps, corner(9, 1)[0], y - steps] });
    expect(issuesOf(town(['1111', '2222'], { barriers: [beside(300)] }), 'barrier')).toEqual([]);
    expect(only(town(['1111', '2222'], { barriers: [beside(3000)] }), 'barrier')).toMatchObject({ grid: 2, fixes: [] });
  });

  test('through blocks it is found, too, and measured from where it comes in to where it ends', () => {
    const [x, y] = corner(0.5, 0.5);
    const river = { class: 'river', line: [x, y, ...corner(3.5, 0.5)] } as const;
    const issue = only(town(['1111', '2222'], { barriers: [river] }), 'barrier');
    expect(issue).toMatchObject({ message: 'barrier-river', grid: 1, fixes: [] });
    expect(issue.measured).toBeCloseTo(lineLengthM(lineThrough([0.5, 0.5], [3.5, 0.5])), 3);
  });

  test('the limit itself is allowed', () => {
    const context = town(['111122', '111122'], { barriers: [road] });
    const lengthM = issuesOf(context, 'barrier').find(({ grid }) => grid === 1)?.measured as number;
    expect(issuesOf(withLimits(context, { barrierM: lengthM }), 'barrier')).toEqual([]);
    expect(issuesOf(withLimits(context, { barrierM: lengthM - 0.01 }), 'barrier')).toHaveLength(1);
    expect(issuesOf(withLimits(context, { barrierM: null }), 'barrier')).toEqual([]);
  });

  test('only the classes of the profile count', () => {
    const context = town(['111122', '111122'], { barriers: [{ ...road, class: 'street' }] });
    expect(issuesOf(context, 'barrier')).toEqual([]);
    expect(issuesOf(withLimits(context, { barrierClasses: ['street'] }), 'barrier')).not.toEqual([]);
  });

  test('sections of one road are one, whatever their order and direction', () => {
    const sections = [lineThrough([4, 1], [2, 1]), lineThrough([0, 1], [1, 1]), lineThrough([1, 1], [2, 1])];
    const barriers = sections.map((line) => ({ ...road, line }));
    const issue = issuesOf(town(['111122', '111122'], { barriers }), 'barrier').find(({ grid }) => grid === 1);
    expect(issue?.measured).toBeCloseTo(lineLengthM(lineThrough([0, 1], [4, 1])), 3);
    expect(issue?.places).toBeUndefined();
  });

  test('two roads are one issue that leads to both', () => {
    const barriers = [road, { ...road, name: '建设路', line: lineThrough([2, -1], [2, 9]) }];
    const issue = only(town(['1111', '1111', '1111', '2222'], { barriers }), 'barrier');
    expect(issue.places).toHaveLength(2);
  });

  test('no split where a side would be too small, and none of a locked grid', () => {
    const fixesOf = (rows: string[], locked: boolean) =>
      issuesOf(withLimits(town(rows, { barriers: [road], grids: { 1: { locked } } }), { barrierM: 100 }), 'barrier').find(
        ({ grid }) => grid === 1,
      )?.fixes;
    expect(fixesOf(['11122', '11122'], false)).toHaveLength(1);
    expect(fixesOf(['11122', '11122'], true)).toEqual([]);
    expect(fixesOf(['112222', '112222'], false)).toEqual([]);
  });

  test('a community that is one grid has no border that could follow the road', () => {
    expect(issuesOf(town(['1111', '1111'], { barriers: [road] }), 'barrier')).toEqual([]);
  });
});
