// One grid for each residents' group (组网合一): what a district relies on when its rules ask for it.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { proposeDivision } from '../../../core/division/proposal.ts';
import { communityKind } from '../../../core/geo/region.ts';
import { buildBlocks } from '../../../core/import/blocks.ts';
import { validateImport } from '../../../core/import/validate.ts';
import { type DivideOptions, divisionOptions } from '../../../core/plan/operation.ts';
import type { Block, Building, CommunityState } from '../../../core/plan/state.ts';
import { applyChange } from '../../../core/plan/state-change.ts';
import { tallyGrid } from '../../../core/plan/tally.ts';
import type { Profile } from '../../../core/rules/profile.ts';
import { profileOf } from '../../../core/rules/profiles.ts';
import { lineThrough, town } from '../rules/town.ts';

const qianjiang = profileOf('qianjiang-2022') as Profile;

const divided = (state: CommunityState, profile = qianjiang, options: Partial<DivideOptions> = {}) => {
  const outcome = proposeDivision(state, { type: 'divide', options: divisionOptions.parse(options) }, profile);
  if (!outcome.ok) throw new Error(outcome.failure.code);
  return { after: applyChange(state, outcome.value.change), obstacles: outcome.value.obstacles };
};

/** Name of its grid for each block, in the order of the blocks. */
const namesOf = ({ blocks, gridOf, grids }: CommunityState): (string | undefined)[] =>
  [...blocks.keys()].map((block) => grids.get(gridOf.get(block) ?? 0)?.name);

/** A letter per block is its group, a dash a block without buildings. */
const village = (rows: readonly string[], households = 20): CommunityState => {
  const letters = rows.join('');
  const buildings = [...letters].flatMap((group, i) => (group === '-' ? [] : [{ block: i + 1, households, group: `${group}组` }]));
  const { state } = town(
    rows.map((row) => '.'.repeat(row.length)),
    { kind: 'rural', buildings, households: () => 0 },
  );
  return state;
};

const grids = (rows: readonly string[]): string[] => [...rows.join('')].map((group) => `新建东村${group}组网格`);

it('makes one grid of each group of every village of the demo county', { timeout: 60_000 }, () => {
  const read = (name: string): Buffer => gunzipSync(readFileSync(new URL(`../../../fixtures/gaotai/${name}.geojson.gz`, import.meta.url)));
  const valid = validateImport({
    communities: read('communities'),
    buildings: read('buildings'),
    barriers: read('barriers'),
    institutions: undefined,
  });
  const { blocks, blockOf } = buildBlocks(valid.communities, valid.barriers, valid.buildings);
  let villages = 0;
  for (const [i, { code, name }] of valid.communities.entries()) {
    const own = blocks.flatMap((block, id): [number, Block][] => (block.community === i ? [[id, { ...block, id, community: code }]] : []));
    const ids = new Set(own.map(([id]) => id));
    const housed = valid.buildings.flatMap((building, id): [number, Building][] => {
      const block = blockOf[id] as number;
      return ids.has(block) ? [[id, { ...building, id, block }]] : [];
    });
    const groups = [...new Set(housed.flatMap(([, { group }]) => group || []))];
    if (groups.length === 0) continue;
    villages++;
    const state: CommunityState = {
      community: { code, name, kind: communityKind(code) },
      ...{ blocks: new Map(own), buildings: new Map(housed), neighbours: [], institutions: [], barriers: [] },
      ...{ grids: new Map(), gridOf: new Map(), cellOf: new Map() },
    };
    const { after, obstacles } = divided(state);
    const base = name.replace('村民委员会', '');
    expect([...after.grids.values()].map((grid) => grid.name).sort()).toEqual(groups.map((group) => `${base}${group}网格`).sort());
    expect(obstacles).toEqual([]);
    expect(after.gridOf.size).toBe(state.blocks.size);
    // A block belongs to one grid, so a group may lose single buildings to its neighbours, but never most of them.
    for (const group of groups) {
      const homes = housed.filter(([, building]) => building.group === group);
      const inside = homes.filter(([, { block }]) => after.grids.get(after.gridOf.get(block) ?? 0)?.name === `${base}${group}网格`);
      expect(inside.length).toBeGreaterThan(homes.length / 2);
    }
  }
  expect(villages).toBe(136);
});

it('gives blocks without buildings to the group beside them, with the cheapest border', () => {
  const state = village(['aa-bb']);
  const along = (column: number): CommunityState => ({
    ...state,
    barriers: [{ id: 1, class: 'river', name: '', line: lineThrough([column, 0], [column, 1]) }],
  });
  expect(namesOf(divided(along(2)).after)).toEqual(grids(['aabbb']));
  expect(namesOf(divided(along(3)).after)).toEqual(grids(['aaabb']));
});

it('says so where the pieces of a group do not touch, and makes a grid of each', () => {
  const { after, obstacles } = divided(village(['aabaa']));
  expect(obstacles).toMatchObject([{ kind: 'scattered-group', households: 80 }]);
  const [west, , middle, , east] = namesOf(after);
  expect(new Set([west, east])).toEqual(new Set(['新建东村a组第一网格', '新建东村a组第二网格']));
  expect(middle).toBe('新建东村b组网格');
});

it('divides a group that is too large where the rules have an upper bound, and only then', () => {
  const state = village(['aaaaabb'], 120);
  const rural = { households: { minimum: null, maximum: 500 }, persons: null, wholeCommunityMayBeSmaller: true };
  const bounded: Profile = { ...qianjiang, size: { ...qianjiang.size, rural } };
  expect(namesOf(divided(state).after)).toEqual(grids(['aaaaabb']));
  const { after, obstacles } = divided(state, bounded);
  expect(obstacles).toEqual([]);
  expect(new Set(namesOf(after))).toEqual(new Set(['新建东村a组第一网格', '新建东村a组第二网格', '新建东村b组网格']));
  for (const id of after.grids.keys()) expect(tallyGrid(after, id).households).toBeLessThanOrEqual(500);
});

it('is the same when it is asked for again; a grid that had a name of its own keeps it', () => {
  const state = village(['aabb', 'aabb']);
  const { after } = divided(state);
  expect(namesOf(divided(after).after)).toEqual(namesOf(after));
  const [first] = after.grids.values();
  if (!first) throw new Error('no grid');
  const renamed = { ...after, grids: new Map(after.grids).set(first.id, { ...first, name: '河东网格' }) };
  expect(namesOf(divided(renamed).after)).toContain('河东网格');
  const numbered = { ...after, grids: new Map(after.grids).set(first.id, { ...first, name: '新建东村第七网格' }) };
  expect(namesOf(divided(numbered).after)).toEqual(namesOf(after));
});

it('leaves the division to sizes where no groups are known, a number of grids is wanted, or the rules do not ask for it', () => {
  const plain = { ...qianjiang, gridPerGroup: false };
  const unknown = village(['----', '----']);
  expect(namesOf(divided(unknown).after)).toEqual(namesOf(divided(unknown, plain).after));
  const state = village(['aabb', 'aabb', 'ccdd']);
  expect(divided(state, plain).after.grids.size).toBe(1);
  expect(divided(state).after.grids.size).toBe(4);
  expect(divided(state, qianjiang, { parts: 3 }).after.grids.size).toBe(3);
});
