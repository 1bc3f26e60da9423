// kind: what a grid is called against what its community is and what lies in it.
import { describe, expect, test } from 'vitest';
import { fixed, issuesOf, only, withLimits } from './ask.ts';
import { corner, plainGrid, SIDE, town } from './town.ts';

/** From the north-west corner of the town, so many blocks wide and high. */
const area = (width: number, height: number, column = 0): number[][] => {
  const [x, y] = corner(column, 0);
  return [[x, y - height * SIDE, x + width * SIDE, y - height * SIDE, x + width * SIDE, y, x, y].map(Math.round)];
};

describe('kind', () => {
  test('an urban grid in a village is a warning; one click makes it rural', () => {
    const context = town(['1122', '1122'], { kind: 'rural', grids: { 2: { kind: 'rural' } } });
    const issue = only(context, 'kind');
    expect(issue).toMatchObject({ message: 'kind-urban', severity: 'warning', grid: 1, excused: false });
    const after = fixed(context, issue.fixes[0]);
    expect(after.state.grids.get(1)?.kind).toBe('rural');
    expect(issuesOf(after, 'kind')).toEqual([]);
  });

  test('a rural grid in a town community, excused by a reason', () => {
    const context = town(['1122', '1122'], { grids: { 1: { kind: 'rural', reason: '城中村' } } });
    expect(only(context, 'kind')).toMatchObject({ message: 'kind-rural', grid: 1, excused: true });
  });

  test('a dedicated grid needs an institution', () => {
    const context = town(['1122', '1122'], { grids: { 1: { kind: 'dedicated' } } });
    const issue = only(context, 'kind');
    expect(issue).toMatchObject({ message: 'kind-dedicated', grid: 1, measured: 0, limit: 0.5 });
    expect(issuesOf(fixed(context, issue.fixes[0]), 'kind')).toEqual([]);
  });

  test('most of an institution in the grid, or most of the grid in an institution', () => {
    const withArea = (given: number[][]) =>
      town(['1122', '1122'], { grids: { 1: { kind: 'dedicated' } }, institutions: [{ area: given }] });
    expect(issuesOf(withArea(area(1, 1)), 'kind')).toEqual([]);
    expect(issuesOf(withArea(area(9, 9, -3)), 'kind')).toEqual([]);
    expect(only(withArea(area(1, 1, 3)), 'kind').measured).toBe(0);
    const partly = withArea(area(1, 1, 1.75));
    expect(only(partly, 'kind').measured).toBeCloseTo(0.25, 5);
    expect(issuesOf(withLimits(partly, { institutionShare: 0.2499 }), 'kind')).toEqual([]);
    expect(issuesOf(withLimits(partly, { institutionShare: null }), 'kind')).toEqual([]);
  });

  test('a thematic grid lies where it lies', () => {
    const context = town(['1122', '1122'], { kind: 'rural', grids: { 1: { kind: 'rural' }, 2: { kind: 'rural' } } });
    const thematic = { ...plainGrid(9, 'thematic'), area: [area(1, 1)] };
    const state = { ...context.state, grids: new Map([...context.state.grids, [9, thematic]]) };
    expect(issuesOf({ ...context, state }, 'kind')).toEqual([]);
  });
});
