// Institutions that become dedicated grids when their community is divided.
import { type CarvedInstitution, carveInstitutions } from '../../division/institutions.ts';
import { nameFault } from '../../rules/name.ts';
import type { Profile } from '../../rules/profile.ts';
import { shortCommunityName } from '../grid-name.ts';
import type { CommunityState, Grid, Institution } from '../state.ts';

/** Large, self-contained institutions of which every block may be divided: what is locked or dedicated already stays. */
export function institutionsToCarve(
  state: CommunityState,
  profile: Profile,
  isFree: (block: number) => boolean,
): readonly CarvedInstitution[] {
  return carveInstitutions(state, profile).filter(({ blocks }) => blocks.every(isFree));
}

/** Named after the institution, with the community before it, for a name is borne once in a town; undefined: such a name would not do. */
export function institutionGridName(state: CommunityState, { name }: Institution, grids: Iterable<Grid>): string | undefined {
  const own = name.trim();
  const proposed = `${shortCommunityName(state.community.name)}${own}网格`;
  const bearers = [...grids].filter((grid) => grid.name === proposed).length + 1;
  return own === '' || nameFault(proposed, bearers) !== null ? undefined : proposed;
}
