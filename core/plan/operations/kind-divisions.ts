// Divides the free blocks of one kind: one grid for each residents' group where the profile asks for it, otherwise by size.
import type { Division } from '../../division/divide.ts';
import { freeDivisions, type Ground } from '../../division/free-divisions.ts';
import { groupGrids, type ScatteredGroup } from '../../division/group-grids.ts';
import type { Profile } from '../../rules/profile.ts';
import type { GridKind } from '../state.ts';

export type DividedKind = Exclude<GridKind, 'thematic'>;

interface GroupDivision {
  /** Number of the residents' group that the parts are made of, −1: of none. */
  readonly group: number;
  readonly division: Pick<Division, 'gridOf' | 'grids' | 'certificates'>;
}

export interface KindDivisions {
  readonly divisions: readonly GroupDivision[];
  readonly scattered: readonly ScatteredGroup[];
}

/** `isFree`: 1 for the blocks to divide. Where a number of parts is wanted, groups are no grids of their own. */
export function divisionsOfKind(ground: Ground, kind: DividedKind, isFree: Uint8Array, profile: Profile): KindDivisions {
  const { graph, groups, options } = ground;
  const rule = profile.size[kind];
  const bySize = (group: number, isOwn: (block: number) => boolean): GroupDivision[] =>
    freeDivisions(ground, rule, isOwn).map((division) => ({ group, division }));
  const perGroup = profile.gridPerGroup && kind !== 'dedicated' && options.parts === null;
  const found = perGroup && groups ? groupGrids(graph, groups, rule, (block) => isFree[block] === 1) : null;
  if (found === null) return { divisions: bySize(NO_GROUP, (block) => isFree[block] === 1), scattered: [] };
  const left = isFree.slice();
  const divisions = found.pieces.flatMap(({ group, blocks, tooLarge }): GroupDivision[] => {
    for (const block of blocks) left[block] = 0;
    const own = new Set(blocks);
    if (tooLarge) return bySize(group, (block) => own.has(block));
    const gridOf = Int32Array.from(isFree, (_, block) => (own.has(block) ? 0 : -1));
    return [{ group, division: { gridOf, grids: 1, certificates: [] } }];
  });
  if (left.includes(1)) divisions.push(...bySize(NO_GROUP, (block) => left[block] === 1));
  return { divisions, scattered: found.scattered };
}

const NO_GROUP = -1;
