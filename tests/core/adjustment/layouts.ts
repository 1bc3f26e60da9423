// Little layouts for the tests: blocks with households, each in a former and a present grid.
import fc from 'fast-check';
import type { LayoutGrid, Overlap, PresentGrid } from '../../../core/adjustment/compare.ts';

export const COMMUNITY = '620724100001';
/** Square metres of every block. */
export const BLOCK_M2 = 1_000;

export interface Layouts {
  readonly former: LayoutGrid[];
  readonly present: PresentGrid[];
  readonly overlaps: Overlap[];
}

/** Blocks by former and present grid: `[former, present, households]`. Former grids bear the code `F` and their id. */
export function layouts(blocks: readonly (readonly [former: number | null, present: number | null, households: number])[]): Layouts {
  const idsOf = (side: 0 | 1): number[] => [...new Set(blocks.flatMap((block) => block[side] ?? []))].sort((a, b) => a - b);
  const grid = (id: number, code: string | null): LayoutGrid => ({
    id,
    community: COMMUNITY,
    name: `网格${id}`,
    code,
    thematic: false,
  });
  return {
    former: idsOf(0).map((id) => grid(id, `F${id}`)),
    present: idsOf(1).map((id) => ({ ...grid(id, null), origin: null })),
    overlaps: blocks.map(([former, present, households]) => ({ former, present, households, area_m2: BLOCK_M2 })),
  };
}

const former = fc.option(fc.integer({ min: 1, max: 6 }));
const present = fc.option(fc.integer({ min: 101, max: 106 }));

/** Any two layouts of up to forty blocks, some of them in no grid. */
export const anyLayouts: fc.Arbitrary<Layouts> = fc
  .array(fc.tuple(former, present, fc.integer({ min: 0, max: 120 })), { maxLength: 40 })
  .map(layouts);
