// What became of each grid: nothing is left out or counted twice, and a sliver makes no split.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareLayouts, countFates } from '../../../core/adjustment/compare.ts';
import { anyLayouts, BLOCK_M2, COMMUNITY, type Layouts, layouts } from './layouts.ts';

const compare = ({ former, present, overlaps }: Layouts) => compareLayouts(former, present, overlaps).map(({ line }) => line);
const fatesOf = (blocks: Parameters<typeof layouts>[0]) =>
  compare(layouts(blocks)).map(({ fate, former, present }) => [fate, former.map(({ grid }) => grid), present.map(({ grid }) => grid)]);

describe('what became of grids', () => {
  test('a border that moved keeps its grids apart', () => {
    const lines = compare(
      layouts([
        [1, 101, 90],
        [1, 102, 10],
        [2, 102, 80],
      ]),
    );
    expect(lines).toMatchObject([
      { fate: 'moved', householdsMoved: 10, areaMovedM2: BLOCK_M2, former: [{ grid: 1, households: 100 }], present: [{ households: 90 }] },
      { fate: 'moved', householdsMoved: 10, areaMovedM2: BLOCK_M2, former: [{ grid: 2, households: 80 }], present: [{ households: 90 }] },
    ]);
    expect(countFates(lines)).toMatchObject({ moved: 2, split: 0 });
  });

  test('divided, also where a part takes in a little from beside', () => {
    expect(
      fatesOf([
        [1, 101, 60],
        [1, 102, 40],
        [2, 102, 5],
        [2, 103, 70],
      ]),
    ).toEqual([
      ['split', [1], [101, 102]],
      ['moved', [2], [103]],
    ]);
  });

  test('joined, redrawn, new and gone', () => {
    expect(
      fatesOf([
        [1, 101, 60],
        [2, 101, 40],
      ]),
    ).toEqual([['merged', [1, 2], [101]]]);
    expect(
      fatesOf([
        [1, 101, 50],
        [1, 102, 50],
        [2, 101, 50],
        [2, 102, 50],
      ]),
    ).toEqual([['redrawn', [1, 2], [101, 102]]]);
    expect(
      fatesOf([
        [1, null, 50],
        [null, 101, 50],
      ]),
    ).toEqual([
      ['retired', [1], []],
      ['new', [], [101]],
    ]);
  });

  test('where nobody lives the area decides', () => {
    expect(
      fatesOf([
        [1, 101, 0],
        [1, 101, 0],
        [1, 102, 0],
        [2, 102, 0],
        [2, 102, 0],
      ]),
    ).toEqual([
      ['moved', [1], [101]],
      ['moved', [2], [102]],
    ]);
  });

  test('a thematic grid goes with the one it was copied from only, however much lies below it', () => {
    const grid = { community: COMMUNITY, name: '地质灾害', code: null, thematic: true };
    const lines = compareLayouts(
      [
        { ...grid, id: 1 },
        { ...grid, id: 2, thematic: false },
      ],
      [
        { ...grid, id: 101, origin: 1 },
        { ...grid, id: 102, origin: null },
        { ...grid, id: 103, thematic: false, origin: 2 },
      ],
      [
        { former: 1, present: 101, households: 10, area_m2: 500 },
        { former: 1, present: 102, households: 10, area_m2: 500 },
        { former: 2, present: 103, households: 10, area_m2: 500 },
        { former: null, present: 101, households: 0, area_m2: 100 },
      ],
    );
    expect(lines.map(({ line }) => line.fate)).toEqual(['moved', 'unchanged', 'new']);
  });
});

describe('any two layouts', () => {
  test('every grid is in exactly one line, with its own size', () => {
    fc.assert(
      fc.property(anyLayouts, (given) => {
        const lines = compare(given);
        for (const side of ['former', 'present'] as const) {
          const found = lines.flatMap((line) => line[side]);
          expect(found.map(({ grid }) => grid).sort((a, b) => a - b)).toEqual(given[side].map(({ id }) => id));
          for (const { grid, households, area_m2 } of found) {
            const own = given.overlaps.filter((overlap) => overlap[side] === grid);
            expect(households).toBe(own.reduce((sum, overlap) => sum + overlap.households, 0));
            expect(area_m2).toBe(own.length * BLOCK_M2);
          }
        }
      }),
    );
  });

  test('the fate fits the number of grids, and nothing more moves than there is', () => {
    fc.assert(
      fc.property(anyLayouts, (given) => {
        for (const { fate, former, present, householdsMoved, areaMovedM2 } of compare(given)) {
          const [before, after] = [former.length, present.length];
          if (fate === 'unchanged' || fate === 'moved') expect([before, after]).toEqual([1, 1]);
          if (fate === 'split') expect(before === 1 && after > 1).toBe(true);
          if (fate === 'merged') expect(before > 1 && after === 1).toBe(true);
          if (fate === 'redrawn') expect(before > 1 && after > 1).toBe(true);
          if (fate === 'unchanged') expect([householdsMoved, areaMovedM2]).toEqual([0, 0]);
          const sum = [...former, ...present].reduce((total, { households }) => total + households, 0);
          expect(householdsMoved).toBeLessThanOrEqual(sum);
        }
      }),
    );
  });

  test('the other way round, split and merged, new and retired change places', () => {
    const turned = { split: 'merged', merged: 'split', new: 'retired', retired: 'new' } as Record<string, string>;
    const facts = (lines: ReturnType<typeof compare>, back: boolean) =>
      lines
        .map(({ fate, former, present, householdsMoved, areaMovedM2 }) =>
          JSON.stringify([
            back ? (turned[fate] ?? fate) : fate,
            (back ? present : former).map(({ grid }) => grid).sort(),
            (back ? former : present).map(({ grid }) => grid).sort(),
            householdsMoved,
            areaMovedM2,
          ]),
        )
        .sort();
    fc.assert(
      fc.property(anyLayouts, ({ former, present, overlaps }) => {
        const back = compare({
          former: present,
          present: former.map((grid) => ({ ...grid, origin: null })),
          overlaps: overlaps.map((overlap) => ({ ...overlap, former: overlap.present, present: overlap.former })),
        });
        expect(facts(back, true)).toEqual(facts(compare({ former, present, overlaps }), false));
      }),
    );
  });

  test('a layout beside its own copy is unchanged', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 120 })), { minLength: 1 }), (blocks) => {
        const lines = compare(layouts(blocks.map(([grid, households]) => [grid, grid + 100, households])));
        expect(new Set(lines.map(({ fate }) => fate))).toEqual(new Set(['unchanged']));
      }),
    );
  });
});
