// What a planner relies on, operation by operation.
import { beforeAll, describe, expect, it } from 'vitest';
import { interiorPoint, locate } from '../../../core/coverage/locate.ts';
import type { Change } from '../../../core/plan/change.ts';
import type { Outcome } from '../../../core/plan/failure.ts';
import type { CommunityState } from '../../../core/plan/state.ts';
import { applyChange, inverseOf } from '../../../core/plan/state-change.ts';
import { tallyGrid } from '../../../core/plan/tally.ts';
import { degrees, grid, makeState, ORIGIN_X, ORIGIN_Y, planned, SIDE, withOneGrid } from './community.ts';

let empty: CommunityState;
let drawn: CommunityState;

beforeAll(async () => {
  const streets = [{ ends: [0, 0.3, 2, 0.3] }, { ends: [0.7, 0, 0.7, 1] }] as const;
  const places = [
    [0.1, 0.1, 100],
    [0.8, 0.1, 40],
    [0.1, 0.9, 200],
    [0.85, 0.9, 30],
    [0.35, 1.3, 7],
  ] as const;
  empty = makeState(streets, places);
  drawn = withOneGrid(empty);
});

function change(outcome: Outcome<Change>): Change {
  if (!outcome.ok) throw new Error(`refused: ${outcome.failure.code}`);
  return outcome.value;
}

const refusal = (outcome: Outcome<Change>): string => (outcome.ok ? 'done' : outcome.failure.code);

const gridAt = (state: CommunityState, x: number, y: number): number | undefined => {
  let found: number | undefined;
  let nearest = Number.POSITIVE_INFINITY;
  for (const block of state.blocks.values()) {
    const point = interiorPoint(block.polygon);
    const distance = Math.hypot(point[0] - ORIGIN_X - x * SIDE, point[1] - ORIGIN_Y - y * SIDE);
    if (distance < nearest) [nearest, found] = [distance, state.gridOf.get(block.id)];
  }
  return found;
};

/** Blocks 1, 2, … side by side, as high as the square: their western and eastern ends as shares of it. */
const rowOfBlocks = (ends: readonly (readonly [number, number])[]): CommunityState => ({
  ...empty,
  buildings: new Map(),
  blocks: new Map(
    ends.map(([west, east], index) => {
      const [w, e] = [ORIGIN_X + west * SIDE, ORIGIN_X + east * SIDE];
      const polygon = [[w, ORIGIN_Y, e, ORIGIN_Y, e, ORIGIN_Y + SIDE, w, ORIGIN_Y + SIDE]];
      return [index + 1, { id: index + 1, community: '620724100001', polygon, households: 0, population: 0, buildings: 0 }];
    }),
  ),
});

describe('assign', () => {
  it('makes a numbered grid of the kind of the community', () => {
    const [block] = empty.blocks.keys();
    const done = change(planned(empty, { type: 'assign', blocks: [block as number], to: 'new' }));
    expect(done.grids).toMatchObject([{ before: null, after: { name: '新建东村第一网格', kind: 'urban' } }]);
    expect(done.assignments).toEqual([{ block, from: null, to: done.grids[0]?.after?.id }]);
  });

  it('removes a grid that lost its last block', () => {
    const blocks = [...drawn.blocks.keys()];
    const done = change(planned(drawn, { type: 'assign', blocks, to: null }));
    expect(done.grids).toMatchObject([{ before: { id: 1 }, after: null }]);
  });

  it('refuses blocks of another community and locked grids', () => {
    expect(refusal(planned(drawn, { type: 'assign', blocks: [drawn.neighbours[0]?.id ?? 0], to: 1 }))).toBe('unknown-block');
    const locked = { ...drawn, grids: new Map([[1, { ...grid(1, 'a'), locked: true }]]) };
    expect(refusal(planned(locked, { type: 'assign', blocks: [...drawn.blocks.keys()].slice(0, 1), to: null }))).toBe('grid-locked');
  });
});

describe('cut', () => {
  it('splits a grid into the sides; the side with more households keeps id and name; the exclave stays with it', () => {
    const line = [degrees(-0.1, 0.6), degrees(1.1, 0.6)];
    const after = applyChange(drawn, change(planned(drawn, { type: 'cut', line, grid: 1 })));
    expect(after.grids.size).toBe(2);
    const [keeper, made] = [...after.grids.keys()].sort((a, b) => b - a) as [number, number];
    expect(keeper).toBe(1);
    expect(tallyGrid(after, 1).households).toBe(237);
    expect(tallyGrid(after, made).households).toBe(140);
    expect(after.grids.get(made)?.name).toBe('新建东村第二网格');
  });

  it('splits along a street that is a border of blocks already, without cutting any block', () => {
    const done = change(planned(drawn, { type: 'cut', line: [degrees(0.7, -0.1), degrees(0.7, 1.1)], grid: 1 }));
    expect(done.splits).toEqual([]);
    expect(done.grids).toHaveLength(1);
    const after = applyChange(drawn, done);
    expect(tallyGrid(after, done.grids[0]?.after?.id ?? 0).households).toBe(70);
  });

  it('puts the vertex into the neighbouring community', () => {
    const line = [degrees(0.9, 0.6), degrees(1, 0.6)];
    const done = change(planned(drawn, { type: 'cut', line: [degrees(0.7, 0.6), ...line], grid: undefined }));
    const reshaped = done.reshapes.filter((one) => one.community === '620724100002');
    expect(reshaped).toHaveLength(1);
    expect(reshaped[0]?.polygon.flat().join(',')).toContain(`${ORIGIN_X + SIDE},${ORIGIN_Y + 0.6 * SIDE}`);
  });

  it('says why nothing was split', () => {
    expect(refusal(planned(drawn, { type: 'cut', line: [degrees(0.1, 0.5), degrees(0.2, 0.5)], grid: 1 }))).toBe('line-misses-grid');
    expect(refusal(planned(drawn, { type: 'cut', line: [degrees(5, 5), degrees(6, 6)] }))).toBe('line-misses-community');
    // Ends in the middle of the grid: some blocks fall apart, the grid does not.
    expect(refusal(planned(drawn, { type: 'cut', line: [degrees(-0.1, 0.6), degrees(0.8, 0.6)], grid: 1 }))).toBe('line-does-not-split');
  });

  it('leaves a nick of the hand with the side across the line', () => {
    const nick = [degrees(-0.1, 0.0005), degrees(0.05, 0.0005), degrees(0.05, -0.1)];
    const line = [...nick, degrees(0.2, -0.1), degrees(0.2, 1.1)];
    const after = applyChange(drawn, change(planned(drawn, { type: 'cut', line, grid: 1 })));
    expect(after.grids.size).toBe(2);
    expect(gridAt(after, 0.02, 0.0002)).toBe(gridAt(after, 0.1, 0.1));
    expect(gridAt(after, 0.02, 0.0002)).not.toBe(gridAt(after, 0.4, 0.1));
  });
});

describe('a building on a border', () => {
  it('stays in the nearest finer block when the noding moves the border off it', () => {
    const [x, y] = [ORIGIN_X, ORIGIN_Y];
    const polygon = [[x, y, x + 10_000, y + 3_002, x + 10_000, y + 20_000, x, y + 20_000]];
    const point = [x + 5_000, y + 1_501] as const;
    const block = { id: 1, community: '620724100001', polygon, households: 10, population: 30, buildings: 1 };
    const building = { id: 1, block: 1, point, footprint: null, households: 10, population: 30, use: '', name: '', group: '' };
    const state = { ...drawn, blocks: new Map([[1, block]]), buildings: new Map([[1, building]]), grids: new Map(), gridOf: new Map() };
    const line: [number, number][] = [
      [(x + 2_501) / 1e7, (y - 500) / 1e7],
      [(x + 2_501) / 1e7, (y + 20_500) / 1e7],
    ];
    const { rehoused, splits } = change(planned(state, { type: 'cut', line }));
    const home = splits[0]?.children.find(({ id }) => id === rehoused[0]?.[1]);
    expect(home?.households).toBe(10);
    expect(locate(point, home?.polygon ?? [])).toBe('outside');
    expect(Math.max(...(home?.polygon[0] ?? []).filter((_, i) => i % 2 === 0))).toBe(x + 10_000);
  });
});

describe('a scribble', () => {
  const scribble = Array.from({ length: 600 }, (_, i) => degrees(i % 2, ((i * 7) % 600) / 600));

  it('is refused at once, whichever tool drew it', () => {
    expect(refusal(planned(drawn, { type: 'cut', line: scribble, grid: 1 }))).toBe('line-tangled');
    expect(refusal(planned(drawn, { type: 'cut', line: scribble }))).toBe('line-tangled');
    expect(refusal(planned(drawn, { type: 'reshape', grid: 1, line: scribble }))).toBe('line-tangled');
    const ring = [...scribble, scribble[0] as [number, number]];
    expect(refusal(planned(drawn, { type: 'carve', polygon: [ring], kind: 'dedicated' }))).toBe('polygon-self-intersects');
  });

  it('is no long and winding line', () => {
    const winding = Array.from({ length: 400 }, (_, i) => degrees(-0.1 + (i * 1.2) / 399, 0.6 + 0.05 * (i % 2)));
    expect(planned(drawn, { type: 'cut', line: winding, grid: 1 }).ok).toBe(true);
  });
});

describe('carve', () => {
  const park = [[degrees(0.6, 0.6), degrees(0.9, 0.6), degrees(0.9, 0.95), degrees(0.6, 0.95), degrees(0.6, 0.6)]];

  it('makes a dedicated grid of what lies inside, across block borders', () => {
    const done = change(planned(drawn, { type: 'carve', polygon: park, kind: 'dedicated', name: '工业园区' }));
    const after = applyChange(drawn, done);
    const made = [...after.grids.values()].find((one) => one.kind === 'dedicated');
    expect(made?.name).toBe('工业园区');
    expect(tallyGrid(after, made?.id ?? 0).households).toBe(30);
    expect(tallyGrid(after, 1).households).toBe(347);
  });

  it('clips to the community', () => {
    const beyond = [[degrees(0.8, 0.5), degrees(1.5, 0.5), degrees(1.5, 0.8), degrees(0.8, 0.8), degrees(0.8, 0.5)]];
    const done = change(planned(drawn, { type: 'carve', polygon: beyond, kind: 'dedicated' }));
    expect(done.splits.every(({ parent }) => drawn.blocks.has(parent))).toBe(true);
  });

  it('refuses a polygon that crosses itself or lies elsewhere', () => {
    const bowtie = [[degrees(0.1, 0.1), degrees(0.4, 0.4), degrees(0.4, 0.1), degrees(0.1, 0.4), degrees(0.1, 0.1)]];
    expect(refusal(planned(drawn, { type: 'carve', polygon: bowtie, kind: 'dedicated' }))).toBe('polygon-self-intersects');
    const away = [[degrees(5, 5), degrees(6, 5), degrees(6, 6), degrees(5, 5)]];
    expect(refusal(planned(drawn, { type: 'carve', polygon: away, kind: 'dedicated' }))).toBe('polygon-outside-community');
  });

  it('draws a thematic grid across the others and leaves the blocks alone', () => {
    const done = change(planned(drawn, { type: 'carve', polygon: park, kind: 'thematic', name: '地质灾害点' }));
    expect(done.splits).toEqual([]);
    expect(done.assignments).toEqual([]);
    const after = applyChange(drawn, done);
    expect(tallyGrid(after, done.grids[0]?.after?.id ?? 0).households).toBe(30);
  });
});

describe('a thematic grid at the edge of the community', () => {
  const ring = (west: number, south: number, east: number, north: number) =>
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ].map(([x, y]) => degrees(x as number, y as number));

  it('is drawn where it overlaps but a corner, and not where it only touches', () => {
    const corner = ring(-0.9, -0.9, 0.05, 0.05);
    expect(refusal(planned(drawn, { type: 'carve', polygon: [corner], kind: 'thematic' }))).toBe('done');
    const beside = ring(-0.9, 0, 0, 0.9);
    expect(refusal(planned(drawn, { type: 'carve', polygon: [beside], kind: 'thematic' }))).toBe('polygon-outside-community');
  });
});

describe('reshape', () => {
  let halves: CommunityState;
  beforeAll(() => {
    const west = [...drawn.blocks.values()].filter((block) => interiorPoint(block.polygon)[0] < ORIGIN_X + 0.7 * SIDE);
    halves = {
      ...drawn,
      grids: new Map([
        [1, grid(1, 'west')],
        [2, grid(2, 'east')],
      ]),
      gridOf: new Map([...drawn.blocks.keys()].map((id) => [id, west.some((block) => block.id === id) ? 1 : 2])),
    };
  });

  it('takes the area between a line outside and the border', () => {
    const line = [degrees(0.7, 0.7), degrees(0.95, 0.7), degrees(0.95, 0.98), degrees(0.7, 0.98)];
    const after = applyChange(halves, change(planned(halves, { type: 'reshape', grid: 1, line })));
    expect(gridAt(after, 0.82, 0.84)).toBe(1);
    expect(tallyGrid(after, 1).households).toBe(337);
    expect(tallyGrid(after, 2).households).toBe(40);
  });

  it('gives the area between a line inside and the border to the neighbour', () => {
    const line = [degrees(0.7, 0.7), degrees(0.05, 0.7), degrees(0.05, 0.98), degrees(0.7, 0.98)];
    const after = applyChange(halves, change(planned(halves, { type: 'reshape', grid: 1, line })));
    expect(tallyGrid(after, 1).households).toBe(107);
    expect(tallyGrid(after, 2).households).toBe(270);
  });

  it('of a grid in two parts gives away the pieces that the line cuts off, and keeps the rest of both', () => {
    const row = rowOfBlocks([
      [0, 0.4],
      [0.4, 0.6],
      [0.6, 1],
    ]);
    const parted = {
      ...row,
      grids: new Map([
        [1, grid(1, 'parts')],
        [2, grid(2, 'between')],
      ]),
      gridOf: new Map([
        [1, 1],
        [2, 2],
        [3, 1],
      ]),
    };
    const line = [degrees(0.35, 1), degrees(0.35, 0.8), degrees(0.7, 0.8), degrees(0.7, 1)];
    const after = applyChange(parted, change(planned(parted, { type: 'reshape', grid: 1, line })));
    expect([gridAt(after, 0.1, 0.5), gridAt(after, 0.9, 0.5)]).toEqual([1, 1]);
    expect([gridAt(after, 0.37, 0.9), gridAt(after, 0.65, 0.9)]).toEqual([2, 2]);
  });

  it('refuses a line whose ends lie off the border', () => {
    const line = [degrees(0.72, 0.7), degrees(0.95, 0.7), degrees(0.7, 0.9)];
    expect(refusal(planned(halves, { type: 'reshape', grid: 1, line }))).toBe('line-ends-off-border');
  });

  it('is undone by the inverse change', () => {
    const line = [degrees(0.7, 0.7), degrees(0.95, 0.7), degrees(0.95, 0.98), degrees(0.7, 0.98)];
    const done = change(planned(halves, { type: 'reshape', grid: 1, line }));
    const back = applyChange(applyChange(halves, done), inverseOf(done));
    expect(tallyGrid(back, 1)).toMatchObject({ households: tallyGrid(halves, 1).households });
    expect(tallyGrid(back, 2)).toMatchObject({ households: tallyGrid(halves, 2).households });
  });
});

describe('merge, describe, lock, remove', () => {
  it('merges into the chosen grid', () => {
    const halves = change(planned(drawn, { type: 'cut', line: [degrees(0.7, -0.1), degrees(0.7, 1.1)], grid: 1 }));
    const made = halves.grids[0]?.after?.id ?? 0;
    const state = applyChange(drawn, halves);
    const after = applyChange(state, change(planned(state, { type: 'merge', grids: [1], into: made })));
    expect([...after.grids.keys()]).toEqual([made]);
    expect(tallyGrid(after, made).households).toBe(377);
    expect(refusal(planned(state, { type: 'merge', grids: [1], into: 1 }))).toBe('merge-needs-two');
  });

  it('keeps what a description leaves out, and refuses a kind without its area', () => {
    const done = change(planned(drawn, { type: 'describe', grid: 1, set: { reason: '河道分隔' } }));
    expect(done.grids[0]?.after).toMatchObject({ name: '新建东村第一网格', reason: '河道分隔' });
    expect(refusal(planned(drawn, { type: 'describe', grid: 1, set: { kind: 'thematic' } }))).toBe('kind-needs-area');
  });

  it('locks, and removes a grid but not its blocks', () => {
    const locked = applyChange(drawn, change(planned(drawn, { type: 'lock', grids: [1] })));
    expect(refusal(planned(locked, { type: 'remove', grids: [1] }))).toBe('grid-locked');
    expect(refusal(planned(locked, { type: 'lock', grids: [1] }))).toBe('nothing-to-change');
    const after = applyChange(drawn, change(planned(drawn, { type: 'remove', grids: [1] })));
    expect(after.grids.size).toBe(0);
    expect(after.blocks.size).toBe(drawn.blocks.size);
    expect(after.gridOf.size).toBe(0);
  });
});
