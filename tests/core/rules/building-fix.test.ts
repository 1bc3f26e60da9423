// building: the mends. A house that a border runs through comes wholly into the grid that holds most of it, and nothing else moves.
import { describe, expect, test } from 'vitest';
import type { Polygon } from '../../../core/coverage/geometry.ts';
import type { CheckContext } from '../../../core/rules/rule.ts';
import { fixed, issuesOf, only } from './ask.ts';
import { corner, SIDE, type TownOptions, town } from './town.ts';

/** A house between two places given in columns and rows from the north-west. */
const house = (west: number, north: number, east: number, south: number): Polygon => {
  const [left, top] = corner(west, north);
  const [right, bottom] = corner(east, south);
  return [[left, bottom, right, bottom, right, top, left, top].map(Math.round)];
};
const mostlyLeft = house(1.6, 0.7, 2.1, 1.3);
const withHouses = (footprints: readonly Polygon[], options: TownOptions = {}, rows = ['1122', '1122', '1122']): CheckContext => {
  const buildings = footprints.map((footprint, i) => ({ block: 2, households: 30, name: `${i + 1} 号楼`, footprint }));
  return town(rows, { buildings, ...options });
};
const householdsOf = (context: CheckContext, grid: number): number =>
  [...context.state.blocks.values()].reduce((sum, { id, households }) => sum + (context.state.gridOf.get(id) === grid ? households : 0), 0);

describe('a house on the border', () => {
  test('gets a border around it; no other household moves', () => {
    const context = withHouses([mostlyLeft]);
    const issue = only(context, 'building');
    expect(issue.fixes).toMatchObject([{ label: 'building-whole', values: { building: '1 号楼', grid: '新建东村第一网格' } }]);
    expect(issue.fixes[0]?.operation).toMatchObject({ type: 'reshape', grid: 1 });
    const after = fixed(context, issue.fixes[0]);
    expect(issuesOf(after, 'building')).toEqual([]);
    expect(issuesOf(after, 'contiguous')).toEqual([]);
    expect(issuesOf(after, 'complete')).toEqual([]);
    expect([1, 2].map((grid) => householdsOf(after, grid))).toEqual([1, 2].map((grid) => householdsOf(context, grid)));
  });

  test('that stands mostly in the other grid goes there with its households', () => {
    const context = withHouses([house(1.9, 0.7, 2.4, 1.3)]);
    const after = fixed(context, only(context, 'building').fixes[0]);
    expect(issuesOf(after, 'building')).toEqual([]);
    const building = after.state.buildings.get(2);
    expect(building?.footprint).not.toBeNull();
    expect(after.state.gridOf.get(5)).toBe(1);
  });

  test('in a small block of its own takes the block along', () => {
    const own = { block: 1, households: 30, footprint: house(0.3, 0.1, 1.9, 0.9) };
    const context = town(['1222', '1122', '1122'], { buildings: [own] });
    const issue = only(context, 'building');
    expect(issue.fixes[0]?.operation).toEqual({ type: 'assign', blocks: [1], to: 2 });
    expect(issuesOf(fixed(context, issue.fixes[0]), 'building')).toEqual([]);
    const lastOfGrid = town(['1222', '2222', '2222'], { buildings: [own] });
    expect(only(lastOfGrid, 'building').fixes[0]?.operation.type).not.toBe('assign');
  });

  test('that has a neighbour in the way, or lies in a locked grid, is only pointed out', () => {
    const inTheWay = { block: 3, households: 5, footprint: house(2.102, 0.9, 2.3, 1.1) };
    const whole = { block: 2, households: 30, footprint: mostlyLeft };
    expect(only(town(['1122', '1122', '1122'], { buildings: [whole, inTheWay] }), 'building').fixes).toEqual([]);
    expect(only(withHouses([mostlyLeft], { grids: { 2: { locked: true } } }), 'building').fixes).toEqual([]);
  });

  test('one of several is made whole by one click, the next by the next', () => {
    const houses = [house(1.6, 0.1, 2.1, 0.4), house(1.6, 1.2, 2.1, 1.6)];
    let context = withHouses(houses);
    for (const left of [2, 1]) {
      const issue = only(context, 'building');
      expect(issue.measured).toBe(left);
      context = fixed(context, issue.fixes[0]);
    }
    expect(issuesOf(context, 'building')).toEqual([]);
  });

  test('turned against the border, round a corner of the grid, or at the edge of the community: every mend that is offered mends', () => {
    const turned = (x: number, y: number): Polygon => {
      const [cx, cy] = corner(x, y);
      const half = SIDE / 4;
      return [[cx - half, cy, cx, cy - half, cx + half, cy, cx, cy + half].map(Math.round)];
    };
    for (const footprint of [turned(2.1, 1), turned(1.95, 2.3), turned(1.9, 0.1), house(0.7, 0.8, 1.2, 1.3), house(1.2, 0.2, 2.3, 0.9)]) {
      for (const rows of [
        ['1122', '1122', '1122'],
        ['1122', '1122', '3322'],
        ['1222', '1122', '3333'],
      ]) {
        const context = withHouses([footprint], {}, rows);
        for (const issue of issuesOf(context, 'building')) {
          for (const fix of issue.fixes) {
            const after = fixed(context, fix);
            expect(issuesOf(after, 'building')).toEqual([]);
            expect(issuesOf(after, 'contiguous')).toEqual([]);
          }
        }
      }
    }
  });
});
