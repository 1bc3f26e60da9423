// border: what share of the borders between grids follows something that people know already.
import { describe, expect, test } from 'vitest';
import { issuesOf, only, withLimits } from './ask.ts';
import { corner, footprintAt, lineThrough, SIDE, town } from './town.ts';

const street = (...corners: [number, number][]) => ({ class: 'street', line: lineThrough(...corners) }) as const;

describe('border', () => {
  test('borders across open ground are one note for the community', () => {
    const issue = only(town(['1122', '1122']), 'border');
    expect(issue).toMatchObject({
      message: 'border-community',
      severity: 'note',
      grid: null,
      measured: 0,
      limit: 0.5,
      values: { percent: 0 },
    });
    expect(issue.place).toEqual([corner(2, 0)[0], corner(2, 2)[1], corner(2, 0)[0], corner(2, 0)[1]].map((steps) => steps / 1e7));
  });

  test('the share goes by length, and the limit itself is enough', () => {
    const half = town(['1122', '1122'], { barriers: [street([2, 1], [2, 5])] });
    expect(issuesOf(withLimits(half, { borderShare: 0.49 }), 'border')).toEqual([]);
    const issue = only(withLimits(half, { borderShare: 0.51 }), 'border');
    expect(issue.measured).toBeCloseTo(0.5, 3);
    const exactly = withLimits(half, { borderShare: issue.measured });
    expect(issuesOf(exactly, 'border')).toEqual([]);
  });

  test('one poor grid among good ones is named', () => {
    const context = town(['112233', '112233', '444444'], { barriers: [street([0, 2], [6, 2]), street([4, 0], [4, 2])] });
    expect(issuesOf(withLimits(context, { borderShare: 0.6 }), 'border')).toMatchObject([{ grid: 1, message: 'border-grid' }]);
  });

  test('a border beside the road follows it, one across it does not', () => {
    const [x, north] = corner(2, 0);
    const beside = (steps: number) => [{ class: 'street', line: [x + steps, north + SIDE, x + steps, north - 3 * SIDE] }] as const;
    expect(issuesOf(town(['1122', '1122'], { barriers: beside(400) }), 'border')).toEqual([]);
    expect(only(town(['1122', '1122'], { barriers: beside(1500) }), 'border').measured).toBe(0);
    expect(only(town(['1122', '1122'], { barriers: [street([0, 1], [4, 1])] }), 'border').measured).toBe(0);
  });

  test('the fence of an institution and the border of an old department grid count', () => {
    const area = footprintAt(1.5, 1)[0] as readonly number[];
    const fence = [[...area.map((steps, i) => steps + (i % 2 === 0 ? SIDE / 4 : 0))]];
    const east = Math.max(...(fence[0] as number[]).filter((_, i) => i % 2 === 0));
    expect(east).toBe(corner(2, 0)[0]);
    expect(only(town(['1122', '1122'], { institutions: [{ area: fence }] }), 'border').measured).toBe(0);
    const [x, y] = corner(2, 2);
    const school = [[x, y, x + 2 * SIDE, y, x + 2 * SIDE, y + 2 * SIDE, x, y + 2 * SIDE]];
    expect(issuesOf(town(['1122', '1122'], { institutions: [{ area: school }] }), 'border')).toEqual([]);
    const departmentGrids = [{ id: 1, department: '城管', name: '一片', area: [school] }];
    expect(issuesOf({ ...town(['1122', '1122']), departmentGrids }, 'border')).toEqual([]);
  });

  test('a border towards what is not drawn yet is no border yet, and a profile may ask for nothing', () => {
    expect(issuesOf(town(['11..', '11..']), 'border')).toEqual([]);
    expect(issuesOf(withLimits(town(['1122', '1122']), { borderShare: null }), 'border')).toEqual([]);
  });
});
