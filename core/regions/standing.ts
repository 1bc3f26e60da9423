// How a region stands after the tables of codes that were taken in: still there, ended, new, under another name, known by name only.
import type { Region } from '../api/messages.ts';
import { isVirtualCommunity } from './table.ts';

/** `virtual`: a community that was made up, and has no boundary to wait for. */
export type Standing = 'ended' | 'new' | 'renamed' | 'name-only' | 'virtual';

/**
 * Code → how it stands, where there is something to say. New is what the newest table brought while others were there before: of a county
 * that is loaded for the first time nothing is. `regions` with those that have ended.
 */
export function standingsOf(regions: readonly Region[]): Map<string, Standing> {
  const days = regions.map(({ validFrom }) => validFrom ?? '').sort();
  const [oldest = '', newest = ''] = [days[0], days.at(-1)];
  const standingOf = ({ name, validFrom, validTo, formerName, bounds, level }: Region): Standing | null => {
    if (validTo !== null) return 'ended';
    if (bounds === null && isVirtualCommunity(name)) return 'virtual';
    if (validFrom === newest && newest > oldest) return formerName === null ? 'new' : 'renamed';
    return bounds === null && level === 'community' ? 'name-only' : null;
  };
  return new Map(
    regions.flatMap((region) => {
      const standing = standingOf(region);
      return standing ? [[region.code, standing] as const] : [];
    }),
  );
}
