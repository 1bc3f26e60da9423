// What the rules decide in a division: villagers' groups stay whole, institutions are set apart, cells are grids in small.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barrierIndex } from '../../../core/division/barrier-index.ts';
import { DEFAULT_DIVISION, type Division, divideCommunity } from '../../../core/division/divide.ts';
import { type BlockGraph, blockGraph } from '../../../core/division/graph.ts';
import { groupsOfBlocks } from '../../../core/division/groups.ts';
import { carveInstitutions } from '../../../core/division/institutions.ts';
import type { Institution } from '../../../core/plan/state.ts';
import type { Profile } from '../../../core/rules/profile.ts';
import { profileOf } from '../../../core/rules/profiles.ts';
import { corner, town as drawnTown } from '../rules/town.ts';
import { town } from './graphs.ts';

const gansu = profileOf('gansu-2023') as Profile;
const qianjiang = profileOf('qianjiang-2022') as Profile;

describe('villagers’ groups', () => {
  it('stay whole where their sizes allow it, and are divided where one is too large', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const graph = town(seed, 1_800);
        const rule = { ...gansu.size.rural, persons: null };
        // Nine groups of about 200: a division of another kind draws them.
        const groups = divideCommunity({ community: 'groups', graph, rule }, { ...DEFAULT_DIVISION, seed, parts: 9 }).gridOf;
        const divide = (known?: Int32Array): Division => divideCommunity({ community: '1', graph, rule, groups: known }, DEFAULT_DIVISION);
        const followed = divide(groups);
        expect(followed.score.legal).toBe(followed.grids);
        expect(bordersThrough(graph, groups, followed)).toBeLessThan(0.1);
        expect(bordersThrough(graph, groups, followed)).toBeLessThanOrEqual(bordersThrough(graph, groups, divide()));
        const one = new Int32Array(graph.size);
        expect(divide(one).score.legal).toBe(divide(one).grids);
      }),
      { numRuns: 12 },
    );
  });

  it('of a block are those of most of its households; a block without any has none', () => {
    const { state } = drawnTown(['111'], {
      buildings: [
        { block: 1, households: 3, group: '二组' },
        { block: 1, households: 5, group: '一组' },
        { block: 1, households: 9, group: '' },
        { block: 2, households: 0, group: '二组' },
      ],
    });
    expect([...groupsOfBlocks(state, [1, 2, 3])]).toEqual([0, 1, -1]);
  });
});

/** Share of the borders between grids that runs through a group. */
function bordersThrough(graph: BlockGraph, groups: Int32Array, { gridOf }: Division): number {
  let [all, through] = [0, 0];
  for (let block = 0; block < graph.size; block++) {
    for (let at = graph.starts[block] as number; at < (graph.starts[block + 1] as number); at++) {
      const other = graph.neighbours[at] as number;
      if (gridOf[other] === gridOf[block]) continue;
      all += graph.borderM[at] as number;
      if (groups[other] === groups[block]) through += graph.borderM[at] as number;
    }
  }
  return all === 0 ? 0 : through / all;
}

describe('an institution', () => {
  /** Rows of blocks of about 100 m; the area from one corner to another, in columns and rows. */
  const carved = (from: [number, number], to: [number, number], more: Partial<Institution> = {}, households = 0) => {
    const [[west, north], [east, south]] = [corner(...from), corner(...to)];
    const area = [[west, south, east, south, east, north, west, north]];
    const { state } = drawnTown(['1111', '1111', '1111'], { households: () => households, institutions: [{ area, ...more }] });
    return carveInstitutions(state, gansu).map(({ blocks }) => blocks);
  };

  it('that is large takes the blocks inside it', () => {
    expect(carved([0, 0], [3, 2])).toEqual([[1, 2, 3, 5, 6, 7]]);
  });

  it('leaves out blocks that straddle its border', () => {
    expect(carved([0, 0], [3.5, 2])).toEqual([[1, 2, 3, 5, 6, 7]]);
  });

  it('that is small is a grid by its staff alone', () => {
    expect(carved([0, 0], [2, 1])).toEqual([]);
    expect(carved([0, 0], [2, 1], { staff: 299 })).toEqual([]);
    expect(carved([0, 0], [2, 1], { staff: 300 })).toEqual([[1, 2]]);
  });

  it('where many live, or of which no block is most, stays with the others', () => {
    expect(carved([0, 0], [3, 2], {}, 6)).toEqual([]);
    expect(carved([0, 0], [3, 2], {}, 5)).toHaveLength(1);
    expect(carved([0.4, 0.4], [2.6, 2.6], { staff: 900 })).toEqual([]);
  });

  it('is never set apart where the rules know no such grids', () => {
    const { state } = drawnTown(['11'], {
      households: () => 0,
      institutions: [{ area: [[...corner(0, 1), ...corner(2, 1), ...corner(2, 0), ...corner(0, 0)]], staff: 900 }],
    });
    expect(carveInstitutions(state, gansu)).toHaveLength(1);
    expect(carveInstitutions(state, { dedicated: null })).toEqual([]);
  });
});

describe('cells', () => {
  it('are made of the blocks of one grid by the measure of cells', () => {
    const rule = qianjiang.cell;
    if (!rule) throw new Error('no cells');
    for (let seed = 1; seed <= 8; seed++) {
      const { grids, score, certificates } = divideCommunity(
        { community: '1', graph: town(seed, 700), rule },
        { ...DEFAULT_DIVISION, seed },
      );
      expect(grids).toBeGreaterThan(3);
      expect([score.legal, certificates]).toEqual([grids, []]);
    }
  });

  it('of a small grid are one', () => {
    const { state } = drawnTown(['11'], { households: () => 30 });
    const graph = blockGraph([...state.blocks.values()], barrierIndex([]));
    const { grids, score } = divideCommunity({ community: '1', graph, rule: qianjiang.cell ?? gansu.size.urban }, DEFAULT_DIVISION);
    expect([grids, score.legal]).toEqual([1, 1]);
  });
});
