// totals (I6): households, persons and buildings are counted once; blocks, buildings and register say the same.
import type { Block } from '../plan/state.ts';
import { issueOf, placeOf } from './finding.ts';
import type { Check, CheckContext, Issue } from './rule.ts';

type Counts = CheckContext['register'];
const MEASURES = ['households', 'population', 'buildings'] as const;

export const totals: Check = {
  id: 'totals',
  run: (context) => [...differencesFromRegister(context), ...miscountedBlocks(context)],
};

/** Sum over the blocks against the register of the community. */
function differencesFromRegister(context: CheckContext): Issue[] {
  const counted: Record<keyof Counts, number> = { households: 0, population: 0, buildings: 0 };
  for (const block of context.state.blocks.values()) for (const measure of MEASURES) counted[measure] += block[measure];
  return MEASURES.filter((measure) => counted[measure] !== context.register[measure]).map((measure) =>
    issueOf(context, {
      check: 'totals',
      message: `totals-${measure}`,
      values: { counted: counted[measure], register: context.register[measure] },
      measured: counted[measure],
      limit: context.register[measure],
    }),
  );
}

/** Blocks whose counts are not those of their buildings. */
function miscountedBlocks(context: CheckContext): Issue[] {
  const { blocks, buildings } = context.state;
  const inBlock = new Map<number, Record<keyof Counts, number>>();
  for (const { block, households, population } of buildings.values()) {
    const known = inBlock.get(block) ?? { households: 0, population: 0, buildings: 0 };
    known.households += households;
    known.population += population;
    known.buildings += 1;
    inBlock.set(block, known);
  }
  const wrong = [...blocks.values()].filter((block) => differs(block, inBlock.get(block.id)));
  if (wrong.length === 0) return [];
  return [
    issueOf(context, {
      check: 'totals',
      message: 'totals-blocks',
      values: { blocks: wrong.length },
      measured: wrong.length,
      limit: 0,
      place: placeOf(wrong.map(({ polygon }) => polygon)),
      places: wrong.map(({ polygon }) => placeOf([polygon])).filter((place) => place !== null),
    }),
  ];
}

const differs = (block: Block, counts: Counts | undefined): boolean =>
  MEASURES.some((measure) => block[measure] !== (counts?.[measure] ?? 0));
