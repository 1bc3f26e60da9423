// How long the checks of a community of about 500 blocks take in the core; they run after every operation.
import { DEFAULT_SCHEME, schemeOf } from '../../core/codes/schemes.ts';
import { runChecks } from '../../core/rules/checks.ts';
import { profileOf } from '../../core/rules/profiles.ts';
import { type Figures, repeat, spreadOf } from './figures.ts';
import { largeCommunity } from './large-community.ts';

const RUNS = 200;
const WARM_UP = 20;

export async function benchChecks(): Promise<Figures> {
  const profile = profileOf('gansu-2023');
  const scheme = schemeOf(DEFAULT_SCHEME);
  if (profile === undefined || scheme === undefined) throw new Error('the profile or the scheme is missing');
  const state = largeCommunity();
  const townNames = new Map([...state.grids.values()].map(({ name }) => [name, 1]));
  const sum = (field: 'households' | 'population'): number =>
    [...state.buildings.values()].reduce((total, building) => total + building[field], 0);
  const register = { households: sum('households'), population: sum('population'), buildings: state.buildings.size };
  const around = { townNames, register, scheme, codes: new Map(), planCoded: false, communityEnded: false, departmentGrids: [] };
  const times = repeat(RUNS, WARM_UP, () => runChecks({ state, profile, ...around }));
  return { 'all checks of a community': { blocks: state.blocks.size, buildings: state.buildings.size, ...spreadOf(times) } };
}
