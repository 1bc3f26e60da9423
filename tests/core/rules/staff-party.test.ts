// staff and party: exactly one full-time worker and one party organisation per grid, once the community has begun to enter them.
import { describe, expect, test } from 'vitest';
import { issuesOf, only } from './ask.ts';
import { footprintAt, plainGrid, town } from './town.ts';

const worker = (name: string) => ({ role: '专职网格员', name });

describe('staff', () => {
  const rows = ['112233', '112233'];

  test('nothing is said before the first person is entered', () => {
    expect(issuesOf(town(rows), 'staff')).toEqual([]);
  });

  test('grids without a worker are one issue', () => {
    const issue = only(town(rows, { grids: { 1: { staff: [worker('张三')] } } }), 'staff');
    expect(issue).toMatchObject({ message: 'staff-missing-several', severity: 'warning', grid: null, measured: 2, values: { grids: 2 } });
  });

  test('a volunteer is no full-time worker', () => {
    const staff = [worker('张三')];
    const context = town(rows, { grids: { 1: { staff }, 2: { staff }, 3: { staff: [{ role: '志愿者', name: '李四' }] } } });
    expect(only(context, 'staff')).toMatchObject({ message: 'staff-missing', grid: 3, measured: 0, limit: 1 });
  });

  test('two workers are one too many, excused by a reason', () => {
    const staff = [worker('张三')];
    const context = town(rows, {
      grids: { 1: { staff }, 2: { staff }, 3: { staff: [worker('李四'), worker('王五')], reason: '交接期间' } },
    });
    expect(only(context, 'staff')).toMatchObject({ message: 'staff-too-many', grid: 3, measured: 2, limit: 1, excused: true });
  });

  test('who counts as the worker is the profile’s to say', () => {
    const staff = [{ role: '网格员', name: '张三' }];
    const grids = { 1: { staff }, 2: { staff }, 3: { staff } };
    expect(issuesOf(town(rows, { grids }), 'staff')).not.toEqual([]);
    expect(issuesOf(town(rows, { grids, profile: 'qianjiang-2022' }), 'staff')).toEqual([]);
  });

  test('a thematic grid needs neither worker nor party organisation', () => {
    const context = town(['1122', '1122'], {
      grids: { 1: { staff: [worker('张三')], party: '第一党支部' }, 2: { staff: [worker('李四')], party: '第二党支部' } },
    });
    const thematic = { ...plainGrid(9, 'thematic'), area: [footprintAt(1, 1)] };
    const state = { ...context.state, grids: new Map([...context.state.grids, [9, thematic]]) };
    expect(issuesOf({ ...context, state }, 'staff')).toEqual([]);
    expect(issuesOf({ ...context, state }, 'party')).toEqual([]);
  });
});

describe('party', () => {
  const parties = (first: string, second: string) => town(['1122', '1122'], { grids: { 1: { party: first }, 2: { party: second } } });

  test('nothing is said before the first organisation is entered', () => {
    expect(issuesOf(parties('', ' '), 'party')).toEqual([]);
  });

  test('a grid without one is found', () => {
    expect(only(parties('东村第一党支部', ''), 'party')).toMatchObject({ message: 'party-missing', severity: 'warning', grid: 2 });
  });

  test.each(['东村第一党支部、东村第二党支部', '第一党小组;第二党小组', '第一党小组\uff0c第二党小组'])('%s are two', (two) => {
    expect(only(parties('东村第一党支部', two), 'party')).toMatchObject({ message: 'party-too-many', grid: 2, measured: 2, limit: 1 });
  });

  test.each(['机关、学校联合党支部', '红旗小组', '先锋'])('%s is one', (one) => {
    expect(issuesOf(parties('东村第一党支部', one), 'party')).toEqual([]);
  });
});
