// The profiles that are shipped. A new one is a file in profiles/ and a line here.

import { type Profile, type ProfileContent, profileSchema } from './profile.ts';
import gansu from './profiles/gansu-2023.json' with { type: 'json' };
import qianjiang from './profiles/qianjiang-2022.json' with { type: 'json' };

export const DEFAULT_PROFILE = 'gansu-2023';

/** As written in the files: figures with their “about”. */
export const shippedProfiles: readonly ProfileContent[] = [gansu, qianjiang].map((data) => data as ProfileContent);

/** Every shipped profile by its id. */
export const profiles: ReadonlyMap<string, Profile> = new Map(shippedProfiles.map((content) => [content.id, profileSchema.parse(content)]));

/** The profile of that id; undefined where none is shipped. */
export function profileOf(id: string): Profile | undefined {
  return profiles.get(id);
}
