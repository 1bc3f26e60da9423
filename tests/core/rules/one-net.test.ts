// one-net: old department grids that the plan leaves out, by area and by households.
import { describe, expect, test } from 'vitest';
import type { CheckContext } from '../../../core/rules/rule.ts';
import { issuesOf, only, withLimits } from './ask.ts';
import { corner, SIDE, town } from './town.ts';

const old = (id: number, column: number, width: number) => {
  const [x, y] = corner(column, 0);
  const area = [[[x, y - SIDE, x + width * SIDE, y - SIDE, x + width * SIDE, y, x, y].map(Math.round)]];
  return { id, department: '城管', name: `第${id}片`, area };
};
const withOld = (context: CheckContext, ...departmentGrids: CheckContext['departmentGrids']): CheckContext => ({
  ...context,
  departmentGrids,
});
const nobody = { households: () => 0 };

describe('one-net', () => {
  test('what lies in grids is merged, and before the first grid nothing is said', () => {
    expect(issuesOf(withOld(town(['1122']), old(1, 0, 4)), 'one-net')).toEqual([]);
    expect(issuesOf(withOld(town(['....']), old(1, 0, 4)), 'one-net')).toEqual([]);
  });

  test('an old grid that lies in part in no grid, with its households', () => {
    const issue = only(withOld(town(['112.']), old(1, 2, 2)), 'one-net');
    expect(issue).toMatchObject({
      message: 'one-net-left-out',
      severity: 'note',
      grid: null,
      limit: 0.05,
      values: { department: '城管', old: '第1片', percent: 50, households: 100 },
    });
    expect(issue.measured).toBeCloseTo(0.5, 6);
    expect(issue.place).toEqual([corner(2, 0)[0], corner(2, 1)[1], corner(4, 0)[0], corner(4, 0)[1]].map((steps) => steps / 1e7));
  });

  test('uninhabited edges up to the limit are nobody’s loss', () => {
    const context = withOld(town(['112.'], nobody), old(1, 0.2, 3));
    const { measured } = only(context, 'one-net');
    expect(measured).toBeCloseTo(0.2 / 3, 4);
    expect(issuesOf(withLimits(context, { oneNetShare: measured }), 'one-net')).toEqual([]);
    expect(issuesOf(withLimits(context, { oneNetShare: null }), 'one-net')).toEqual([]);
  });

  test('a household left out counts however small its place', () => {
    const context = withOld(town(['112.']), old(1, 0.6, 3));
    expect(only(withLimits(context, { oneNetShare: 0.9 }), 'one-net').values).toMatchObject({ households: 100 });
  });

  test('once all is drawn, what lies in no community at all is left over; the profile says how much that weighs', () => {
    const context = withOld(town(['1122']), { ...old(1, 0, 4), outsideShare: 0.2 }, { ...old(2, 0, 1), outsideShare: 0.03 });
    const issue = only(context, 'one-net');
    expect(issue).toMatchObject({ message: 'one-net-outside', severity: 'note', measured: 0.2, values: { old: '第1片', percent: 20 } });
    const strict = {
      ...context,
      profile: { ...context.profile, severity: { ...context.profile.severity, 'one-net': 'warning' as const } },
    };
    expect(only(strict, 'one-net').severity).toBe('warning');
    expect(only(withOld(town(['112.']), { ...old(1, 0, 4), outsideShare: 0.2 }), 'one-net').message).toBe('one-net-left-out');
  });

  test('several are one issue that names the worst and leads to each', () => {
    const issue = only(withOld(town(['11..', '22..']), old(1, 1, 2), old(2, 2, 2)), 'one-net');
    expect(issue).toMatchObject({ message: 'one-net-left-out-several', values: { old: '第2片', count: 2, households: 300 } });
    expect(issue.places).toHaveLength(2);
  });
});
