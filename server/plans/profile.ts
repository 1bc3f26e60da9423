// The profile of a plan. Plans are only made under profiles that are shipped, so a missing one is a fault of the installation.
import type { Profile } from '../../core/rules/profile.ts';
import { profileOf } from '../../core/rules/profiles.ts';

export function planProfile(id: string): Profile {
  const profile = profileOf(id);
  if (!profile) throw new Error(`the profile ${id} of a plan is not shipped with this version`);
  return profile;
}
