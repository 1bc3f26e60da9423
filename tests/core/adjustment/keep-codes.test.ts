// Which code stays with which grid after an adjustment, and that no code ends without a word.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ComparedLine, compareLayouts } from '../../../core/adjustment/compare.ts';
import { endedCodes, keptCodes } from '../../../core/adjustment/keep-codes.ts';
import { anyLayouts, type Layouts, layouts } from './layouts.ts';

const NONE = { keepOnSplit: false, keepOnMerge: false };
const ALL = { keepOnSplit: true, keepOnMerge: true };
const anyCode = () => true;

/** The lines again, once every present grid bears what it kept, or a new code: `N` and its id. */
function coded({ former, present, overlaps }: Layouts, kept: ReadonlyMap<number, string>): ComparedLine[] {
  return compareLayouts(
    former,
    present.map((grid) => ({ ...grid, code: kept.get(grid.id) ?? `N${grid.id}` })),
    overlaps,
  );
}

function decide(given: Layouts, rule = NONE, fits: (code: string) => boolean = anyCode) {
  const kept = keptCodes(compareLayouts(given.former, given.present, given.overlaps), rule, fits);
  return { kept, ended: endedCodes(coded(given, kept)) };
}

const SPLIT = layouts([
  [1, 101, 40],
  [1, 102, 60],
]);
const MERGED = layouts([
  [1, 101, 40],
  [2, 101, 60],
]);

describe('by the rule of the profile', () => {
  test('a moved border keeps the code', () => {
    const { kept, ended } = decide(
      layouts([
        [1, 101, 90],
        [1, 102, 10],
        [2, 102, 80],
      ]),
    );
    expect(kept).toEqual(
      new Map([
        [101, 'F1'],
        [102, 'F2'],
      ]),
    );
    expect(ended).toEqual([]);
  });

  test('a divided grid loses its code to its parts, or leaves it to the largest', () => {
    expect(decide(SPLIT).ended).toEqual([{ code: 'F1', successors: ['N102', 'N101'], kind: 'split', ending: '' }]);
    expect(decide(SPLIT, ALL)).toEqual({ kept: new Map([[102, 'F1']]), ended: [] });
  });

  test('joined grids lose their codes, or the largest leaves its own', () => {
    expect(decide(MERGED).ended).toEqual([
      { code: 'F1', successors: ['N101'], kind: 'merge', ending: '' },
      { code: 'F2', successors: ['N101'], kind: 'merge', ending: '' },
    ]);
    expect(decide(MERGED, ALL)).toEqual({
      kept: new Map([[101, 'F2']]),
      ended: [{ code: 'F1', successors: ['F2'], kind: 'merge', ending: '' }],
    });
  });

  test('what is redrawn leaves its code to those that hold a good part of it, not to a sliver', () => {
    const { ended } = decide(
      layouts([
        [1, 101, 50],
        [1, 102, 50],
        [2, 101, 3],
        [2, 102, 97],
        [3, 101, 40],
        [3, 102, 40],
      ]),
      ALL,
    );
    expect(ended).toContainEqual({ code: 'F1', successors: ['N101', 'N102'], kind: 'redraw', ending: '' });
  });

  test('a code that does not fit its grid any more gives way to a new one', () => {
    const same = layouts([[1, 101, 50]]);
    expect(decide(same, NONE, () => false)).toEqual({
      kept: new Map(),
      ended: [{ code: 'F1', successors: ['N101'], kind: 'recode', ending: '' }],
    });
  });

  test('a grid of which nothing is left is abolished', () => {
    expect(decide(layouts([[1, null, 50]])).ended).toEqual([{ code: 'F1', successors: [], kind: 'redraw', ending: 'abolished' }]);
  });
});

test('whatever is adjusted: no code is borne twice, and every other one has successors or a stated end', () => {
  fc.assert(
    fc.property(anyLayouts, fc.boolean(), fc.boolean(), fc.boolean(), (given, keepOnSplit, keepOnMerge, fits) => {
      const { kept, ended } = decide(given, { keepOnSplit, keepOnMerge }, () => fits);
      expect(new Set(kept.values()).size).toBe(kept.size);
      const codes = given.former.map(({ code }) => code as string);
      expect([...kept.values(), ...ended.map(({ code }) => code)].sort()).toEqual([...codes].sort());
      const borne = new Set(given.present.map(({ id }) => kept.get(id) ?? `N${id}`));
      for (const { successors, ending } of ended) {
        expect(successors.length > 0 || ending === 'abolished').toBe(true);
        expect(successors.every((code) => borne.has(code))).toBe(true);
      }
    }),
  );
});
