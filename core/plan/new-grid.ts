// A grid as it begins: named by number, nothing claimed.
import type { MultiPolygon } from '../coverage/geometry.ts';
import { nextGridName } from './grid-name.ts';
import type { CommunityState, Grid, GridKind } from './state.ts';

/** `others`: grids made in the same operation, whose names are taken as well. */
export function newGrid(
  state: CommunityState,
  kind: GridKind,
  options: { name?: string | undefined; area?: MultiPolygon; others?: Iterable<Grid> } = {},
): Omit<Grid, 'id'> {
  return {
    community: state.community.code,
    kind,
    name: options.name || nextGridName(state.community, options.others ?? state.grids.values()),
    reason: '',
    party: '',
    staff: [],
    locked: false,
    area: options.area ?? null,
  };
}
