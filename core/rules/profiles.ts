// The profiles that are shipped. A new one is a file in profiles/ and a line here.

import { type Profile, profileSchema } from './profile.ts';
import gansu from './profiles/gansu-2023.json' with { type: 'json' };
import qianjiang from './profiles/qianjiang-2022.json' with { type: 'json' };

export const DEFAULT_PROFILE = 'gansu-2023';

/** Every shipped profile by its id. */
export const profiles: ReadonlyMap<string, Profile> = new Map(
  [gansu, qianjiang].map((data) => {
    const profile = profileSchema.parse(data);
    return [profile.id, profile];
  }),
);

/** The profile of that id; undefined where none is shipped. */
export function profileOf(id: string): Profile | undefined {
  return profiles.get(id);
}
