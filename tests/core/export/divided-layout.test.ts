// The layout of a divided community: cells of a grid with their codes behind that of the grid, and what each counts.
import { expect, test } from 'vitest';
import { schemeOf } from '../../../core/codes/schemes.ts';
import { DEFAULT_DIVISION, divideCommunity } from '../../../core/division/divide.ts';
import { blockGraph } from '../../../core/division/graph.ts';
import { dividedGrids } from '../../../core/export/divided-layout.ts';
import type { BuiltBlock } from '../../../core/import/blocks.ts';
import { square } from '../rules/town.ts';

const COMMUNITY = { code: '620724100001', name: '新建东村居民委员会', kind: 'urban' } as const;
const rule = { households: { minimum: null, maximum: null }, persons: null, wholeCommunityMayBeSmaller: true };
const blocks: BuiltBlock[] = [60, 70, 80, 90].map((households, i) => ({
  community: 0,
  polygon: square(i, 0),
  households,
  population: households * 2,
  buildings: 3,
}));

test('cells are listed with the grid they are in, and a grid without cells lists none', () => {
  const division = divideCommunity({ community: COMMUNITY.code, graph: blockGraph(blocks, () => null), rule }, DEFAULT_DIVISION);
  const scheme = schemeOf('gb15');
  if (!scheme) throw new Error('no such scheme');
  const [grid, ...others] = dividedGrids(COMMUNITY, blocks, division, scheme, [1, 1, 2, null]);
  expect(others).toEqual([]);
  expect(grid?.properties.cells).toEqual([
    { number: 1, code: '62072410000100101', households: 130, population: 260, buildings: 6 },
    { number: 2, code: '62072410000100102', households: 80, population: 160, buildings: 3 },
  ]);
  expect(dividedGrids(COMMUNITY, blocks, division, scheme)[0]?.properties.cells).toEqual([]);
});
