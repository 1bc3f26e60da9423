// The division of a community in which nothing is drawn yet, by the operation `divide`: what files are divided by.
import type { Change } from '../plan/change.ts';
import { divisionOptions } from '../plan/operation.ts';
import { changeOf, type PlannedDivision, planDivision } from '../plan/operations/divide.ts';
import type { CommunityState, Grid } from '../plan/state.ts';
import type { Profile } from '../rules/profile.ts';
import type { Division } from './divide.ts';

/** Blocks are positions in the order of their ids. */
export interface Draft extends Pick<Division, 'gridOf' | 'certificates'>, Pick<PlannedDivision, 'groups' | 'scattered' | 'cellOf'> {
  /** Of each part. */
  readonly grids: readonly Pick<Grid, 'kind' | 'name' | 'reason'>[];
}

/** The community has blocks, and no grids. Pure: the same state gives the same draft everywhere. */
export function draftDivision(state: CommunityState, profile: Profile): Draft {
  const planned = planDivision(state, { type: 'divide', options: divisionOptions.parse({}) }, profile);
  if (!planned.ok) throw new Error(`${state.community.code}: ${planned.failure.code}`);
  const { division, groups, scattered, cellOf } = planned.value;
  const grids = gridsOfParts(planned.value, changeOf(state, planned.value));
  return { gridOf: division.gridOf, certificates: division.certificates, groups, scattered, cellOf, grids };
}

function gridsOfParts({ blocks, division }: PlannedDivision, change: Change): Draft['grids'] {
  const made = new Map(change.grids.flatMap(({ after }) => (after ? [[after.id, after]] : [])));
  const gridOf = new Map(change.assignments.map(({ block, to }) => [block, to]));
  const grids: Grid[] = [];
  for (const [i, { id }] of blocks.entries()) grids[division.gridOf[i] as number] ??= made.get(gridOf.get(id) ?? 0) as Grid;
  return grids.map(({ kind, name, reason }) => ({ kind, name, reason }));
}
