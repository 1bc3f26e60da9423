import { beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../../core/plan/operation.ts';
import { communityState } from '../../../web/worker/community-state.ts';
import { foresee, type HeldCommunity, holdCommunity } from '../../../web/worker/foresee.ts';
import { at, blockId, COMMUNITY, grids, HOUSEHOLDS, profile, town } from '../town.ts';

let held: HeldCommunity;
beforeAll(async () => {
  if (profile === null) throw new Error('the profile of the tests is missing');
  held = holdCommunity(communityState({ community: COMMUNITY, ...town }), profile);
});
const ask = (operation: Operation) => foresee(held, operation);

describe('foresight of a cut', () => {
  it('counts both sides of a line between the buildings and calls them as the map shows them', () => {
    const { sides, cutBuildings, obstacle } = ask({ type: 'cut', line: [at(-0.5, 1), at(3.5, 1)], grid: grids.left });
    expect(obstacle).toBeNull();
    expect(sides.map(({ lineSide, households }) => [lineSide, households])).toEqual([
      ['above', 6 * HOUSEHOLDS],
      ['below', 3 * HOUSEHOLDS],
    ]);
    expect(sides.map(({ grid }) => grid).sort()).toEqual([grids.left, 'new'].sort());
    expect(cutBuildings).toEqual([]);
  });

  it('calls the sides of a steep line left and right, whichever way it was drawn', () => {
    const north: Operation = { type: 'cut', line: [at(1, -0.5), at(1, 3.5)], grid: grids.left };
    const south: Operation = { type: 'cut', line: [at(1, 3.5), at(1, -0.5)], grid: grids.left };
    for (const operation of [north, south]) {
      const { sides } = ask(operation);
      expect(sides.map(({ lineSide, households }) => [lineSide, households])).toEqual([
        ['left', 3 * HOUSEHOLDS],
        ['right', 6 * HOUSEHOLDS],
      ]);
    }
  });

  it('judges every side by the band of its kind', () => {
    const { sides } = ask({ type: 'cut', line: [at(-0.5, 1), at(3.5, 1)], grid: grids.left });
    expect(sides.map(({ band }) => band)).toEqual(['in', 'below']);
  });

  it('names the buildings that the new border runs through, and no others', () => {
    const { cutBuildings, border } = ask({ type: 'cut', line: [at(-0.5, 1.5), at(6.5, 1.5)], grid: grids.left });
    expect([...cutBuildings].sort((a, b) => a - b)).toEqual([0, 1, 2].map((column) => 100 + blockId(column, 1)));
    expect(Math.max(...border.flatMap(([ax, , bx]) => [ax, bx]))).toBeCloseTo(at(3, 0)[0], 7);
  });

  it('does not mind a border that touches a wall', () => {
    expect(ask({ type: 'cut', line: [at(-0.5, 1.4), at(3.5, 1.4)], grid: grids.left }).cutBuildings).toEqual([]);
  });

  it('says why a line that ends inside does nothing', () => {
    expect(ask({ type: 'cut', line: [at(-0.5, 1.5), at(1.5, 1.5)], grid: grids.left }).obstacle).toBe('line-does-not-split');
  });

  it('counts the blocks on either side where nothing is drawn', () => {
    const { sides } = ask({ type: 'cut', line: [at(-0.5, 3.3), at(6.5, 3.3)] });
    expect(sides.map(({ lineSide, households, grid }) => [lineSide, households, grid])).toEqual([
      ['above', 6 * HOUSEHOLDS, null],
      ['below', 0, null],
    ]);
  });
});

describe('foresight of other operations', () => {
  it('agrees with itself: households of all sides stay what they were', () => {
    const operations: Operation[] = [
      { type: 'carve', kind: 'dedicated', polygon: [[at(2.2, 0.3), at(4.7, 0.3), at(4.7, 1.7), at(2.2, 1.7), at(2.2, 0.3)]] },
      { type: 'reshape', grid: grids.left, line: [at(3, 0.7), at(3.8, 0.7), at(3.8, 2.2), at(3, 2.2)] },
      { type: 'assign', blocks: [blockId(3, 0), blockId(3, 1)], to: grids.left },
    ];
    for (const operation of operations) {
      const { sides, obstacle } = ask(operation);
      expect(obstacle).toBeNull();
      expect(sides.reduce((sum, side) => sum + side.households, 0)).toBe(18 * HOUSEHOLDS);
    }
  });

  it('leaves the community it holds as it was', () => {
    const before = JSON.stringify([...held.state.gridOf]);
    ask({ type: 'merge', grids: [grids.left, grids.right], into: grids.left });
    expect(JSON.stringify([...held.state.gridOf])).toBe(before);
  });

  it('counts buildings inside a thematic area without taking them from anyone', () => {
    const { sides } = ask({
      type: 'carve',
      kind: 'thematic',
      polygon: [[at(0.1, 0.1), at(1.9, 0.1), at(1.9, 0.9), at(0.1, 0.9), at(0.1, 0.1)]],
    });
    expect(sides).toMatchObject([{ grid: 'new', kind: 'thematic', households: 2 * HOUSEHOLDS, band: 'free' }]);
  });
});

describe('foresight of a reshape', () => {
  it('calls the sides by the names of the grids, for both were there before', () => {
    const { sides } = ask({ type: 'reshape', grid: grids.left, line: [at(3, 0.7), at(3.8, 0.7), at(3.8, 2.2), at(3, 2.2)] });
    expect(sides.map(({ lineSide, label }) => [lineSide, label]).sort()).toEqual([
      [null, '第一网格'],
      [null, '第二网格'],
    ]);
  });
});
