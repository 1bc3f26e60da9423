// inside: blocks that a grid holds although they are no blocks of its community.
import type { Grid } from '../plan/state.ts';
import { issueOf, placeOf } from './finding.ts';
import type { Check } from './rule.ts';

export const inside: Check = {
  id: 'inside',
  run: (context) => {
    const { blocks, grids, gridOf, community } = context.state;
    const foreign = new Map<Grid, number[]>();
    for (const [block, id] of gridOf) {
      const grid = grids.get(id);
      if (!grid || (blocks.get(block)?.community === community.code && grid.community === community.code)) continue;
      foreign.set(grid, [...(foreign.get(grid) ?? []), block]);
    }
    return [...foreign].map(([grid, ids]) => {
      const known = ids.flatMap((id) => blocks.get(id) ?? []);
      return issueOf(context, {
        check: 'inside',
        grid,
        message: 'inside-foreign',
        values: { blocks: ids.length },
        measured: ids.length,
        limit: 0,
        place: placeOf(known.map(({ polygon }) => polygon)),
      });
    });
  },
};
