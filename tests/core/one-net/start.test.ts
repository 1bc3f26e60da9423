// Starting a community from old grids: blocks, names and conflicts, and that the operation is one like any other.
import { describe, expect, test } from 'vitest';
import { type Start, startFromOldGrids } from '../../../core/one-net/start.ts';
import { planChange } from '../../../core/plan/apply.ts';
import { operationSchema } from '../../../core/plan/operation.ts';
import { applyChange, inverseOf } from '../../../core/plan/state-change.ts';
import type { CheckContext } from '../../../core/rules/rule.ts';
import { corner, SIDE, town } from '../rules/town.ts';

const old = (id: number, name: string, column: number, width: number, row = 0, height = 1) => {
  const [west, north] = corner(column, row).map(Math.round) as [number, number];
  const [east, south] = [west + Math.round(width * SIDE), north - Math.round(height * SIDE)];
  return {
    id,
    home: '620724100001',
    department: 'city-management',
    code: '',
    name,
    outsideShare: 0,
    area: [[[west, south, east, south, east, north, west, north]]],
  };
};
const start = ({ state, profile }: CheckContext, oldGrids: ReturnType<typeof old>[], elsewhere: string[] = []): Start =>
  startFromOldGrids({ state, profile, department: 'city-management', oldGrids, namesElsewhere: new Set(elsewhere) });
const gridsOf = ({ operation }: Start) => operation?.grids.map(({ name, blocks }) => [name, blocks]);
const kinds = ({ conflicts }: Start) => conflicts.map(({ kind }) => kind);

describe('start from old grids', () => {
  test('blocks go to the old grid with most of their homes, whatever it has of their area', () => {
    const [x, y] = corner(1, 0);
    const buildings = [
      { block: 1, households: 300 },
      { block: 2, households: 350, point: [x + 1_000, y - 5_000] as const },
      { block: 2, households: 50, point: [x + 9_000, y - 5_000] as const },
      { block: 3, households: 400 },
    ];
    const made = start(town(['...'], { buildings }), [old(1, '东片', 0, 1.2), old(2, '西片', 1.2, 1.8)]);
    expect(gridsOf(made)).toEqual([
      ['东片', [1, 2]],
      ['西片', [3]],
    ]);
    expect(made.conflicts).toMatchObject([
      { kind: 'shared-block', grids: ['东片', '西片'], shares: [0.875, 0.125], values: { block: 2, households: 400 } },
      { kind: 'size-above', grids: ['东片'], values: { households: 700, limit: 500 } },
    ]);
    expect(made.conflicts[0]?.place).not.toBeNull();
  });

  test('where nobody lives the area decides, and a block that none has stays free', () => {
    const made = start(town(['....'], { households: (block) => (block === 4 ? 7 : 0) }), [
      old(1, '东片', 0, 1.4),
      old(2, '西片', 1.4, 1.6),
    ]);
    expect(gridsOf(made)).toEqual([
      ['东片', [1]],
      ['西片', [2, 3]],
    ]);
    expect(made.conflicts.find(({ kind }) => kind === 'unassigned')).toMatchObject({ values: { blocks: 1, households: 7 } });
  });

  test('old grids that overlap each other, that reach into other communities, and that get nothing', () => {
    const made = start(town(['....'], { households: () => 350 }), [
      old(1, '东片', 0, 3),
      old(2, '西片', 2.6, 4.4),
      old(3, '小片', 0.1, 0.3),
    ]);
    expect(kinds(made)).toEqual(expect.arrayContaining(['overlap', 'several-communities', 'vanished']));
    expect(made.conflicts.find(({ kind }) => kind === 'several-communities')).toMatchObject({ grids: ['西片'], values: { percent: 32 } });
    expect(made.conflicts.find(({ kind }) => kind === 'vanished')).toMatchObject({ grids: ['小片'] });
  });

  test('an old grid of another community that only reaches over the border makes no grid here', () => {
    const neighbour = { ...old(2, '邻片', 1.9, 6), home: '620724100002' };
    const ground = town(['..'], { households: () => 350 });
    const made = start(ground, [old(1, '东片', 0, 2), neighbour]);
    expect(gridsOf(made)).toEqual([['东片', [1, 2]]]);
    expect(kinds(made)).toEqual(['size-above']);
    expect(gridsOf(start(ground, [old(1, '东片', 0, 1), { ...neighbour, home: '620724100001' }]))).toEqual([
      ['东片', [1]],
      ['邻片', [2]],
    ]);
  });

  test('a name that is borne elsewhere in the town gets the community before it, one that is a code gets a number', () => {
    const made = start(town(['..'], { households: () => 400 }), [old(1, '第一片', 0, 1), old(2, '620724100001007', 1, 1)], ['第一片']);
    expect(gridsOf(made)).toEqual([
      ['新建东村第一片', [1]],
      ['', [2]],
    ]);
    expect(kinds(made)).toEqual(['renamed', 'renamed']);
    const foreign = { ...old(3, '邻片', 0, 2), home: '620724100002' };
    expect(gridsOf(start(town(['..']), [foreign]))).toEqual([['新建东村邻片', [1, 2]]]);
  });

  test('the operation is one like any other: grids that are there go on, locked and dedicated ones stay, undo gives all back', () => {
    const { state, profile } = town(['112', '334'], {
      households: () => 400,
      grids: { 3: { locked: true }, 4: { kind: 'dedicated' } },
    });
    const { operation } = start({ state, profile } as CheckContext, [old(1, '北片', 0, 1, 0, 2), old(2, '南片', 1, 1, 0, 2)]);
    if (!operation) throw new Error('nothing to adopt');
    expect(operationSchema.safeParse(operation).success).toBe(true);
    const outcome = planChange(state, operation, profile);
    if (!outcome.ok) throw new Error(outcome.failure.code);
    const after = applyChange(state, outcome.value);
    expect([...after.gridOf].filter(([block]) => block >= 4)).toEqual([...state.gridOf].filter(([block]) => block >= 4));
    expect(after.grids.get(1)).toMatchObject({ name: '北片' });
    expect(after.gridOf.get(1)).toBe(1);
    expect(after.grids.get(after.gridOf.get(2) ?? 0)).toMatchObject({ name: '南片', kind: 'urban' });
    expect(after.gridOf.has(3)).toBe(false);
    expect(after.grids.has(2)).toBe(false);
    const back = applyChange(after, inverseOf(outcome.value));
    expect([back.gridOf, back.grids]).toEqual([state.gridOf, state.grids]);
  });

  test('a block that two given grids name is refused', () => {
    const grids = [
      { name: '东片', blocks: [1, 2] },
      { name: '西片', blocks: [2] },
    ];
    expect(operationSchema.safeParse({ type: 'adopt', department: '城管', grids }).success).toBe(false);
    const { state, profile } = town(['..']);
    const foreign = planChange(state, { type: 'adopt', department: '城管', grids: [{ name: '', blocks: [99] }] }, profile);
    expect(foreign).toMatchObject({ ok: false, failure: { code: 'unknown-block', at: { block: 99 } } });
  });
});
