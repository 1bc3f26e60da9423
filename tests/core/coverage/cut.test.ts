// Cutting keeps the coverage sound: every case that a border can meet, then thousands of random ones.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cut, type CutBlock, cutBlocks } from '../../../core/coverage/cut.ts';
import type { Line, Polygon } from '../../../core/coverage/geometry.ts';
import { coverageFaults } from '../../../core/coverage/invariants.ts';
import { interiorPoint, locate } from '../../../core/coverage/locate.ts';
import { outlineOf } from '../../../core/coverage/outline.ts';
import { doubledArea } from '../../../core/coverage/ring.ts';
import { type CommunityBlock, lineIn, patchworkOf, recipeOf, tilingOf } from './random-coverage.ts';

const square = (x: number, y: number, size: number): Polygon => [[x, y, x + size, y, x + size, y + size, x, y + size]];
const all = (blocks: readonly CutBlock[]): Set<number> => new Set(blocks.map((block) => block.id));

/** The coverage after a cut; children get new ids and stay in their community. */
function afterCut<B extends CutBlock>(blocks: readonly B[], targets: ReadonlySet<number>, lines: readonly Line[]): B[] {
  const { splits, reshapes } = cutBlocks({ blocks, targets, lines });
  const faces = new Map(splits.map((split) => [split.id, split.faces]));
  const polygons = new Map(reshapes.map((reshape) => [reshape.id, reshape.polygon]));
  let next = Math.max(...blocks.map((block) => block.id));
  return blocks.flatMap((block) => {
    const children = faces.get(block.id);
    if (children) return children.map((polygon) => ({ ...block, id: ++next, polygon }));
    return [{ ...block, polygon: polygons.get(block.id) ?? block.polygon }];
  });
}

/** Faces whose interior point is not one of the block that was cut. */
function facesOutside(blocks: readonly CutBlock[], { splits }: Cut): Polygon[] {
  const polygons = new Map(blocks.map((block) => [block.id, block.polygon]));
  return splits.flatMap(({ id, faces }) => faces.filter((face) => locate(interiorPoint(face), polygons.get(id) ?? []) !== 'inside'));
}

const areaOf = (polygons: readonly Polygon[]): number => polygons.reduce((sum, polygon) => sum + doubledArea(polygon), 0);

describe('a cut that ends on a border', () => {
  it('puts its end into the neighbour, so that no T-junction is left', () => {
    const blocks = [
      { id: 1, polygon: square(0, 0, 100) },
      { id: 2, polygon: square(100, 0, 100) },
    ];
    const cut = cutBlocks({ blocks, targets: new Set([1]), lines: [[-10, 50, 100, 50]] });
    expect(cut.splits).toEqual([
      { id: 1, faces: [square(0, 0, 50).map(() => [0, 0, 100, 0, 100, 50, 0, 50]), [[0, 50, 100, 50, 100, 100, 0, 100]]] },
    ]);
    expect(cut.reshapes).toEqual([{ id: 2, polygon: [[100, 0, 200, 0, 200, 100, 100, 100, 100, 50]] }]);
  });

  it('puts it there too when the border is slanted and the end falls between two lattice points', () => {
    const blocks = [
      { id: 1, polygon: [[0, 0, 1000, 0, 1333, 997, 0, 997]] },
      { id: 2, polygon: [[1000, 0, 2000, 0, 2000, 997, 1333, 997]] },
    ];
    const after = afterCut(blocks, new Set([1]), [[-10, 500, 1500, 511]]);
    expect(after.length).toBe(3);
    expect(coverageFaults(after)).toEqual([]);
    expect(outlineOf(after.map((block) => block.polygon)).length).toBe(1);
  });

  it('does so over the border of the community, without dividing the neighbour', () => {
    const blocks = [
      { id: 1, community: 'a', polygon: square(0, 0, 100) },
      { id: 2, community: 'b', polygon: square(100, 0, 100) },
    ];
    const after = afterCut(blocks, new Set([1]), [[-10, 50, 300, 50]]);
    expect(after.map((block) => block.community)).toEqual(['a', 'a', 'b']);
    expect(after.at(-1)?.polygon).toEqual([[100, 0, 200, 0, 200, 100, 100, 100, 100, 50]]);
  });
});

it('gives way to a needle thinner than a step, instead of taking its tip', () => {
  // The long border would round to the vertex (5001, 1) as soon as the cut puts a vertex on it, and fold the east half of block 2 away.
  const blocks = [
    { id: 1, polygon: [[0, -100, 10_000, -100, 10_000, 1, 0, 0]] },
    { id: 2, polygon: [[0, 0, 10_000, 1, 5_002, 1, 5_001, 1, 0, 40]] },
    { id: 3, polygon: [[0, 40, 5_001, 1, 5_002, 1, 4_990, 12, 0, 100]] },
    { id: 4, polygon: [[5_002, 1, 10_000, 1, 10_000, 100, 4_990, 100, 4_990, 12]] },
  ];
  expect(coverageFaults(blocks)).toEqual([]);
  expect(cutBlocks({ blocks, targets: new Set([1]), lines: [[100, -150, 100, 50]] })).toEqual({ splits: [], reshapes: [] });
});

it('gives way to a block with a neck thinner than a step, instead of parting it', () => {
  const blocks = [
    { id: 1, polygon: [[0, -100, 10_000, -100, 10_000, 1, 0, 0]] },
    { id: 2, polygon: [[0, 0, 10_000, 1, 10_000, 50, 5_001, 1, 0, 50]] },
    { id: 3, polygon: [[0, 50, 5_001, 1, 10_000, 50, 10_000, 100, 0, 100]] },
  ];
  expect(coverageFaults(blocks)).toEqual([]);
  expect(cutBlocks({ blocks, targets: new Set([1]), lines: [[100, -150, 100, 50]] })).toEqual({ splits: [], reshapes: [] });
});

describe('a cut', () => {
  const blocks = [
    { id: 1, polygon: square(0, 0, 100) },
    { id: 2, polygon: square(100, 0, 100) },
  ];
  const nothing = { splits: [], reshapes: [] };
  const cut = (...lines: Line[]) => cutBlocks({ blocks, targets: all(blocks), lines });

  it.each<[string, Line]>([
    ['far outside', [1000, 1000, 2000, 2000]],
    ['that ends inside', [-50, 50, 50, 50]],
    ['wholly inside', [20, 20, 80, 80]],
    ['along an existing border', [100, -50, 100, 150]],
    ['along a part of a border', [0, 20, 0, 60]],
    ['of no length', [50, 50, 50, 50]],
    ['of one point', [50, 50]],
    ['through a corner', [-50, 50, 50, -50]],
  ])('%s changes nothing', (_, line) => {
    expect(cut(line)).toEqual(nothing);
  });

  it('that closes inside a block makes an island and a block with a hole', () => {
    const { splits } = cut([20, 20, 80, 20, 80, 80, 20, 80, 20, 20]);
    expect(splits).toEqual([
      {
        id: 1,
        faces: [
          [
            [0, 0, 100, 0, 100, 100, 0, 100],
            [20, 20, 20, 80, 80, 80, 80, 20],
          ],
          square(20, 20, 60),
        ],
      },
    ]);
  });

  it('that crosses itself makes the loop a block', () => {
    const after = afterCut(blocks, all(blocks), [[-10, 20, 80, 20, 80, 80, 40, 80, 40, -10]]);
    expect(after.length).toBe(4);
    expect(coverageFaults(after, outlineOf(after.map((block) => block.polygon)))).toEqual([]);
  });

  it('may be made of several lines that only divide together', () => {
    expect(cut([-10, 50, 50, 50]).splits).toEqual([]);
    expect(cut([-10, 50, 50, 50], [50, 50, 50, -10]).splits[0]?.faces.length).toBe(2);
  });

  it('does not reach blocks that are no targets', () => {
    const { splits, reshapes } = cutBlocks({ blocks, targets: new Set([2]), lines: [[-10, 50, 210, 50]] });
    expect(splits.map((split) => split.id)).toEqual([2]);
    expect(reshapes.map((reshape) => reshape.id)).toEqual([1]);
  });

  it('gives one answer, whatever the order of blocks and lines', () => {
    const lines = [
      [-10, 33, 210, 71],
      [31, -10, 47, 130],
    ];
    const backwards = cutBlocks({ blocks: blocks.toReversed(), targets: all(blocks), lines: lines.toReversed() });
    const sorted = (list: { id: number }[]) => list.toSorted((a, b) => a.id - b.id);
    const forwards = cut(...lines);
    expect(sorted(backwards.splits)).toEqual(sorted(forwards.splits));
  });
});

/** Sizes in lattice steps, from a metre to some kilometres. At a metre, lines, slits and blocks thinner than a step are the rule. */
const SIZES = [100, 1_000, 30_000, 500_000];
const RUNS = 250;

describe.each(SIZES)('random cuts, one after the other, in a square %s steps wide', (size) => {
  const lines = fc.array(lineIn(size, { min: 2, max: 6 }), { minLength: 1, maxLength: 2 });
  const cuts = fc.array(fc.record({ lines, community: fc.integer({ min: 1, max: 3 }) }), { minLength: 1, maxLength: 4 });

  function afterEachCut(
    check: (before: readonly CommunityBlock[], after: readonly CommunityBlock[]) => void,
    start: typeof tilingOf,
  ): void {
    const property = fc.property(recipeOf(size), cuts, (recipe, steps) => {
      let blocks = start(recipe);
      fc.pre(blocks.length > 0);
      for (const step of steps) {
        const after = afterCut(blocks, all(blocks.filter((block) => block.community === step.community)), step.lines);
        check(blocks, after);
        blocks = after;
      }
    });
    fc.assert(property, { numRuns: RUNS });
  }

  it('leave a tiling a tiling: no fault, no gap, no overlap, every community edge-matched with the next', () => {
    afterEachCut((_, after) => {
      const outline = outlineOf(after.map((block) => block.polygon));
      expect(outline.flat().length).toBe(1);
      expect(coverageFaults(after, outline)).toEqual([]);
      expect(areaOf(after.map((block) => block.polygon))).toBe(areaOf(outline));
    }, tilingOf);
  });

  it('leave communities with enclaves and exclaves sound, each for itself and all together', () => {
    afterEachCut((_, after) => {
      expect(coverageFaults(after)).toEqual([]);
      for (const community of [1, 2, 3]) expect(coverageFaults(after.filter((block) => block.community === community))).toEqual([]);
    }, patchworkOf);
  });

  it('leave every face in the block that it was cut from', () => {
    const property = fc.property(recipeOf(size), cuts, (recipe, steps) => {
      let blocks: readonly CommunityBlock[] = tilingOf(recipe);
      fc.pre(blocks.length > 0);
      for (const { community, lines } of steps) {
        const targets = all(blocks.filter((block) => block.community === community));
        expect(facesOutside(blocks, cutBlocks({ blocks, targets, lines }))).toEqual([]);
        blocks = afterCut(blocks, targets, lines);
      }
    });
    fc.assert(property, { numRuns: RUNS });
  });

  it('divide targets only, and take no block away', () => {
    afterEachCut((before, after) => {
      for (const { id, community } of before) {
        if (after.some((block) => block.id === id)) continue;
        expect(after.filter((block) => block.community === community).length).toBeGreaterThan(
          before.filter((block) => block.community === community).length,
        );
      }
    }, tilingOf);
  });

  it('move borders by less than a step: the area of a community stays what it was but for a hair', () => {
    afterEachCut((before, after) => {
      for (const community of [0, 1, 2, 3]) {
        const mine = (blocks: readonly CommunityBlock[]) =>
          blocks.filter((block) => block.community === community).map((block) => block.polygon);
        expect(Math.abs(areaOf(mine(after)) - areaOf(mine(before)))).toBeLessThanOrEqual(2 * perimeter(mine(before)));
      }
    }, tilingOf);
  });
});

function perimeter(polygons: readonly Polygon[]): number {
  return polygons.flat().reduce((sum, ring) => {
    const around = [...ring, ...ring.slice(0, 2)];
    return (
      sum +
      ring.reduce(
        (length, _, i) =>
          i % 2 === 0
            ? length + Math.hypot((around[i + 2] as number) - (around[i] as number), (around[i + 3] as number) - (around[i + 1] as number))
            : length,
        0,
      )
    );
  }, 0);
}
