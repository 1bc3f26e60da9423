// Names of the grids that a division makes of residents' groups.
import { nameFault } from '../../rules/name.ts';
import { groupGridName, isNumberedName } from '../grid-name.ts';
import type { CommunityState, Grid } from '../state.ts';

/**
 * The name for a grid of the group that none of the grids bears; `alone`: the group has no other. undefined: there is no group, or such
 * a name would not do.
 */
export function nameOfGroupGrid(
  { community }: Pick<CommunityState, 'community'>,
  { group, alone }: { readonly group: string; readonly alone: boolean },
  grids: Iterable<Grid>,
): string | undefined {
  if (group === '') return undefined;
  const borne = new Set([...grids].map(({ name }) => name));
  if (alone) {
    const name = groupGridName(community, group, null);
    return borne.has(name) || nameFault(name, 1) !== null ? undefined : name;
  }
  let number = 1;
  while (borne.has(groupGridName(community, group, number))) number++;
  const name = groupGridName(community, group, number);
  return nameFault(name, 1) === null ? name : undefined;
}

/** Whether a grid that goes on as a group's takes the group's name: where it only had a number. */
export function takesGroupName({ community }: Pick<CommunityState, 'community'>, { name }: Grid): boolean {
  return name.trim() === '' || isNumberedName(community, name);
}
