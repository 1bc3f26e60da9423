// contiguous: a grid in more pieces than the parts of the community it lies in. Pieces hang together by borders, not by corners.
import type { CommunityState } from '../plan/state.ts';
import { gridLabel, issueOf, MAX_FIXES, placeOf } from './finding.ts';
import type { Check, Fix } from './rule.ts';
import { type Patch, surveyOf } from './survey.ts';

export const contiguous: Check = {
  id: 'contiguous',
  run: (context) => {
    const { state } = context;
    const pieces = new Map<number, Patch[]>();
    for (const patch of surveyOf(state).patches) {
      if (patch.grid !== null) pieces.set(patch.grid, [...(pieces.get(patch.grid) ?? []), patch]);
    }
    return [...pieces].flatMap(([id, patches]) => {
      const grid = state.grids.get(id);
      const needed = new Set(patches.map(({ part }) => part)).size;
      if (!grid || patches.length <= needed) return [];
      const orphans = orphansOf(patches);
      return issueOf(context, {
        check: 'contiguous',
        grid,
        message: 'contiguous-pieces',
        values: { pieces: patches.length, needed, blocks: orphans.reduce((sum, { blocks }) => sum + blocks.length, 0) },
        measured: patches.length,
        limit: needed,
        place: placeOf(orphans.flatMap(({ blocks }) => blocks.map(({ polygon }) => polygon))),
        fixes: grid.locked ? [] : orphans.flatMap((orphan) => fixOf(state, orphan)).slice(0, MAX_FIXES),
      });
    });
  },
};

/** All pieces but the largest within each part of the community. */
function orphansOf(patches: readonly Patch[]): Patch[] {
  const bySize = [...patches].sort((a, b) => b.households - a.households || b.blocks.length - a.blocks.length);
  const kept = new Set<number>();
  return bySize.filter(({ part }) => {
    if (kept.has(part)) return true;
    kept.add(part);
    return false;
  });
}

/** The piece to the neighbour with the longest shared border. */
function fixOf(state: CommunityState, orphan: Patch): Fix[] {
  const neighbour = orphan.neighbours.flatMap((id) => state.grids.get(id) ?? []).find(({ locked }) => !locked);
  if (!neighbour) return [];
  return [
    {
      label: 'contiguous-give',
      values: { blocks: orphan.blocks.length, grid: gridLabel(neighbour) },
      operation: { type: 'assign', blocks: orphan.blocks.map(({ id }) => id), to: neighbour.id },
    },
  ];
}
