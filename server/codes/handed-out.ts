// Which numbers a community may give out: those handed out to it, or to the nearest region above it that has some.
import type { NumberRange } from '../../core/codes/sequence.ts';

/** Empty: all. `ranges` are those of one scheme. */
export function handedOutIn(ranges: readonly (NumberRange & { readonly region: string })[], community: string): NumberRange[] {
  const above = ranges.filter(({ region }) => community.startsWith(region));
  const nearest = Math.max(0, ...above.map(({ region }) => region.length));
  return above.filter(({ region }) => region.length === nearest);
}
