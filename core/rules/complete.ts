// complete: blocks of the community that belong to no grid yet. Unfinished is not failed: a note, and silent before the first grid.
import type { CommunityState } from '../plan/state.ts';
import { gridLabel, issueOf, MAX_FIXES, placeOf } from './finding.ts';
import type { Check, Fix } from './rule.ts';
import { type Patch, patchesOf } from './survey.ts';

/** More gaps than this are work not yet done: one issue speaks for all. */
const MAX_GAPS = 20;
/** A gap of more blocks is work not yet done, not something left over: nothing is proposed. */
const MAX_BLOCKS_TO_PROPOSE = 30;

export const complete: Check = {
  id: 'complete',
  run: (context) => {
    const { state } = context;
    if (state.gridOf.size === 0) return [];
    const gaps = patchesOf(state, null);
    const groups = gaps.length > MAX_GAPS ? [gaps] : gaps.map((gap) => [gap]);
    return groups.map((group) => {
      const blocks = group.flatMap((gap) => gap.blocks);
      return issueOf(context, {
        check: 'complete',
        message: 'complete-missing',
        values: { blocks: blocks.length, households: group.reduce((sum, gap) => sum + gap.households, 0) },
        measured: blocks.length,
        limit: 0,
        place: placeOf(blocks.map(({ polygon }) => polygon)),
        fixes: group.length === 1 ? group.flatMap((gap) => fixesOf(state, gap)) : [],
      });
    });
  },
};

/** The gap to one of the grids around it, longest shared border first. */
function fixesOf(state: CommunityState, gap: Patch): Fix[] {
  if (gap.blocks.length > MAX_BLOCKS_TO_PROPOSE) return [];
  return gap.neighbours
    .flatMap((id) => state.grids.get(id) ?? [])
    .filter(({ locked }) => !locked)
    .slice(0, MAX_FIXES)
    .map((grid) => ({
      label: 'complete-assign',
      values: { grid: gridLabel(grid) },
      operation: { type: 'assign', blocks: gap.blocks.map(({ id }) => id), to: grid.id },
    }));
}
